"""Calendar periods that lie whole within a stretch of readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from enms_core.domain.period import Period, utc

CalendarUnit = Literal["day", "month", "year"]
DAY = timedelta(days=1)


def whole_periods(unit: CalendarUnit, within: Period, zone: ZoneInfo) -> Iterator[Period]:
    """Days, months or years of a zone that lie whole within a stretch, the newest first.

    >>> zone = ZoneInfo("Asia/Seoul")
    >>> year = Period(datetime(2018, 1, 1, tzinfo=zone), datetime(2019, 1, 1, tzinfo=zone))
    >>> [period.start.month for period in whole_periods("month", year, zone)][:3]
    [12, 11, 10]
    """
    end = _begin_of(unit, within.end.astimezone(zone).date())
    while True:
        start = _begin_of(unit, end - DAY)
        period = Period(_midnight(start, zone), _midnight(end, zone))
        if utc(period.start) < utc(within.start):
            return
        yield period
        end = start


def is_free_of(gaps: Sequence[tuple[datetime, datetime]], period: Period) -> bool:
    """Whether no gap reaches into a period. gaps: where each begins and ends."""
    start, end = utc(period.start), utc(period.end)
    return all(utc(until) <= start or utc(begin) >= end for begin, until in gaps)


def _begin_of(unit: CalendarUnit, day: date) -> date:
    if unit == "day":
        return day
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
