"""Comparisons, with the instants that a person would look up for them in a calendar."""

from __future__ import annotations

from dataclasses import dataclass

from tests.conftest import PLANT_NOW
from tests.core.measure_truth import Asked
from tests.core.oracle.case import (
    ALL,
    AUTUMN_DAY,
    DEMO,
    EU,
    GAP_DAY,
    LAST_WEEK,
    LAST_WEEK_US,
    SPRING_DAY,
    STEAM,
    TODAY,
    TODAY_US,
    US,
)
from tests.core.ranking_cases import COMPRESSORS, DEMO_SITE, EU_SITE, US_SITE


@dataclass(frozen=True)
class Compared:
    """What is asked for: sides over one period, or the same machines over `period` and `other`.

    is_per_day: whether the numbers of days differ. is_same_hours: whether the one that is over was
    cut. is_uneven: whether nothing is judged, because one that runs is not as long as the other.
    """

    metric: str | None
    sides: tuple[Asked, ...]
    period: str
    other: str | None = None
    is_per_day: bool = False
    is_same_hours: bool = False
    is_uneven: bool = False
    now: str = PLANT_NOW.isoformat()

    def __str__(self) -> str:
        who = " and ".join(f"{side.machines[0]}.." for side in self.sides)
        return f"{self.metric} of {who} {self.period}, {self.other} ({self.now[5:16]})"


ONE, BOILER, PRESS, BELT, HALL = (
    ("Compressor-1",),
    ("Boiler-1",),
    ("Injection-Molding-1",),
    ("Conveyor-A",),
    ("HVAC-EU-North",),
)
SITES = {DEMO: DEMO_SITE, EU: EU_SITE, US: US_SITE}
FEBRUARY = "2026-02-01T00:00+01:00/2026-03-01T00:00+01:00"
FEBRUARY_US = "2026-02-01T00:00-06:00/2026-03-01T00:00-06:00"
MARCH = "2026-03-01T00:00+01:00/2026-04-01T00:00+02:00"
MARCH_US = "2026-03-01T00:00-06:00/2026-04-01T00:00-05:00"
# Up to the last whole minute, or quarter of an hour, that the meters have read by 10:07:30.
TODAY_SO_FAR = "2026-11-18T00:00+01:00/2026-11-18T10:07+01:00"
TODAY_SO_FAR_US = "2026-11-18T00:00-06:00/2026-11-18T03:07-06:00"
CUT_YESTERDAY = "2026-11-17T00:00+01:00/2026-11-17T10:07+01:00"
CUT_YESTERDAY_US = "2026-11-17T00:00-06:00/2026-11-17T03:07-06:00"
WEEK_SO_FAR = "2026-11-16T00:00+01:00/2026-11-18T10:00+01:00"
CUT_WEEK = "2026-11-09T00:00+01:00/2026-11-11T10:00+01:00"
MONTH_SO_FAR = "2026-11-01T00:00+01:00/2026-11-18T10:00+01:00"
CUT_OCTOBER = "2026-10-01T00:00+02:00/2026-10-18T10:00+02:00"
YEAR_SO_FAR = "2026-01-01T00:00+01:00/2026-11-18T10:00+01:00"
CUT_2025 = "2025-01-01T00:00+01:00/2025-11-18T10:00+01:00"
DAY_AFTER_GAP = "2026-07-22T00:00+02:00/2026-07-23T00:00+02:00"
NOON_IN_SPRING = "2026-03-29T00:00+01:00/2026-03-29T12:00+02:00"
BEFORE_SPRING = "2026-03-28T00:00+01:00/2026-03-28T12:00+01:00"
NOON_IN_AUTUMN = "2026-10-25T00:00+02:00/2026-10-25T12:00+01:00"
BEFORE_AUTUMN = "2026-10-24T00:00+02:00/2026-10-24T12:00+02:00"


def sides(
    machines: tuple[str, ...], *berlin: str, sources: tuple[str, ...] = ()
) -> tuple[Asked, ...]:
    """The same machines over two stretches."""
    return tuple(Asked(machines, stretch, "", sources) for stretch in berlin)


def parts(
    *machines: tuple[str, ...], berlin: str = LAST_WEEK, chicago: str = LAST_WEEK_US
) -> tuple[Asked, ...]:
    """Machines side by side over one stretch."""
    return tuple(Asked(each, berlin, chicago) for each in machines)


