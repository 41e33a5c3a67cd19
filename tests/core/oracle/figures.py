"""One figure of each machine, by which machines are ranked and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import psycopg

from tests.core.energy_truth import Truth, row, truths_of
from tests.core.oracle.carbon import emitted_kg
from tests.core.oracle.case import UNITS, Case
from tests.core.oracle.cost import priced_of, sums
from tests.core.oracle.expected import Data
from tests.core.oracle.power import power
from tests.core.oracle.production import UNCOUNTED, made

# Energy and units of a machine over the whole local hours in which all that it purchases has its
# readings and production has rows.
PER_UNIT = """
WITH hours AS (
    SELECT hour FROM generate_series(
        date_trunc('hour', %(start)s + interval '1 hour - 1 microsecond'),
        %(end)s::timestamptz - interval '1 hour', interval '1 hour'
    ) AS hour
), power AS (
    SELECT date_trunc('hour', r.time) AS hour, sum(r.energy_kwh) AS kwh,
           sum(k.nominal_interval_seconds) AS seconds
    FROM energy_readings AS r JOIN machines AS m ON m.id = r.machine_id AND m.name = %(machine)s
    JOIN energy_sources AS s ON s.name = 'electricity'
    JOIN meters AS k ON k.machine_id = m.id AND k.energy_source_id = s.id
         AND r.time >= k.valid_from AND r.time < coalesce(k.valid_to, 'infinity')
    WHERE r.time >= %(start)s AND r.time < %(end)s GROUP BY 1
), gas AS (
    SELECT date_trunc('hour', r.time) AS hour,
           sum(r.consumption_m3 * r.calorific_value_mj_m3 / 3.6) AS kwh,
           sum(k.nominal_interval_seconds) AS seconds
    FROM natural_gas_readings AS r
    JOIN machines AS m ON m.id = r.machine_id AND m.name = %(machine)s
    JOIN energy_sources AS s ON s.name = 'natural_gas'
    JOIN meters AS k ON k.machine_id = m.id AND k.energy_source_id = s.id
         AND r.time >= k.valid_from AND r.time < coalesce(k.valid_to, 'infinity')
    WHERE r.time >= %(start)s AND r.time < %(end)s GROUP BY 1
), made AS (
    SELECT date_trunc('hour', p.time) AS hour, sum(p.production_count) AS units
    FROM production_data AS p JOIN machines AS m ON m.id = p.machine_id AND m.name = %(machine)s
    WHERE p.time >= %(start)s AND p.time < %(end)s GROUP BY 1
)
SELECT sum(power.kwh + coalesce(gas.kwh, 0)), sum(made.units)
FROM hours JOIN power USING (hour) LEFT JOIN gas USING (hour) JOIN made USING (hour)
WHERE power.seconds = 3600 AND (gas.seconds = 3600 OR %(machine)s <> 'Boiler-1')
"""
LOW_PERCENT = 90

# The unit or the currency of a figure, with the source where one was named.
Kind = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figure:
    """reason: why there is no value."""

    machine: str
    value: float
    kind: Kind
    covered_s: float = 0.0
    expected_s: float = 0.0
    reason: str | None = None

    @property
    def is_incomplete(self) -> bool:
        return self.covered_s < LOW_PERCENT / 100 * self.expected_s

    @property
    def kind_data(self) -> Data:
        return dict(self.kind)


def figures_of(case: Case, connection: psycopg.Connection) -> list[Figure]:
    """The figures of the machines of a question."""
    return {
        "energy": _energy,
        "power": _power,
        "kpi": _power,
        "cost": _cost,
        "carbon": _carbon,
        "production": _production,
        "efficiency": _efficiency,
    }[str(case.metric)](case, connection)


def _energy(case: Case, connection: psycopg.Connection) -> list[Figure]:
    """Energy of all that a machine purchases; the quantity of a source that was named, of those
    machines that have it."""
    truths = truths_of(case, connection)
    named = case.sources[0] if case.sources is not None else None
    kind: Kind = (("unit", "kWh"),)
    if named:
        kind = (("unit", UNITS[named]), ("energy_source", named))
    return [
        Figure(
            name,
            sum((t.quantity if named else t.energy_kwh or 0.0) for t in own),
            kind,
            *_coverage(own),
            reason=None if any(t.readings for t in own) else "no_readings",
        )
        for name, own in _by_machine(case, truths)
        if own
    ]


def _cost(case: Case, connection: psycopg.Connection) -> list[Figure]:
    priced = priced_of(case, connection)
    return [
        Figure(name, amount, (("currency", code),), *_coverage(own))
        for name, own in _by_machine(case, truths_of(case, connection))
        for code, amount in sums(each for each in priced if each.price.machine == name).items()
    ]


def _carbon(case: Case, connection: psycopg.Connection) -> list[Figure]:
    truths = truths_of(case, connection)
    return [
        Figure(name, emitted_kg(truths, connection, name), (("unit", "kg"),), *_coverage(own))
        for name, own in _by_machine(case, truths)
    ]


def _power(case: Case, connection: psycopg.Connection) -> list[Figure]:
    """Of electricity: the latest readings where now is meant, else the means."""
    asked = replace(case, metric="latest" if case.step == "now" else "average")
    truths = dict(_by_machine(case, truths_of(case, connection)))
    rates: list[Data] = power(asked, connection).data["machines"]
    return [
        Figure(name, each["rate"], (("unit", "kW"),), *_coverage(truths[name]))
        for each in rates
        if (name := str(each["machine"]))
    ]


def _production(case: Case, connection: psycopg.Connection) -> list[Figure]:
    kind = (("unit", "units"),)
    return [
        Figure(name, 0.0, kind, reason="no_production")
        if name in UNCOUNTED
        else Figure(name, float(made(case, [name], connection)["units"]), kind)
        for name in case.machines
    ]


def _efficiency(case: Case, connection: psycopg.Connection) -> list[Figure]:
    """Energy over output, of the hours that have both."""
    found = []
    truths = dict(_by_machine(case, truths_of(case, connection)))
    for name in case.machines:
        (stretch,) = case.stretches(name)
        bound = {"machine": name, "start": stretch[0], "end": stretch[1]}
        kwh, units = row(connection, PER_UNIT, bound)
        kind = (("unit", "kWh/unit"),)
        if units is None:
            found.append(Figure(name, 0.0, kind, reason="no_common_hours"))
        else:
            found.append(Figure(name, kwh / units, kind, *_coverage(truths[name])))
    return found


def _by_machine(case: Case, truths: dict[tuple[str, str], Truth]) -> list[tuple[str, list[Truth]]]:
    return [
        (name, [truth for (machine, _), truth in truths.items() if machine == name])
        for name in case.machines
    ]


def _coverage(truths: Sequence[Truth]) -> tuple[float, float]:
    return sum(t.covered_s for t in truths), sum(t.expected_s for t in truths)
