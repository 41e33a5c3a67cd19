"""What a plan has saved: use as it would have gone on, held against use after its completion.

Where the waste shows against the baseline: as the baseline expects, and in each hour of running by
as much more as before the plan was made. Where it lies in hours that the baseline does not look at
(while idle, off, or outside the usual times): as much of it as before in each hour of that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from enms_core.analysis.arising_hours import arising
from enms_core.analysis.base_load import ENOUGH_HOURS as ENOUGH_OFF_HOURS
from enms_core.analysis.base_load import is_off
from enms_core.analysis.compared_hours import compared_hours
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable
from enms_core.analysis.idle import is_idle, is_producing
from enms_core.analysis.savings import savings_of
from enms_core.analysis.schedule import hour_of_week
from enms_core.domain.action_plan import ActionKey
from enms_core.domain.baseline import Model

CONFIDENCE = 0.90
# Hours that tell something, and days of a scatter.
ENOUGH_HOURS, ENOUGH_DAYS = 24, 3
HOURS_OF_DAY, HOURS_OF_MONTH = 24.0, 8766 / 12


@dataclass(frozen=True)
class Verified:
    """expected: as it would have gone on. hours: compared after the completion. uncertainty: half
    of the interval; None where the scatter is unknown. excess_per_hour: of the time before."""

    expected: float
    actual: float
    uncertainty: float | None
    excess_per_hour: float
    hours: float

    @property
    def quantity(self) -> float:
        return self.expected - self.actual

    @property
    def percent(self) -> float | None:
        return 100.0 * self.quantity / self.expected if self.expected > 0.0 else None

    @property
    def is_significant(self) -> bool | None:
        return None if self.uncertainty is None else abs(self.quantity) > self.uncertainty


def verified(model: Model, table: HourlyTable, before: Bools, after: Bools) -> Verified | None:
    """By a baseline. before, after: rows of the table; without hours before, the baseline alone
    tells how it would have gone on. None where too few hours after can be compared."""
    now, then = (compared_hours(model, table, rows) for rows in (after, before))
    if len(now) < ENOUGH_HOURS:
        return None
    is_known = len(then) >= ENOUGH_HOURS
    excess = float(then.rest.mean()) if is_known else 0.0
    expected, actual = float(now.expected.sum()), float(now.actual.sum())
    halves = [_half(model, now.expected, actual)]
    if is_known:
        half = _half(model, then.expected, float(then.actual.sum()))
        halves.append(half and half * len(now) / len(then))
    known = [half for half in halves if half is not None]
    return Verified(
        expected=expected + excess * len(now),
        actual=actual,
        uncertainty=sqrt(sum(half**2 for half in known)) if len(known) == len(halves) else None,
        excess_per_hour=excess,
        hours=float(len(now)),
    )


def _half(model: Model, expected: Floats, actual: float) -> float | None:
    """Uncertainty of expected - actual over hours, by ASHRAE Guideline 14."""
    if model.statistics is None:
        return None
    months, total = len(expected) / HOURS_OF_MONTH, float(expected.sum())
    grain = model.equation.grain
    samples = len(expected) if grain == "hour" else max(1, round(len(expected) / HOURS_OF_DAY))
    found = savings_of(total, actual, model.statistics, samples, months, grain, CONFIDENCE)
    return found.uncertainty


@dataclass(frozen=True)
class Waste:
    """per_hour: use of each row that a plan is against, 0 where there is none. can_be: rows in
    which there can be any: that more is made, and less time is left for waste, is no saving."""

    per_hour: Floats
    can_be: Bools


def wasted_less(table: HourlyTable, waste: Waste, before: Bools, after: Bools) -> Verified | None:
    """By what was wasted in an hour in which something can be.

    None where there are too few such hours, before or after.
    """
    known = table.is_complete & np.isfinite(table.quantity)
    then, now = known & waste.can_be & before, known & waste.can_be & after
    if min(int(then.sum()), int(now.sum())) < ENOUGH_HOURS:
        return None
    wasted = waste.per_hour
    rate, hours = float(wasted[then].mean()), float(now.sum())
    actual = float(table.quantity[known & after].sum())
    saved = (rate - float(wasted[now].mean())) * hours
    return Verified(
        expected=actual + saved,
        actual=actual,
        uncertainty=_scatter(_by_day(table, wasted, then), _by_day(table, wasted, now), hours),
        excess_per_hour=rate,
        hours=hours,
    )


def _by_day(table: HourlyTable, waste: Floats, rows: Bools) -> Floats:
    """The mean of an hour of each day, of days with at least half as many hours as most have."""
    _, place = np.unique(table.local_day[rows], return_inverse=True)
    counts = np.bincount(place)
    enough = counts >= np.median(counts) / 2.0
    return np.asarray((np.bincount(place, weights=waste[rows]) / counts)[enough])


def _scatter(before: Floats, after: Floats, hours: float) -> float | None:
    """Half of the interval of a difference of two means of days (Welch), over hours."""
    if min(len(before), len(after)) < ENOUGH_DAYS:
        return None
    errors = [float(days.var(ddof=1)) / len(days) for days in (before, after)]
    total = sum(errors)
    if total == 0.0:
        return 0.0
    weights = zip(errors, (before, after), strict=True)
    freedom = total**2 / sum(error**2 / (len(days) - 1) for error, days in weights)
    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2.0)) * sqrt(total) * hours


def wasted_idle(table: HourlyTable, _since: datetime | None, _made: float) -> Waste:
    """What idling uses above being off, of the hours in which nothing is made."""
    idles, off = is_idle(table), is_off(table)
    above = np.maximum(np.nan_to_num(table.quantity) - _while_off(table, off), 0.0)
    return Waste(np.where(idles, above, 0.0), np.asarray(idles | off))


def wasted_off(table: HourlyTable, _since: datetime | None, _made: float) -> Waste:
    off = is_off(table)
    return Waste(np.where(off, np.nan_to_num(table.quantity), 0.0), off)


def _while_off(table: HourlyTable, off: Bools) -> float:
    """The median use of an hour while off; 0 where too few tell, as the claim has it."""
    used = table.quantity[off & table.is_complete & np.isfinite(table.quantity)]
    return float(np.median(used)) if len(used) >= ENOUGH_OFF_HOURS else 0.0


def wasted_outside(table: HourlyTable, since: datetime | None, made: float) -> Waste:
    """Use without output in the hours of the week in which machines ran outside their times when
    the plan was made (hour since 1970)."""
    past = _up_to(table, int((table.hours < made).sum()))
    arises = arising(past, "schedule", since) > 0.0
    week = hour_of_week(table)
    inside = np.isin(week, np.unique(week[: len(past)][arises])) & ~is_producing(table)
    return Waste(np.where(inside, np.nan_to_num(table.quantity), 0.0), np.asarray(inside))


def _up_to(table: HourlyTable, rows: int) -> HourlyTable:
    """The first rows."""
    columns = {name: getattr(table, name)[:rows] for name in COLUMNS}
    drivers = {name: column[:rows] for name, column in table.drivers.items()}
    return replace(table, **columns, drivers=drivers)


COLUMNS = (
    "hours",
    "local_day",
    "quantity",
    "is_complete",
    "is_backfilled",
    "running",
    "is_stopped",
)
# Problems that a baseline does not look at, with what of each hour is wasted.
WASTES: Mapping[ActionKey, Callable[[HourlyTable, datetime | None, float], Waste]] = {
    "schedule": wasted_outside,
    "standby": wasted_idle,
    "idle": wasted_idle,
    "base_load": wasted_off,
}
