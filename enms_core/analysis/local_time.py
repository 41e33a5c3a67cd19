"""Wall times of a file as instants, in the order in which a meter wrote them.

A wall clock repeats an hour when it goes back and skips one when it goes forward; meters write
midnight as 0:00 of the day that ends. The order of the rows tells what is meant. Most rows need
none of it and are computed as arrays; those of the hour of a change are gone through one by one.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.change_walk import ChangeWalk
from enms_core.analysis.clock_changes import ClockChanges, Micros
from enms_core.analysis.import_chunk import Instants

Flags = NDArray[np.bool_]

_DAY = timedelta(days=1)
_DAY_US = 86_400_000_000
_HOUR_US = 3_600_000_000
_NOTHING = np.zeros(0, dtype=np.int64)
# So many of the last different stamps are kept: with the step to the last one, and with whether
# that step was from or to a midnight written at the end of its day.
_KEPT = 3


class LocalTimes:
    """The instants of a file's stamps, chunk by chunk; how it is cut makes no difference.

    zone: of stamps without an offset. is_end_stamp: a stamp tells the end of its interval.
    is_descending: the file runs newest first. is_of_days: one row a day, so that a midnight which
    the clocks went over is the beginning of its day, and an end within a day's last hour, as 23:59
    or 23:45, is that of the day.
    """

    def __init__(
        self, zone: ZoneInfo, is_end_stamp: bool, is_descending: bool, *, is_of_days: bool = False
    ) -> None:
        self._changes = ClockChanges(zone)
        self._is_end_stamp = is_end_stamp
        self._is_descending = is_descending
        self._is_of_days = is_of_days
        self._kept = _NOTHING
        self._last_instant: int | None = None

    def instants(
        self,
        wall_us: Micros,
        offset_us: Micros,
        has_offset: Flags,
        following_us: Micros = _NOTHING,
    ) -> tuple[Instants, Flags]:
        """Instants in UTC, and which stamps are none because the clocks went over them.

        following_us: wall times of the rows that come next, as many as are at hand. They are not
        answered for, but may tell what the last ones of these rows mean.
        """
        written = np.concatenate([self._kept, wall_us, following_us])
        told = written + _DAY_US * self._is_end_of_day(written)
        walls = self._ends_of_days(told)
        begin, end = len(self._kept), len(self._kept) + len(wall_us)
        chunk = walls[begin:end]
        by_offset = told[begin:end] - offset_us
        instants = np.where(has_offset, by_offset, self._changes.first_instants(chunk))
        changes = np.where(has_offset, -1, self._changes.near(chunk))
        skipped = self._go_through(walls, begin, changes, instants)
        self._keep(written[:end], instants)
        return instants.view("datetime64[us]"), skipped

    def _go_through(
        self, walls: Micros, begin: int, changes: NDArray[np.intp], instants: Micros
    ) -> Flags:
        """Put right the instants of rows near a change, and tell which of them are none."""
        skipped = np.zeros(len(instants), dtype=np.bool_)
        rows = np.flatnonzero(changes >= 0).tolist()
        if not rows:
            return skipped
        has_edges = self._is_end_stamp or self._is_of_days
        walk = ChangeWalk(
            self._changes, walls, has_edges=has_edges, is_descending=self._is_descending
        )
        for row in rows:
            previous = int(instants[row - 1]) if row else self._last_instant
            instant = walk.instant(begin + row, int(changes[row]), previous)
            if instant is None:
                skipped[row] = True
            else:
                instants[row] = instant
        return skipped

    def _is_end_of_day(self, walls: Micros) -> Flags:
        """Which 0:00 stand for 24:00: ends of intervals, written after their own day's rows."""
        is_midnight = walls % _DAY_US == 0
        if not self._is_end_stamp or not is_midnight.any():
            return np.zeros(len(walls), dtype=np.bool_)
        # A row that is written twice is one here.
        is_new = np.append(True, np.diff(walls) != 0)
        days = walls[is_new] // _DAY_US
        earlier, later = (1, -1) if not self._is_descending else (-1, 1)
        is_end = (_neighbours(days, earlier) == days) & (_neighbours(days, later) != days)
        is_end_of_day: Flags = is_midnight & is_end[np.cumsum(is_new) - 1]
        return is_end_of_day

    def _ends_of_days(self, walls: Micros) -> Micros:
        """The midnights that a daily file's ends stand for."""
        left = -walls % _DAY_US
        is_near = left < _HOUR_US if self._is_of_days and self._is_end_stamp else 0
        moved: Micros = walls + left * is_near
        return moved

    def _keep(self, written: Micros, instants: Micros) -> None:
        """What the rows that come next need of these."""
        is_last = np.append(np.diff(written) != 0, True)
        self._kept = written[is_last[: len(written)]][-_KEPT:]
        if len(instants):
            self._last_instant = int(instants[-1])


def _neighbours(values: Micros, distance: int) -> Micros:
    """Of each value the one before it (1) or after it (-1); at the end of all, none: -1."""
    moved = np.roll(values, distance)
    if len(moved):
        moved[0 if distance > 0 else -1] = -1
    return moved


def interval_starts(ends: Instants, interval: timedelta, zone: ZoneInfo) -> Instants:
    """Where intervals that end at these instants begin.

    A day before a midnight is the midnight before it, 23, 24 or 25 hours away, also before one that
    the clocks went over; shorter intervals are counted as they pass.
    """
    if interval % _DAY:
        return ends - np.timedelta64(interval)
    changes = ClockChanges(zone)
    walls = changes.midnights(ends.view(np.int64)) - interval // timedelta(microseconds=1)
    return changes.first_instants(walls).view("datetime64[us]")
