"""Running in hours of the week in which machines used to stand still.

The usual week is that before a change of the running: of all days, the one that splits the hours of
running by hour of the week into the likeliest before and after (Bernoulli likelihood, BIC).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

import numpy as np
from scipy.special import xlogy

from enms_core.analysis.base_load import OffUse, off_use
from enms_core.analysis.claims import DAYS_OF_WEEK, HOURS_OF_WEEK, Asked, Claim, weekly_of
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable, Ints
from enms_core.analysis.idle import is_producing
from enms_core.domain.opportunity import Thresholds

DAY_HOURS = 24
SECONDS_OF_HOUR = 3600
# Weeks that tell the usual week, and days of running at other times that tell a lasting change.
USUAL_WEEKS = 4
LASTING_DAYS = 3
# Shares of an hour of the week: below the first it usually stands still, above the second it runs.
STANDS, RUNS = 0.1, 0.5


@dataclass(frozen=True)
class WeekChange:
    """since: row from which on the machines run at other times; shares: of running before, by hour
    of the week."""

    since: int
    shares: Floats


def schedule(asked: Asked, thresholds: Thresholds) -> Claim | None:
    """Use in hours of running outside the usual week, above that while off.

    Where something is made then, the hours are worked and not claimed.
    """
    table = asked.table
    if np.isnan(table.running).all():
        return None
    week = hour_of_week(table)
    change = week_change(table, week)
    shares = change.shares if change else _usual_shares(asked, week)
    if shares is None:
        return None
    outside = (shares[week] <= STANDS) & (np.nan_to_num(table.running) >= RUNS)
    outside &= ~is_producing(table) & asked.is_known
    if change is not None:
        outside[: change.since] = False
    since = int(table.hours[change.since]) if change else None
    return _claim(asked, outside, since, off_use(asked), thresholds)


def hour_of_week(table: HourlyTable) -> Ints:
    """The hour of the local week [0..167] of each row; which day is 0 follows local_day.

    The place in its local day; of days with a clock change what is after two o'clock, and of the
    first day all, is counted from their end.
    """
    _, place, count = np.unique(table.local_day, return_inverse=True, return_counts=True)
    begins = np.concatenate([[0], np.cumsum(count)[:-1]])
    position = np.arange(len(table)) - begins[place]
    from_end = DAY_HOURS - (count[place] - position)
    is_last = place == place[-1] if len(place) else np.zeros(0, dtype=np.bool_)
    is_first = place == 0
    late = np.where(is_last, position, np.maximum(from_end, 2))
    hour = np.where(is_first, from_end, np.where(position < 2, position, late))
    return np.asarray(table.local_day % DAYS_OF_WEEK * DAY_HOURS + np.clip(hour, 0, 23))


def week_change(table: HourlyTable, week: Ints) -> WeekChange | None:
    """The day from which on machines run in hours of the week in which they stood still."""
    known = np.isfinite(table.running)
    ran = known & (np.nan_to_num(table.running) >= RUNS)
    _, day = np.unique(table.local_day, return_inverse=True)
    days = int(day[-1]) + 1
    least, last = USUAL_WEEKS * DAYS_OF_WEEK, days - LASTING_DAYS + 1
    if last <= least:
        return None
    count = _running_sums(day, week, known, days)
    runs = _running_sums(day, week, ran, days)
    before = count[least:last], runs[least:last]
    after = count[-1] - before[0], runs[-1] - before[1]
    gain = _gains(before, after, runs[-1], count[-1])
    best = int(gain.argmax())
    shares = _shares(before[1][best], before[0][best])
    new_days = np.unique(day[ran & (day >= least + best) & (shares[week] <= STANDS)])
    if not gain[best] > 0.0 or len(new_days) < LASTING_DAYS:
        return None
    return WeekChange(int(np.searchsorted(day, new_days[0])), shares)


def _running_sums(day: Ints, week: Ints, marks: Bools, days: int) -> Floats:
    """By day and hour of the week, how many rows before that day are marked."""
    cells = np.bincount(day * HOURS_OF_WEEK + week, weights=marks, minlength=days * HOURS_OF_WEEK)
    sums = np.zeros((days + 1, HOURS_OF_WEEK))
    np.cumsum(cells.reshape(days, HOURS_OF_WEEK), axis=0, out=sums[1:])
    return sums


def _gains(
    before: tuple[Floats, Floats], after: tuple[Floats, Floats], ran: Floats, known: Floats
) -> Floats:
    """By day, the gain of likelihood above BIC's price of a share for each hour that is new."""
    is_new = _shares(before[1], before[0]) <= STANDS
    is_new &= (_shares(after[1], after[0]) >= RUNS) & (before[0] >= USUAL_WEEKS - 1)
    some = is_new.any(axis=0)
    (known_before, ran_before), (known_after, ran_after) = (
        (each[0][:, some], each[1][:, some]) for each in (before, after)
    )
    parts = _likelihood(ran_before, known_before) + _likelihood(ran_after, known_after)
    price = 0.5 * np.log(np.maximum(known[some], 1.0))
    gain = parts - _likelihood(ran[some], known[some]) - price
    total: Floats = np.where(is_new[:, some], gain, 0.0).sum(axis=1)
    return total


def _likelihood(ran: Floats, known: Floats) -> Floats:
    """Log-likelihood of so many hours of running at their own share."""
    share = _shares(ran, known)
    return np.asarray(xlogy(ran, share) + xlogy(known - ran, 1.0 - share), dtype=np.float64)


def _shares(ran: Floats, known: Floats) -> Floats:
    return np.divide(ran, known, out=np.zeros_like(ran), where=known > 0.0)


def _usual_shares(asked: Asked, week: Ints) -> Floats | None:
    """Of the hours before the period; None where these are less than some weeks."""
    rows = asked.is_before & np.isfinite(asked.table.running)
    known = np.bincount(week[rows], minlength=HOURS_OF_WEEK).astype(np.float64)
    if known.min() < USUAL_WEEKS:
        return None
    weights = (asked.table.running[rows] >= RUNS).astype(np.float64)
    ran = np.bincount(week[rows], weights=weights, minlength=HOURS_OF_WEEK)
    return _shares(np.asarray(ran, dtype=np.float64), known)


def _claim(
    asked: Asked, outside: Bools, since: int | None, off: OffUse, thresholds: Thresholds
) -> Claim | None:
    table = asked.table
    rows = outside & asked.is_in
    counted = asked.is_in & (table.hours >= (asked.first_hour if since is None else since))
    # Of less than a week, the hours as they are.
    value = int(rows.sum()) / max(int(counted.sum()) / HOURS_OF_WEEK, 1.0)
    if not value > thresholds.schedule_hours:
        return None
    claimed = asked.capped(table.quantity - off.per_hour, outside)
    evidence = {
        "hours": float(rows.sum()),
        "per_hour": float(table.quantity[rows].mean()),
        "off_per_hour": off.per_hour,
        "off_hours": float(off.hours),
    }
    return Claim(
        "schedule",
        asked.inside(claimed),
        weekly_of(asked, claimed, since),
        value,
        thresholds.schedule_hours,
        since=None if since is None else instant(since),
        suspicion="schedule",
        evidence=evidence,
    )


def instant(hour: int) -> datetime:
    """The begin of an hour since 1970 [UTC]."""
    return datetime.fromtimestamp(hour * SECONDS_OF_HOUR, timezone.utc)
