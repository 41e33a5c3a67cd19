"""What machines made, by their rows of production."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.core.energy_truth import row
from tests.core.oracle.case import Case
from tests.core.oracle.expected import Data, Expected

MADE = """
SELECT sum(production_count), sum(good_count), sum(reject_count),
       100 * sum(good_count) / nullif(sum(good_count) + sum(reject_count), 0),
       sum(downtime_seconds), count(*), min(time), max(time)
FROM production_data JOIN machines ON machines.id = machine_id
WHERE name = ANY(%(machines)s) AND ({spans})
"""
KEYS = (
    "units",
    "good_units",
    "reject_units",
    "quality_percent",
    "downtime_seconds",
    "readings",
    "first_reading",
    "last_reading",
)
SAID = {
    "units": ("units", "units"),
    "good": ("good_units", "good_units"),
    "rejects": ("reject_units", "reject_units"),
    "quality": ("quality_percent", "%"),
    "downtime": ("downtime_seconds", "s"),
}
# Nothing is counted at these.
UNCOUNTED = ("HVAC-Main", "HVAC-EU-North", "HVAC-US-1")


def production(case: Case, connection: psycopg.Connection) -> Expected:
    """What the machines made together, and each of them."""
    counted = [name for name in case.machines if name not in UNCOUNTED]
    whole = made(case, counted, connection)
    machines = [{"machine": name, **made(case, [name], connection)} for name in counted]
    key, unit = SAID[str(case.metric)]
    said = ((whole[key], unit),) if whole[key] else ()
    return Expected({"metric": case.metric, **whole, "machines": machines}, said)


def made(case: Case, machines: list[str], connection: psycopg.Connection) -> Data:
    """The sums over the rows of some machines, each in the calendar of its site."""
    bound: dict[str, Any] = {"machines": machines}
    spans: list[str] = []
    for name in machines:
        for start, end in case.stretches(name):
            place = len(spans)
            spans.append(f"name = %(m{place})s AND time >= %(a{place})s AND time < %(b{place})s")
            bound |= {f"m{place}": name, f"a{place}": start, f"b{place}": end}
    return dict(
        zip(KEYS, row(connection, MADE.format(spans=" OR ".join(spans)), bound), strict=True)
    )
