"""What a model leaves unexplained, day by day: the series in which changes are looked for.

Days, because errors of hours are alike for hours, and those of days hardly hang together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from enms_core.analysis.compared_hours import Compared
from enms_core.analysis.daily_significance import daily_sums
from enms_core.analysis.error_shape import relative_spread
from enms_core.analysis.hourly_table import Floats, HourlyTable, Ints
from enms_core.analysis.orthonormal import beside, orthonormal
from enms_core.domain.baseline import Model

# Limits of how much errors of one day are alike; measured on steps from day to day.
ALIKE = (0.05, 0.9)
# Median of the square of a standard normal value.
MEDIAN_SQUARE = 0.4549
# Drivers that a model leaves out, such as the calorific value of a gas, are allowed for where
# stretches of so many days by themselves show them so surely, in so large a share of the days.
BLOCK_DAYS = 30
SHOWN_T = 4.0
KNOWN_SHARE = 0.98
MOST_OTHERS = 2


@dataclass(frozen=True)
class DailyRests:
    """Means per compared hour, one row per local day with any, divided by their spread.

    day: numbers of local days. begins: hour since 1970 at which each begins. weight: one over the
    spread of a day's mean, 1 for a usual day. rest: actual - expected. expected, columns (days x
    drivers): weighted likewise. others: drivers beyond the model's that are among the columns.
    """

    day: Ints
    begins: Ints
    hours: Floats
    weight: Floats
    rest: Floats
    expected: Floats
    columns: Floats
    others: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.day)


def daily_rests(model: Model, table: HourlyTable, compared: Compared) -> DailyRests:
    """The days of the hours that are compared, with drivers that the model misses."""
    rows = compared.rows
    columns = np.column_stack([compared.expected, compared.design])
    sums = daily_sums(table.local_day[rows], columns, compared.rest)
    means = sums.design / sums.samples[:, None]
    weight = _weights(model, compared, sums.target / sums.samples, means[:, 0], sums.samples)
    found = DailyRests(
        day=sums.day,
        begins=_beginnings(table, sums.day),
        hours=sums.samples,
        weight=weight,
        rest=weight * sums.target / sums.samples,
        expected=weight * means[:, 0],
        columns=weight[:, None] * np.column_stack([np.ones(len(means)), means[:, 1:]]),
    )
    return _with_others(model, table, compared.rows, found)


def _beginnings(table: HourlyTable, days: Ints) -> Ints:
    first = np.searchsorted(table.local_day, days)
    return np.asarray(table.hours[first], dtype=np.int64)


def _weights(model: Model, compared: Compared, mean: Floats, use: Floats, hours: Floats) -> Floats:
    """Variance of a day's mean of n hours: r + (1 - r) / n, r how much errors of a day are alike;
    with the use, the spread grows as the model knows it."""
    of_days = _usual_square(np.diff(mean)) / 2.0
    of_hours = _usual_square(compared.rest - np.median(compared.rest))
    alike = float(np.clip(of_days / of_hours if of_hours > 0.0 else 0.0, *ALIKE))
    spread = np.sqrt(alike + (1.0 - alike) / hours)
    statistics = model.statistics
    if statistics is not None and statistics.spread_slope:
        spread = spread * relative_spread(use, statistics.mean_use, statistics.spread_slope)
    weight: Floats = np.median(spread) / spread
    return weight


def _usual_square(errors: Floats) -> float:
    """Variance of normal errors by the median of their squares, which a few large ones spare."""
    return float(np.median(np.square(errors))) / MEDIAN_SQUARE if len(errors) else 0.0


def _with_others(model: Model, table: HourlyTable, rows: Ints, rests: DailyRests) -> DailyRests:
    """Adds drivers of the table that the model leaves out and that show within 30 days.

    What changes once and stays, as a change of the machine does, shows in none but one of them.
    """
    names = [name for name in table.drivers if name not in model.equation.drivers]
    for _ in range(MOST_OTHERS):
        known = {name: _mean_of(table, name, rows, rests) for name in names}
        told = {name: column for name, column in known.items() if column is not None}
        shown = {name: _shown(rests, column) for name, column in told.items()}
        best = max(shown, key=lambda name: shown[name], default=None)
        if best is None or shown[best] < SHOWN_T:
            break
        rests = _joined(rests, best, told[best])
        names.remove(best)
    return rests


def _joined(rests: DailyRests, name: str, column: Floats) -> DailyRests:
    columns = np.column_stack([rests.columns, rests.weight * column])
    return replace(rests, columns=columns, others=(*rests.others, name))


def _mean_of(table: HourlyTable, name: str, rows: Ints, rests: DailyRests) -> Floats | None:
    """A driver's mean of each day; None where it is not known of all, or never varies."""
    values = table.drivers[name][rows]
    known = np.isfinite(values)
    if known.mean() < KNOWN_SHARE or not np.ptp(values[known]) > 0.0:
        return None
    filled = np.where(known, values, values[known].mean())
    sums = daily_sums(table.local_day[rows], np.zeros((len(rows), 0)), filled)
    means: Floats = sums.target / sums.samples
    return means if np.ptp(means) > 0.0 else None


def _shown(rests: DailyRests, column: Floats) -> float:
    """|t| of a further driver in days less the mean of their 30 days."""
    block = (rests.day - rests.day[0]) // BLOCK_DAYS
    base = np.column_stack([rests.columns[:, 1:], rests.weight * column, rests.rest])
    within = _less_means(base / rests.weight[:, None], block) * rests.weight[:, None]
    left = beside(within[:, -2:], orthonormal(within[:, :-2]))
    square, product = float(left[:, 0] @ left[:, 0]), float(left[:, 0] @ left[:, 1])
    freedom = len(block) - len(np.unique(block)) - within.shape[1] + 1
    if not square > 1e-9 * float(within[:, -2] @ within[:, -2]) or freedom < 1:
        return 0.0
    variance = (float(left[:, 1] @ left[:, 1]) - product**2 / square) / freedom
    return abs(product) / np.sqrt(square * variance) if variance > 0.0 else 0.0


def _less_means(columns: Floats, block: Ints) -> Floats:
    _, place = np.unique(block, return_inverse=True)
    size = np.bincount(place)
    means = np.array([np.bincount(place, column) / size for column in columns.T]).T
    level: Floats = columns - means[place]
    return level
