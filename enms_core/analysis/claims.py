"""What rules claim could be saved, hour by hour, and what all claims together save at most once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from scipy.special import stdtrit

from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable, Ints
from enms_core.analysis.training_hours import SHORTEST_DAY_H
from enms_core.domain.causes import Suspicion
from enms_core.domain.opportunity import OpportunityKind

DAYS_OF_WEEK = 7
HOURS_OF_WEEK = 168
RECENT_WEEKS = 4
CONFIDENCE = 0.95
# Days of which the scatter of a mean can be told.
ENOUGH_DAYS = 3


@dataclass(frozen=True)
class Weekly:
    """What a usual week would save. lower, upper: it lies between them in 95 % of the cases; None
    where too few days tell."""

    quantity: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Claim:
    """What one rule claims of an SEU, in the unit of its source.

    per_hour: of each row of the table, never more than was used in it; 0 outside the period asked
    about. weekly: in a usual week since it is so. value, threshold: the figure that the rule looks
    at, and the one that it is beyond. since: None where it was always so. evidence: named figures
    that the claim rests on, of the period.
    """

    kind: OpportunityKind
    per_hour: Floats
    weekly: Weekly
    value: float
    threshold: float
    since: datetime | None = None
    suspicion: Suspicion | None = None
    evidence: Mapping[str, float] = field(default_factory=dict)

    @property
    def quantity(self) -> float:
        """Over the period asked about."""
        return float(self.per_hour.sum())


@dataclass(frozen=True)
class Asked:
    """An SEU's hours, and which of them are asked about: [first_hour, last_hour).

    What a usual week is like is told by four weeks up to last_hour at least.
    """

    table: HourlyTable
    first_hour: int
    last_hour: int

    @property
    def is_in(self) -> Bools:
        """Rows of the period."""
        hours = self.table.hours
        return np.asarray((hours >= self.first_hour) & (hours < self.last_hour))

    @property
    def is_recent(self) -> Bools:
        """Rows of the period and of four weeks up to its end."""
        first = min(self.first_hour, self.last_hour - RECENT_WEEKS * HOURS_OF_WEEK)
        return np.asarray((self.table.hours >= first) & (self.table.hours < self.last_hour))

    @property
    def is_before(self) -> Bools:
        """Rows before the period."""
        return np.asarray(self.table.hours < self.first_hour)

    @property
    def is_known(self) -> Bools:
        """Rows of any time of which the use is known."""
        return np.asarray(self.table.is_complete & np.isfinite(self.table.quantity))

    @property
    def use(self) -> float:
        """What was used in the period, as far as that is known."""
        return float(self.table.quantity[self.is_in & self.is_known].sum())

    def capped(self, claimed: Floats, rows: Bools) -> Floats:
        """Claims of some rows, as far as they are recent: none below zero, none beyond what was
        used."""
        used = np.maximum(np.nan_to_num(self.table.quantity), 0.0)
        recent = np.where(rows & self.is_recent & self.is_known, np.nan_to_num(claimed), 0.0)
        return np.asarray(np.clip(recent, 0.0, used))

    def inside(self, claimed: Floats) -> Floats:
        """Claims of the period."""
        return np.where(self.is_in, claimed, 0.0)

    def percent(self, claimed: Floats) -> float:
        """Share of the period's use."""
        return 100.0 * float(claimed.sum()) / self.use if self.use > 0.0 else 0.0


def distinct(claims: Sequence[Claim]) -> Floats:
    """What all claims of one SEU save in each hour: the greatest of them, so no use counts twice.

    >>> distinct([])
    array([], dtype=float64)
    """
    if not claims:
        return np.zeros(0)
    greatest: Floats = np.max([each.per_hour for each in claims], axis=0)
    return greatest


def weekly_of(asked: Asked, claimed: Floats, since: int | None = None) -> Weekly:
    """A usual week of recent claims: the sum of the mean Monday, Tuesday, ... with its interval.

    since: hour from which on days count. Of less than two whole weeks the mean day counts seven
    times, and weekdays that differ widen the interval; of fewer than three days the hours alone
    tell, without an interval.
    """
    rows = asked.is_recent & asked.is_known
    if since is not None:
        rows = rows & (asked.table.hours >= since)
    hours = int(rows.sum())
    if not hours:
        return Weekly(0.0, None, None)
    days, weekday = _by_day(asked.table, claimed, rows)
    if len(days) < ENOUGH_DAYS:
        return Weekly(float(claimed[rows].sum()) * HOURS_OF_WEEK / hours, None, None)
    counts = np.bincount(weekday, minlength=DAYS_OF_WEEK)
    if counts.min() < 2:
        weekday, counts = np.zeros(len(days), dtype=np.int64), np.array([len(days)])
    return _week(days, weekday, counts)


def _week(days: Floats, weekday: Ints, counts: Ints) -> Weekly:
    """Σ mean of each kind of day, ± t s √(Σ 1/n) of the scatter within the kinds."""
    of_kind = DAYS_OF_WEEK / len(counts)
    means = np.bincount(weekday, weights=days) / counts
    freedom = len(days) - len(counts)
    spread = float(np.sqrt(np.square(days - means[weekday]).sum() / freedom))
    quantity = of_kind * float(means.sum())
    error = of_kind * spread * float(np.sqrt((1.0 / counts).sum()))
    half = float(stdtrit(freedom, 0.5 + CONFIDENCE / 2.0)) * error
    return Weekly(quantity, max(quantity - half, 0.0), quantity + half)


def _by_day(table: HourlyTable, claimed: Floats, rows: Bools) -> tuple[Floats, Ints]:
    """Claims of the local days, each as of 24 hours, and their weekdays; days of which hours are
    missing are left out."""
    days, place = np.unique(table.local_day[rows], return_inverse=True)
    hours = np.bincount(place)
    sums = np.bincount(place, weights=claimed[rows])
    is_whole = hours >= SHORTEST_DAY_H
    return np.asarray(24.0 * sums[is_whole] / hours[is_whole]), days[is_whole] % DAYS_OF_WEEK
