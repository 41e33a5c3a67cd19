"""Least squares: digits against certified and exactly computed values, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from enms_core.analysis.least_squares import LeastSquares, SingularDesign, fit_least_squares
from tests.unit.baselines.exact_fit import Certified, digits, exact_fit
from tests.unit.baselines.exact_sets import EXACT
from tests.unit.baselines.nist_sets import HARDEST

STRD = Path(__file__).parents[4] / "shared" / "data" / "nist" / "strd.json"
COEFFICIENT_DIGITS, ERROR_DIGITS = 8.5, 9.0
# NIST certifies Filip for its powers unrounded; those of doubles can differ in the eighth digit.
HARDEST_COEFFICIENT_DIGITS, HARDEST_ERROR_DIGITS = 5.7, 7.5
# A standard error that is certified as 0 may be off by less than 1e-8.
ZERO_DIGITS = 8.0


def _assert_digits(fit: LeastSquares, certified: Certified, bars: tuple[float, float]) -> None:
    bar = ZERO_DIGITS if not certified.standard_errors.any() else bars[1]
    assert digits(fit.coefficients, certified.coefficients) >= bars[0]
    assert digits(fit.standard_errors, certified.standard_errors) >= bar


@pytest.mark.skipif(not STRD.exists(), reason="the NIST sets are not on this machine")
@pytest.mark.parametrize(
    "name", ["Longley", "Norris", "Pontius", "NoInt1", "NoInt2", "Wampler1", "Wampler3"]
)
def test_a_nist_set_comes_out_as_certified(name: str) -> None:
    found = json.loads(STRD.read_text())[name]
    design = np.array(found["X"])
    has_intercept = bool((design[:, 0] == 1).all())

    fit = fit_least_squares(design[:, int(has_intercept) :], np.array(found["y"]), has_intercept)

    certified = Certified(np.array(found["b"]), np.array(found["se"]))
    _assert_digits(fit, certified, (COEFFICIENT_DIGITS, ERROR_DIGITS))


@pytest.mark.parametrize("name", HARDEST)
def test_the_hardest_public_sets_come_out_as_certified(name: str) -> None:
    reference = HARDEST[name]

    fit = fit_least_squares(reference.design, reference.target)

    bars = (HARDEST_COEFFICIENT_DIGITS, HARDEST_ERROR_DIGITS)
    _assert_digits(fit, reference.certified, bars)


@pytest.mark.parametrize("made", EXACT, ids=lambda made: made.__name__)
def test_a_set_comes_out_as_fractions_say(made) -> None:
    design, target, has_intercept = made()
    certified = exact_fit(design, target, has_intercept)

    fit = fit_least_squares(design, target, has_intercept)

    _assert_digits(fit, certified, (COEFFICIENT_DIGITS, ERROR_DIGITS))


def test_a_hand_computed_line_is_found_with_its_errors() -> None:
    design, target = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([2.0, 2.0, 4.0, 4.0])

    fit = fit_least_squares(design, target)

    # Sums about the means: x 5, xy 4, y 4; residuals .2, -.6, .6, -.2, their squares .8.
    assert fit.coefficients == pytest.approx([1.0, 0.8], rel=1e-14)
    assert fit.residuals == pytest.approx([0.2, -0.6, 0.6, -0.2], rel=1e-13)
    assert fit.sigma**2 == pytest.approx(0.4, rel=1e-14)
    assert fit.standard_errors**2 == pytest.approx([0.4 * (1 / 4 + 2.5**2 / 5), 0.4 / 5], rel=1e-13)
    assert fit.covariance[0, 1] == pytest.approx(-2.5 * 0.4 / 5, rel=1e-13)
    assert fit.degrees_of_freedom == 2


@pytest.mark.parametrize("has_intercept", [True, False])
@pytest.mark.parametrize("twin", [1.0, 1e-5])
def test_the_basis_is_orthonormal_and_spans_the_columns(has_intercept: bool, twin: float) -> None:
    chance = np.random.default_rng(8)
    design = chance.normal(5, 2, (5000, 4))
    design[:, 3] = design[:, 0] + twin * design[:, 3]

    fit = fit_least_squares(design, chance.normal(size=5000), has_intercept)

    columns = np.column_stack([np.ones(5000), design]) if has_intercept else design
    width = columns.shape[1]
    assert np.abs(fit.basis.T @ fit.basis - np.eye(width)).max() < 1e-14
    assert np.abs(columns @ fit.root - fit.basis).max() < 1e-10
    assert np.abs(fit.basis.T @ fit.residuals).max() < 1e-12


@pytest.mark.parametrize("samples", [7, 1023, 4097, 20_000])
def test_any_number_of_rows_gives_what_numpy_gives(samples: int) -> None:
    chance = np.random.default_rng(samples)
    design = chance.normal(size=(samples, 5))
    target = chance.normal(size=samples)

    fit = fit_least_squares(design, target)

    expected = np.linalg.lstsq(np.column_stack([np.ones(samples), design]), target)[0]
    assert fit.coefficients == pytest.approx(expected, rel=1e-11)


def test_rows_in_another_order_and_columns_in_memory_order_change_nothing() -> None:
    chance = np.random.default_rng(9)
    design, target = chance.normal(size=(3000, 3)), chance.normal(size=3000)
    order = chance.permutation(3000)

    one = fit_least_squares(design, target)
    other = fit_least_squares(np.asfortranarray(design[order]), target[order])

    assert other.coefficients == pytest.approx(one.coefficients, rel=1e-12)
    assert other.standard_errors == pytest.approx(one.standard_errors, rel=1e-12)


def test_columns_that_depend_on_others_are_named() -> None:
    chance = np.random.default_rng(10)
    one, other = chance.normal(20, 3, (2, 500))
    design = np.column_stack([one, np.full(500, 0.1), other, one - 2 * other + 7])

    with pytest.raises(SingularDesign) as caught:
        fit_least_squares(design, chance.normal(size=500))

    assert caught.value.columns == (1, 3)
    assert caught.value.constant == (1,)


def test_a_constant_column_stands_for_the_intercept_where_there_is_none() -> None:
    design = np.column_stack([np.full(4, 2.0), [1.0, 2.0, 3.0, 4.0]])

    fit = fit_least_squares(design, np.array([2.0, 2.0, 4.0, 4.0]), has_intercept=False)

    assert fit.coefficients == pytest.approx([0.5, 0.8], rel=1e-13)


def test_a_column_of_zeros_is_named_without_an_intercept_too() -> None:
    design = np.column_stack([[1.0, 2.0, 4.0], np.zeros(3)])

    with pytest.raises(SingularDesign) as caught:
        fit_least_squares(design, np.ones(3), has_intercept=False)

    assert (caught.value.columns, caught.value.constant) == ((1,), (1,))


def test_a_small_spread_far_from_zero_is_no_constant() -> None:
    design = 1e6 + 1e-3 * np.arange(50.0)[:, None]

    fit = fit_least_squares(design, 2000 * (design[:, 0] - 1e6))

    assert fit.coefficients[1] == pytest.approx(2000, rel=1e-9)


def test_a_driver_of_small_spread_beside_a_large_one_keeps_its_coefficient() -> None:
    chance = np.random.default_rng(11)
    design = np.column_stack([chance.normal(0, 1e9, 400), chance.normal(0, 1e-6, 400)])

    fit = fit_least_squares(design, 3 + design @ [1.0, 2000.0])

    assert fit.coefficients[2] == pytest.approx(2000, rel=1e-2)
    assert fit.coefficients[1] == pytest.approx(1.0, rel=1e-12)


def test_more_columns_than_samples_have_no_unique_fit() -> None:
    with pytest.raises(SingularDesign) as caught:
        fit_least_squares(np.array([[1.0, 5.0, 2.0], [2.0, 1.0, 9.0]]), np.ones(2))

    assert caught.value.columns == (1, 2)


def test_as_many_coefficients_as_samples_leave_the_errors_unknown() -> None:
    fit = fit_least_squares(np.array([[1.0], [2.0]]), np.array([1.0, 3.0]))

    assert fit.coefficients == pytest.approx([-1.0, 2.0])
    assert np.isnan(fit.standard_errors).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_finite_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        fit_least_squares(np.array([[1.0], [bad], [3.0]]), np.ones(3))
    with pytest.raises(ValueError, match="finite"):
        fit_least_squares(np.arange(3.0)[:, None], np.array([1.0, bad, 3.0]))


def test_the_mean_alone_is_a_fit() -> None:
    fit = fit_least_squares(np.empty((4, 0)), np.array([1.0, 2.0, 3.0, 6.0]))

    assert fit.coefficients.tolist() == [3.0]
    assert fit.standard_errors[0] == pytest.approx((14 / 3) ** 0.5 / 2, rel=1e-14)
