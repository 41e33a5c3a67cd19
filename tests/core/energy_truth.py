"""What a database holds about a question, by SQL that shares nothing with the product's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

import psycopg

from tests.core.oracle.case import AIR, GAS, POWER, STEAM, Case


@dataclass(frozen=True)
class Truth:
    """What the database holds of one source, by our own SQL."""

    quantity: float
    energy_kwh: float | None
    readings: int
    expected_s: float
    covered_s: float
    first: datetime | None
    last: datetime | None

    def __add__(self, other: Truth) -> Truth:
        known = self.energy_kwh is not None and other.energy_kwh is not None
        return Truth(
            self.quantity + other.quantity,
            (self.energy_kwh or 0) + (other.energy_kwh or 0) if known else None,
            self.readings + other.readings,
            self.expected_s + other.expected_s,
            self.covered_s + other.covered_s,
            min(filter(None, (self.first, other.first)), default=None),
            max(filter(None, (self.last, other.last)), default=None),
        )

    @property
    def coverage_percent(self) -> float:
        return 100.0 * self.covered_s / self.expected_s


# Table, amount and energy of a row; feed water of 90 °C has 376.812 kJ/kg.
ROWS = {
    POWER: ("energy_readings", "energy_kwh", "energy_kwh"),
    GAS: (
        "natural_gas_readings",
        "consumption_m3",
        "consumption_m3 * calorific_value_mj_m3 / 3.6",
    ),
    STEAM: (
        "steam_readings",
        "consumption_kg",
        "consumption_kg * (enthalpy_kj_kg - 376.812) / 3600",
    ),
    AIR: ("compressed_air_end_use_readings", "consumption_m3", "NULL::double precision"),
}
AMOUNTS = """
SELECT coalesce(sum({amount}), 0), sum({energy}), count(*), min(time), max(time)
FROM {table} JOIN machines ON machines.id = machine_id
WHERE name = %(machine)s AND time >= %(start)s AND time < %(end)s
"""
# Each interval that a meter in service should have told of, and whether there is a row of it. Time
# without a meter in service is expected as a whole: nobody measured there.
COVERAGE = """
WITH service AS (
    SELECT m.machine_id, make_interval(secs => m.nominal_interval_seconds) AS step,
           greatest(m.valid_from, %(start)s) AS since,
           least(coalesce(m.valid_to, 'infinity'), %(end)s) AS until
    FROM meters AS m
    JOIN machines ON machines.id = m.machine_id AND machines.name = %(machine)s
    JOIN energy_sources AS s ON s.id = m.energy_source_id AND s.name = %(source)s
    WHERE m.valid_from < %(end)s AND coalesce(m.valid_to, 'infinity') > %(start)s
), slots AS (
    SELECT machine_id, step, slot
    FROM service, generate_series(
        date_bin(step, since + step - interval '1 microsecond', 'epoch'), until - step, step
    ) AS slot
), metered AS (
    SELECT coalesce(sum(until - since), '0') AS time FROM service
)
SELECT extract(epoch FROM coalesce(sum(step), '0')
               + (%(end)s::timestamptz - %(start)s::timestamptz - (SELECT time FROM metered))),
       extract(epoch FROM coalesce(sum(step) FILTER (WHERE r.time IS NOT NULL), '0'))
FROM slots LEFT JOIN {table} AS r ON r.machine_id = slots.machine_id AND r.time = slot
"""


NOTHING = Truth(0.0, 0.0, 0, 0.0, 0.0, None, None)


def truths_of(case: Case, connection: psycopg.Connection) -> dict[tuple[str, str], Truth]:
    """The truth by (machine, source)."""
    return {
        (machine, source): reduce(
            Truth.__add__,
            (truth_of(connection, machine, source, *each) for each in case.stretches(machine)),
            NOTHING,
        )
        for machine, source in case.metered()
    }


def by_source(truths: dict[tuple[str, str], Truth]) -> dict[str, Truth]:
    """The machines together."""
    totals: dict[str, Truth] = {}
    for (_machine, source), truth in truths.items():
        totals[source] = totals.get(source, NOTHING) + truth
    return totals


def truth_of(
    connection: psycopg.Connection, machine: str, source: str, start: datetime, end: datetime
) -> Truth:
    """The truth about one source of one machine in one stretch."""
    table, amount, energy = ROWS[source]
    bound = {"machine": machine, "source": source, "start": start, "end": end}
    amounts = AMOUNTS.format(table=table, amount=amount, energy=energy)
    quantity, kwh, readings, first, last = row(connection, amounts, bound)
    expected_s, covered_s = row(connection, COVERAGE.format(table=table), bound)
    return Truth(quantity, kwh, readings, float(expected_s), float(covered_s), first, last)


def row(connection: psycopg.Connection, sql: str, bound: dict[str, object]) -> tuple[Any, ...]:
    """The one row of a statement."""
    found = rows(connection, sql, bound)
    assert len(found) == 1
    return found[0]


def rows(
    connection: psycopg.Connection, sql: str, bound: dict[str, object]
) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    return connection.execute(sql.encode(), bound).fetchall()
