"""What a picture of an analysis shows: actual against expected use over time, and the CUSUM."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from enms_core.analysis.compared_hours import compared_hours
from enms_core.analysis.cusum import CusumRows, cusum
from enms_core.analysis.hourly_table import Floats, HourlyTable, Ints
from enms_core.analysis.plotted_rows import Times
from enms_core.analysis.prediction import predict_rows
from enms_core.domain.baseline import Grain, Model

# Of a longer period, days are shown in place of hours.
MOST_HOURS = 14 * 24


@dataclass(frozen=True)
class PerformanceRows:
    """times: at which hours (days, by the middle of their hours) begin [UTC], rising. actual,
    expected: use of each. lower, upper: of the expected use of each hour; None of days, and where
    the model's statistics are unknown. cusum: of the history."""

    grain: Grain
    times: Times
    actual: Floats
    expected: Floats
    lower: Floats | None
    upper: Floats | None
    cusum: CusumRows


def performance_rows(
    model: Model,
    history: HourlyTable,
    first_hour: int,
    last_hour: int,
    confidence: float = 0.99,
) -> PerformanceRows:
    """The hours of [first_hour, last_hour) that can be compared, and the CUSUM of the history."""
    mask = (history.hours >= first_hour) & (history.hours < last_hour)
    compared = compared_hours(model, history, mask)
    sums = cusum(model, history)
    if last_hour - first_hour > MOST_HOURS:
        _, place = np.unique(history.local_day[compared.rows], return_inverse=True)
        middles = _means(history.hours[compared.rows].astype(np.float64), place)
        return PerformanceRows(
            grain="day",
            times=_times(middles.astype(np.int64)),
            actual=_sums(compared.actual, place),
            expected=_sums(compared.expected, place),
            lower=None,
            upper=None,
            cusum=sums,
        )
    chosen = np.zeros(len(history), dtype=np.bool_)
    chosen[compared.rows] = True
    found = predict_rows(model, history, chosen, confidence)
    return PerformanceRows(
        grain="hour",
        times=_times(history.hours[compared.rows]),
        actual=compared.actual,
        expected=compared.expected,
        lower=None if found.lower is None else found.lower[compared.rows],
        upper=None if found.upper is None else found.upper[compared.rows],
        cusum=sums,
    )


def _times(hours: Ints) -> Times:
    return hours.astype("datetime64[h]")


def _sums(values: Floats, place: Ints) -> Floats:
    return np.bincount(place, values).astype(np.float64)


def _means(values: Floats, place: Ints) -> Floats:
    return np.asarray(_sums(values, place) / np.bincount(place))
