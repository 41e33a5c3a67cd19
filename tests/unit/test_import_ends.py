"""When the interval that begins at a moment ends."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.analysis.grid import DayGrid, end_of, instant_of

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "America/Havana",
         "Asia/Kathmandu", "America/Chicago", "UTC")  # fmt: skip
DAY = timedelta(days=1)


@given(st.sampled_from(ZONES), st.integers(0, 25_000), st.integers(1, 31))
def test_a_day_ends_where_the_next_one_begins(zone: str, day: int, days: int) -> None:
    grid = DayGrid(ZoneInfo(zone))
    begin, end = map(instant_of, grid.starts(np.array([day, day + days])))
    assert end_of(begin, days * DAY, ZoneInfo(zone)) == end


@pytest.mark.parametrize("month", [3, 10])
def test_a_meter_read_at_six_in_the_morning_is_read_at_six_after_the_change(month: int) -> None:
    last_sunday = 31 if month == 3 else 27
    before = datetime(2024, month, last_sunday - 1, 6, tzinfo=BERLIN)
    until = datetime(2024, month, last_sunday, 6, tzinfo=BERLIN)
    assert end_of(before, DAY, BERLIN) == until.astimezone(timezone.utc)


def test_an_hour_is_an_hour_at_the_change_too() -> None:
    before = datetime(2024, 3, 31, 1, tzinfo=BERLIN)
    assert end_of(before, timedelta(hours=1), BERLIN).astimezone(BERLIN).hour == 3
