"""What energy cost: by the tariff of the local time at which each interval began, else at the
source's own cost per unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.core.energy_truth import ROWS, Truth, by_source, rows, truths_of
from tests.core.oracle.case import PURCHASED, UNITS, Case
from tests.core.oracle.expected import Data, Expected

# The rate of a reading is that of the tariff whose hours hold the local time of its start; hours
# that end before they start go on past midnight.
PRICED = """
SELECT coalesce(tariff.name, 'flat'), coalesce(tariff.rate_per_unit, s.cost_per_unit),
       f.currency, CASE WHEN tariff.name IS NULL THEN 'flat' ELSE 'tariff' END,
       sum(r.{amount}), sum(r.{amount} * coalesce(tariff.rate_per_unit, s.cost_per_unit))
FROM {table} AS r
JOIN machines AS m ON m.id = r.machine_id AND m.name = %(machine)s
JOIN factories AS f ON f.id = m.factory_id
JOIN energy_sources AS s ON s.name = %(source)s
LEFT JOIN LATERAL (
    SELECT t.name, t.rate_per_unit
    FROM energy_tariffs AS t, LATERAL (SELECT (r.time AT TIME ZONE f.timezone)::time AS at) AS wall
    WHERE t.factory_id = f.id AND t.energy_source_id = s.id AND r.time >= t.valid_from
          AND CASE WHEN t.start_time < t.end_time THEN at >= t.start_time AND at < t.end_time
                   ELSE at >= t.start_time OR at < t.end_time END
) AS tariff ON true
WHERE r.time >= %(start)s AND r.time < %(end)s
GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Price:
    """A price at which a machine used a source."""

    machine: str
    source: str
    tariff: str
    rate: float
    currency: str
    basis: str


@dataclass(frozen=True)
class Priced:
    """What one machine used of one source at one price."""

    price: Price
    quantity: float
    amount: float


def cost(case: Case, connection: psycopg.Connection) -> Expected:
    """The cost of what was used, by source, machine and currency."""
    truths = truths_of(case, connection)
    priced = priced_of(case, connection)
    purchased = [each for each in priced if each.price.source in PURCHASED]
    told = purchased or priced
    data: Data = {
        **money_data(told),
        "demand_charge": None,
        "sources": [_source_data(*each, priced) for each in by_source(truths).items()],
        "machines": [
            {"machine": name, **money_data([each for each in told if each.price.machine == name])}
            for name in case.machines
        ],
    }
    return Expected(data, tuple((amount, code) for code, amount in sums(told).items()))


def spent(case: Case, connection: psycopg.Connection, totals: dict[str, Truth]) -> Data:
    """The money in the answer to how much was used: of purchased sources that all have readings."""
    if not PURCHASED.issuperset(totals) or not all(each.readings for each in totals.values()):
        return money_data([])
    return money_data(priced_of(case, connection))


def priced_of(case: Case, connection: psycopg.Connection) -> list[Priced]:
    """What each machine used of each source, price by price."""
    found: dict[tuple[Any, ...], tuple[float, float]] = {}
    for machine, source in case.metered():
        table, amount, _ = ROWS[source]
        for start, end in case.stretches(machine):
            bound = {"machine": machine, "source": source, "start": start, "end": end}
            for *price, used, money in rows(
                connection, PRICED.format(table=table, amount=amount), bound
            ):
                key = (machine, source, *price)
                before = found.get(key, (0.0, 0.0))
                found[key] = (before[0] + used, before[1] + money)
    return [Priced(Price(*key), used, money) for key, (used, money) in found.items()]


def sums(priced: Iterable[Priced]) -> dict[str, float]:
    """The money by currency."""
    found: dict[str, float] = {}
    for each in priced:
        found[each.price.currency] = found.get(each.price.currency, 0.0) + each.amount
    return found


def money_data(priced: Iterable[Priced]) -> Data:
    """Sums of money as `data` tells them: one amount only where there is one currency."""
    found = sums(priced)
    only = next(iter(found.items())) if len(found) == 1 else (None, None)
    return {
        "cost": only[1],
        "currency": only[0],
        "costs": [{"currency": code, "amount": amount} for code, amount in found.items()],
    }


def _source_data(source: str, use: Truth, priced: Iterable[Priced]) -> Data:
    own = [each for each in priced if each.price.source == source]
    return {
        "energy_source": source,
        "quantity": use.quantity,
        "unit": UNITS[source],
        "is_purchased": source in PURCHASED,
        **money_data(own),
        "basis": sorted({each.price.basis for each in own}),
        "tariffs": _tariffs_data(own),
        "missing_quantity": 0.0,
    }


def _tariffs_data(priced: Iterable[Priced]) -> list[Data]:
    """Each tariff once, with what all machines used under it."""
    found: dict[tuple[object, ...], list[Priced]] = {}
    for each in priced:
        found.setdefault(
            (each.price.tariff, each.price.rate, each.price.currency, each.price.basis), []
        ).append(each)
    keys = ("name", "rate_per_unit", "currency", "basis")
    return [
        {
            **dict(zip(keys, key, strict=True)),
            "quantity": sum(each.quantity for each in own),
            "cost": sum(each.amount for each in own),
        }
        for key, own in found.items()
    ]
