"""What energy costs: each hour at the tariff that was valid then, in local time; the demand charge
apart, by the peak of each month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from enms_core.analysis.validity import winners, within
from enms_core.domain.period import INSTANT, Period, utc
from enms_core.domain.tariff import (
    MONEY,
    Cost,
    DemandCharge,
    Money,
    MonthlyCharge,
    MonthlyPeak,
    PricedQuantity,
    PricedStretch,
    Tariff,
    TariffCost,
)

DAY = timedelta(days=1)


def priced_stretches(
    period: Period, tariffs: Sequence[Tariff], zone: ZoneInfo
) -> tuple[PricedStretch, ...]:
    """The period cut at every instant at which another tariff becomes the one that counts.

    Windows are wall times of `zone`: one that a clock change skips moves forward, one that it
    repeats means the first pass. Where several tariffs cover an instant, the one valid from the
    latest date wins, then the one with the shorter window, then with fewer weekdays, then the one
    given first.
    """
    ranked = sorted(tariffs, key=_rank)
    claims = (
        (start, end, place)
        for place, tariff in enumerate(ranked)
        for start, end in _windows(tariff, period, zone)
    )
    return tuple(PricedStretch(*held) for held in winners(period, ranked, claims))


def energy_cost(uses: Iterable[PricedQuantity]) -> Cost:
    """The cost of what was used in priced stretches, without demand charge.

    sum of quantity_i * rate_i, exact: no rounding, and no rate where there is none.
    """
    quantities: dict[Tariff, Decimal] = {}
    missing: list[PricedQuantity] = []
    for use in uses:
        tariff = use.stretch.tariff
        if tariff is None:
            missing.append(use)
        else:
            used = Decimal(repr(float(use.quantity)))
            quantities[tariff] = MONEY.add(quantities.get(tariff, Decimal(0)), used)
    return Cost(
        tuple(
            TariffCost(tariff, quantity, MONEY.multiply(quantity, tariff.rate_per_unit))
            for tariff, quantity in quantities.items()
        ),
        tuple(missing),
    )


def total_cost(costs: Iterable[Cost]) -> Cost:
    """The costs of one energy source together: one figure for what was used under one tariff."""
    together = sum(costs, Cost())
    by_tariff: dict[Tariff, TariffCost] = {}
    for each in together.by_tariff:
        known = by_tariff.get(each.tariff, TariffCost(each.tariff, Decimal(0), Decimal(0)))
        quantity = MONEY.add(known.quantity, each.quantity)
        amount = MONEY.add(known.amount, each.amount)
        by_tariff[each.tariff] = TariffCost(each.tariff, quantity, amount)
    return Cost(tuple(by_tariff.values()), together.missing)


def demand_charge(
    peaks: Iterable[MonthlyPeak], tariffs: Sequence[Tariff], zone: ZoneInfo
) -> DemandCharge:
    """Each month's peak times the charge per kW of the tariff that was valid when it occurred.

    The charges of the months are added; one charge for the year's peak would be less.
    """
    return DemandCharge(tuple(_monthly_charge(peak, tariffs, zone) for peak in peaks))


def _monthly_charge(peak: MonthlyPeak, tariffs: Sequence[Tariff], zone: ZoneInfo) -> MonthlyCharge:
    moment = Period(peak.start, utc(peak.start) + INSTANT)
    tariff = priced_stretches(moment, tariffs, zone)[0].tariff
    if tariff is None or tariff.demand_charge_per_kw is None:
        return MonthlyCharge(peak, tariff, None)
    amount = MONEY.multiply(Decimal(repr(float(peak.peak_kw))), tariff.demand_charge_per_kw)
    return MonthlyCharge(peak, tariff, Money(amount, tariff.currency))


def _rank(tariff: Tariff) -> tuple[float, timedelta, int]:
    since = float("inf") if tariff.valid_from is None else -tariff.valid_from.timestamp()
    return since, _window_length(tariff), len(tariff.weekdays)


def _window_length(tariff: Tariff) -> timedelta:
    start, end = (
        timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
        for at in (tariff.start_time, tariff.end_time)
    )
    return (end - start) % DAY or DAY


def _windows(tariff: Tariff, period: Period, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The tariff's windows [UTC] as far as they lie in the period and its validity."""
    first, last = within(period, tariff.valid_from, tariff.valid_to)
    if last <= first:
        return
    # The window of the day before may reach into the first day.
    day = first.astimezone(zone).date() - DAY
    end_day = last.astimezone(zone).date()
    length = _window_length(tariff)
    while day <= end_day:
        if day.weekday() in tariff.weekdays:
            wall = datetime.combine(day, tariff.start_time)
            start = max(first, utc(wall.replace(tzinfo=zone)))
            end = min(last, utc((wall + length).replace(tzinfo=zone)))
            if start < end:
                yield start, end
        day += DAY
