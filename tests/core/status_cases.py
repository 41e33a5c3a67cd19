"""Periods with the instants that a person would look up for them, and histories of a lathe."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from enms_core.domain.period import TODAY, PeriodPhrase
from tests.core.answering import Works, works_on
from tests.core.conftest import execute
from tests.core.oracle.case import (
    AUTUMN_DAY,
    LAST_WEEK,
    LAST_WEEK_US,
    NIGHTS_OF_WEEK_43,
    OCTOBER,
    OCTOBER_US,
    SPRING_DAY,
    TODAY_US,
    YESTERDAY,
    YESTERDAY_US,
)

HOUR = timedelta(hours=1)
MIDNIGHT = datetime(2026, 11, 16, 23, tzinfo=timezone.utc)  # of 17 November in Berlin
AMERICAN = "Conveyor-US-1"
LATHE = "00000000-0000-0000-0000-0000000000a1"
CHANGE = """
INSERT INTO machine_status_history (machine_id, time, mode, is_running) VALUES (%s, %s, %s, %s)
"""
THE_DAY_BEFORE = PeriodPhrase("unit", unit="day", offset=-1)
PHRASES = {
    "today": TODAY,
    "yesterday": THE_DAY_BEFORE,
    "last week": PeriodPhrase("unit", unit="week", offset=-1),
    "October": PeriodPhrase("unit", unit="month", offset=-1),
    "the long day": PeriodPhrase("date", month=10, day=25, of=PeriodPhrase("year", year=2026)),
    "the short day": PeriodPhrase("date", month=3, day=29, of=PeriodPhrase("year", year=2026)),
    "the nights of week 43": PeriodPhrase(
        "daily",
        from_minute=22 * 60,
        to_minute=6 * 60,
        of=PeriodPhrase("week", number=43, of=PeriodPhrase("year", year=2026)),
    ),
}
TODAY_CUT = "2026-11-18T00:00+01:00/2026-11-18T10:07:30+01:00"
CALENDAR = {
    "today": (TODAY_CUT, TODAY_US),
    "yesterday": (YESTERDAY, YESTERDAY_US),
    "last week": (LAST_WEEK, LAST_WEEK_US),
    "October": (OCTOBER, OCTOBER_US),
    "the long day": (AUTUMN_DAY, "2026-10-25T00:00-05:00/2026-10-26T00:00-05:00"),
    "the short day": (SPRING_DAY, "2026-03-29T00:00-05:00/2026-03-30T00:00-05:00"),
    "the nights of week 43": (NIGHTS_OF_WEEK_43, ""),
}


def alive(url: str) -> None:
    """A reading of the lathe from this morning, so that it is known to be there still."""
    execute(
        url,
        "INSERT INTO energy_readings (machine_id, time, energy_kwh)"
        " VALUES (%s, '2026-11-18T08:00+01:00', 1)",
        LATHE,
    )


def history(url: str, *changes: tuple[float, str]) -> Works:
    """The lathe's history, by hours after midnight of 17 November."""
    for hour, mode in changes:
        execute(url, CHANGE, LATHE, MIDNIGHT + hour * HOUR, mode, mode == "running")
    return works_on(url)
