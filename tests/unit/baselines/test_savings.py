from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import lfilter

from enms_core.analysis.autocorrelation import effective_samples, lag_one_correlation
from enms_core.analysis.error_shape import error_shape
from enms_core.analysis.fit_quality import quality
from enms_core.analysis.least_squares import fit_least_squares
from enms_core.analysis.savings import Savings, alpha, relative_uncertainty, savings_of
from enms_core.domain.baseline import ModelStatistics

Floats = NDArray[np.float64]

DAYS = 365
YEARS = 1000
MEAN_KWH, SCATTER_KWH = 1000.0, 50.0


def statistics_of(
    samples: int = 100, parameters: int = 3, cvrmse_percent: float = 10.0, effective: float = 100.0
) -> ModelStatistics:
    return ModelStatistics(
        samples=samples,
        parameters=parameters,
        r2=0.9,
        adjusted_r2=0.9,
        rmse=cvrmse_percent,
        mae=cvrmse_percent,
        cvrmse_percent=cvrmse_percent,
        f_value=100.0,
        f_p_value=0.0,
        durbin_watson=2.0,
        rho=(samples - effective) / (samples + effective),
        effective_samples=effective,
        condition_number=1.0,
        bic=0.0,
    )


def test_the_alphas_are_the_published_polynomials() -> None:
    assert alpha("hour", 7) == 1.26
    # -0.00024 · 144 + 0.03535 · 12 + 1.00286
    assert alpha("day", 12) == pytest.approx(1.3925, abs=1e-12)
    # -0.00022 · 36 + 0.03306 · 6 + 0.94054
    assert alpha("month", 6) == pytest.approx(1.13098, abs=1e-12)


def test_an_uncertainty_computed_by_hand() -> None:
    # n = 120, rho 0.5: n' = 120 · 0.5 / 1.5 = 40; p = 3: t(37 degrees of freedom, 95 %) = 1.687094.
    # Daily, one month: alpha = 1.03797. √(120 / 40 · (1 + 2 / 40) / 30) = √0.105 = 0.3240370.
    statistics = statistics_of(samples=120, effective=40.0)

    share = relative_uncertainty(statistics, samples=30, months=1.0, grain="day")

    assert share == pytest.approx(1.03797 * 1.687094 * 0.10 * 0.3240370, rel=1e-6)


def test_savings_are_expected_less_actual_within_that_uncertainty() -> None:
    statistics = statistics_of(samples=120, effective=40.0)

    saved = savings_of(30_000.0, 27_000.0, statistics, samples=30, months=1.0, grain="day")

    assert saved.savings == 3000.0
    assert saved.percent == 10.0
    assert saved.uncertainty == pytest.approx(1702.31, abs=0.01)
    assert (saved.lower, saved.upper) == pytest.approx((1297.69, 4702.31), abs=0.01)
    assert saved.fractional_uncertainty == pytest.approx(1702.31 / 3000.0, abs=1e-5)
    assert saved.is_significant


def test_more_use_than_expected_is_a_negative_saving() -> None:
    assert Savings(expected=100.0, actual=130.0, uncertainty=10.0).savings == -30.0
    assert Savings(expected=100.0, actual=130.0, uncertainty=10.0).is_significant
    assert not Savings(expected=100.0, actual=105.0, uncertainty=10.0).is_significant


def test_what_has_no_share_tells_none() -> None:
    assert Savings(expected=100.0, actual=100.0, uncertainty=1.0).fractional_uncertainty is None
    assert Savings(expected=0.0, actual=1.0, uncertainty=1.0).percent is None


def test_errors_that_swing_are_not_worth_more_than_independent_ones() -> None:
    independent = statistics_of(effective=100.0)
    swinging = statistics_of(effective=180.0)

    assert relative_uncertainty(swinging, 30, 1.0) == relative_uncertainty(independent, 30, 1.0)


def test_no_samples_have_no_savings() -> None:
    with pytest.raises(ValueError, match="no samples"):
        relative_uncertainty(statistics_of(), samples=0, months=1.0)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6, 0.8])
@pytest.mark.parametrize("months", [1, 12])
def test_nine_in_ten_intervals_hold_what_was_saved(rho: float, months: int) -> None:
    reported = DAYS * months // 12
    covered, told = coverage(rho, months, reported, saved_share=0.05)

    print(f"rho {rho}: {months:2d} months, {100 * covered:.1f} % of {YEARS} intervals")
    assert 0.86 <= covered <= 0.94
    assert told == pytest.approx(0.05, abs=0.002)


def test_no_change_is_within_the_interval_about_zero() -> None:
    covered, told = coverage(0.6, 12, DAYS, saved_share=0.0)

    assert 0.86 <= covered <= 0.94
    assert told == pytest.approx(0.0, abs=0.002)


def test_without_autocorrelation_in_it_half_of_the_intervals_would_miss() -> None:
    covered, _ = coverage(0.6, 12, DAYS, saved_share=0.05, corrected=False)

    assert covered < 0.75


def coverage(
    rho: float, months: int, reported: int, saved_share: float, corrected: bool = True
) -> tuple[float, float]:
    """Share of simulated pairs of years whose interval holds the true saving, and what was saved
    in the mean, as a share of the expected use."""
    chance = np.random.default_rng(7001)
    found = [one_year(chance, rho, months, reported, saved_share, corrected) for _ in range(YEARS)]
    hits = [each.lower <= true <= each.upper for each, true in found]
    return float(np.mean(hits)), float(np.mean([each.savings / each.expected for each, _ in found]))


def one_year(
    chance: np.random.Generator,
    rho: float,
    months: int,
    reported: int,
    saved_share: float,
    corrected: bool,
) -> tuple[Savings, float]:
    """A year of a baseline and the months after it, with what was saved and what truly is."""
    drivers = chance.normal(0.0, 1.0, (DAYS + reported, 2))
    mean = MEAN_KWH + drivers @ np.array([120.0, -60.0])
    use = mean + SCATTER_KWH * autoregressive(chance, rho, DAYS + reported)
    true = saved_share * float(mean[DAYS:].sum())
    use[DAYS:] -= saved_share * mean[DAYS:]
    fit = fit_least_squares(drivers[:DAYS], use[:DAYS])
    expected = fit.coefficients[0] + drivers[DAYS:] @ fit.coefficients[1:]
    found = lag_one_correlation(fit.residuals, np.arange(DAYS)) if corrected else 0.0
    cvrmse_percent = quality(fit, use[:DAYS]).cvrmse_percent
    told = statistics_of(DAYS, 3, cvrmse_percent, effective_samples(DAYS, found))
    if corrected:
        shape = error_shape(fit.residuals, use[:DAYS] - fit.residuals, np.arange(DAYS), 100.0)
        told = replace(told, autocorrelation=shape.autocorrelation)
    sums = float(expected.sum()), float(use[DAYS:].sum())
    return savings_of(*sums, told, reported, float(months), "day"), true


def autoregressive(chance: np.random.Generator, rho: float, samples: int) -> Floats:
    """Errors of variance 1 whose neighbours correlate by rho."""
    steps = chance.normal(0.0, np.sqrt(1.0 - rho**2), samples)
    steps[0] /= np.sqrt(1.0 - rho**2)
    return np.asarray(lfilter([1.0], [1.0, -rho], steps))
