"""Hours of UTC, the local days in them, and which of them a meter covers."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta, timezone
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from enms_core.analysis.hour_grid import HourGrid, short_hours
from enms_core.domain.catalogue import Meter
from enms_core.domain.period import Period

UTC = ZoneInfo("UTC")
NOBODY = UUID(int=1)


def period(start: str, end: str) -> Period:
    return Period(datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    ("start", "end", "zone", "hours"),
    [
        ("1970-01-01T05:00Z", "1970-01-01T08:00Z", "UTC", [5, 6, 7]),
        ("1970-01-01T05:01Z", "1970-01-01T07:59Z", "UTC", [6]),
        ("1970-01-01T05:10Z", "1970-01-01T05:50Z", "UTC", []),
        ("1970-01-01T05:07Z", "1970-01-02T05:07Z", "UTC", [*range(6, 29)]),
        ("1970-01-02T00:00+05:30", "1970-01-03T00:00+05:30", "Asia/Kolkata", [*range(19, 43)]),
        ("1970-01-02T00:00+05:30", "1970-01-02T10:07+05:30", "Asia/Kolkata", [*range(19, 28)]),
    ],
)
def test_hours_are_the_whole_ones_of_a_period(
    start: str, end: str, zone: str, hours: list[int]
) -> None:
    told = period(start.replace("Z", "+00:00"), end.replace("Z", "+00:00"))

    assert HourGrid.of(told, ZoneInfo(zone)).hours.tolist() == hours


@pytest.mark.parametrize(
    ("zone", "day", "length"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/Chicago", date(2026, 3, 8), 23),
        ("America/Chicago", date(2026, 11, 1), 25),
        # The clocks go forward at midnight: the day begins at one o'clock.
        ("America/Havana", date(2026, 3, 8), 23),
        ("Asia/Kolkata", date(2026, 3, 29), 24),
        ("UTC", date(2026, 3, 29), 24),
    ],
)
def test_days_have_as_many_hours_as_their_clocks_tell(zone: str, day: date, length: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
    grid = HourGrid.of(Period(start - timedelta(days=3), start + timedelta(days=3)), UTC)

    days = grid.local_days(ZoneInfo(zone))

    assert Counter(days.tolist())[day.toordinal()] == length
    assert set(np.diff(days)) == {0, 1}


def meter(seconds: int, since: str, until: str | None = None) -> Meter:
    end = None if until is None else datetime.fromisoformat(until)
    return Meter(NOBODY, NOBODY, seconds, datetime.fromisoformat(since), end)


GRID = HourGrid.of(period("2026-01-01T00:00+00:00", "2026-01-01T04:00+00:00"), UTC)
LONG_AGO = "2020-01-01T00:00+00:00"


@pytest.mark.parametrize(
    ("counts", "meters", "complete"),
    [
        ([4, 3, 4, 0], [meter(900, LONG_AGO)], [1, 0, 1, 0]),
        (
            [4, 4, 60, 60],
            [meter(900, LONG_AGO, "2026-01-01T02:00+00:00"), meter(60, "2026-01-01T02:00+00:00")],
            [1, 1, 1, 1],
        ),
        # A quarter hour of one and 45 minutes of the other.
        (
            [4, 46, 45, 60],
            [meter(900, LONG_AGO, "2026-01-01T01:15+00:00"), meter(60, "2026-01-01T01:15+00:00")],
            [1, 1, 0, 1],
        ),
        # Nobody measured between a quarter and half past one.
        (
            [4, 4, 4, 4],
            [meter(900, LONG_AGO, "2026-01-01T01:15+00:00"), meter(900, "2026-01-01T01:30+00:00")],
            [1, 0, 1, 1],
        ),
        ([1, 1, 1, 1], [meter(86400, LONG_AGO)], [0, 0, 0, 0]),
        ([1, 1, 0, 2], [meter(3600, LONG_AGO)], [1, 1, 0, 1]),
        ([8, 9, 7, 8], [meter(420, LONG_AGO)], [1, 1, 0, 1]),
        ([6, 6, 5, 0], [], [1, 1, 0, 0]),
        ([0, 0, 0, 0], [], [0, 0, 0, 0]),
    ],
)
def test_an_hour_is_complete_with_all_readings_of_the_meters_that_serve_it(
    counts: list[int], meters: list[Meter], complete: list[int]
) -> None:
    found = GRID.completeness(np.array(counts, dtype=float), meters)

    assert found.tolist() == [bool(each) for each in complete]


@pytest.mark.parametrize(
    ("counts", "short"),
    [
        ([4] * 9 + [3], [9]),
        ([4] * 18 + [1, 3], [18, 19]),
        # Hours without any row are unknown anyway, and none of those that tell how often.
        ([4] * 9 + [3] + [0] * 30, [9, *range(10, 40)]),
        ([4] * 9 + [8], []),
        ([4] * 8 + [3, 3], []),
        ([1] * 5 + [2] * 4 + [7], []),
        ([0, 0], [0, 1]),
        ([], []),
    ],
)
def test_an_hour_is_short_of_rows_where_nine_in_ten_have_the_same_count(
    counts: list[int], short: list[int]
) -> None:
    assert short_hours(np.array(counts, dtype=float)).nonzero()[0].tolist() == short
