from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy import stats

from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.error_shape import error_shape, sum_variance
from enms_core.analysis.extent import leverage
from enms_core.analysis.prediction import (
    DriversMissing,
    predict_at,
    predict_rows,
    predict_sum,
)
from enms_core.domain.baseline import Equation, Model, ModelStatistics, Term
from tests.unit.baselines.made_tables import PRODUCTION, TEMPERATURE, made, made_year, part

# Use 11, 13, 20, 27, 29 at 0, 10, 20, 30, 40 units: 10 + 0.5 units, errors 1, -2, 0, 2, -1.
FIVE_HOURS = made(
    [11.0, 13.0, 20.0, 27.0, 29.0], {"units": [0.0, 10.0, 20.0, 30.0, 40.0]}, (PRODUCTION,)
)
YEAR = made_year()
BARE = Model(Equation("hour", 5.0, (Term("units", 0.5), Term("outdoor", 2.0))))
T_THREE = 2.353363


@cache
def by_hand() -> Model:
    return train_model(FIVE_HOURS, ["units"], enough=10)


@cache
def model() -> Model:
    return train_model(YEAR, ["units", "outdoor"])


def statistics_of(model: Model) -> ModelStatistics:
    assert model.statistics is not None
    return model.statistics


def all_of(table: object) -> np.ndarray:  # type: ignore[type-arg]
    return np.ones(len(table), dtype=np.bool_)  # type: ignore[arg-type]


def test_a_prediction_at_conditions_computed_by_hand() -> None:
    # docs/baselines.md works this out: h = 1/5 + 5² / 1000.
    found = predict_at(by_hand(), {"units": 25.0})

    half = T_THREE * (10.0 / 3.0) ** 0.5 * 1.225**0.5
    assert found.expected == pytest.approx(22.5)
    assert half == pytest.approx(4.7555, abs=1e-4)
    assert (found.lower, found.upper) == pytest.approx((22.5 - half, 22.5 + half), abs=1e-5)
    assert (found.extent, found.outside, found.assumed) == ("inside", (), ())


@pytest.mark.parametrize(
    ("units", "extent"),
    [(0.0, "inside"), (40.0, "inside"), (43.9, "near"), (-3.9, "near"), (44.1, "outside")],
)
def test_a_tenth_of_the_range_beyond_it_is_near_and_more_is_outside(
    units: float, extent: str
) -> None:
    found = predict_at(by_hand(), {"units": units})

    assert found.extent == extent
    assert found.outside == (() if extent == "inside" else ("units",))


def test_a_combination_that_never_was_is_near_though_each_driver_is_inside() -> None:
    chance = np.random.default_rng(5)
    units = chance.uniform(0.0, 100.0, 2000)
    outdoor = 0.2 * units + chance.normal(0.0, 1.0, 2000)
    table = made(
        units + outdoor + chance.normal(0.0, 1.0, 2000),
        {"units": units, "outdoor": outdoor},
        (PRODUCTION, TEMPERATURE),
    )
    trained = train_model(table, ["units", "outdoor"])

    found = predict_at(trained, {"units": 5.0, "outdoor": 19.0})

    assert leverage(trained, np.array([5.0, 19.0])) > 3 * 3 / 2000
    assert (found.extent, found.outside) == ("near", ())
    assert predict_at(trained, {"units": 95.0, "outdoor": 19.0}).extent == "inside"


def test_a_driver_that_is_not_said_stands_at_its_mean_and_is_named() -> None:
    mean = YEAR.drivers["outdoor"].mean()

    found = predict_at(model(), {"units": 40.0})

    assert found.assumed == ("outdoor",)
    assert found.expected == pytest.approx(
        predict_at(model(), {"units": 40.0, "outdoor": float(mean)}).expected
    )


def test_a_driver_that_is_not_said_is_no_zero_where_its_mean_is_unknown() -> None:
    with pytest.raises(DriversMissing) as missing:
        predict_at(BARE, {"units": 10.0})
    with pytest.raises(DriversMissing):
        predict_at(BARE, {"units": 10.0, "outdoor": float("nan")})
    assert missing.value.drivers == ("outdoor",)


def test_a_model_without_statistics_predicts_without_an_interval() -> None:
    point = predict_at(BARE, {"units": 10.0, "outdoor": 3.0})
    total = predict_sum(BARE, part(YEAR, 0, 10), all_of(range(10)))
    rows = predict_rows(BARE, YEAR)

    assert (point.expected, point.lower, point.upper) == (16.0, None, None)
    assert (total.lower, total.upper, total.rows) == (None, None, 10)
    assert rows.lower is None
    assert point.extent == "inside"


def test_an_hour_without_a_driver_is_missing_and_no_hour_of_zero() -> None:
    outdoor = YEAR.drivers["outdoor"].copy()
    outdoor[3:5] = np.nan
    table = part(replace(YEAR, drivers={**YEAR.drivers, "outdoor": outdoor}), 0, 10)

    rows = predict_rows(model(), table)
    total = predict_sum(model(), table, all_of(table))

    assert rows.is_known.tolist() == [True] * 3 + [False] * 2 + [True] * 5
    assert np.isnan(rows.expected[3:5]).all()
    assert (total.rows, total.missing) == (8, 2)
    assert total.expected == pytest.approx(np.nansum(rows.expected))


def test_only_the_hours_asked_for_are_in_the_sum() -> None:
    mask = np.zeros(len(YEAR), dtype=np.bool_)
    mask[[5, 7]] = True

    total = predict_sum(model(), YEAR, mask)

    assert (total.rows, total.missing) == (2, 0)
    assert total.expected == pytest.approx(predict_rows(model(), YEAR, mask).expected[[5, 7]].sum())


