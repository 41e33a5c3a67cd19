"""Prices of energy: tariff rows, and what energy cost by them. Money is Decimal and never rounded
here; amounts in two currencies are never added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Context, Decimal
from math import fsum
from typing import Literal

PriceBasis = Literal["tariff", "flat"]
CostBasis = Literal["tariff", "flat", "missing"]

ALL_WEEKDAYS = frozenset(range(7))
MIDNIGHT = time(0)
# A quantity and a rate are doubles of at most 17 digits each: their products and sums over years
# are exact in 60.
MONEY = Context(prec=60)


@dataclass(frozen=True)
class Tariff:
    """A rate per unit of an energy source, for some hours of some weekdays (Monday 0), local time.

    An end_time that is not after start_time lies on the next day, so equal times are 24 hours; the
    weekday is that of the start. valid_from and valid_to are None where open. basis "flat": not a
    tariff row but the source's own cost per unit. currency: ISO 4217, None where not told.
    """

    name: str
    rate_per_unit: Decimal
    currency: str | None
    weekdays: frozenset[int] = ALL_WEEKDAYS
    start_time: time = MIDNIGHT
    end_time: time = MIDNIGHT
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    demand_charge_per_kw: Decimal | None = None
    basis: PriceBasis = "tariff"


@dataclass(frozen=True)
class PricedStretch:
    """Half-open stretch [UTC] under one tariff; None where no row covers it."""

    start: datetime
    end: datetime
    tariff: Tariff | None

    @property
    def rule(self) -> Tariff | None:
        return self.tariff


@dataclass(frozen=True)
class PricedQuantity:
    """What was used in one stretch, in the unit of the energy source."""

    stretch: PricedStretch
    quantity: float


@dataclass(frozen=True)
class Money:
    """An amount in one currency."""

    amount: Decimal
    currency: str | None


@dataclass(frozen=True)
class TariffCost:
    """What the use under one tariff cost, in the tariff's currency."""

    tariff: Tariff
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Cost:
    """Energy cost without demand charge.

    by_tariff: one entry per tariff, in order of its first stretch. missing: the stretches that no
    tariff covers, with what was used in them; their cost is unknown and in no amount.
    """

    by_tariff: tuple[TariffCost, ...] = ()
    missing: tuple[PricedQuantity, ...] = ()

    def __add__(self, other: Cost) -> Cost:
        """Side by side: quantities of other machines and sources are not added."""
        return Cost(self.by_tariff + other.by_tariff, self.missing + other.missing)

    @property
    def amounts(self) -> tuple[Money, ...]:
        """The sum per currency; empty where nothing has a price."""
        return sum_by_currency(Money(each.amount, each.tariff.currency) for each in self.by_tariff)

    @property
    def missing_quantity(self) -> float:
        """What no tariff covers, in the unit of the energy source; of one source only."""
        return fsum(use.quantity for use in self.missing)

    @property
    def bases(self) -> frozenset[CostBasis]:
        """By what the use was priced; with "missing" the amounts are not the whole cost."""
        bases: set[CostBasis] = {each.tariff.basis for each in self.by_tariff}
        return frozenset(bases | {"missing"}) if self.missing else frozenset(bases)


@dataclass(frozen=True)
class MonthlyPeak:
    """The highest demand [kW] of one local calendar month, and when its block began."""

    peak_kw: float
    start: datetime


@dataclass(frozen=True)
class MonthlyCharge:
    """Demand charge of one month: None where no tariff covers the peak or none charges demand."""

    peak: MonthlyPeak
    tariff: Tariff | None
    charge: Money | None


@dataclass(frozen=True)
class DemandCharge:
    """Demand charges of some months, each by its own peak."""

    by_month: tuple[MonthlyCharge, ...] = ()

    @property
    def amounts(self) -> tuple[Money, ...]:
        """The sum of the months per currency; empty where none is charged."""
        return sum_by_currency(each.charge for each in self.by_month if each.charge is not None)

    @property
    def missing(self) -> tuple[MonthlyPeak, ...]:
        """Peaks that no tariff covers: their charge is unknown and in no amount."""
        return tuple(each.peak for each in self.by_month if each.tariff is None)


def sum_by_currency(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum per currency, in the order in which the currencies first appear."""
    sums: dict[str | None, Decimal] = {}
    for money in amounts:
        sums[money.currency] = MONEY.add(sums.get(money.currency, Decimal(0)), money.amount)
    return tuple(Money(amount, currency) for currency, amount in sums.items())


def money_data(amounts: Sequence[Money]) -> dict[str, object]:
    """Sums as the contract's JSON has them: `cost` and `currency` where there is one currency."""
    only = amounts[0] if len(amounts) == 1 else None
    return {
        "cost": float(only.amount) if only else None,
        "currency": only.currency if only else None,
        "costs": [{"currency": m.currency, "amount": float(m.amount)} for m in amounts],
    }
