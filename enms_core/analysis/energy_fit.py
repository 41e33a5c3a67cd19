"""Use explained by drivers, with all that is told of the fit.

Apart from the estimator in `regression.py`: scikit-learn brings pandas, and a process that only
asks or trains does without both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.autocorrelation import (
    autoregressive_significance,
    durbin_watson,
    effective_samples,
    lag_one_correlation,
    t_tests,
)
from enms_core.analysis.daily_significance import daily_significance
from enms_core.analysis.fit_quality import (
    Quality,
    condition_number,
    quality,
    variance_inflation,
)
from enms_core.analysis.least_squares import LeastSquares, fit_least_squares

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Tested(NamedTuple):
    """t and two-sided p of each driver; NaN where there are too few samples."""

    t_values: Floats
    p_values: Floats


class Following(NamedTuple):
    """How closely residuals that are neighbours follow one another."""

    rho: float
    durbin_watson: float
    effective_samples: float


@dataclass(frozen=True)
class EnergyFit:
    """A fit of n samples on k drivers, with p = k + intercept + extra parameters.

    covariance: s² (X'X)⁻¹, the intercept first. standard_errors, as_independent (k): least squares,
    as if residuals were independent. judged (k): GLSAR(1), on sums of days where days were given.
    """

    intercept: float
    coefficients: Floats
    residuals: Floats
    parameters: int
    covariance: Floats
    standard_errors: Floats
    as_independent: Tested
    judged: Tested
    following: Following
    vif: Floats
    condition_number: float
    quality: Quality


def fit_energy(
    design: Floats,
    target: Floats,
    position: Ints | None = None,
    day: Ints | None = None,
    *,
    has_intercept: bool = True,
    extra_parameters: int = 0,
) -> EnergyFit:
    """Least squares by QR; significance by GLSAR(1), since residuals follow one another.

    position: whole number of each sample in time (hour or day), rising; None: all are neighbours.
    day: for hours, a number of the local day of each; significance is judged on sums of days then,
    and position counts hours. extra_parameters: others that were tuned on the same samples (base
    temperatures); they count in p wherever n - p stands, and in BIC. Raises SingularDesign where
    drivers do not vary or depend on each other; ValueError where positions do not rise.
    """
    fit = fit_least_squares(design, target, has_intercept)
    places = np.arange(len(target)) if position is None else position
    found = quality(fit, target, extra_parameters)
    parameters, first = len(fit.coefficients) + extra_parameters, int(has_intercept)
    errors = found.rmse * np.sqrt(np.square(fit.root).sum(axis=1))[first:]
    coefficients = fit.coefficients[first:]
    return EnergyFit(
        intercept=float(fit.coefficients[0]) if has_intercept else 0.0,
        coefficients=coefficients,
        residuals=fit.residuals,
        parameters=parameters,
        covariance=found.rmse**2 * (fit.root @ fit.root.T),
        standard_errors=errors,
        as_independent=Tested(*t_tests(coefficients, errors, len(target) - parameters)),
        judged=_judged(fit, design, target, places, day),
        following=_following(fit.residuals, places),
        vif=variance_inflation(fit, design),
        condition_number=condition_number(fit, design),
        quality=found,
    )


def _judged(
    fit: LeastSquares, design: Floats, target: Floats, position: Ints, day: Ints | None
) -> Tested:
    if day is not None:
        days = daily_significance(position, day, design, target, fit.has_intercept)
        return Tested(days.t_values, days.p_values)
    found, first = autoregressive_significance(fit, position), int(fit.has_intercept)
    return Tested(found.t_values[first:], found.p_values[first:])


def _following(residuals: Floats, position: Ints) -> Following:
    rho = lag_one_correlation(residuals, position)
    counted = effective_samples(len(residuals), rho)
    return Following(rho, durbin_watson(residuals, position), counted)
