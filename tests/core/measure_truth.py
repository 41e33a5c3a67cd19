"""The figures that machines are ranked and compared by, in SQL of our own over the readings."""

from __future__ import annotations

from dataclasses import dataclass, field

import psycopg

from tests.core.energy_truth import ROWS, Truth, truths_of
from tests.core.oracle.case import EU, GAS, POWER, US, Case
from tests.core.oracle.power import MEASURED

# What the demo's registers say: euros and dollars for a kWh and a m³, kilograms of CO2 equivalent.
DAY_RATE, NIGHT_RATE, EU_RATE, US_RATE, GAS_RATE = 0.20, 0.10, 0.18, 0.12, 0.50
KG_PER_UNIT = {POWER: 0.45, GAS: 2.03}

BY_DAY_AND_NIGHT = """
SELECT sum(energy_kwh) FILTER (WHERE hour >= 8 AND hour < 20),
       sum(energy_kwh) FILTER (WHERE hour < 8 OR hour >= 20)
FROM (
    SELECT energy_kwh, extract(hour FROM time AT TIME ZONE 'Europe/Berlin') AS hour
    FROM energy_readings JOIN machines ON machines.id = machine_id
    WHERE name = %(machine)s AND time >= %(start)s AND time < %(end)s
) AS r
"""
UNITS_MADE = """
SELECT sum(production_count) FROM production_data JOIN machines ON machines.id = machine_id
WHERE name = %(machine)s AND time >= %(start)s AND time < %(end)s
"""
# Hours in which a source's readings stand for the whole hour, with their energy.
COMPLETE_HOURS = """
SELECT date_trunc('hour', r.time), sum({energy})
FROM {table} AS r
JOIN machines ON machines.id = r.machine_id AND machines.name = %(machine)s
JOIN meters AS m ON m.machine_id = r.machine_id AND m.valid_from <= r.time
                AND (m.valid_to IS NULL OR m.valid_to > r.time)
JOIN energy_sources AS s ON s.id = m.energy_source_id AND s.name = %(source)s
WHERE r.time >= %(start)s AND r.time < %(end)s
GROUP BY 1 HAVING sum(m.nominal_interval_seconds) = 3600
"""
HOURS_MADE = """
SELECT date_trunc('hour', time), sum(production_count)
FROM production_data JOIN machines ON machines.id = machine_id
WHERE name = %(machine)s AND time >= %(start)s AND time < %(end)s
GROUP BY 1
"""
# The workshop's lathe burns gas as well, and nobody knows its energy content.
UNKNOWN_GAS = """
UPDATE energy_sources SET kwh_per_unit = NULL WHERE name = 'natural_gas';
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.machine_id, s.id, 3600, 'interval', 'start', s.unit, m.valid_from
FROM meters AS m, energy_sources AS s WHERE s.name = 'natural_gas';
INSERT INTO natural_gas_readings (machine_id, time, consumption_m3)
SELECT machine_id, time, 1.5 FROM energy_readings;
"""


@dataclass(frozen=True)
class Asked:
    """Machines, and their stretches in the calendars of Berlin and Chicago; sources where named."""

    machines: tuple[str, ...]
    berlin: str = ""
    chicago: str = ""
    sources: tuple[str, ...] = ()

    def case(self) -> Case:
        return Case("", self.machines, self.berlin, self.chicago, self.sources or None)


@dataclass
class Known:
    """What the database holds of one machine: energy by source, money by currency, and so on."""

    uses: dict[str, Truth] = field(default_factory=dict)
    read_hours: dict[str, float] = field(default_factory=dict)
    cost: float = 0.0
    currency: str = "EUR"
    units: float | None = None
    energy_of_hours_kwh: float = 0.0
    units_of_hours: float | None = None
    hours: float = 0.0

    @property
    def coverage_percent(self) -> float:
        expected = sum(use.expected_s for use in self.uses.values())
        return 100 * sum(use.covered_s for use in self.uses.values()) / expected

    def value(self, metric: str, sources: tuple[str, ...] = ()) -> float | None:
        """The figure in its usual unit; None where there is none."""
        if metric == "production":
            return self.units
        if metric == "efficiency":
            return self.energy_of_hours_kwh / self.units_of_hours if self.units_of_hours else None
        if not any(use.readings for use in self.uses.values()):
            return None
        if metric == "energy":
            whole = [use.quantity if sources else use.energy_kwh or 0 for use in self.uses.values()]
            return sum(whole)
        if metric == "power":
            source = sources[0] if sources else POWER
            return self.uses[source].quantity / self.read_hours[source]
        if metric == "carbon":
            return sum(KG_PER_UNIT[name] * use.quantity for name, use in self.uses.items())
        return self.cost


def known_of(asked: Asked, connection: psycopg.Connection) -> dict[str, Known]:
    """The truth by machine."""
    case = asked.case()
    found = {machine: Known() for machine in asked.machines}
    for (machine, source), truth in truths_of(case, connection).items():
        found[machine].uses[source] = truth
    for machine, known in found.items():
        known.currency = "USD" if machine in US else "EUR"
        for start, end in case.stretches(machine):
            bound: dict[str, object] = {"machine": machine, "start": start, "end": end}
            known.hours += (end - start).total_seconds() / 3600
            known.cost += _cost(connection, machine, bound)
            _add_output(connection, known, bound)
            for source in known.uses:
                read_hours = _read_hours(connection, source, bound)
                known.read_hours[source] = known.read_hours.get(source, 0.0) + read_hours
    return found


def _read_hours(connection: psycopg.Connection, source: str, bound: dict[str, object]) -> float:
    """What the readings stand for: each for its whole interval."""
    table, amount, _ = ROWS[source]
    sql = MEASURED.format(table=table, amount=amount).encode()
    row = connection.execute(sql, {**bound, "source": source}).fetchone()
    assert row is not None
    return float(row[1])


def _cost(connection: psycopg.Connection, machine: str, bound: dict[str, object]) -> float:
    row = connection.execute(BY_DAY_AND_NIGHT.encode(), bound).fetchone()
    assert row is not None
    day, night = (value or 0.0 for value in row)
    if machine in EU or machine in US:
        return (day + night) * (EU_RATE if machine in EU else US_RATE)
    gas = 0.0
    if machine == "Boiler-1":
        sql = f"""
            SELECT coalesce(sum(consumption_m3), 0) FROM {ROWS[GAS][0]}
            JOIN machines ON machines.id = machine_id
            WHERE name = %(machine)s AND time >= %(start)s AND time < %(end)s
        """
        found = connection.execute(sql.encode(), bound).fetchone()
        assert found is not None
        gas = found[0]
    return day * DAY_RATE + night * NIGHT_RATE + gas * GAS_RATE


def _add_output(connection: psycopg.Connection, known: Known, bound: dict[str, object]) -> None:
    """Units made, and energy and units of the hours in which both are complete."""
    row = connection.execute(UNITS_MADE.encode(), bound).fetchone()
    assert row is not None
    if row[0] is not None:
        known.units = (known.units or 0) + row[0]
    made = dict(connection.execute(HOURS_MADE.encode(), bound).fetchall())
    energy = [
        dict(
            connection.execute(
                COMPLETE_HOURS.format(energy=f"r.{ROWS[name][2]}", table=ROWS[name][0]).encode(),
                {**bound, "source": name},
            ).fetchall()
        )
        for name in known.uses
    ]
    for hour in made:
        if all(hour in each for each in energy):
            known.energy_of_hours_kwh += sum(each[hour] for each in energy)
            known.units_of_hours = (known.units_of_hours or 0) + made[hour]
