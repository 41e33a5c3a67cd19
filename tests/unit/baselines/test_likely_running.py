"""Hours ahead that nobody has planned: they run as in the weeks before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from numpy.typing import ArrayLike

from enms_core.analysis.hourly_table import DriverSpec, HourlyTable
from enms_core.analysis.likely_running import as_before, hours_a_day, predict_likely
from enms_core.analysis.training_hours import OPERATING_HOURS
from enms_core.domain.baseline import Equation, Grain, Model, Term
from tests.unit.baselines.made_tables import HEATING, TEMPERATURE, made

UTC = ZoneInfo("UTC")
WEEK = 168


def table_of(
    running: ArrayLike,
    drivers: Mapping[str, ArrayLike] | None = None,
    *specs: DriverSpec,
    first: int = 0,
) -> HourlyTable:
    """Hours whose use is not known, from an hour since 1970 (a Thursday) on."""
    shares = np.asarray(running, dtype=np.float64)
    hours = first + np.arange(len(shares))
    table = made(np.full(len(shares), np.nan), drivers, specs)
    return replace(table, hours=hours, local_day=hours // 24, running=shares)


def model_of(*terms: Term, intercept: float = 10.0, grain: Grain = "hour") -> Model:
    return Model(Equation(grain, intercept, terms))


def weeks_of_days(*shares: float) -> HourlyTable:
    """One week each: the machine runs from 6 to 18 o'clock for that share of each hour."""
    day = np.zeros(24)
    day[6:18] = 1.0
    return table_of(np.concatenate([np.tile(share * day, 7) for share in shares]))


def unplanned(hours: int, first: int = 8 * WEEK, **drivers: ArrayLike) -> HourlyTable:
    return table_of(np.full(hours, np.nan), drivers, HEATING, TEMPERATURE, first=first)


def test_each_hour_runs_as_the_same_hour_of_the_weeks_before_did() -> None:
    """One week of two: a half of each hour by day, and none by night."""
    ahead = as_before(unplanned(24), weeks_of_days(1.0, 0.0), (), UTC)

    assert ahead.is_assumed
    assert ahead.table.running.tolist() == [0.0] * 6 + [0.5] * 12 + [0.0] * 6


def test_the_hour_of_the_week_is_that_of_the_wall_clock() -> None:
    """In Berlin clocks go back between: what ran from 6 to 18 in summer does so in winter."""
    berlin = ZoneInfo("Europe/Berlin")
    summer, winter = 496_080, 496_080 + 24 * 70  # 2026-08-05 and 2026-10-14; + 4 weeks is winter
    winter += 4 * WEEK
    hours = summer + np.arange(WEEK)
    ran = ((hours + 2) % 24 >= 6) & ((hours + 2) % 24 < 18)
    before = table_of(ran.astype(float), first=summer)

    ahead = as_before(unplanned(24, winter), before, (), berlin)

    local = (winter + np.arange(24) + 1) % 24
    assert (ahead.table.running == ((local >= 6) & (local < 18))).all()


def test_the_expected_use_is_weighed_by_how_likely_each_hour_runs() -> None:
    """10 + 2 · 3 kWh in each of 12 hours that run every second week."""
    ahead = as_before(unplanned(24, outdoor=np.full(24, 3.0)), weeks_of_days(1, 0), (), UTC)

    found = predict_likely(model_of(Term("outdoor", 2.0)), ahead.table)

    assert found.expected == pytest.approx(16 * 12 / 2)
    assert (found.rows, found.missing) == (6.0, 0.0)
    assert (found.lower, found.upper) == (None, None)


def test_likely_hours_without_a_driver_are_missing() -> None:
    outdoor = np.full(24, 3.0)
    outdoor[:8] = np.nan
    ahead = as_before(unplanned(24, outdoor=outdoor), weeks_of_days(1, 0), (), UTC)

    found = predict_likely(model_of(Term("outdoor", 2.0)), ahead.table)

    assert (found.rows, found.missing) == (5.0, 1.0)


def test_a_day_has_its_intercept_and_degree_days_as_likely_as_it_runs() -> None:
    """Half of all days: 100 + 4 · 12 hours of (15 - 9) / 24 degree days."""
    drivers = {"heating": np.full(24, 9.0)}
    ahead = as_before(unplanned(24, **drivers), weeks_of_days(1, 0), (), UTC)
    term = Term("heating", 4.0, "heating", 15.0)

    found = predict_likely(model_of(term, intercept=100.0, grain="day"), ahead.table)

    assert found.expected == pytest.approx((100 + 4 * 12 * 6 / 24) / 2)
    assert found.rows == pytest.approx(6.0)


def test_operating_hours_are_as_usual_when_it_runs() -> None:
    """A quarter of the hours by day, half of the weeks: the model counts parts of hours."""
    before = weeks_of_days(0.25, 0.0)
    before = replace(before, drivers={OPERATING_HOURS: before.running})
    table = table_of(np.full(24, np.nan), {OPERATING_HOURS: np.full(24, np.nan)}, first=8 * WEEK)

    ahead = as_before(table, before, (OPERATING_HOURS,), UTC)
    found = predict_likely(model_of(Term(OPERATING_HOURS, 8.0), intercept=1.0), ahead.table)

    assert found.expected == pytest.approx(12 * 0.5 * (1 + 8 * 0.25))


def test_what_always_ran_is_no_assumption() -> None:
    before = table_of(np.ones(8 * WEEK))

    ahead = as_before(unplanned(24), before, (), UTC)

    assert not ahead.is_assumed
    assert (ahead.table.running == 1).all()


def test_days_with_a_plan_stay_as_planned() -> None:
    running = np.full(48, np.nan)
    running[:10] = 1.0

    ahead = as_before(table_of(running, first=8 * WEEK), weeks_of_days(1, 0), (), UTC)

    assert np.array_equal(ahead.table.running[:24], running[:24], equal_nan=True)
    assert ahead.table.running[24:].sum() == 6.0


def test_without_any_status_nothing_is_assumed() -> None:
    ahead = as_before(unplanned(24), table_of(np.full(WEEK, np.nan)), (), UTC)

    assert not ahead.is_assumed
    assert np.isnan(ahead.table.running).all()


def test_hours_a_day_are_those_of_days_with_any() -> None:
    assert hours_a_day(weeks_of_days(1.0, 0.0), ()) == 12.0
    assert hours_a_day(weeks_of_days(0.5), ()) is None
    assert hours_a_day(weeks_of_days(0.5), (OPERATING_HOURS,)) == 12.0
