"""Which meters are silent, by limits worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from uuid import UUID

import pytest

from enms_core.analysis.silence import is_silent, serving
from enms_core.domain.catalogue import Meter

NOW = datetime(2026, 11, 18, 9, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
ID = UUID(int=1)


def meter(interval_seconds: int, since: datetime, until: datetime | None = None) -> Meter:
    return Meter(ID, ID, interval_seconds, since, until)


OLD = NOW - timedelta(days=100)


@pytest.mark.parametrize(
    ("interval_seconds", "age_minutes", "silent"),
    [
        (60, 60, False),  # an hour, though three intervals are three minutes
        (60, 61, True),
        (900, 60, False),
        (900, 61, True),
        (1800, 90, False),  # three half hours
        (1800, 91, True),
        (86_400, 3 * 24 * 60, False),
        (86_400, 3 * 24 * 60 + 1, True),
    ],
)
def test_a_meter_is_silent_after_three_intervals_and_not_within_an_hour(
    interval_seconds: int, age_minutes: int, silent: bool
) -> None:
    last = NOW - age_minutes * MINUTE

    assert is_silent(meter(interval_seconds, OLD), last, NOW) is silent


def test_a_meter_without_any_reading_is_silent_once_it_had_the_time() -> None:
    assert is_silent(meter(900, OLD), None, NOW)
    assert not is_silent(meter(900, NOW - 59 * MINUTE), None, NOW)
    assert not is_silent(meter(900, NOW - 59 * MINUTE), OLD, NOW)


def test_the_meter_in_service_is_the_newest_one() -> None:
    first = meter(900, OLD, NOW - timedelta(days=2))
    second, third = meter(60, NOW - timedelta(days=2)), meter(300, NOW - timedelta(days=1))
    future = meter(10, NOW + MINUTE)

    assert serving([first, second, third, future], NOW) is third
    assert serving([first, second], NOW - timedelta(days=2)) is second
    assert serving([first, future], NOW) is None
