"""Where a running day ends: by hand, over days with troubles, and on a real plant."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from datetime import date, datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from enms_core.analysis.hour_grid import HourGrid
from enms_core.analysis.hourly_table import Floats, HourlyTable
from enms_core.analysis.projection import project_day

BERLIN, SEOUL = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Seoul")
STEEL = Path(__file__).resolve().parents[4] / "shared/data/steel/steel_industry_2018.csv.gz"
TEN = 10


def table(start: date, days: Sequence[Floats], zone: ZoneInfo = BERLIN) -> HourlyTable:
    """Whole local days from a date on, the last one as long as it is."""
    quantity = np.concatenate(list(days))
    first = datetime(start.year, start.month, start.day, tzinfo=zone).timestamp()
    grid = HourGrid(int(first // 3600), int(first // 3600) + len(quantity))
    nothing = np.zeros(len(quantity), dtype=np.bool_)
    return HourlyTable(
        hours=grid.hours,
        local_day=grid.local_days(zone),
        quantity=quantity,
        is_complete=np.isfinite(quantity),
        is_backfilled=nothing,
        running=np.full(len(quantity), np.nan),
        is_stopped=nothing,
    )


def day(early: float, late: float, hours: int = 24) -> Floats:
    """A day of ten even hours and a remainder of even ones."""
    rest = hours - TEN
    return np.concatenate([np.full(TEN, early / TEN), np.full(rest, late / rest)])


def weeks(same: Sequence[tuple[float, float]], so_far: Floats) -> HourlyTable:
    """Weeks that begin with a day as given, and are idle else; then a day that runs."""
    days = [each for early, late in same for each in (day(early, late), *[day(1.0, 1.0)] * 6)]
    return table(date(2026, 6, 1), [*days, so_far])


def last_day(hours: HourlyTable) -> int:
    return int(hours.local_day[-1])


FOUR = [(100.0, 200.0), (100.0, 220.0), (120.0, 180.0), (80.0, 200.0)]


def test_a_day_goes_on_as_its_weekday_at_a_damped_level() -> None:
    """Median so far 100, of the rest 200; 120 are used, so 120 + 200 (1 + 0.75 (1.2 - 1)) = 350."""
    hours = weeks(FOUR, np.full(TEN, 12.0))

    found = project_day(hours, last_day(hours), BERLIN)

    assert found is not None
    assert (found.quantity, found.weeks) == (pytest.approx(350.0), 4)


def test_a_usual_day_is_projected_as_a_usual_day() -> None:
    hours = weeks([(100.0, 200.0)] * 5, np.full(TEN, 10.0))

    found = project_day(hours, last_day(hours), BERLIN)

    assert found is not None
    assert found.quantity == pytest.approx(300.0)


def test_fewer_than_four_weeks_project_nothing() -> None:
    hours = weeks(FOUR[:3], np.full(TEN, 12.0))

    assert project_day(hours, last_day(hours), BERLIN) is None


def test_a_day_with_a_gap_is_no_usual_one() -> None:
    hours = weeks([*FOUR, (500.0, 900.0)], np.full(TEN, 12.0))
    hours.quantity[28 * 24 + 3] = np.nan
    hours.is_complete[28 * 24 + 3] = False

    found = project_day(hours, last_day(hours), BERLIN)

    assert found is not None
    assert (found.quantity, found.weeks) == (pytest.approx(350.0), 4)


def test_an_hour_that_is_missing_today_is_one_that_is_left() -> None:
    """Nine hours of 12 are known: L = 108 / 90, R = 200 + 10, so 108 + 210 * 1.15 = 349.5."""
    so_far = np.full(TEN, 12.0)
    so_far[4] = np.nan
    same = [(100.0, 200.0)] * 4
    hours = weeks(same, so_far)

    found = project_day(hours, last_day(hours), BERLIN)

    assert found is not None
    assert found.quantity == pytest.approx(349.5)


def test_a_day_on_which_the_clocks_change_is_cut_at_the_same_wall_time() -> None:
    """25 October 2026 has 25 hours: its first ten o'clocks are eleven hours."""
    sundays = [day(100.0, 140.0)] * 4
    long = np.concatenate([np.full(11, 10.0), np.full(14, 10.0)])
    days = [each for sunday in sundays for each in (sunday, *[day(1.0, 1.0)] * 6)]
    hours = table(date(2026, 9, 27), [*days, long, *[day(1.0, 1.0)] * 6, np.full(TEN, 10.0)])

    found = project_day(hours, last_day(hours), BERLIN)

    assert found is not None  # medians of 100, 100, 100, 100, 110 and of 140 five times
    assert (found.quantity, found.weeks) == (pytest.approx(240.0), 5)


def test_before_the_first_reading_of_a_day_nothing_is_projected() -> None:
    hours = weeks(FOUR, np.full(TEN, np.nan))

    assert project_day(hours, last_day(hours), BERLIN) is None


def test_without_an_early_use_the_rest_is_the_usual_one() -> None:
    hours = weeks([(0.0, 200.0)] * 4, np.zeros(TEN))

    found = project_day(hours, last_day(hours), BERLIN)

    assert found is not None
    assert found.quantity == pytest.approx(200.0)


def test_intervals_hold_as_often_as_they_say() -> None:
    """Days of independent scatter: nine in ten of the totals lie in their 90 % interval."""
    chance = np.random.default_rng(50001)
    noise = np.repeat(chance.normal(1.0, 0.1, 560), 24) * chance.normal(1.0, 0.1, 560 * 24)
    days = list((10.0 * noise).reshape(-1, 24))

    held = []
    for last in range(130, len(days)):
        hours = table(date(2026, 1, 5), [*days[last - 120 : last], days[last][:TEN]], SEOUL)
        found = project_day(hours, last_day(hours), SEOUL)
        assert found is not None and found.lower is not None and found.upper is not None
        held.append(found.lower <= days[last].sum() <= found.upper)

    assert 0.86 <= np.mean(held) <= 0.94


@pytest.fixture(scope="module")
def steel() -> HourlyTable:
    if not STEEL.exists():
        pytest.skip("the folder of real data is not beside the project")
    with gzip.open(STEEL) as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig")))
    quarters = np.array([float(row["Usage_kWh"]) for row in rows])  # stamps are ends of quarters
    return table(date(2018, 1, 1), list(quarters.reshape(-1, 24, 4).sum(axis=2)), SEOUL)


def test_at_ten_the_steel_plants_day_is_told_with_a_median_error_of_at_most_16_percent(
    steel: HourlyTable,
) -> None:
    days = steel.quantity.reshape(-1, 24)
    errors, rates, held = [], [], []
    for number in range(56, 365):
        hours = part(steel, max(0, 24 * (number - 120)), 24 * number + TEN)
        found = project_day(hours, last_day(hours), SEOUL)
        assert found is not None
        actual = days[number].sum()
        errors.append(abs(found.quantity - actual) / actual)
        rates.append(abs(2.4 * days[number][:TEN].sum() - actual) / actual)
        if found.lower is not None and found.upper is not None:
            held.append(found.lower <= actual <= found.upper)

    assert np.median(errors) <= 0.16
    assert np.median(errors) < np.median(rates) / 2  # 24 hours as those so far
    assert 0.86 <= np.mean(held) <= 0.94


def part(whole: HourlyTable, first: int, last: int) -> HourlyTable:
    """Some rows."""
    grid = HourGrid(int(whole.hours[first]), int(whole.hours[first]) + last - first)
    start = datetime.fromtimestamp(grid.first * 3600, timezone.utc).astimezone(SEOUL)
    return table(start.date(), [whole.quantity[first:last]], SEOUL)
