"""What a model expects: of one sample, and of a period, with an interval.

The interval of one sample is ŷ ± t s √(1 + x'(X'X)⁻¹x); in a sum, errors that are alike from hour
to hour add up to more than independent ones. t has n' - p degrees of freedom, and (X'X)⁻¹ counts n'
in place of n samples. Where the errors grow with the use, s is that of the use (error_shape).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from enms_core.analysis.error_shape import relative_spread, sum_variance
from enms_core.analysis.extent import extent_of
from enms_core.analysis.hourly_samples import HourlySamples, samples_of
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable
from enms_core.analysis.training_hours import SHORTEST_DAY_H, ran
from enms_core.domain.baseline import Equation, Extent, Model, ModelStatistics


class DriversMissing(ValueError):
    """Drivers whose values are not told, and whose mean is unknown."""

    def __init__(self, drivers: tuple[str, ...]) -> None:
        super().__init__(f"no value for {', '.join(drivers)}")
        self.drivers = drivers


@dataclass(frozen=True)
class RowPredictions:
    """expected: use of each row (hour); NaN where not is_known. A day's is spread evenly.

    lower, upper: of each hour by itself; None where the model has no statistics or is one of days.
    """

    expected: Floats
    is_known: Bools
    lower: Floats | None = None
    upper: Floats | None = None


@dataclass(frozen=True)
class SumPrediction:
    """expected: of the rows that can be predicted, `rows` of them; missing: how many cannot.

    lower, upper: None where the model has no statistics. outside: drivers the extent is due to.
    """

    expected: float
    lower: float | None
    upper: float | None
    extent: Extent
    outside: tuple[str, ...]
    rows: float
    missing: float


@dataclass(frozen=True)
class PointPrediction:
    """The use of one hour (day); assumed: drivers that were not told and stand at their mean."""

    expected: float
    lower: float | None
    upper: float | None
    extent: Extent
    outside: tuple[str, ...]
    assumed: tuple[str, ...] = ()


def predict_rows(
    model: Model, table: HourlyTable, mask: Bools | None = None, confidence: float = 0.90
) -> RowPredictions:
    """The expected use of each hour. mask: the hours to be predicted (all); hours of a driver that
    is not known are not, nor, of a model of days, days that are not whole."""
    equation = model.equation
    wanted = np.ones(len(table), dtype=np.bool_) if mask is None else mask
    samples = predictable(equation, table, wanted)
    design = samples.design(equation)
    use = expected_use(equation, design)
    expected = _placed(table, samples, np.repeat(use / samples.sizes, samples.sizes))
    known = np.isfinite(expected)
    if model.statistics is None or not model.parameter_covariance or equation.grain == "day":
        return RowPredictions(expected, known)
    half = _placed(table, samples, half_widths(model, model.statistics, design, confidence))
    return RowPredictions(expected, known, expected - half, expected + half)


def _placed(table: HourlyTable, samples: HourlySamples, values: Floats) -> Floats:
    """One value per row of the table, NaN beside the samples."""
    placed = np.full(len(table), np.nan)
    placed[samples.rows] = values
    return placed


def half_widths(
    model: Model, statistics: ModelStatistics, design: Floats, confidence: float
) -> Floats:
    """Half of the interval of each sample by itself: t s √(1 + x'(X'X)⁻¹x)."""
    points = np.column_stack([np.ones(len(design)), design])
    covariance = np.array(model.parameter_covariance) * _inflation(statistics)
    of_parameters = np.einsum("ij,jk,ik->i", points, covariance, points)
    errors = np.square(_spread(statistics, expected_use(model.equation, design)) * statistics.rmse)
    half: Floats = _t(statistics, confidence) * np.sqrt(errors + of_parameters)
    return half


def predict_sum(
    model: Model, table: HourlyTable, mask: Bools, confidence: float = 0.90
) -> SumPrediction:
    """The expected use of the hours in mask together, with the interval of the sum."""
    samples = predictable(model.equation, table, mask)
    design = samples.design(model.equation)
    use = expected_use(model.equation, design)
    expected, missing = float(use.sum()), int(mask.sum()) - len(samples.rows)
    half = _half_width(model, samples, design, use, confidence) if len(samples) else None
    extent, outside = extent_of(model, design)
    lower, upper = (None, None) if half is None else (expected - half, expected + half)
    return SumPrediction(expected, lower, upper, extent, outside, len(samples.rows), missing)


def predict_at(
    model: Model, values: Mapping[str, float], confidence: float = 0.90
) -> PointPrediction:
    """The use of one hour (day) at values of the drivers, degree days as those of that hour (day).

    Drivers that are not told stand at their mean of the training samples; raises DriversMissing
    where that is unknown too.
    """
    equation = model.equation
    assumed = tuple(name for name in equation.drivers if name not in values)
    at = {**{each.driver: each.mean for each in model.drivers}, **values}
    unknown = tuple(name for name in equation.drivers if not np.isfinite(at.get(name, np.nan)))
    if unknown:
        raise DriversMissing(unknown)
    design = np.array([[at[name] for name in equation.drivers]])
    use = expected_use(equation, design)
    extent, outside = extent_of(model, design)
    expected = float(use[0])
    if model.statistics is None or not model.parameter_covariance:
        return PointPrediction(expected, None, None, extent, outside, assumed)
    half = float(half_widths(model, model.statistics, design, confidence)[0])
    lower, upper = expected - half, expected + half
    return PointPrediction(expected, lower, upper, extent, outside, assumed)


def predictable(equation: Equation, table: HourlyTable, mask: Bools) -> HourlySamples:
    """Samples of the rows whose drivers are all known; of days, those of which no hour of running
    is left out."""
    known = mask.copy()
    for driver in equation.drivers:
        known &= np.isfinite(table.drivers.get(driver, np.full(len(table), np.nan)))
    if equation.grain == "day":
        lost = (mask & ~known) | (ran(table, equation.drivers) & ~mask)
        known &= ~_of_days(table, lost.astype(np.float64))
        known &= _of_days(table, np.ones(len(table)), SHORTEST_DAY_H)
    return samples_of(table, known, equation.grain)


def _of_days(table: HourlyTable, marks: Floats, least: int = 1) -> Bools:
    """Rows of days with at least so many marks."""
    _, of_row = np.unique(table.local_day, return_inverse=True)
    enough: Bools = np.bincount(of_row, weights=marks) >= least
    return enough[of_row]


def expected_use(equation: Equation, design: Floats) -> Floats:
    """What the equation makes of samples x drivers."""
    coefficients = np.array([term.coefficient for term in equation.terms])
    return np.asarray(equation.intercept + design @ coefficients, dtype=np.float64)


def _half_width(
    model: Model, samples: HourlySamples, design: Floats, use: Floats, confidence: float
) -> float | None:
    statistics = model.statistics
    if statistics is None or not model.parameter_covariance:
        return None
    scale = _spread(statistics, use)
    errors = statistics.rmse**2 * sum_variance(samples.position, scale, statistics)
    point = np.concatenate([[float(len(design))], design.sum(axis=0)])
    covariance = np.array(model.parameter_covariance) * _inflation(statistics)
    of_parameters = float(point @ covariance @ point)
    return float(_t(statistics, confidence) * np.sqrt(errors + of_parameters))


def _spread(statistics: ModelStatistics, use: Floats) -> Floats:
    """Standard deviation of the error at a use, as a multiple of s: s is over all samples."""
    slope = statistics.spread_slope
    if slope == 0.0 or not 0.0 < statistics.r2 < 1.0:
        return np.ones(len(use))
    freedom = statistics.samples - statistics.parameters
    explained = statistics.r2 / (1.0 - statistics.r2) * freedom / statistics.samples
    variation = explained * (statistics.cvrmse_percent / 100.0) ** 2
    even = float(np.sqrt(1.0 + slope**2 * variation))
    spread: Floats = relative_spread(use, statistics.mean_use, slope) / even
    return spread


def _inflation(statistics: ModelStatistics) -> float:
    """Coefficients are known from n' samples' worth, not n."""
    return max(statistics.samples / statistics.effective_samples, 1.0)


def _t(statistics: ModelStatistics, confidence: float) -> float:
    samples = min(statistics.effective_samples, float(statistics.samples))
    freedom = max(samples - statistics.parameters, 1.0)
    return float(stdtrit(freedom, 0.5 + confidence / 2.0))
