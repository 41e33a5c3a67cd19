"""Where a running day ends if it goes on as usual: so far, and the remainder of a usual day.

projection = so far + R (1 + D (L - 1)): R is the median use of the hours that are left, over the
same weekday of the last weeks, L the use so far as a share of the median of these days, D how much
of it is believed. Hours of the day that are not over, or have no reading, are the ones left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable, Ints
from enms_core.analysis.likely_running import week_hours
from enms_core.analysis.training_hours import SHORTEST_DAY_H
from enms_core.domain.performance import Projection

# Same weekdays that a usual one is made of: at most, and at least.
MOST_WEEKS, LEAST_WEEKS = 8, 4
# How much of a higher or lower level so far is believed to go on.
DAMPING = 0.75
HIGHEST_LEVEL = 3.0
# Days whose projection at the same hour tells how far off it is: at most, and at least.
MOST_TRIALS, LEAST_TRIALS = 56, 20
# So many weeks of hours a projection with its interval looks at.
WEEKS_LOOKED_AT = MOST_WEEKS + MOST_TRIALS // 7
HOURS_OF_DAY = 24
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class _Days:
    """Use of whole days before and after the hours that are known. number: of the local day."""

    number: Ints
    early: Floats
    late: Floats


def project_day(
    table: HourlyTable, day: int, zone: ZoneInfo, confidence: float = 0.90
) -> Projection | None:
    """The projection of a local day, from its own hours and those of the days before it.

    None where fewer than four same weekdays are whole, or no hour of the day is known. lower,
    upper: quantiles of how far off it was on the days before; None of fewer than twenty.
    """
    wall_hours = week_hours(table.hours, zone) % HOURS_OF_DAY
    is_known = table.is_complete & np.isfinite(table.quantity)
    own = (table.local_day == day) & is_known
    if not own.any():
        return None
    days = _days_before(table, day, is_known, np.isin(wall_hours, wall_hours[own]))
    so_far = float(table.quantity[own].sum())
    rest, weeks = _rest(days, day, so_far)
    if rest is None:
        return None
    errors = _errors(days, day)
    if rest <= 0.0 or len(errors) < LEAST_TRIALS:
        return Projection(so_far + rest, None, None, weeks)
    low, high = _bounds(errors, confidence)
    return Projection(so_far + rest, so_far + rest * low, so_far + rest * high, weeks)


def _days_before(table: HourlyTable, day: int, is_known: Bools, is_early: Bools) -> _Days:
    """The days before one that are whole."""
    before = table.local_day < day
    numbers, of_row = np.unique(table.local_day[before], return_inverse=True)
    whole = np.bincount(of_row, weights=is_known[before]) == np.bincount(of_row)
    whole &= np.bincount(of_row) >= SHORTEST_DAY_H
    use = np.nan_to_num(table.quantity[before])
    early = np.bincount(of_row, weights=use * is_early[before])
    late = np.bincount(of_row, weights=use * ~is_early[before])
    return _Days(numbers[whole], early[whole], late[whole])


def _rest(days: _Days, day: int, so_far: float) -> tuple[float | None, int]:
    """What is left of a day by the rule, and of how many weeks; None of too few."""
    distance = day - days.number
    is_alike = (distance > 0) & (distance % DAYS_OF_WEEK == 0)
    is_alike &= distance <= DAYS_OF_WEEK * MOST_WEEKS
    weeks = int(is_alike.sum())
    if weeks < LEAST_WEEKS:
        return None, weeks
    early, late = float(np.median(days.early[is_alike])), float(np.median(days.late[is_alike]))
    level = float(np.clip(so_far / early, 0.0, HIGHEST_LEVEL)) if early > 0.0 else 1.0
    return late * (1.0 + DAMPING * (level - 1.0)), weeks


def _errors(days: _Days, day: int) -> Floats:
    """What was left of each day before, as a multiple of what the rule would have told."""
    found: list[float] = []
    last = np.flatnonzero(days.number >= day - MOST_TRIALS)
    for place in last:
        rest, _ = _rest(days, int(days.number[place]), float(days.early[place]))
        if rest is not None and rest > 0.0:
            found.append(float(days.late[place]) / rest)
    return np.array(found)


def _bounds(errors: Floats, confidence: float) -> Sequence[float]:
    """The quantiles that leave so much in between, one day more being to come."""
    tail = (1.0 - confidence) / 2.0
    share = max(0.0, (tail * (len(errors) + 1) - 1.0) / (len(errors) - 1))
    low, high = np.quantile(errors, [share, 1.0 - share])
    return min(float(low), 1.0), max(float(high), 1.0)
