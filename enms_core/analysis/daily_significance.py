"""Significance of drivers of hours, judged on sums of days.

Use and drivers both go up and down with the hour of the day, in a cycle that wanders from day to
day; hours that are alike for that reason prove nothing. Sums of whole days do not hold the cycle.
Of days of which some hours are missing they do: so the mean of each hour of the day is taken off
before (on whole days that changes nothing), and days of which much is missing are left out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.autocorrelation import Significance, autoregressive_significance
from enms_core.analysis.least_squares import LeastSquares, SingularDesign, fit_least_squares

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


# A day with fewer than this share of the hours that a day usually (in the median) has is left out.
WHOLE = 0.9
HOURS = 24
# Sums of a day this much smaller than the values themselves are what roundings leave of zero.
ROUNDING = 1e-11


class DailySums(NamedTuple):
    """Sums of the samples of each day; samples: how many a day has."""

    day: Ints
    samples: Floats
    design: Floats
    target: Floats


def daily_sums(day: Ints, design: Floats, target: Floats) -> DailySums:
    """Sums over days, in the order of time; samples of a day stand together."""
    starts = np.flatnonzero(np.diff(day, prepend=day[0] - 1))
    samples = np.diff(starts, append=len(day)).astype(np.float64)
    columns = np.add.reduceat(np.column_stack([design, target]), starts, axis=0)
    return DailySums(day[starts], samples, columns[:, :-1], columns[:, -1])


def without_daily_cycle(position: Ints, columns: Floats) -> Floats:
    """Hours less the mean of their hour of the day. position: in hours.

    >>> columns = np.array([[1.0], [5.0], [3.0]])
    >>> without_daily_cycle(np.array([0, 1, 24]), columns).tolist()
    [[-1.0], [0.0], [1.0]]
    """
    hour = position % HOURS
    samples = np.maximum(np.bincount(hour, minlength=HOURS), 1)
    sums = [np.bincount(hour, column, minlength=HOURS) for column in columns.T]
    cycle = (np.array(sums) / samples).T
    level: Floats = columns - cycle[hour]
    return level


def daily_significance(
    position: Ints, day: Ints, design: Floats, target: Floats, has_intercept: bool
) -> Significance:
    """GLSAR(1) t-tests of the drivers alone, on sums of days; an intercept becomes the number of
    samples of the day. position: of each sample, in hours; day: the local day of each.

    A driver whose days are all alike, or follow those of others, proves nothing: its t is 0 and
    its p is 1.
    """
    sums = _level_sums(position, day, np.column_stack([design, target]), has_intercept)
    columns = np.column_stack([sums.samples, sums.design]) if has_intercept else sums.design
    fit, kept = _fitted(columns, sums.target)
    found = autoregressive_significance(fit, sums.day)
    first, width = int(has_intercept), columns.shape[1]
    return found._replace(
        coefficients=_placed(found.coefficients, kept, width, 0.0)[first:],
        standard_errors=_placed(found.standard_errors, kept, width, np.inf)[first:],
        t_values=_placed(found.t_values, kept, width, 0.0)[first:],
        p_values=_placed(found.p_values, kept, width, 1.0)[first:],
    )


def _level_sums(position: Ints, day: Ints, columns: Floats, has_intercept: bool) -> DailySums:
    """Sums of whole days, less the daily cycle; what only roundings leave of a driver is 0. The
    mean is taken off as well where an intercept makes up for it."""
    level = without_daily_cycle(position, columns)
    if not has_intercept:
        level += columns.mean(axis=0)
    sums = _whole(daily_sums(day, level[:, :-1], level[:, -1]))
    largest = np.abs(columns[:, :-1]).max(axis=0)
    is_rounding = np.abs(sums.design).max(axis=0) <= ROUNDING * largest
    return sums._replace(design=np.where(is_rounding, 0.0, sums.design))


def _whole(sums: DailySums) -> DailySums:
    is_whole = sums.samples >= WHOLE * np.median(sums.samples)
    day, samples, design, target = sums
    return DailySums(day[is_whole], samples[is_whole], design[is_whole], target[is_whole])


def _fitted(columns: Floats, target: Floats) -> tuple[LeastSquares, Ints]:
    """A fit of the columns that do not depend on those before them, and which these are."""
    kept = np.arange(columns.shape[1])
    try:
        return fit_least_squares(columns, target, has_intercept=False), kept
    except SingularDesign as singular:
        kept = np.delete(kept, singular.columns)
        return fit_least_squares(columns[:, kept], target, has_intercept=False), kept


def _placed(values: Floats, kept: Ints, width: int, otherwise: float) -> Floats:
    placed = np.full(width, otherwise)
    placed[kept] = values
    return placed
