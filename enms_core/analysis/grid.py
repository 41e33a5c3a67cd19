"""Where intervals begin: a grid of fixed length, or the local days of a site.

Instants are whole microseconds of UTC since 1970 (int64), cells are counted by an integer.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Moments = NDArray[np.int64]

DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_FIRST_DAY = EPOCH.date()


class Grid(Protocol):
    """Cells that follow each other without a gap."""

    @property
    def interval(self) -> timedelta:
        """The nominal length of a cell; a local day has an hour more or less twice a year."""

    def cells(self, moments: Moments) -> Moments:
        """The cell that each moment lies in; a cell has its start and not its end."""

    def starts(self, cells: Moments) -> Moments:
        """The moment at which each cell begins."""


def microseconds(span: timedelta) -> int:
    """A stretch of time as a count of microseconds."""
    return span // MICROSECOND


def moments_of(instants: NDArray[np.datetime64]) -> Moments:
    """Instants as counts of microseconds."""
    return instants.astype("datetime64[us]").view(np.int64)


def instants_of(moments: Moments) -> NDArray[np.datetime64]:
    """Counts of microseconds as instants."""
    return moments.view("datetime64[us]")


def moment_of(instant: datetime) -> int:
    """An aware instant as a count of microseconds."""
    return microseconds(instant - EPOCH)


def instant_of(moment: int) -> datetime:
    """A count of microseconds as an instant in UTC."""
    return EPOCH + timedelta(microseconds=int(moment))


class FixedGrid:
    """Cells of one length; `phase`: how long after a multiple of it (in UTC) they begin."""

    def __init__(self, interval: timedelta, phase: timedelta = timedelta()) -> None:
        self.interval = interval
        self._length = microseconds(interval)
        self._phase = microseconds(phase)

    def cells(self, moments: Moments) -> Moments:
        return (moments - self._phase) // self._length

    def starts(self, cells: Moments) -> Moments:
        return cells * self._length + self._phase


class DayGrid:
    """Cells of whole local days, which have 23 to 25 hours.

    phase: the time of day at which a day begins, as of a meter read at six in the morning; of
    several days, also how many days after those of the calendar's count from 1970 they begin.
    """

    def __init__(self, zone: ZoneInfo, days: int = 1, phase: timedelta = timedelta()) -> None:
        self.interval = days * DAY
        self._zone = zone
        self._days = days
        self._first_day = phase // DAY
        self._begin = (datetime.min + phase % DAY).time()

    def cells(self, moments: Moments) -> Moments:
        if not moments.size:
            return moments
        # Local time is less than a day from UTC, and the phase is less than a cell.
        length = microseconds(self.interval)
        first = int(moments.min()) // length - 3
        edges = self._edges(first, int(moments.max()) // length + 3)
        return np.searchsorted(edges, moments, side="right") - 1 + first

    def starts(self, cells: Moments) -> Moments:
        if not cells.size:
            return cells
        first = int(cells.min())
        edges: Moments = self._edges(first, int(cells.max()))[cells - first]
        return edges

    def _edges(self, first: int, last: int) -> Moments:
        days = range(first * self._days, (last + 1) * self._days, self._days)
        edges = [_day_start(self._first_day + day, self._begin, self._zone) for day in days]
        return np.array(edges, dtype=np.int64)


@lru_cache(maxsize=100_000)
def _day_start(day: int, begin: time, zone: ZoneInfo) -> int:
    """A time that the clock skips is the moment of the change; of one that it repeats the first."""
    wall = datetime.combine(date.fromordinal(_FIRST_DAY.toordinal() + day), begin, zone)
    return moment_of(wall.astimezone(timezone.utc))


def grid_of(interval: timedelta, zone: ZoneInfo, phase: timedelta = timedelta()) -> Grid:
    """The grid of an interval: local days where it is made of days, else fixed steps.

    phase: how long after a full interval of UTC, or after local midnight, a cell begins.
    """
    if interval % DAY:
        return FixedGrid(interval, phase)
    return DayGrid(zone, interval // DAY, phase)


def end_of(start: datetime, interval: timedelta, zone: ZoneInfo) -> datetime:
    """When the interval that begins at a moment ends, in UTC. A local day has 23 to 25 hours.

    >>> end_of(datetime(2019, 3, 30, 23, tzinfo=timezone.utc), DAY, ZoneInfo("Europe/Berlin"))
    datetime.datetime(2019, 3, 31, 22, 0, tzinfo=datetime.timezone.utc)
    """
    if interval % DAY:
        return start.astimezone(timezone.utc) + interval
    wall = start.astimezone(zone)
    day = wall.toordinal() - _FIRST_DAY.toordinal()
    # A day whose midnight the clock skips begins later, and those after it at midnight again.
    is_midnight = _day_start(day, time(), zone) == moment_of(start)
    begin = time() if is_midnight else wall.time()
    return instant_of(_day_start(day + interval // DAY, begin, zone))


def clock_phase(interval: timedelta, zone: ZoneInfo, instant: datetime) -> timedelta:
    """The phase at which cells begin at midnight of the site's clock, as it goes at an instant.

    >>> clock_phase(timedelta(hours=1), ZoneInfo("Asia/Kathmandu"), EPOCH + 9999 * DAY)
    datetime.timedelta(seconds=900)
    """
    offset = instant.astimezone(zone).utcoffset() or timedelta()
    return timedelta() if not interval % DAY else -offset % interval
