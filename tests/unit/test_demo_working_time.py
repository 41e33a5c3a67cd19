from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from enms_core.demo.chance import normal, stream, uniform, wander
from enms_core.demo.working_time import (
    is_working_day,
    quarter_index,
    wall_clock,
    working_time,
)


def indices(start: datetime, end: datetime) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(quarter_index(start), quarter_index(end))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Chicago", "Asia/Kolkata"])
def test_wall_clock_agrees_with_the_zone_database_all_year(zone: str) -> None:
    index = indices(
        datetime(2025, 12, 30, tzinfo=timezone.utc), datetime(2027, 1, 3, tzinfo=timezone.utc)
    )
    clock = wall_clock(zone, index)
    for position in range(0, len(index), 7):
        moment = datetime.fromtimestamp(int(index[position]) * 900, ZoneInfo(zone))
        assert clock.minute[position] == moment.hour * 60 + moment.minute
        assert clock.weekday[position] == moment.weekday()


def test_a_night_shift_belongs_to_the_day_it_began_on() -> None:
    # Saturday 2026-06-13 03:00 in Berlin is Friday's night shift; Monday 03:00 is nobody's.
    saturday = datetime(2026, 6, 13, 1, tzinfo=timezone.utc)
    monday = datetime(2026, 6, 15, 1, tzinfo=timezone.utc)
    index = indices(saturday, monday.replace(hour=2))
    rate = working_time("Europe/Berlin", "DE", index).shift_rate
    assert rate[0] == 0.8
    assert rate[quarter_index(monday) - index[0]] == 0.0


def test_nobody_works_on_a_public_holiday() -> None:
    noon = datetime(2026, 5, 1, 10, tzinfo=timezone.utc)
    index = indices(noon, noon.replace(hour=11))
    working = working_time("Europe/Berlin", "DE", index)
    assert working.shift_rate.max() == 0.0
    assert not working.day_mode.any()
    assert working_time("America/Chicago", "US", index + 24).shift_rate.min() > 0.0


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert is_working_day("DE", date(2026, 12, 24))
    assert not is_working_day("DE", date(2026, 12, 25))
    assert not is_working_day("DE", date(2026, 6, 13))


def test_chance_is_uniform_normal_and_independent_of_its_neighbours() -> None:
    index = np.arange(200_000)
    values = uniform(stream(7, "uniform"), index)
    assert values.min() > 0
    assert values.max() < 1
    assert values.mean() == pytest.approx(0.5, abs=0.005)
    bell = normal(stream(7, "normal"), index)
    assert bell.std() == pytest.approx(1.0, abs=0.01)
    assert abs(np.corrcoef(bell[1:], bell[:-1])[0, 1]) < 0.01


def test_wandering_noise_keeps_its_variance_and_remembers() -> None:
    noise = wander(stream(7, "wander"), np.arange(400_000), ((16, 1.0), (4, 1.0)))
    assert noise.std() == pytest.approx(1.0, abs=0.03)
    assert np.corrcoef(noise[1:], noise[:-1])[0, 1] > 0.8
    assert abs(np.corrcoef(noise[64:], noise[:-64])[0, 1]) < 0.05


def test_streams_of_different_names_differ() -> None:
    index = np.arange(1000)
    first, second = (uniform(stream(7, name), index) for name in ("a", "b"))
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.1
