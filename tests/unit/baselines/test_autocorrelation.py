"""Residuals that follow one another: hand-computed figures, gaps, and statsmodels."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.linalg import cholesky, solve_triangular
from statsmodels.regression.linear_model import yule_walker
from statsmodels.stats import stattools

from enms_core.analysis import autocorrelation, daily_significance
from enms_core.analysis.autocorrelation import (
    autoregressive_significance,
    durbin_watson,
    effective_samples,
    lag_one_correlation,
    neighbours,
)
from enms_core.analysis.least_squares import fit_least_squares
from tests.unit.baselines.exact_fit import Floats
from tests.unit.baselines.simulated_years import autoregressive

WITHOUT_GAPS = np.arange(400)


def _sample(rho: float, samples: int = 400) -> tuple[Floats, Floats]:
    """Three drivers of different scales, and a use whose residuals follow one another."""
    chance = np.random.default_rng(12)
    design = chance.normal(size=(samples, 3)) * [1.0, 250.0, 1e-3] + [0.0, 3000.0, 0.5]
    noise = autoregressive(chance, samples, rho)
    return design, 40 + design @ [0.2, 0.001, 50.0] + noise


def test_the_doctests_hold() -> None:
    assert doctest.testmod(autocorrelation).failed == 0
    assert doctest.testmod(daily_significance).failed == 0


def test_positions_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        neighbours(np.array([1, 2, 2]))
    with pytest.raises(ValueError, match="rise"):
        neighbours(np.array([1, 3, 2]))


def test_pairs_over_a_gap_do_not_count() -> None:
    residuals = np.array([3.0, 1.0, -1.0, -3.0])

    # Mean square 5; 3*1 and -1*-3 are the pairs left.
    assert lag_one_correlation(residuals, np.array([1, 2, 9, 10])) == pytest.approx(3 / 5)
    # Steps of 2 and 2, squared 8, of squares 20; three steps for the two that are known.
    assert durbin_watson(residuals, np.array([1, 2, 9, 10])) == pytest.approx(8 / 20 * 3 / 2)


def test_samples_that_all_stand_alone_have_no_correlation() -> None:
    residuals, position = np.array([3.0, 1.0, -4.0]), np.array([1, 3, 5])

    assert lag_one_correlation(residuals, position) == 0
    assert np.isnan(durbin_watson(residuals, position))


def test_residuals_that_are_all_zero_have_no_correlation() -> None:
    assert lag_one_correlation(np.zeros(5), np.arange(5)) == 0


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.8, -0.5])
def test_figures_are_those_of_statsmodels(rho: float) -> None:
    residuals = autoregressive(np.random.default_rng(13), 400, rho)

    expected = yule_walker(residuals, order=1, result_object=False)[0][0]
    assert lag_one_correlation(residuals, WITHOUT_GAPS) == pytest.approx(expected, rel=1e-8)
    watson = stattools.durbin_watson(residuals)
    assert durbin_watson(residuals, WITHOUT_GAPS) == pytest.approx(watson, rel=1e-8)


def test_effective_samples_lie_between_one_and_all() -> None:
    assert effective_samples(365, 0.6) == pytest.approx(365 / 4)
    assert effective_samples(365, 0.0) == 365
    assert effective_samples(365, -0.4) == 365
    assert effective_samples(365, 1.0) == 1
    assert effective_samples(365, 0.9999) == 1


@pytest.mark.parametrize("has_intercept", [True, False])
@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6, 0.8, -0.4])
def test_t_tests_without_gaps_are_those_of_statsmodels(rho: float, has_intercept: bool) -> None:
    design, target = _sample(rho)

    found = autoregressive_significance(
        fit_least_squares(design, target, has_intercept), WITHOUT_GAPS
    )

    columns = sm.add_constant(design) if has_intercept else design
    expected = sm.GLSAR(target, columns, rho=1).iterative_fit(maxiter=200, rtol=1e-15)
    assert found.rho == pytest.approx(float(expected.model.rho[0]), rel=1e-8)
    assert found.coefficients == pytest.approx(expected.params, rel=1e-8)
    assert found.standard_errors == pytest.approx(expected.bse, rel=1e-8)
    assert found.t_values == pytest.approx(expected.tvalues, rel=1e-8)
    assert found.p_values == pytest.approx(expected.pvalues, rel=1e-8)
    assert found.degrees_of_freedom == expected.df_resid


def test_gaps_are_whitened_by_the_whole_covariance_of_what_is_left() -> None:
    design, target = _sample(0.7)
    kept = np.random.default_rng(14).random(400) < 0.6
    position = np.flatnonzero(kept)

    found = autoregressive_significance(fit_least_squares(design[kept], target[kept]), position)

    expected = _generalised(design[kept], target[kept], position, found.rho)
    assert found.coefficients == pytest.approx(expected[0], rel=1e-8)
    assert found.standard_errors == pytest.approx(expected[1], rel=1e-8)
    residuals = target[kept] - found.coefficients[0] - design[kept] @ found.coefficients[1:]
    assert lag_one_correlation(residuals, position) == pytest.approx(found.rho, rel=1e-8)


def _generalised(
    design: Floats, target: Floats, position: np.ndarray, rho: float
) -> tuple[Floats, Floats]:
    """Least squares whitened by the Cholesky factor of rho^|i - j|, less the first sample."""
    covariance = rho ** np.abs(position[:, None] - position).astype(float)
    columns = np.column_stack([np.ones(len(target)), design, target])
    white = solve_triangular(cholesky(covariance, lower=True), columns, lower=True)[1:]
    solved = sm.OLS(white[:, -1], white[:, :-1]).fit()
    return solved.params, solved.bse


def test_runs_far_apart_weigh_as_prais_and_winsten_say() -> None:
    design, target = _sample(0.6, 60)
    position = np.arange(60) + 1000 * (np.arange(60) // 20)

    found = autoregressive_significance(fit_least_squares(design, target), position)

    white = np.column_stack([np.ones(60), design, target])
    runs = [_prais_winsten(white[start : start + 20], found.rho) for start in (0, 20, 40)]
    columns = np.vstack(runs)[1:]
    expected = sm.OLS(columns[:, -1], columns[:, :-1]).fit()
    assert found.standard_errors == pytest.approx(expected.bse, rel=1e-8)


def _prais_winsten(run: Floats, rho: float) -> Floats:
    first = np.sqrt(1 - rho**2) * run[:1]
    return np.vstack([first, run[1:] - rho * run[:-1]])


def test_with_too_few_samples_nothing_is_said() -> None:
    fit = fit_least_squares(np.array([[1.0], [2.0], [4.0]]), np.array([1.0, 3.0, 2.0]))

    found = autoregressive_significance(fit, np.arange(3))

    assert np.isnan(found.p_values).all()
    assert found.coefficients == pytest.approx(fit.coefficients)


def test_a_driver_of_the_first_sample_alone_leaves_all_unsaid() -> None:
    chance = np.random.default_rng(15)
    design = np.eye(30)[:, :1]

    # Far from all others the first sample is left out, and with it all that the driver tells.
    position = np.append(0, 5000 + np.arange(29))
    found = autoregressive_significance(fit_least_squares(design, chance.normal(size=30)), position)

    assert np.isnan(found.p_values).all()


def test_a_perfect_fit_has_no_correlation_to_allow_for() -> None:
    design = np.arange(10.0)[:, None]

    found = autoregressive_significance(fit_least_squares(design, 2 * design[:, 0]), np.arange(10))

    assert found.coefficients == pytest.approx([0.0, 2.0], abs=1e-12)
    assert found.p_values[1] < 1e-12
