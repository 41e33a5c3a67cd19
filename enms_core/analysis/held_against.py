"""The hours of an SEU held against what a model expects of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt

import numpy as np

from enms_core.analysis.compared_hours import compared_hours
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable
from enms_core.analysis.prediction import SumPrediction, predict_sum
from enms_core.analysis.training_hours import ran
from enms_core.domain.baseline import Model
from enms_core.domain.performance import Deviation


@dataclass(frozen=True)
class HeldAgainst:
    """excess: actual - expected of each row of the table; 0 of those that are not compared.

    ran, whole: hours asked about in which the machines ran, and those of them with all readings.
    The rest as in SeuPerformance; found.rows is 0 where nothing can be compared.
    """

    found: SumPrediction
    excess: Floats
    ran: Bools
    whole: Bools
    actual: float
    actual_elsewhere: float
    hours_missing: float
    hours_partial: float


def hold_against(
    model: Model, table: HourlyTable, asked: Bools, confidence: float = 0.90
) -> HeldAgainst:
    """The hours asked about in which the machines ran and everything is known."""
    running = ran(table, model.equation.drivers) & asked
    whole = running & table.is_complete & np.isfinite(table.quantity)
    found = predict_sum(model, table, whole, confidence)
    compared = compared_hours(model, table, asked)
    excess, is_elsewhere = np.zeros(len(table)), asked.copy()
    excess[compared.rows], is_elsewhere[compared.rows] = compared.rest, False
    return HeldAgainst(
        found=found,
        excess=excess,
        ran=running,
        whole=whole,
        actual=float(compared.actual.sum()),
        actual_elsewhere=float(np.nansum(table.quantity[is_elsewhere])),
        hours_missing=found.missing + int((running & ~whole).sum()),
        hours_partial=int(((table.running > 0.0) & ~running & asked).sum()),
    )


def untold(held: HeldAgainst, table: HourlyTable, drivers: Sequence[str]) -> tuple[str, ...]:
    """Drivers that are known in no whole hour of running; where there are none such, those that are
    not known in all of them."""
    if not held.whole.any():
        return ()
    known = {name: np.isfinite(table.drivers[name])[held.whole] for name in drivers}
    nothing = tuple(name for name, is_known in known.items() if not is_known.any())
    return nothing or tuple(name for name, is_known in known.items() if not is_known.all())


def only(table: HourlyTable, asked: Bools) -> HourlyTable:
    """A table in which the readings of hours that are not asked about are not there."""
    return replace(table, is_complete=table.is_complete & asked)


def together(deviations: Sequence[Deviation]) -> Deviation:
    """Sums of uses whose errors are independent: the halves of their intervals add up in squares.

    >>> parts = [Deviation(12, 10, 7, 13, 90, 5), Deviation(21, 20, 16, 24, 90, 5)]
    >>> whole = together(parts)
    >>> whole.quantity, whole.lower, whole.upper
    (3.0, 25.0, 35.0)
    """
    expected = fsum(each.expected for each in deviations)
    halves = [_half(each) for each in deviations]
    known = [half for half in halves if half is not None]
    half = sqrt(fsum(each**2 for each in known)) if len(known) == len(halves) else None
    return replace(
        deviations[0],
        actual=fsum(each.actual for each in deviations),
        expected=expected,
        lower=None if half is None else expected - half,
        upper=None if half is None else expected + half,
    )


def _half(deviation: Deviation) -> float | None:
    if deviation.lower is None or deviation.upper is None:
        return None
    return (deviation.upper - deviation.lower) / 2.0
