"""When the clocks of a zone change, as arrays: wall times to instants, many at once."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.grid import microseconds, moment_of

Micros = NDArray[np.int64]  # µs since 1970: by a wall clock, or in UTC

_FIRST = datetime(1979, 12, 1, tzinfo=timezone.utc)
_LAST = datetime(2100, 2, 1, tzinfo=timezone.utc)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_DAY_US = microseconds(_DAY)


class ClockChanges:
    """The changes of a zone's offset from UTC, from 1980 to 2099, in the order of time [µs].

    at: their instants. before, after: the offsets on either side. lower, upper: the two wall times
    of each. Between them lies the hour that is skipped where the clocks go forward, and the one
    that is repeated where they go back.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        first = _offset(zone, _FIRST)
        # A change that changes nothing begins the list, so that it is never empty.
        found = [(moment_of(_FIRST), first, first), *_changes(zone)]
        self.at, self.before, self.after = np.array(found, dtype=np.int64).T
        self.lower: Micros = self.at + np.minimum(self.before, self.after)
        self.upper: Micros = self.at + np.maximum(self.before, self.after)
        self._offsets: Micros = np.append(first, self.after)

    def wall(self, instants: Micros) -> Micros:
        """What the clocks show at instants in UTC."""
        offsets: Micros = self._offsets[np.searchsorted(self.at, instants, side="right")]
        return instants + offsets

    def midnights(self, instants: Micros) -> Micros:
        """The same, but for a change that went over midnight: that midnight, which nobody saw."""
        change = np.searchsorted(self.at, instants, side="right") - 1
        is_skipped = (
            (self.at[change] == instants)
            & (self.after > self.before)[change]
            & (self.lower[change] % _DAY_US == 0)
        )
        return np.where(is_skipped, self.lower[change], self.wall(instants))

    def first_instants(self, walls: Micros) -> Micros:
        """When the clocks first showed these times; where they went over one, the instant of that.

        The time of the larger wall time of a change is after it, and told by the new offset.
        """
        instants = walls - self._offsets[np.searchsorted(self.upper, walls, side="right")]
        change = np.searchsorted(self.lower, walls, side="right") - 1
        is_skipped = (self.after > self.before)[change] & (walls < self.upper[change])
        return np.where(is_skipped, self.at[change], instants)

    def offsets_between(self, first_wall: int, last_wall: int) -> Micros:
        """The offsets from UTC that are in force while the clocks go from one time to another."""
        first, last = np.searchsorted(self.upper, [first_wall, last_wall], side="right")
        return np.unique(self._offsets[first : last + 1])

    def near(self, walls: Micros) -> NDArray[np.intp]:
        """The change between whose two wall times, both included, a wall time lies; -1 for none."""
        change = np.searchsorted(self.lower, walls, side="right") - 1
        return np.where(walls <= self.upper[change], change, -1)


@lru_cache(maxsize=64)
def _changes(zone: ZoneInfo) -> list[tuple[int, int, int]]:
    """Instant, offset before, offset after [µs]. Remembered: to find them takes some hundredths of
    a second."""
    changes = []
    day, before = _FIRST, _offset(zone, _FIRST)
    while day < _LAST:
        following = day + _DAY
        after = _offset(zone, following)
        if after != before:
            changes.append((moment_of(_change_between(zone, day, following)), before, after))
        day, before = following, after
    return changes


def _change_between(zone: ZoneInfo, first: datetime, last: datetime) -> datetime:
    """The second from which the offset is that of `last`."""
    after = _offset(zone, last)
    while last - first > _SECOND:
        middle = first + (last - first) // _SECOND // 2 * _SECOND
        first, last = (first, middle) if _offset(zone, middle) == after else (middle, last)
    return last


def _offset(zone: ZoneInfo, instant: datetime) -> int:
    return microseconds(instant.astimezone(zone).utcoffset() or timedelta())
