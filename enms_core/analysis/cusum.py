"""The running sum of what was used beyond what was expected, with the band of its scatter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from enms_core.analysis.compared_hours import compared_hours
from enms_core.analysis.error_shape import independent_samples
from enms_core.analysis.hourly_table import Floats, HourlyTable, Ints
from enms_core.domain.baseline import Model

CONFIDENCE = 0.95


@dataclass(frozen=True)
class CusumRows:
    """hours: since 1970, of the hours compared. values: sum of actual - expected up to the end of
    each; falling means less than expected. band: half of the interval around 0 in which a value
    lies in 95 % of the cases where nothing changed; None where the model's statistics are unknown.
    """

    hours: Ints
    values: Floats
    band: Floats | None


def cusum(model: Model, table: HourlyTable) -> CusumRows:
    """Over the hours of a table in which a model can be held against the use."""
    compared = compared_hours(model, table)
    values = np.cumsum(compared.rest)
    return CusumRows(table.hours[compared.rows], values, _band(model, len(values)))


def _band(model: Model, count: int) -> Floats | None:
    """k √n s √(n₀ / n'), k the t quantile of n' - p degrees of freedom.

    n₀ training samples are worth n' independent ones; of a first-order process that ratio is
    (1 + rho) / (1 - rho). A day of a model of days is reached in 24 steps.
    """
    statistics = model.statistics
    if statistics is None:
        return None
    independent = independent_samples(statistics)
    k = float(stdtrit(max(independent - statistics.parameters, 1.0), 0.5 + CONFIDENCE / 2.0))
    per_sample = 1.0 if model.equation.grain == "hour" else 24.0
    samples = np.arange(1, count + 1) / per_sample
    spread = statistics.rmse * np.sqrt(statistics.samples / independent)
    band: Floats = k * spread * np.sqrt(samples)
    return band
