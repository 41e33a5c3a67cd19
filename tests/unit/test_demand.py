"""Blocks of demand, months, and what peaks and means tell, by numbers worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from enms_core.analysis.demand import (
    demand_interval_seconds,
    demand_window,
    diversity_factor,
    highest,
    load_factor,
    local_months,
    lowest,
    mean_rate,
    read_together,
)
from enms_core.domain.catalogue import Meter
from enms_core.domain.period import Period
from enms_core.domain.power import BlockRate, Demand, DemandWindow, LatestReading

UTC = timezone.utc
BERLIN = ZoneInfo("Europe/Berlin")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
DAY = datetime(2026, 11, 17, tzinfo=UTC)
QUARTER_S, HOUR_S = 900, 3600


def at(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


def meter(start: float, end: float | None, interval_s: int) -> Meter:
    until = None if end is None else at(end)
    return Meter(UUID(int=1), UUID(int=2), interval_s, at(start), until)


def blocks(start: datetime, end: datetime, interval_s: int = QUARTER_S) -> tuple[str, str]:
    window = demand_window(Period(start, end), interval_s)
    return f"{window.start:%d %H:%M}", f"{window.end:%d %H:%M}"


@pytest.mark.parametrize(
    ("meters", "interval_s"),
    [
        ([meter(-9, None, 60)], 900),
        ([meter(-9, None, 900)], 900),
        ([meter(-9, None, 3600)], 3600),
        ([meter(-9, 12, 3600), meter(12, None, 60)], 3600),
        ([meter(-9, 0, 3600), meter(0, None, 60)], 900),  # replaced before the period
        ([meter(-9, None, 60), meter(24, None, 3600)], 900),  # replaced after it
        ([], None),
        ([meter(-9, 0, 60)], None),
    ],
)
def test_a_block_is_a_quarter_hour_or_the_longest_interval(
    meters: list[Meter], interval_s: int | None
) -> None:
    assert demand_interval_seconds(meters, Period(at(0), at(24))) == interval_s


def test_blocks_that_the_edges_cut_are_left_out() -> None:
    assert blocks(at(9.1), at(10.1)) == ("17 09:15", "17 10:00")
    assert blocks(at(9), at(10)) == ("17 09:00", "17 10:00")


def test_a_period_without_a_whole_block_is_taken_as_it_is() -> None:
    window = demand_window(Period(at(9.1), at(9.4)), QUARTER_S)

    assert window == DemandWindow(at(9.1), at(9.4), QUARTER_S, is_whole=False)


def test_hours_follow_the_wall_clock_of_the_site() -> None:
    """An hour of Kathmandu begins a quarter past the hour of UTC."""
    start = datetime(2026, 11, 17, 8, 0, tzinfo=KATHMANDU)

    assert blocks(start, start + timedelta(hours=3), HOUR_S) == ("17 02:15", "17 05:15")
    assert blocks(start, start + timedelta(hours=3)) == ("17 02:15", "17 05:15")


@pytest.mark.parametrize(("day", "quarters"), [("2026-03-29", 92), ("2026-10-25", 100)])
def test_a_local_day_has_as_many_quarters_as_the_clock_change_leaves(
    day: str, quarters: int
) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=BERLIN)

    window = demand_window(Period(start, start + timedelta(days=1)), QUARTER_S)

    assert (window.end - window.start) / timedelta(seconds=QUARTER_S) == quarters


def test_months_begin_at_local_midnight() -> None:
    months = local_months(
        Period(datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)), BERLIN
    )

    assert [each.start.isoformat() for each in months] == [
        "2026-01-15T13:00:00+01:00",
        "2026-02-01T00:00:00+01:00",
        "2026-03-01T00:00:00+01:00",
        "2026-04-01T00:00:00+02:00",
    ]
    assert [each.hours for each in months] == [395.0, 672.0, 743.0, 26.0]


def test_one_whole_month_is_one_piece() -> None:
    month = Period(datetime(2026, 2, 1, tzinfo=BERLIN), datetime(2026, 3, 1, tzinfo=BERLIN))

    assert local_months(month, BERLIN) == (month,)


def test_a_mean_is_over_the_time_that_is_covered() -> None:
    """60 kWh in 18 of 24 hours are a mean of 3.33 kW, not 2.5."""
    assert mean_rate(60.0, 18 * 3600.0) == pytest.approx(60 / 18)
    assert mean_rate(0.0, 0.0) is None


def test_a_load_factor_is_of_the_period_and_no_mean_of_days() -> None:
    """Day one 240 kWh with a peak of 20 kW, day two 48 with 4 kW: each alone 0.5, both 0.3."""
    day_s = 24 * 3600.0

    assert load_factor(240.0, 20.0, day_s) == load_factor(48.0, 4.0, day_s) == 0.5
    assert load_factor(288.0, 20.0, 2 * day_s) == pytest.approx(0.3)
    assert load_factor(0.0, 0.0, day_s) is None
    assert load_factor(5.0, 20.0, 0.0) is None


def test_diversity_is_the_sum_of_peaks_over_the_peak_of_the_sum() -> None:
    assert diversity_factor([30.0, 20.0, 10.0], 48.0) == pytest.approx(1.25)
    assert diversity_factor([0.0], 0.0) is None


def reading(hour: float, interval_s: int | None = QUARTER_S, rate: float = 42.0) -> LatestReading:
    return LatestReading(UUID(int=1), at(hour), rate, interval_s)


def test_a_reading_is_as_old_as_the_end_of_its_interval() -> None:
    """That from nine to a quarter past is the present until half past nine."""
    quarter = reading(9)

    assert quarter.end == at(9.25)
    assert quarter.is_current(at(9.5))
    assert not quarter.is_current(at(9.5) + timedelta(seconds=1))
    assert quarter.age(at(11.25)) == timedelta(hours=2)


def test_a_reading_has_no_age_while_its_interval_runs() -> None:
    assert reading(9, HOUR_S).age(at(9.5)) == timedelta()


def test_without_a_meter_a_reading_is_as_old_as_its_time() -> None:
    assert reading(9, None).age(at(9.5)) == timedelta(minutes=30)
    assert reading(9, None).is_current(at(9.25))
    assert not reading(9, None).is_current(at(9.26))


def test_the_readings_of_now_are_summed_without_older_ones() -> None:
    minute, quarter, old = reading(10.1, 60), reading(9.75), reading(9)

    assert read_together([minute, old, quarter], at(10.2)) == [minute, quarter]


def test_old_readings_of_one_moment_are_summed_where_none_is_of_now() -> None:
    first, second, older = reading(6), reading(6.2, 60), reading(5)

    assert read_together([first, older, second], at(12)) == [first, second]


def test_the_extreme_of_several_windows_is_the_first_of_its_kind() -> None:
    window = DemandWindow(at(0), at(1), QUARTER_S)
    low, high, late = BlockRate(4.0, at(0)), BlockRate(8.0, at(1)), BlockRate(8.0, at(2))
    demands = [Demand(window), Demand(window, high, low), Demand(window, late)]

    assert (highest(demands), lowest(demands)) == (high, low)
    assert highest(demands[:1]) is None
    assert lowest([demands[2]]) is None
