from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from numpy.typing import NDArray
from scipy.stats import norm
from scipy.stats import t as student

from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.change_point import find_change, find_changes
from enms_core.analysis.change_scan import Fitted, Scan, chance_of_none, scan
from enms_core.analysis.change_shapes import Shape, shapes_of
from enms_core.analysis.daily_rests import DailyRests
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.domain.baseline import Equation, Model, Term
from tests.unit.baselines.made_tables import FIRST_HOUR, PRODUCTION, TEMPERATURE, made
from tests.unit.performance.planted import noise

Floats = NDArray[np.floating]
DAYS = 200
CHANGE_DAY = 120
HOURS = 24 * DAYS
SINCE = np.arange(HOURS) >= 24 * CHANGE_DAY
MODEL = Model(Equation("hour", 20.0, (Term("units", 0.5),)))


def table_of(more: Floats | float = 0.0, seed: int = 2, rho: float = 0.0) -> HourlyTable:
    """Use = 20 + 0.5 units + scatter of 2 (hours) and what is more."""
    units = np.random.default_rng(seed).uniform(20.0, 60.0, HOURS)
    use = 20.0 + 0.5 * units + 2.0 * noise(seed + 1, HOURS, rho) + more
    return made(use, {"units": units}, (PRODUCTION,))


def hour_of(day: int) -> int:
    return FIRST_HOUR + 24 * day


def test_a_step_is_found_on_its_day_with_its_size() -> None:
    found = find_change(MODEL, table_of(1.5 * SINCE))

    assert found is not None
    assert (found.kind, found.hour, found.end_hour) == ("step", hour_of(CHANGE_DAY), None)
    assert found.per_hour == pytest.approx(1.5, abs=0.2)
    assert found.share == pytest.approx(1.5 / 40.0, abs=0.005)
    assert found.earliest <= hour_of(CHANGE_DAY) <= found.latest
    assert found.p_value < 1e-6


def test_the_interval_holds_the_true_size_in_nineteen_of_twenty_cases() -> None:
    found = [find_change(MODEL, table_of(1.5 * SINCE, seed=seed)) for seed in range(10, 50)]

    assert sum(each is not None and each.lower < 1.5 < each.upper for each in found) >= 36


def test_a_step_without_any_scatter_is_found_exactly() -> None:
    units = np.random.default_rng(1).uniform(20.0, 60.0, HOURS)
    table = made(20.0 + 0.5 * units - 1.5 * SINCE, {"units": units}, (PRODUCTION,))

    found = find_change(MODEL, table)

    assert found is not None
    assert found.hour == hour_of(CHANGE_DAY)
    assert found.per_hour == pytest.approx(-1.5, abs=1e-6)


def test_a_slow_growth_is_a_drift_with_begin_end_and_its_size_at_the_end() -> None:
    day = np.arange(HOURS) / 24.0
    found = find_change(MODEL, table_of(4.0 * np.clip((day - 100.0) / 100.0, 0.0, 1.0)))

    assert found is not None
    assert found.kind == "drift"
    assert abs(found.hour - hour_of(100)) <= 24 * 10
    assert found.end_hour == hour_of(DAYS)
    assert abs(found.middle - hour_of(150)) <= 24 * 5
    assert found.lower < 4.0 < found.upper


def test_what_grew_and_then_stayed_has_an_end() -> None:
    day = np.arange(HOURS) / 24.0
    found = find_change(MODEL, table_of(4.0 * np.clip((day - 40.0) / 60.0, 0.0, 1.0)))

    assert found is not None
    assert found.kind == "drift"
    assert found.end_hour is not None
    assert abs(found.end_hour - hour_of(100)) <= 24 * 14


def test_two_changes_are_found_one_beside_the_other() -> None:
    repaired = np.arange(HOURS) >= 24 * 160
    found = find_changes(MODEL, table_of(3.0 * SINCE - 2.0 * repaired))

    assert sorted(each.hour for each in found) == [hour_of(CHANGE_DAY), hour_of(160)]
    sizes = {each.hour: each.per_hour for each in found}
    assert sizes[hour_of(CHANGE_DAY)] == pytest.approx(3.0, abs=0.4)
    assert sizes[hour_of(160)] == pytest.approx(-2.0, abs=0.4)


def test_a_change_inside_the_training_period_comes_out_whole() -> None:
    table = table_of(3.0 * SINCE)
    model = train_model(table, ("units",))

    found = find_change(model, table)

    assert found is not None
    assert found.hour == hour_of(CHANGE_DAY)
    assert found.lower < 3.0 < found.upper


def test_more_production_is_no_change() -> None:
    table = table_of()
    units = table.drivers["units"] + 15.0 * SINCE
    use = table.quantity + 7.5 * SINCE

    assert find_change(MODEL, replace(table, quantity=use, drivers={"units": units})) is None


