"""What an answer rests on: its rows, prices, factors and changes of state."""

from __future__ import annotations

import psycopg

from tests.core.energy_truth import Truth, row, truths_of
from tests.core.oracle.case import POWER, Case
from tests.core.oracle.cost import priced_of
from tests.core.oracle.expected import Data
from tests.core.oracle.production import production

# The changes in a stretch, and the one before it that tells its beginning.
CHANGES = """
SELECT count(*) FROM machine_status_history JOIN machines ON machines.id = machine_id
WHERE name = %(machine)s AND time < %(end)s AND time >= coalesce(
    (SELECT max(time) FROM machine_status_history AS h
     WHERE h.machine_id = machines.id AND h.time <= %(start)s), %(start)s)
"""
NOTHING: Data = {
    "readings": 0,
    "coverage_percent": None,
    "first_reading": None,
    "last_reading": None,
    "prices": [],
    "factors": [],
    "status_changes": 0,
    "registers": False,
    "model_version": None,
    "models": [],
}


def evidence(case: Case, connection: psycopg.Connection) -> Data:
    """What the answer to a question rests on."""
    if case.intent == "production":
        made = production(case, connection).data
        return NOTHING | {key: made[key] for key in ("readings", "first_reading", "last_reading")}
    if case.intent == "status_history":
        return NOTHING | {"status_changes": _changes(case, connection)}
    if case.intent == "machine_status":
        return NOTHING | {"status_changes": len(case.machines)}
    if case.intent.endswith("_list"):
        return NOTHING | {"registers": True}
    return NOTHING | _of_readings(case, connection)


def _of_readings(case: Case, connection: psycopg.Connection) -> Data:
    """The readings of what is counted: of a rate in kW the electricity alone."""
    truths = truths_of(case, connection)
    is_power = "power" in (case.intent, case.metric) and case.sources is None
    uses = [use for (_, source), use in truths.items() if source == POWER or not is_power]
    data = _readings(uses)
    metric = case.intent if case.intent in ("cost", "carbon") else case.metric
    if metric in ("cost", "total"):
        data["prices"] = _prices(case, connection)
    if metric == "carbon":
        sources = sorted({source for _, source in truths})
        data["factors"] = [
            {"energy_source": source, "name": None, "basis": "flat"} for source in sources
        ]
    return data


def _readings(uses: list[Truth]) -> Data:
    expected = sum(use.expected_s for use in uses)
    return {
        "readings": sum(use.readings for use in uses),
        "coverage_percent": 100 * sum(use.covered_s for use in uses) / expected,
        "first_reading": min(use.first for use in uses if use.first),
        "last_reading": max(use.last for use in uses if use.last),
    }


def _prices(case: Case, connection: psycopg.Connection) -> list[Data]:
    used = {
        (p.source, None if p.basis == "flat" else p.tariff, p.basis)
        for p in (each.price for each in priced_of(case, connection))
    }
    keys = ("energy_source", "name", "basis")
    return [dict(zip(keys, each, strict=True)) for each in sorted(used, key=str)]


def _changes(case: Case, connection: psycopg.Connection) -> int:
    found = 0
    for machine in case.machines:
        ((start, end),) = case.stretches(machine)
        bound = {"machine": machine, "start": start, "end": end}
        found += row(connection, CHANGES, bound)[0]
    return found
