"""The fit of a baseline alone: a year of hours with five drivers, without a database.

Beside it, on the same matrix in the same run, what it is made of elsewhere: numpy's least squares,
and by statsmodels the statistics of OLS, the variance inflation of each driver, Durbin-Watson and
GLSAR. The bar: at most 1.5 times as long.
"""

from __future__ import annotations

import statistics
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.stats.stattools import durbin_watson

from benchmarks.measuring import quantiles, timed_s
from enms_core.analysis.least_squares import fit_least_squares
from enms_core.analysis.regression import EnergyRegression

Floats = NDArray[np.float64]

HOURS, DRIVERS, RHO = 8760, 5, 0.6
REPEATS = 40
MOST_TIMES = 1.5


def measure(folder: Path) -> None:
    """Print medians and 95th percentiles [ms], taken in turns, and the ratio."""
    design, target = _year()
    position = np.arange(HOURS)
    works = {
        "EnergyRegression, judged on hours": lambda: EnergyRegression().fit(design, target),
        "EnergyRegression, judged on days": lambda: EnergyRegression().fit(
            design, target, position=position, day=position // 24
        ),
        "least squares of it alone": lambda: fit_least_squares(design, target),
        "numpy.linalg.lstsq": lambda: np.linalg.lstsq(_with_ones(design), target),
        "statistics by statsmodels": lambda: _statistics(design, target),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(REPEATS):
        for name, work in works.items():
            times[name].append(1000 * timed_s(work))
    _print(times)


def _print(times: dict[str, list[float]]) -> None:
    print(f"{f'{HOURS} hours, {DRIVERS} drivers':36} {'median/95th ms':>16}")
    for name, samples in times.items():
        print(f"{name:36} {quantiles(samples):>16}")
    hours, days, _, solved, statistics_ms = (statistics.median(each) for each in times.values())
    beside = solved + statistics_ms
    for name, median in (("hours", hours), ("days", days)):
        print(f"{f'ratio, {name}':36} {median / beside:16.2f}   (at most {MOST_TIMES})")


def _year() -> tuple[Floats, Floats]:
    """Use of hours that follow one another, with drivers of different scales."""
    chance = np.random.default_rng(1)
    scales = 10.0 ** np.arange(-2, DRIVERS - 2)
    design = chance.normal(5, 1, (HOURS, DRIVERS)) * scales
    noise = chance.normal(size=HOURS)
    for hour in range(1, HOURS):
        noise[hour] += RHO * noise[hour - 1]
    return design, 100 + (design / scales).sum(axis=1) + noise


def _with_ones(design: Floats) -> Floats:
    return np.column_stack([np.ones(len(design)), design])


def _statistics(design: Floats, target: Floats) -> list[object]:
    """What the estimator tells, asked of statsmodels (it computes most only when asked)."""
    columns = _with_ones(design)
    fit = sm.OLS(target, columns).fit()
    judged = sm.GLSAR(target, columns, rho=1).iterative_fit(maxiter=20, rtol=1e-8)
    return [
        [fit.bse, fit.tvalues, fit.pvalues, fit.cov_params(), fit.rsquared, fit.rsquared_adj],
        [fit.fvalue, fit.f_pvalue, fit.bic, fit.condition_number],
        [variance_inflation_factor(columns, place) for place in range(1, DRIVERS + 1)],
        [durbin_watson(fit.resid), judged.tvalues, judged.pvalues],
    ]
