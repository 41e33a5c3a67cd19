"""Local days and hours of a stretch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timezone
from zoneinfo import ZoneInfo

import psycopg

from tests.core.energy_truth import rows
from tests.core.oracle.case import Case, Stretch, zone_of

# Each local day as far as it lies in the stretch, and the share of the day that does.
DAYS = """
SELECT greatest(begun, %(start)s), least(over, %(end)s),
       extract(epoch FROM least(over, %(end)s) - greatest(begun, %(start)s))
       / extract(epoch FROM over - begun)
FROM generate_series(
    date_trunc('day', %(start)s AT TIME ZONE %(zone)s),
    %(end)s AT TIME ZONE %(zone)s - interval '1 microsecond', '1 day'
) AS day,
LATERAL (SELECT day AT TIME ZONE %(zone)s AS begun,
                (day + interval '1 day') AT TIME ZONE %(zone)s AS over) AS edges
ORDER BY 1
"""
HOURS = """
SELECT greatest(hour, %(start)s), least(hour + interval '1 hour', %(end)s),
       extract(epoch FROM least(hour + interval '1 hour', %(end)s) - greatest(hour, %(start)s))
       / 3600
FROM generate_series(
    date_trunc('hour', %(start)s::timestamptz), %(end)s::timestamptz - interval '1 microsecond',
    interval '1 hour'
) AS hour
ORDER BY 1
"""


# The local date of a day; the instant [UTC] at which an hour starts, which is one for all sites.
Label = date


@dataclass(frozen=True)
class CutOut:
    """A local day or hour as far as it lies in a stretch; share: of the whole one."""

    stretch: Stretch
    share: float


def cut(connection: psycopg.Connection, stretch: Stretch, zone: str, step: str) -> list[CutOut]:
    """The days or hours of a stretch."""
    start, end = stretch
    bound = {"start": start, "end": end, "zone": zone}
    found = rows(connection, DAYS if step == "day" else HOURS, bound)
    return [CutOut((first, last), float(share)) for first, last, share in found]


def cuts_of(case: Case, machine: str, connection: psycopg.Connection) -> dict[Label, CutOut]:
    """The days or hours of a machine's period in order, by what those of all sites are told by."""
    name, zone = zone_of(machine), ZoneInfo(zone_of(machine))
    found = [
        each
        for stretch in case.stretches(machine)
        for each in cut(connection, stretch, name, str(case.step))
    ]
    if case.step == "hour":
        return {each.stretch[0].astimezone(timezone.utc): each for each in found}
    return {each.stretch[0].astimezone(zone).date(): each for each in found}
