"""How the errors of a model hang together: over time, and with the size of the use.

What an interval of a sum needs. Errors of hours are alike for days, which one number (lag-1) does
not tell: real ones fade slower than a first-order process. And they often grow with the use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from enms_core.analysis.hourly_table import Bools, Floats, Ints
from enms_core.domain.baseline import ModelStatistics

# Correlations in between are interpolated over the logarithm of the lag, beyond the last 0.
LAGS = (1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48, 72, 96)
# So many pairs of samples a correlation is told from, at least.
ENOUGH_PAIRS = 60
# Growth of the spread with the use: p below which it is believed, and limits of it.
GROWTH_P = 0.01
GROWTH_LIMITS = (-0.9, 1.5)
LEAST_SCALE = 0.2
# A sum of errors of one kind is at least as uncertain as this share of independent ones.
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class ErrorShape:
    """autocorrelation: lag in samples, correlation. spread_slope: 0 even, 1 in proportion."""

    autocorrelation: tuple[tuple[int, float], ...]
    spread_slope: float


def error_shape(
    residuals: Floats, fitted: Floats, position: Ints, effective_samples: float
) -> ErrorShape:
    """What the residuals of a fit tell; position: of each sample in time, ascending."""
    slope = _spread_slope(residuals, fitted, effective_samples)
    even = residuals / relative_spread(fitted, float(fitted.mean()), slope)
    return ErrorShape(_autocorrelation(even, position), slope)


def relative_spread(use: Floats, mean_use: float, slope: float) -> Floats:
    """Standard deviation at a use, as a multiple of that at the mean use."""
    if slope == 0.0 or mean_use == 0.0:
        return np.ones(len(use))
    return np.maximum(1.0 + slope * (use / mean_use - 1.0), LEAST_SCALE)


def sum_variance(position: Ints, scale: Floats, statistics: ModelStatistics) -> float:
    """Variance of the sum of errors of samples, in units of s².

    position: distinct, ascending; scale: standard deviation of each as a multiple of s. Where the
    correlations are unknown those of a first-order process with lag-1 rho stand in.
    """
    longest = int(position[-1] - position[0])
    correlation = correlations(statistics, longest)
    track = np.zeros(longest + 1)
    track[position - position[0]] = scale
    alone = float(np.square(scale).sum())
    pairs = sum(
        float(correlation[lag - 1] * (track[lag:] @ track[:-lag]))
        for lag in range(1, len(correlation) + 1)
    )
    return max(alone + 2.0 * pairs, LEAST_SHARE * alone)


def independent_share(residuals: Floats, position: Ints) -> float:
    """How many independent errors would tell as much of a mean, as a share of the samples."""
    return _share(_autocorrelation(residuals, position), len(residuals))


def independent_samples(statistics: ModelStatistics) -> float:
    """n': samples' worth of a model's errors, never above n.

    n (1 - rho) / (1 + rho) is exact for a first-order process; where errors fade slower than one,
    what all known correlations leave is less, and that is taken.
    """
    samples = float(statistics.samples)
    share = _share(statistics.autocorrelation, statistics.samples)
    return min(statistics.effective_samples, samples * share, samples)


def _share(known: Sequence[tuple[int, float]], samples: int) -> float:
    """Correlations that may be chance count as none (Bartlett: two standard errors)."""
    if not known:
        return 1.0
    chance = 2.0 / np.sqrt(samples)
    known = [(lag, value if abs(value) > chance else 0.0) for lag, value in known]
    total = float(_between(known, known[-1][0]).sum())
    return 1.0 / max(1.0 + 2.0 * total, 1.0)


def correlations(statistics: ModelStatistics, longest: int) -> Floats:
    """Correlation of errors 1, 2, ... samples apart, up to the longest lag that matters."""
    known = statistics.autocorrelation
    if not known:
        rho = max(statistics.rho, 0.0)
        lags = np.arange(1, min(longest, LAGS[-1]) + 1)
        return np.asarray(rho**lags, dtype=np.float64)
    return _between(known, min(longest, known[-1][0]))


def _between(known: Sequence[tuple[int, float]], longest: int) -> Floats:
    lags = np.arange(1, longest + 1)
    at, values = zip(*known, strict=True)
    return np.asarray(np.interp(np.log(lags), np.log(at), values), dtype=np.float64)


def _spread_slope(residuals: Floats, fitted: Floats, effective_samples: float) -> float:
    """Glejser (1969): the regression of the residuals' size on the use, if it is sure."""
    size, mean_use = np.abs(residuals), float(fitted.mean())
    if mean_use <= 0.0 or not np.ptp(fitted) > 0.0 or not size.mean() > 0.0:
        return 0.0
    use = fitted / mean_use - 1.0
    correlation = float(np.corrcoef(use, size)[0, 1])
    freedom = min(effective_samples, len(residuals)) - 2.0
    if freedom < 1.0 or not abs(correlation) < 1.0:
        return 0.0
    t_value = correlation * np.sqrt(freedom / (1.0 - correlation**2))
    if 2.0 * stdtr(freedom, -abs(t_value)) > GROWTH_P:
        return 0.0
    slope = correlation * size.std() / use.std() / size.mean()
    return float(np.clip(slope, *GROWTH_LIMITS))


def _autocorrelation(residuals: Floats, position: Ints) -> tuple[tuple[int, float], ...]:
    track, present = _track(residuals, position)
    variance = float(np.square(residuals).mean()) if len(residuals) else 0.0
    if variance == 0.0:
        return ()
    found = []
    for lag in (lag for lag in LAGS if lag < len(track)):
        pairs = int((present[lag:] & present[:-lag]).sum())
        if pairs >= ENOUGH_PAIRS:
            found.append((lag, float(track[lag:] @ track[:-lag]) / pairs / variance))
    return tuple(found)


def _track(residuals: Floats, position: Ints) -> tuple[Floats, Bools]:
    """One place for each position in time, 0 where there is no sample."""
    first, last = int(position[0]), int(position[-1])
    track, present = np.zeros(last - first + 1), np.zeros(last - first + 1, dtype=np.bool_)
    track[position - first], present[position - first] = residuals, True
    return track, present