def test_nothing_to_predict_is_a_sum_of_nothing() -> None:
    total = predict_sum(model(), YEAR, np.zeros(len(YEAR), dtype=np.bool_))

    assert (total.expected, total.lower, total.rows, total.missing) == (0.0, None, 0, 0)


def test_a_driver_that_the_table_has_not_is_missing_in_every_hour() -> None:
    table = part(replace(YEAR, drivers={"units": YEAR.drivers["units"]}), 0, 10)

    assert predict_sum(model(), table, all_of(table)).missing == 10


def test_the_sum_of_one_hour_is_that_hour() -> None:
    mask = np.zeros(len(YEAR), dtype=np.bool_)
    mask[17] = True
    rows = predict_rows(model(), YEAR, mask)
    assert rows.lower is not None

    total = predict_sum(model(), YEAR, mask)

    assert (total.expected, total.lower) == pytest.approx((rows.expected[17], rows.lower[17]))


def test_the_interval_of_independent_errors_is_the_textbook_one() -> None:
    independent = replace(
        model(),
        statistics=replace(
            statistics_of(model()), autocorrelation=(), rho=0.0, spread_slope=0.0,
            effective_samples=2400.0,
        ),
    )  # fmt: skip
    design = np.column_stack([np.ones(2400), YEAR.drivers["units"], YEAR.drivers["outdoor"]])
    inverse = np.linalg.inv(design.T @ design)
    s, t = statistics_of(model()).rmse, stats.t.ppf(0.95, 2397)
    at = np.array([1.0, 30.0, 5.0])
    whole = design[:168].sum(axis=0)

    point = predict_at(independent, {"units": 30.0, "outdoor": 5.0})
    week = predict_sum(independent, part(YEAR, 0, 168), all_of(range(168)))

    assert point.upper is not None
    assert week.upper is not None
    assert point.upper - point.expected == pytest.approx(t * s * np.sqrt(1.0 + at @ inverse @ at))
    assert week.upper - week.expected == pytest.approx(
        t * s * np.sqrt(168.0 + whole @ inverse @ whole)
    )


def test_errors_that_hang_together_add_up_to_more() -> None:
    correlated = replace(statistics_of(model()), autocorrelation=((1, 0.5), (2, 0.25)), rho=0.5)
    even = np.ones(3)

    # Three in a row: 3 + 2 (2 · 0.5 + 0.25); with a gap of two: 2 + 2 · 0.25 for the first two.
    assert sum_variance(np.array([4, 5, 6]), even, correlated) == pytest.approx(5.5)
    assert sum_variance(np.array([4, 6, 60]), even, correlated) == pytest.approx(3.5)
    assert sum_variance(np.array([4]), even[:1], correlated) == 1.0


def test_a_first_order_process_stands_in_where_the_correlations_are_unknown() -> None:
    known = replace(statistics_of(model()), autocorrelation=(), rho=0.5)
    lags = np.abs(np.subtract.outer(np.arange(24), np.arange(24)))

    found = sum_variance(np.arange(24), np.ones(24), known)

    assert found == pytest.approx(float((0.5**lags).sum()))


def test_the_variance_of_sums_is_that_of_simulated_ones() -> None:
    chance = np.random.default_rng(8)
    errors = chance.normal(0.0, 1.0, 200_000)
    for at in range(1, len(errors)):
        errors[at] = 0.7 * errors[at - 1] + np.sqrt(1.0 - 0.49) * errors[at]
    shape = error_shape(errors, np.full(len(errors), 10.0), np.arange(len(errors)), 35_000.0)
    known = replace(statistics_of(model()), autocorrelation=shape.autocorrelation)

    found = sum_variance(np.arange(24), np.ones(24), known)

    simulated = errors[: 24 * 8333].reshape(-1, 24).sum(axis=1).var()
    assert found == pytest.approx(simulated, rel=0.05)
    assert shape.spread_slope == 0.0


def test_errors_in_proportion_to_the_use_are_seen_as_such() -> None:
    chance = np.random.default_rng(12)
    fitted = chance.uniform(10.0, 90.0, 5000)
    errors = 0.05 * fitted * chance.normal(0.0, 1.0, 5000)

    shape = error_shape(errors, fitted, np.arange(5000), 5000.0)

    assert shape.spread_slope == pytest.approx(1.0, abs=0.08)


def test_a_model_of_days_predicts_whole_days_only() -> None:
    trained = train_model(YEAR, ["units", "outdoor"], grain="day")
    table = part(YEAR, 0, 60)

    total = predict_sum(trained, table, all_of(table))
    without_an_hour = all_of(table)
    without_an_hour[30] = False

    assert (total.rows, total.missing) == (48, 12)
    assert predict_sum(trained, table, without_an_hour).rows == 24
    assert total.expected == pytest.approx(YEAR.quantity[:48].sum(), rel=0.05)
    assert np.nansum(predict_rows(trained, table).expected) == pytest.approx(total.expected)


def test_of_many_hours_a_few_may_lie_further_out_before_the_sum_does() -> None:
    outdoor = YEAR.drivers["outdoor"].copy()
    outdoor[:4] = 200.0
    table = part(replace(YEAR, drivers={**YEAR.drivers, "outdoor": outdoor}), 0, 100)

    assert predict_sum(model(), table, all_of(table)).extent != "outside"
    short = predict_sum(model(), part(table, 0, 40), all_of(range(40)))
    assert (short.extent, short.outside) == ("outside", ("outdoor",))
