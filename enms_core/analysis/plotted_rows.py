"""What a picture of a baseline shows: actual and expected use, sample by sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.hourly_samples import samples_of
from enms_core.analysis.hourly_table import Floats, HourlyTable
from enms_core.analysis.training_hours import counted
from enms_core.domain.baseline import Model

Times = NDArray[np.datetime64]
DAYS_OF_A_MEAN = 7


@dataclass(frozen=True)
class Swing:
    """How the use changes [unit of the source] when a driver rises by its standard deviation."""

    driver: str
    change: float


@dataclass(frozen=True)
class PlottedRows:
    """The samples of a training period with what a model expects of each.

    times: at which samples begin [UTC], rising. swings: of the drivers, the largest first.
    """

    times: Times
    actual: Floats
    expected: Floats
    swings: tuple[Swing, ...]

    @property
    def residuals(self) -> Floats:
        """actual - expected: above zero, more was used than expected."""
        return self.actual - self.expected


def plotted_rows(model: Model, table: HourlyTable) -> PlottedRows:
    """The hours (days) of a table that count for a model, with what it expects of each."""
    equation = model.equation
    # Where no such hour was left out, there was none, or they were asked for.
    is_backfill_left_out = model.sampling is None or "backfill" in model.sampling.left_out
    counts = counted(table, equation.drivers, equation.grain, not is_backfill_left_out)
    samples = samples_of(table, counts.mask, equation.grain)
    design = samples.design(equation)
    coefficients = np.array([term.coefficient for term in equation.terms])
    return PlottedRows(
        times=table.hours[samples.rows[samples.starts]].astype("datetime64[h]"),
        actual=samples.sums(table.quantity),
        expected=equation.intercept + design @ coefficients,
        swings=swings_of(equation.drivers, coefficients, design),
    )


def swings_of(drivers: tuple[str, ...], coefficients: Floats, columns: Floats) -> tuple[Swing, ...]:
    """Coefficient times standard deviation (n - 1) of each column, the largest first.

    >>> swings_of(("a", "b"), np.array([2.0, -3.0]), np.array([[1.0, 0.0], [3.0, 4.0]]))[0].driver
    'b'
    """
    spreads = np.std(columns, axis=0, ddof=1) if len(columns) > 1 else np.zeros(len(drivers))
    found = [
        Swing(driver, float(coefficient * spread))
        for driver, coefficient, spread in zip(drivers, coefficients, spreads, strict=True)
    ]
    return tuple(sorted(found, key=lambda swing: -abs(swing.change)))


def weekly_means(times: Times, values: Floats) -> tuple[Times, Floats]:
    """The mean of each seven days from the first one on that have values, and their middles."""
    days = times.astype("datetime64[D]").astype(np.int64)
    weeks = (days - days[0]) // DAYS_OF_A_MEAN
    numbers, place = np.unique(weeks, return_inverse=True)
    means = np.bincount(place, weights=values) / np.bincount(place)
    hours = 24 * DAYS_OF_A_MEAN * numbers + 12 * DAYS_OF_A_MEAN
    first_day = times[0].astype("datetime64[D]").astype("datetime64[h]")
    return first_day + hours.astype("timedelta64[h]"), means
