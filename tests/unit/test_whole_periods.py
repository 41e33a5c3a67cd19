"""Days, months and years that lie whole within some readings."""

from __future__ import annotations

import doctest
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from enms_core.analysis import whole_periods as module
from enms_core.analysis.whole_periods import CalendarUnit, is_free_of, whole_periods
from enms_core.domain.period import Period

BERLIN = ZoneInfo("Europe/Berlin")
UTC = timezone.utc


def berlin(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=BERLIN)  # type: ignore[arg-type]


def starts(unit: CalendarUnit, start: datetime, end: datetime) -> list[date]:
    found = whole_periods(unit, Period(start, end), BERLIN)
    return [period.start.date() for period in found]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("day", [date(2026, 4, 1), date(2026, 3, 31), date(2026, 3, 30)]),
        ("month", [date(2026, 3, 1), date(2026, 2, 1)]),
        ("year", []),
    ],
)
def test_what_is_cut_at_either_end_is_not_whole(unit: CalendarUnit, expected: list[date]) -> None:
    found = starts(unit, berlin(2026, 1, 1, 0, 15), berlin(2026, 4, 2, 0, 15))

    assert found[:3] == expected


def test_a_stretch_that_is_one_period_is_whole() -> None:
    assert starts("year", berlin(2025, 1, 1), berlin(2026, 1, 1)) == [date(2025, 1, 1)]
    assert starts("year", berlin(2025, 1, 1), berlin(2025, 12, 31, 23)) == []


def test_midnights_are_those_of_the_zone_on_days_of_a_clock_change() -> None:
    stretch = Period(datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC))

    [day] = whole_periods("day", stretch, BERLIN)

    assert (day.start, day.hours) == (berlin(2026, 3, 29), 23)


def test_the_first_years_of_the_calendar_end_the_search() -> None:
    stretch = Period(datetime(1, 1, 2, tzinfo=UTC), datetime(1, 3, 2, tzinfo=UTC))

    found = islice(whole_periods("month", stretch, ZoneInfo("UTC")), 5)

    assert [period.start.month for period in found] == [2]


def test_a_gap_is_free_of_the_periods_that_it_only_touches() -> None:
    day = Period(berlin(2026, 3, 3), berlin(2026, 3, 4))
    before = (berlin(2026, 3, 2, 12), day.start)
    after = (day.end, day.end + timedelta(hours=1))

    assert is_free_of([before, after], day)
    assert not is_free_of([before, (berlin(2026, 3, 3, 12), berlin(2026, 3, 3, 13))], day)
    assert not is_free_of([(berlin(2026, 3, 1), berlin(2026, 3, 9))], day)


def test_the_example_is_true() -> None:
    assert doctest.testmod(module).failed == 0
