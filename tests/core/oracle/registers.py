"""What the registers hold: machines, energy sources, significant uses, drivers, meters."""

from __future__ import annotations

from datetime import datetime, timedelta

import psycopg

from tests.core.energy_truth import ROWS, rows
from tests.core.oracle.case import Case
from tests.core.oracle.expected import Data, Expected

MACHINES = """
SELECT m.name, m.type, f.name FROM machines AS m JOIN factories AS f ON f.id = m.factory_id
WHERE m.name = ANY(%(machines)s)
"""
SOURCES = """
SELECT s.name, s.unit, s.is_purchased, array_agg(DISTINCT m.name)
FROM meters JOIN machines AS m ON m.id = meters.machine_id
JOIN energy_sources AS s ON s.id = meters.energy_source_id
WHERE m.name = ANY(%(machines)s) AND (%(sources)s::text[] IS NULL OR s.name = ANY(%(sources)s))
GROUP BY s.name, s.unit, s.is_purchased
"""
SEUS = """
SELECT seus.name, s.name, s.unit, array_agg(m.name)
FROM seus JOIN energy_sources AS s ON s.id = seus.energy_source_id
JOIN machines AS m ON m.id = ANY(seus.machine_ids)
WHERE %(sources)s::text[] IS NULL OR s.name = ANY(%(sources)s)
GROUP BY seus.name, s.name, s.unit HAVING array_agg(m.name::text) && %(machines)s::text[]
"""
DRIVERS = """
SELECT feature_name, aggregation_function FROM energy_source_features AS f
JOIN energy_sources AS s ON s.id = f.energy_source_id
WHERE s.name = %(source)s AND is_regression_feature
"""
SERVING = """
SELECT m.name, s.name, nominal_interval_seconds
FROM meters JOIN machines AS m ON m.id = meters.machine_id
JOIN energy_sources AS s ON s.id = meters.energy_source_id
WHERE valid_from <= %(now)s AND coalesce(valid_to, 'infinity') > %(now)s
"""
LAST = """
SELECT max(time) FROM {table} JOIN machines ON machines.id = machine_id
WHERE name = %(machine)s AND time < %(now)s
"""
SHORTEST_SILENCE = timedelta(hours=1)


def machine_list(case: Case, connection: psycopg.Connection) -> Expected:
    found = rows(connection, MACHINES, _bound(case))
    machines = [{"machine": name, "type": kind, "factory": site} for name, kind, site in found]
    return Expected({"count": len(machines), "machines": machines}, ((len(machines), "machines"),))


def energy_source_list(case: Case, connection: psycopg.Connection) -> Expected:
    keys = ("energy_source", "unit", "is_purchased", "machines")
    found = rows(connection, SOURCES, _bound(case))
    return Expected({"sources": [dict(zip(keys, each, strict=True)) for each in found]})


def seu_list(case: Case, connection: psycopg.Connection) -> Expected:
    keys = ("seu", "energy_source", "unit", "machines")
    found = rows(connection, SEUS, _bound(case))
    data: Data = {
        "count": len(found),
        "seus": [dict(zip(keys, each, strict=True)) for each in found],
    }
    return Expected(data, ((len(found), "seus"),))


def driver_list(case: Case, connection: psycopg.Connection) -> Expected:
    assert case.sources is not None
    (source,) = case.sources
    found = rows(connection, DRIVERS, {"source": source})
    drivers = [{"driver": name, "aggregation": how} for name, how in found]
    data: Data = {"energy_source": source, "drivers": drivers, "refused": []}
    return Expected(data, ((len(drivers), "drivers"),))


def system_health(case: Case, connection: psycopg.Connection) -> Expected:
    """The meters in service, and those that said nothing for three intervals, or for an hour."""
    meters, ends, silent = [], [], []
    for machine, source, seconds in rows(connection, SERVING, {"now": case.at}):
        last = _last(machine, source, case.at, connection)
        meters.append(last)
        ends.append(min(case.at, last + timedelta(seconds=seconds)))
        if case.at - last > max(3 * timedelta(seconds=seconds), SHORTEST_SILENCE):
            silent.append({"machine": machine, "energy_source": source, "last_reading": last})
    data: Data = {
        "database": "ok",
        "latest_reading": max(meters),
        "age_seconds": (case.at - max(ends)).total_seconds(),
        "meters": len(meters),
        "silent": silent,
    }
    return Expected(data, ((len(meters), "meters"),))


def _last(machine: str, source: str, now: datetime, connection: psycopg.Connection) -> datetime:
    bound = {"machine": machine, "now": now}
    found: datetime = rows(connection, LAST.format(table=ROWS[source][0]), bound)[0][0]
    return found


def _bound(case: Case) -> dict[str, object]:
    sources = None if case.sources is None else list(case.sources)
    return {"machines": list(case.machines), "sources": sources}
