"""Shapes that a change of use can have: at once or by and by, of the same load or in proportion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from enms_core.analysis.daily_rests import DailyRests
from enms_core.analysis.hourly_table import Floats, Ints

ChangeKind = Literal["step", "drift"]
# So many days at least lie before a change and after its begin.
LEAST_DAYS = 5
# A drift takes so many days at least. Of one that ended, begins are tried every few days and ends
# every two weeks; one that goes on may begin on any day.
SHORTEST_DRIFT = 21
BEGIN_DAYS = 4
END_DAYS = 14


@dataclass(frozen=True)
class Shape:
    """Candidates of one kind. first, last: rows (days) at which each begins, and is complete.
    columns: days x candidates, weighted; their coefficient is the change per hour (per expected use
    where is_share)."""

    kind: ChangeKind
    is_share: bool
    first: Ints
    last: Ints
    columns: Floats

    def __len__(self) -> int:
        return len(self.first)


def shapes_of(rests: DailyRests) -> tuple[Shape, ...]:
    """All that is tried on these days; none where they are too few."""
    return tuple(_shapes(rests))


def _shapes(rests: DailyRests) -> Iterator[Shape]:
    days = rests.day - rests.day[0] if len(rests) else rests.day
    for kind, (first, last) in _dates(len(days)):
        if not len(first):
            continue
        part = progress(days.astype(np.float64), first, last)
        for is_share, scale in ((False, rests.weight), (True, rests.expected)):
            yield Shape(kind, is_share, first, last, scale[:, None] * part)


def progress(days: Floats, first: Ints, last: Ints) -> Floats:
    """Days x candidates: 0 before the row `first`, 1 from the row `last` on, a line in between."""
    begin, end = days[first], np.append(days, days[-1] + 1.0)[last]
    length = np.maximum(end - begin, 1.0)
    return np.asarray(np.clip((days[:, None] - begin + (last == first)) / length, 0.0, 1.0))


def _dates(count: int) -> tuple[tuple[ChangeKind, tuple[Ints, Ints]], ...]:
    """First and last rows: of steps, of drifts that go on, of drifts that came to an end."""
    steps = np.arange(LEAST_DAYS, count - LEAST_DAYS + 1, dtype=np.int64)
    begins = np.arange(LEAST_DAYS, count - SHORTEST_DRIFT, dtype=np.int64)
    ends = np.arange(count - END_DAYS, SHORTEST_DRIFT, -END_DAYS, dtype=np.int64)
    first, last = (a.ravel() for a in np.meshgrid(begins[::BEGIN_DAYS], ends, indexing="ij"))
    is_long = last - first >= SHORTEST_DRIFT
    return (
        ("step", (steps, steps)),
        ("drift", (begins, np.full(len(begins), count))),
        ("drift", (first[is_long], last[is_long])),
    )
