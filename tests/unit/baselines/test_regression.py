"""The estimator of energy baselines: each number hand-computed, or that of statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.regression.linear_model import RegressionResults, yule_walker
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.stats.stattools import durbin_watson

from enms_core.analysis.daily_significance import daily_sums
from enms_core.analysis.regression import EnergyRegression
from tests.unit.baselines.exact_fit import Floats
from tests.unit.baselines.simulated_years import four_drivers

NEAR = 1e-8


def _expected(design: Floats, target: Floats, has_intercept: bool) -> RegressionResults:
    return sm.OLS(target, sm.add_constant(design) if has_intercept else design).fit()


@pytest.mark.parametrize("has_intercept", [True, False])
def test_statistics_of_the_fit_are_those_of_statsmodels(has_intercept: bool) -> None:
    design, target = four_drivers()

    fit = EnergyRegression(fit_intercept=has_intercept).fit(design, target)

    expected, first = _expected(design, target, has_intercept), int(has_intercept)
    assert fit.coef_ == pytest.approx(expected.params[first:], rel=NEAR)
    assert fit.intercept_ == pytest.approx(expected.params[0] if has_intercept else 0.0, rel=NEAR)
    assert fit.standard_errors_ == pytest.approx(expected.bse[first:], rel=NEAR)
    assert fit.covariance_ == pytest.approx(expected.cov_params(), rel=NEAR)
    assert fit.t_values_ols_ == pytest.approx(expected.tvalues[first:], rel=NEAR)
    assert fit.p_values_ols_ == pytest.approx(expected.pvalues[first:], rel=NEAR, abs=0)
    assert fit.r2_ == pytest.approx(expected.rsquared, rel=NEAR)
    assert fit.adjusted_r2_ == pytest.approx(expected.rsquared_adj, rel=NEAR)
    assert fit.f_value_ == pytest.approx(expected.fvalue, rel=NEAR)
    assert fit.f_p_value_ == pytest.approx(expected.f_pvalue, rel=NEAR, abs=0)
    assert fit.rmse_ == pytest.approx(expected.mse_resid**0.5, rel=NEAR)
    assert fit.bic_ == pytest.approx(expected.bic, rel=NEAR)
    assert fit.residuals_ == pytest.approx(expected.resid, rel=NEAR, abs=1e-8)


def test_small_p_values_keep_their_digits() -> None:
    design, target = four_drivers(60)

    fit = EnergyRegression().fit(design, target)

    expected = _expected(design, target, True)
    assert 0 < fit.f_p_value_ < 1e-20
    assert fit.f_p_value_ == pytest.approx(expected.f_pvalue, rel=NEAR, abs=0)
    assert fit.p_values_ols_[0] == pytest.approx(expected.pvalues[1], rel=NEAR, abs=0)


@pytest.mark.parametrize("has_intercept", [True, False])
def test_collinearity_is_that_of_statsmodels(has_intercept: bool) -> None:
    design, target = four_drivers()

    fit = EnergyRegression(fit_intercept=has_intercept).fit(design, target)

    others = [np.delete(design, place, axis=1) for place in range(4)]
    explained = [
        _expected(rest, design[:, place], has_intercept).rsquared
        for place, rest in enumerate(others)
    ]
    assert fit.vif_ == pytest.approx([1 / (1 - share) for share in explained], rel=NEAR)
    around = design - design.mean(axis=0) if has_intercept else design
    standardised = around / np.sqrt((around**2).mean(axis=0))
    assert fit.condition_number_ == pytest.approx(np.linalg.cond(standardised), rel=NEAR)


def test_collinearity_is_the_one_that_statsmodels_names_so() -> None:
    design, target = four_drivers()

    fit = EnergyRegression().fit(design, target)

    columns = sm.add_constant(design)
    expected = [variance_inflation_factor(columns, place) for place in range(1, 5)]
    assert fit.vif_ == pytest.approx(expected, rel=NEAR)
    standardised = (design - design.mean(axis=0)) / design.std(axis=0)
    model = sm.OLS(target, sm.add_constant(standardised)).fit()
    assert fit.condition_number_ == pytest.approx(model.condition_number, rel=NEAR)


def test_collinearity_of_a_single_driver_is_none() -> None:
    design, target = four_drivers()

    fit = EnergyRegression().fit(design[:, :1], target)

    assert fit.vif_ == pytest.approx([1.0], rel=1e-13)
    assert fit.condition_number_ == pytest.approx(1.0, rel=1e-13)


@pytest.mark.parametrize("has_intercept", [True, False])
def test_correlation_and_t_tests_are_those_of_statsmodels(has_intercept: bool) -> None:
    design, target = four_drivers()

    fit = EnergyRegression(fit_intercept=has_intercept).fit(design, target)

    expected, first = _expected(design, target, has_intercept), int(has_intercept)
    assert fit.durbin_watson_ == pytest.approx(durbin_watson(expected.resid), rel=NEAR)
    rho = float(yule_walker(expected.resid, order=1, result_object=False)[0][0])
    assert fit.rho_ == pytest.approx(rho, rel=NEAR)
    assert fit.effective_samples_ == pytest.approx(730 * (1 - rho) / (1 + rho), rel=NEAR)
    model = sm.GLSAR(target, expected.model.exog, rho=1)
    judged = model.iterative_fit(maxiter=200, rtol=1e-15)
    assert fit.t_values_ == pytest.approx(judged.tvalues[first:], rel=NEAR)
    assert fit.p_values_ == pytest.approx(judged.pvalues[first:], rel=NEAR, abs=0)


def test_hours_are_judged_on_their_days_as_statsmodels_judges_these() -> None:
    design, target = four_drivers(24 * 120)
    hours = np.arange(24 * 120)

    fit = EnergyRegression().fit(design, target, position=hours, day=hours // 24)

    sums = daily_sums(hours // 24, design, target)
    columns = np.column_stack([sums.samples, sums.design])
    judged = sm.GLSAR(sums.target, columns, rho=1).iterative_fit(maxiter=200, rtol=1e-15)
    assert fit.t_values_ == pytest.approx(judged.tvalues[1:], rel=NEAR)
    assert fit.p_values_ == pytest.approx(judged.pvalues[1:], rel=NEAR, abs=0)
    assert fit.coef_ == pytest.approx(_expected(design, target, True).params[1:], rel=NEAR)


def test_a_driver_that_goes_alike_each_day_proves_nothing() -> None:
    chance = np.random.default_rng(22)
    hours = np.arange(24 * 60)
    cycle = np.sin(2 * np.pi * hours / 24)
    made = chance.normal(size=len(hours))
    target = 5 + 3 * cycle + made + chance.normal(size=len(hours))

    fit = EnergyRegression().fit(
        np.column_stack([cycle, made]), target, position=hours, day=hours // 24
    )

    assert fit.p_values_ols_[0] < 1e-50
    assert (fit.t_values_[0], fit.p_values_[0]) == (0.0, 1.0)
    assert fit.p_values_[1] < 1e-6


def test_days_of_which_much_is_missing_are_not_judged() -> None:
    design, target = four_drivers(24 * 100)
    hours = np.arange(24 * 100)
    kept = (hours < 24 * 90) | (hours % 24 < 8)
    whole = hours < 24 * 90

    cut = EnergyRegression().fit(
        design[kept], target[kept], position=hours[kept], day=hours[kept] // 24
    )
    alone = EnergyRegression().fit(
        design[whole], target[whole], position=hours[whole], day=hours[whole] // 24
    )

    assert cut.p_values_ == pytest.approx(alone.p_values_, rel=1e-6)
    assert cut.n_samples_ == 90 * 24 + 10 * 8


def test_gaps_break_pairs() -> None:
    design, target = four_drivers(300)
    position = np.arange(300) * 2

    fit = EnergyRegression().fit(design, target, position=position)

    assert fit.rho_ == 0.0
    assert fit.effective_samples_ == 300
    assert np.isnan(fit.durbin_watson_)
    assert fit.t_values_ == pytest.approx(_expected_without_first(design, target), rel=NEAR)


def _expected_without_first(design: Floats, target: Floats) -> Floats:
    return _expected(design[1:], target[1:], True).tvalues[1:]


def test_shares_of_a_hand_computed_line() -> None:
    design, target = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([2.0, 2.0, 4.0, 4.0])

    fit = EnergyRegression().fit(design, target)

    # Residuals .2, -.6, .6, -.2; squares .8 of 4 about the mean 3.
    assert fit.r2_ == pytest.approx(0.8)
    assert fit.adjusted_r2_ == pytest.approx(1 - 0.2 * 3 / 2)
    assert fit.mae_ == pytest.approx(0.4)
    assert fit.rmse_ == pytest.approx(0.4**0.5)
    assert fit.cvrmse_percent_ == pytest.approx(100 * 0.4**0.5 / 3)
    assert fit.f_value_ == pytest.approx(3.2 / 0.4)
    assert dict(fit.residual_quantiles_)[0.0] == pytest.approx(-0.6)
    assert dict(fit.residual_quantiles_)[0.5] == pytest.approx(0.0, abs=1e-12)
    assert dict(fit.residual_quantiles_)[1.0] == pytest.approx(0.6)
    assert (fit.n_samples_, fit.n_parameters_) == (4, 2)


def test_tuned_parameters_count_wherever_samples_less_parameters_stand() -> None:
    design, target = four_drivers(50)

    plain = EnergyRegression().fit(design, target)
    tuned = EnergyRegression(extra_parameters=2).fit(design, target)

    square = float(plain.residuals_ @ plain.residuals_)
    total = float(((target - target.mean()) ** 2).sum())
    assert tuned.n_parameters_ == 7
    assert tuned.rmse_ == pytest.approx((square / 43) ** 0.5)
    assert tuned.adjusted_r2_ == pytest.approx(1 - (square / 43) / (total / 49))
    assert tuned.f_value_ == pytest.approx((total - square) / 6 / (square / 43))
    assert tuned.f_p_value_ == pytest.approx(stats.f.sf(tuned.f_value_, 6, 43), rel=NEAR, abs=0)
    assert tuned.bic_ == pytest.approx(plain.bic_ + 2 * np.log(50))
    assert tuned.standard_errors_ == pytest.approx(plain.standard_errors_ * (45 / 43) ** 0.5)
    expected = 2 * stats.t.sf(np.abs(tuned.t_values_ols_), 43)
    assert tuned.p_values_ols_ == pytest.approx(expected, rel=NEAR, abs=0)


@pytest.mark.parametrize("confidence", [0.8, 0.9, 0.99])
def test_the_interval_of_a_prediction_is_that_of_statsmodels(confidence: float) -> None:
    design, target = four_drivers()
    asked = np.array([[100.0, 12.0, 1.2, 1.0], [300.0, -5.0, 0.0, 2.0]])

    found = EnergyRegression().fit(design, target).predict_interval(asked, confidence)

    prediction = _expected(design, target, True).get_prediction(sm.add_constant(asked))
    bounds = prediction.conf_int(obs=True, alpha=1 - confidence)
    assert found[0] == pytest.approx(prediction.predicted_mean, rel=NEAR)
    assert found[1] == pytest.approx(bounds[:, 0], rel=NEAR)
    assert found[2] == pytest.approx(bounds[:, 1], rel=NEAR)
