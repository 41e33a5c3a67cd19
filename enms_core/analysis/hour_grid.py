"""Hours of UTC as numbers, and the local days and meters' intervals in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from enms_core.analysis.coverage import meter_pieces
from enms_core.analysis.hourly_table import Bools, Floats, Ints
from enms_core.domain.catalogue import Meter
from enms_core.domain.period import Period

HOUR_SECONDS = 3600
# A table is written regularly where this share of the hours with rows has the most usual count.
REGULAR_SHARE = 0.9
DAY = timedelta(days=1)


@dataclass(frozen=True)
class HourGrid:
    """The hours of UTC from one (counted since 1970) up to another one."""

    first: int
    last: int

    @classmethod
    def of(cls, period: Period, zone: ZoneInfo) -> HourGrid:
        """The whole hours inside a period.

        Hours of zones that are off by a part of an hour lie between those of UTC: there a period
        from one whole hour to another one is moved up to the next of UTC.
        """
        start, end = (moment.timestamp() for moment in (period.start, period.end))
        first = -(-start // HOUR_SECONDS)
        walls = [moment.astimezone(zone) for moment in (period.start, period.end)]
        is_local = all(wall.minute == wall.second == 0 for wall in walls)
        last = -(-end // HOUR_SECONDS) if is_local else end // HOUR_SECONDS
        return cls(int(first), int(max(first, last)))

    def __len__(self) -> int:
        return self.last - self.first

    @property
    def start(self) -> datetime:
        return _instant(self.first)

    @property
    def end(self) -> datetime:
        return _instant(self.last)

    @cached_property
    def hours(self) -> Ints:
        return np.arange(self.first, self.last, dtype=np.int64)

    def placed(self, hours: Ints, values: Floats, rest: float = np.nan) -> Floats:
        """Values of some hours as a column over all; `rest` where there is none."""
        column = np.full(len(self), rest)
        column[hours - self.first] = values
        return column

    def local_days(self, zone: ZoneInfo) -> Ints:
        """The number of the local day that each hour begins in."""
        if not len(self):
            return np.zeros(0, dtype=np.int64)
        first = self.start.astimezone(zone).date()
        days = (self.end.astimezone(zone).date() - first).days + 1
        # Each day begins at its midnight, or where a clock change skips that, right after.
        midnights = [
            datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()
            for day in (first + n * DAY for n in range(1, days + 1))
        ]
        begun = np.searchsorted(np.array(midnights), self.hours * HOUR_SECONDS, side="right")
        return np.asarray(first.toordinal() + begun, dtype=np.int64)

    def completeness(self, counts: Floats, meters: Sequence[Meter]) -> Bools:
        """In which hours the readings of a machine's meters are all there.

        counts: readings of each hour. A meter must be in service all of the hour, and its interval
        be an hour at most: a longer one does not tell hours apart. Without any meter the most usual
        count is the one expected.
        """
        if not len(self):
            return np.zeros(0, dtype=np.bool_)
        if not meters:
            return np.asarray(counts >= _usual(counts)[0])
        expected, covered = np.zeros(len(self)), np.zeros(len(self))
        for piece in meter_pieces(Period(self.start, self.end), meters):
            interval = piece.interval_seconds
            if interval is not None and interval <= HOUR_SECONDS:
                seconds = self._seconds_in(piece.period)
                expected += seconds / interval
                covered += seconds
        is_covered = covered > HOUR_SECONDS - 1
        return np.asarray(is_covered & (counts >= np.floor(expected + 1e-6)))

    def _seconds_in(self, period: Period) -> Floats:
        edges = np.arange(self.first, self.last + 1) * float(HOUR_SECONDS)
        inside = np.clip(edges, period.start.timestamp(), period.end.timestamp())
        return np.asarray(np.diff(inside))


def short_hours(counts: Floats) -> Bools:
    """Hours that lack a row of a table that is written regularly; none of one written per event.

    >>> short_hours(np.array([4.0] * 9 + [3.0])).nonzero()[0]
    array([9])
    >>> short_hours(np.array([2.0, 1.0, 1.0, 3.0])).any()
    np.False_
    """
    usual, share = _usual(counts)
    return np.asarray((counts < usual) & (share >= REGULAR_SHARE))


def _usual(counts: Floats) -> tuple[int, float]:
    """The most usual count of rows in an hour, and the share of the hours with rows that has it."""
    found = counts[counts > 0].astype(np.int64)
    if not len(found):
        return 1, 1.0
    tally = np.bincount(found)
    return int(tally.argmax()), float(tally.max() / len(found))


def _instant(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * HOUR_SECONDS, timezone.utc)