def test_a_driver_that_the_model_misses_is_allowed_for() -> None:
    quality = np.repeat(noise(5, DAYS // 10), 240)
    table = table_of(1.5 * SINCE + 1.0 * quality)
    drivers = {**table.drivers, "quality": quality + 0.01 * noise(6, HOURS)}
    known = replace(table, drivers=drivers, specs={**table.specs, "quality": TEMPERATURE})

    found = find_change(MODEL, known)

    assert found is not None
    assert found.hour == hour_of(CHANGE_DAY)
    without = find_change(MODEL, table)
    assert without is None or found.upper - found.lower < without.upper - without.lower


def test_hours_that_are_masked_or_missing_are_not_looked_at() -> None:
    table = table_of(np.where(SINCE, 5.0, 0.0))
    holes = replace(table, is_complete=np.arange(HOURS) % 50 > 2)

    assert find_change(MODEL, table, ~SINCE) is None
    found = find_change(MODEL, holes)
    assert found is not None
    assert found.hour == hour_of(CHANGE_DAY)


@pytest.mark.parametrize("days", [0, 1, 5, 9, 12])
def test_of_few_days_nothing_is_told_and_nothing_fails(days: int) -> None:
    table = table_of()

    assert find_changes(MODEL, table, np.arange(HOURS) < 24 * days) == ()


@pytest.mark.parametrize("rho", [0.0, 0.9])
def test_where_nothing_changed_hardly_ever_one_is_found(rho: float) -> None:
    found = [find_change(MODEL, table_of(seed=seed, rho=rho)) for seed in range(100, 160)]

    assert sum(each is not None for each in found) <= 1


def rests_of(values: Floats) -> DailyRests:
    """Days of one weight whose model has an intercept only."""
    count = len(values)
    days = np.arange(count)
    ones = np.ones(count)
    return DailyRests(days, 24 * days, 24.0 * ones, ones, values, 10.0 * ones, ones[:, None])


def test_a_candidate_is_fitted_as_least_squares_would() -> None:
    values = np.where(np.arange(60) >= 35, 1.0, 0.0) + noise(3, 60)
    rests = rests_of(values)
    steps = shapes_of(rests)[0]
    place = int(np.flatnonzero(steps.first == 35)[0])

    fitted = scan(rests, (steps,), np.zeros((60, 0))).fits[0]

    design = sm.add_constant((np.arange(60) >= 35).astype(float))
    told = sm.OLS(values, design).fit()
    assert fitted.size[place] == pytest.approx(told.params[1])
    assert fitted.gain[place] == pytest.approx(told.ess)


def test_davies_bound_of_the_greatest_of_three_t_values() -> None:
    """Squared errors 109, freedom 100: a gain of 9 leaves 100, so t is √(9 / 100 · 100) = 3; the
    others 1 and 2 by the same way back. |t| goes up by 2 and down by 1."""
    gains = 109.0 * np.array([1.0 / 101.0, 9.0 / 109.0, 4.0 / 104.0])
    shape = Shape("step", False, np.arange(3), np.arange(3), np.arange(3.0), np.ones(3))
    fitted = Fitted(shape, np.ones(3), np.ones(3), gains, np.full(3, 0.3))
    single = 2.0 * student.sf(3.0, 100)
    z = norm.isf(single / 2.0)

    p_value = chance_of_none(Scan((fitted,), 109.0, 0.1, 102.0, 100.0), fitted)

    assert p_value == pytest.approx(single + 3.0 * np.exp(-(z**2) / 2.0) / np.sqrt(2.0 * np.pi))
    assert p_value == pytest.approx(0.0199, abs=0.0001)


@pytest.mark.parametrize("is_share", [False, True])
def test_products_are_those_of_the_columns_written_out(is_share: bool) -> None:
    """Rows are not each other's next day: machines stand at weekends."""
    rng = np.random.default_rng(7)
    day = np.sort(rng.choice(260, 180, replace=False)).astype(np.int64)
    ones = np.ones(180)
    rests = DailyRests(
        day=day,
        begins=24 * day,
        hours=24.0 * ones,
        weight=rng.uniform(0.5, 2.0, 180),
        rest=rng.normal(size=180),
        expected=rng.uniform(10.0, 50.0, 180),
        columns=ones[:, None],
    )
    vectors = rng.normal(size=(180, 3))
    shapes = [each for each in shapes_of(rests) if each.is_share is is_share]

    assert {each.kind for each in shapes} == {"step", "drift"} and len(shapes) == 3
    for shape in shapes:
        columns = np.column_stack([shape.column(at) for at in range(len(shape))])
        assert shape.products(vectors) == pytest.approx(vectors.T @ columns, abs=1e-9)
        assert shape.squares() == pytest.approx(np.square(columns).sum(axis=0), rel=1e-9)
