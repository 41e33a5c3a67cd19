"""A useless driver passes p < 0.05 in about 5 % of simulated years, however use and driver move.

`ENMS_TEST_LONG=1 pytest -s` simulates 2,000 years of each kind and prints the table.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import binom

from enms_core.analysis.autocorrelation import autoregressive_significance
from enms_core.analysis.daily_significance import daily_significance
from enms_core.analysis.least_squares import fit_least_squares
from tests.unit.baselines.simulated_years import (
    Year,
    days,
    days_with_gaps,
    hours,
    hours_with_gaps,
    shifts_with_gaps,
)

IS_LONG = os.environ.get("ENMS_TEST_LONG") == "1"
# The rate that many years would show; and how unlikely a shorter look may be that is refused.
LEAST, MOST = 0.035, 0.07
CHANCE_OF_REFUSAL = 1e-4
DAILY = (days, days_with_gaps)
HOURLY = (hours, hours_with_gaps, shifts_with_gaps)
DAILY_YEARS, HOURLY_YEARS = (2000, 2000) if IS_LONG else (1000, 150)
RHOS = (0.0, 0.3, 0.6, 0.8)
SEED = 20_260

Make = Callable[[np.random.Generator, float], Year]
PValue = Callable[[Year], float]


def _of_days(year: Year) -> float:
    fit = fit_least_squares(year.design, year.target)
    return float(autoregressive_significance(fit, year.position).p_values[-1])


def _of_hours(year: Year) -> float:
    found = daily_significance(year.position, year.day, year.design, year.target, True)
    return float(found.p_values[-1])


def _rate(make: Make, p_value: PValue, rho: float, years: int) -> float:
    chance = np.random.default_rng(SEED)
    passed = [p_value(make(chance, rho)) < 0.05 for _ in range(years)]
    return float(np.mean(passed))


def _assert_rate(make: Make, p_value: PValue, rho: float, years: int) -> None:
    """The full size has to lie between the bounds; a shorter look may not contradict them."""
    rate = _rate(make, p_value, rho, years)
    print(f"{make.__name__:18} rho {rho:.1f}  {years} years  {100 * rate:.2f} %")
    if IS_LONG:
        assert LEAST <= rate <= MOST
    else:
        assert rate <= binom.ppf(1 - CHANCE_OF_REFUSAL, years, MOST) / years
        assert rate >= binom.ppf(CHANCE_OF_REFUSAL, years, LEAST) / years


@pytest.mark.parametrize("rho", RHOS)
@pytest.mark.parametrize("make", DAILY, ids=lambda make: make.__name__)
def test_a_useless_driver_of_days_passes_in_one_of_twenty_years(make: Make, rho: float) -> None:
    _assert_rate(make, _of_days, rho, DAILY_YEARS)


@pytest.mark.parametrize("rho", RHOS)
@pytest.mark.parametrize("make", HOURLY, ids=lambda make: make.__name__)
def test_a_useless_driver_of_hours_passes_in_one_of_twenty_years(make: Make, rho: float) -> None:
    _assert_rate(make, _of_hours, rho, HOURLY_YEARS)


@pytest.mark.parametrize("make", HOURLY, ids=lambda make: make.__name__)
def test_hours_themselves_would_let_most_useless_drivers_pass(make: Make) -> None:
    assert _rate(make, _of_days, 0.6, 40) > 0.4


def test_least_squares_would_let_a_quarter_of_useless_drivers_pass() -> None:
    def p_value(year: Year) -> float:
        fit = fit_least_squares(year.design, year.target)
        return float(2 * ndtr(-abs(fit.coefficients[-1] / fit.standard_errors[-1])))

    assert 0.18 < _rate(days, p_value, 0.6, 500) < 0.32


@pytest.mark.parametrize("make", [*DAILY, *HOURLY], ids=lambda make: make.__name__)
def test_a_driver_that_counts_is_found(make: Make) -> None:
    chance = np.random.default_rng(SEED)
    year = make(chance, 0.6)
    if make in DAILY:
        fit = fit_least_squares(year.design, year.target)
        p_value = autoregressive_significance(fit, year.position).p_values[1]
    else:
        found = daily_significance(year.position, year.day, year.design, year.target, True)
        p_value = found.p_values[0]

    assert p_value < 1e-6
