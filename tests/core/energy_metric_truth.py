"""Local days and hours, and what was used in them, by SQL of our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest

import psycopg

from tests.core.energy_cases import US, Case
from tests.core.energy_truth import Truth, by_source, truths_of

Stretch = tuple[datetime, datetime]

# The local midnights in a stretch, and the part of each day that lies in it.
DAYS = """
SELECT greatest(%(start)s, day AT TIME ZONE %(zone)s),
       least(%(end)s, (day + interval '1 day') AT TIME ZONE %(zone)s)
FROM generate_series(date_trunc('day', %(start)s AT TIME ZONE %(zone)s),
                     %(end)s AT TIME ZONE %(zone)s - interval '1 microsecond',
                     interval '1 day') AS day
"""
HOURS = """
SELECT greatest(%(start)s, hour), least(%(end)s, hour + interval '1 hour')
FROM generate_series(date_trunc('hour', %(start)s, %(zone)s),
                     %(end)s - interval '1 microsecond', interval '1 hour') AS hour
"""


def points_of(
    asked: Case, step: str, is_daily_hours: bool, connection: psycopg.Connection
) -> list[dict[str, Truth]]:
    """What all machines used of each source in their own first day or hour, and so on."""
    cut = [
        asked.stretches(machine)
        if is_daily_hours and step == "day"
        else _cut(asked.stretches(machine), step, machine, connection)
        for machine in asked.machines
    ]
    return [
        _point(asked, dict(zip(asked.machines, stretches, strict=True)), connection)
        for stretches in zip_longest(*cut)
    ]


def _cut(
    stretches: Sequence[Stretch], step: str, machine: str, connection: psycopg.Connection
) -> list[Stretch]:
    zone = "America/Chicago" if machine in US else "Europe/Berlin"
    sql = (DAYS if step == "day" else HOURS).encode()
    return [
        (row[0], row[1])
        for start, end in stretches
        for row in connection.execute(sql, {"start": start, "end": end, "zone": zone})
    ]


def _point(
    asked: Case, stretches: dict[str, Stretch | None], connection: psycopg.Connection
) -> dict[str, Truth]:
    """By source, of the machines that have this day or hour."""
    found: dict[tuple[str, str], Truth] = {}
    for machine, stretch in stretches.items():
        if stretch is not None:
            written = "/".join(moment.isoformat() for moment in stretch)
            own = replace(asked, machines=(machine,), berlin=written, chicago=written)
            found |= truths_of(own, connection)
    return by_source(found)