CASES = (
    # Two machines by every figure
    Compared("energy", parts(ONE, BOILER), "last week"),
    Compared("power", parts(ONE, BOILER), "last week"),
    Compared("cost", parts(ONE, BOILER), "last week"),
    Compared("carbon", parts(ONE, BOILER), "last week"),
    Compared("production", parts(ONE, PRESS), "last week"),
    Compared("efficiency", parts(ONE, BOILER), "last week"),
    Compared(None, parts(BELT, PRESS), "last week"),
    Compared("total", parts(PRESS, BELT), "last week"),
    # Sites, groups, and a machine beside its own site
    Compared("energy", parts(DEMO, EU), "last week"),
    Compared("cost", parts(DEMO, EU), "last week"),
    Compared("cost", parts(DEMO, US), "last week"),
    Compared("energy", parts(DEMO, EU, US), "last week"),
    Compared("cost", parts(EU, DEMO, US), "last week"),
    Compared("power", parts(ONE, DEMO), "last week"),
    Compared("efficiency", parts(COMPRESSORS, DEMO), "last week"),
    Compared("carbon", parts(EU, US, berlin=TODAY, chicago=TODAY_US), "today", is_uneven=True),
    Compared("energy", parts(ONE, BOILER, PRESS, BELT), "last week"),
    # Two periods that are over: the same length, and another
    Compared("energy", sides(ONE, LAST_WEEK, "2026-11-02T00:00+01:00/2026-11-09T00:00+01:00"),
             "last week", "the week before last"),
    Compared("energy", sides(ONE, MARCH, FEBRUARY), "in March 2026", "in February 2026",
             is_per_day=True),
    Compared("production", sides(PRESS, MARCH, FEBRUARY), "in March 2026", "in February 2026",
             is_per_day=True),
    Compared("power", sides(ONE, MARCH, FEBRUARY), "in March 2026", "in February 2026"),
    Compared("efficiency", sides(PRESS, MARCH, FEBRUARY), "in March 2026", "in February 2026"),
    Compared("cost", (Asked(ALL, MARCH, MARCH_US), Asked(ALL, FEBRUARY, FEBRUARY_US)),
             "in March 2026", "in February 2026", is_per_day=True),
    Compared("energy", sides(BOILER, SPRING_DAY, "2026-03-28T00:00+01:00/2026-03-29T00:00+01:00"),
             "on the 29th of March 2026", "on the 28th of March 2026"),
    Compared("cost", sides(DEMO, AUTUMN_DAY, "2026-10-24T00:00+02:00/2026-10-25T00:00+02:00"),
             "on the 25th of October 2026", "on the 24th of October 2026"),
    Compared("energy", sides(BOILER, LAST_WEEK, "2026-11-02T00:00+01:00/2026-11-09T00:00+01:00",
                             sources=(STEAM,)), "last week", "the week before last"),
    # A running period against one that is over: both up to the same time
    Compared("energy", sides(PRESS, TODAY_SO_FAR, CUT_YESTERDAY), "today", "yesterday",
             is_same_hours=True),
    Compared("energy", sides(PRESS, CUT_YESTERDAY, TODAY_SO_FAR), "yesterday", "today",
             is_same_hours=True),
    Compared("cost", (Asked(ALL, TODAY_SO_FAR, TODAY_SO_FAR_US),
                      Asked(ALL, CUT_YESTERDAY, CUT_YESTERDAY_US)),
             "today", "yesterday", is_same_hours=True),
    Compared("carbon", sides(DEMO, WEEK_SO_FAR, CUT_WEEK), "this week", "last week",
             is_same_hours=True),
    Compared("production", sides(PRESS, WEEK_SO_FAR, CUT_WEEK), "this week", "last week",
             is_same_hours=True),
    Compared("power", sides(ONE, WEEK_SO_FAR, CUT_WEEK), "this week", "last week",
             is_same_hours=True),
    Compared("efficiency", sides(PRESS, TODAY_SO_FAR, CUT_YESTERDAY), "today", "yesterday",
             is_same_hours=True),
    # An hour longer: the clocks went back on the 25th of October
    Compared("energy", sides(ONE, MONTH_SO_FAR, CUT_OCTOBER), "this month", "last month",
             is_same_hours=True),
    Compared("energy", sides(ONE, MONTH_SO_FAR, CUT_OCTOBER), "in November", "in October",
             is_same_hours=True),
    Compared("cost", sides(ONE, YEAR_SO_FAR, CUT_2025), "this year", "last year",
             is_same_hours=True),
    Compared("energy", sides(ONE, NOON_IN_SPRING, BEFORE_SPRING), "today", "yesterday",
             is_same_hours=True, now="2026-03-29T12:00+02:00"),
    Compared("cost", sides(DEMO, NOON_IN_AUTUMN, BEFORE_AUTUMN), "today", "yesterday",
             is_same_hours=True, now="2026-10-25T12:00+01:00"),
    # The 31st of March has no counterpart in February: all of it counts, and nothing is judged
    Compared("energy", sides(ONE, "2026-03-01T00:00+01:00/2026-03-31T08:00+02:00", FEBRUARY),
             "this month", "last month", is_uneven=True, now="2026-03-31T08:00+02:00"),
    # Readings missing
    Compared("energy", sides(ONE, DAY_AFTER_GAP, GAP_DAY), "on the 22nd of July 2026",
             "on the 21st of July 2026"),
)  # fmt: skip
