"""Rows of intervals in the order of time: which lie across each other, and where some are missing.

Rows come in pieces, and what is found does not depend on where the pieces are cut.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.coverage import CLOCK_CHANGE_DAYS
from enms_core.analysis.grid import (
    DAY,
    Moments,
    end_of,
    instant_of,
    microseconds,
    moment_of,
    moments_of,
)
from enms_core.analysis.import_chunk import Instants

CLOCK_CHANGE = timedelta(hours=1)
MOST_GAPS = 1000  # so many are kept; all are counted


def reach(interval: timedelta) -> timedelta:
    """How far apart two starts are at least: a local day may be an hour shorter than a day.

    >>> reach(timedelta(minutes=15)), reach(timedelta(days=1))
    (datetime.timedelta(seconds=900), datetime.timedelta(seconds=82800))
    """
    return interval if interval % DAY else interval - CLOCK_CHANGE


def lying_across(
    starts: Instants,
    lines: NDArray[np.int64],
    distance: timedelta,
    before: np.datetime64 | None = None,
) -> NDArray[np.bool_]:
    """Which rows begin before another one is over; of two the one that the file has first stays.

    starts rise. before: the last start of the piece before, which stays.
    """
    refused = np.zeros(len(starts), dtype=bool)
    nearest = np.timedelta64(distance, "us")
    near = np.flatnonzero(np.diff(starts) < nearest) + 1
    if before is not None and len(starts) and starts[0] - before < nearest:
        near = np.append(0, near)
    kept = -1
    for place in near.tolist():
        if place and not refused[place - 1]:
            kept = place - 1
        last = before if kept < 0 else starts[kept]
        if last is None or starts[place] - last >= nearest:
            kept = place
        elif kept >= 0 and lines[place] < lines[kept]:
            refused[kept] = True
            kept = place
        else:
            refused[place] = True
    return refused


class Continuity:
    """From when to when there are rows of an interval, and what is missing in between.

    first, last: starts. missing: whole intervals. gaps: the first thousand of gap_count, each from
    the end of the interval before it to the start of the one after it. zone: of the site, whose
    days have 23 to 25 hours.
    """

    def __init__(self, interval: timedelta, zone: ZoneInfo) -> None:
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.missing = 0
        self.gap_count = 0
        self.gaps: list[tuple[datetime, datetime]] = []
        self._interval = interval
        self._zone = zone

    def add(self, starts: Instants) -> None:
        """Take the next starts; they rise, also from piece to piece."""
        if not len(starts):
            return
        moments = moments_of(starts)
        if self.last is None:
            self.first = instant_of(moments[0])
        else:
            moments = np.append(moment_of(self.last), moments)
        self.last = instant_of(moments[-1])
        self._look_for_gaps(moments)

    def _look_for_gaps(self, starts: Moments) -> None:
        intervals = np.diff(starts) / microseconds(self._interval)
        between = np.floor(intervals + CLOCK_CHANGE_DAYS).astype(np.int64) - 1
        places = np.flatnonzero(between > 0)
        self.missing += int(between[places].sum())
        self.gap_count += len(places)
        for place in places[: MOST_GAPS - len(self.gaps)].tolist():
            end = end_of(instant_of(starts[place]), self._interval, self._zone)
            self.gaps.append((end, instant_of(starts[place + 1])))
