"""How good a least-squares fit is: what share it explains, how far off it is, how sure."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

from enms_core.analysis.least_squares import LeastSquares

Floats = NDArray[np.float64]

# Shares of the samples whose residual is at most what is told.
SHARES = (0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)


class Quality(NamedTuple):
    """parameters p: coefficients, intercept and others that were tuned; rmse and the F test with
    n - p. Without an intercept r2 and the F test are about 0 instead of the mean."""

    r2: float
    adjusted_r2: float
    rmse: float
    mae: float
    cvrmse_percent: float
    f_value: float
    f_p_value: float
    bic: float


def quality(fit: LeastSquares, target: Floats, extra_parameters: int = 0) -> Quality:
    """Statistics of a fit. extra_parameters: tuned before, and counted beside the coefficients.
    NaN where there are no more samples than parameters; r2 is 0 where the target never varies.

    BIC is that of normal residuals, -2 log L + p log n (Schwarz 1978); lower is better.
    """
    samples, residuals = len(target), fit.residuals
    parameters = len(fit.coefficients) + extra_parameters
    freedom, explaining = samples - parameters, parameters - int(fit.has_intercept)
    around = target - target.mean() if fit.has_intercept else target
    square, total = float(residuals @ residuals), float(around @ around)
    rmse = _ratio(square, freedom) ** 0.5
    r2 = 1 - square / total if total else 0.0
    f_value = _ratio(_ratio(total - square, explaining), _ratio(square, freedom))
    return Quality(
        r2=r2,
        adjusted_r2=1 - _ratio((1 - r2) * (samples - int(fit.has_intercept)), freedom),
        rmse=rmse,
        mae=float(np.abs(residuals).mean()),
        cvrmse_percent=100 * _ratio(rmse, abs(float(target.mean()))),
        f_value=f_value,
        f_p_value=float(fdtrc(explaining, freedom, f_value)) if freedom > 0 else float("nan"),
        bic=_bic(square, samples, parameters),
    )


def _bic(square: float, samples: int, parameters: int) -> float:
    if not square:
        return float("-inf")
    likelihood = -samples / 2 * (np.log(2 * np.pi * square / samples) + 1)
    return float(-2 * likelihood + np.log(samples) * parameters)


def _ratio(value: float, by: float) -> float:
    """value / by; infinite where by is 0, NaN where it is negative or both are 0."""
    if by > 0:
        return value / by
    return float("inf") if by == 0 and value > 0 else float("nan")


def variance_inflation(fit: LeastSquares, design: Floats) -> Floats:
    """VIF of each driver, 1 / (1 - R²) of its regression on the others; 1 for the only one."""
    inflation: Floats = np.square(_standardised_root(fit, design)).sum(axis=1)
    return inflation


def condition_number(fit: LeastSquares, design: Floats) -> float:
    """Largest over smallest singular value of the drivers' columns, standardised (without an
    intercept: scaled to length 1)."""
    values = np.linalg.svd(_standardised_root(fit, design), compute_uv=False)
    return float(values[0] / values[-1])


def _standardised_root(fit: LeastSquares, design: Floats) -> Floats:
    """Root of (Z'Z)⁻¹ of the columns Z, centred where there is an intercept, of length 1."""
    around = design - design.mean(axis=0) if fit.has_intercept else design
    lengths = np.sqrt(np.einsum("ij,ij->j", around, around))
    root: Floats = fit.root[int(fit.has_intercept) :] * lengths[:, None]
    return root


def residual_quantiles(residuals: Floats) -> tuple[tuple[float, float], ...]:
    """Share of the samples and the residual that these do not exceed."""
    found = np.quantile(residuals, SHARES)
    return tuple((share, float(value)) for share, value in zip(SHARES, found, strict=True))
