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
    """Candidates of one kind, each a column of weighted days; its coefficient is the change per
    hour (per expected use where is_share).

    first, last: rows (days) at which each begins, and is complete. days: of the rows, from the
    first one. scale: what a column holds of each row once it is complete. A column is 0 before its
    first row and a line up to its last, so sums over rows tell all products with it.
    """

    kind: ChangeKind
    is_share: bool
    first: Ints
    last: Ints
    days: Floats
    scale: Floats

    def __len__(self) -> int:
        return len(self.first)

    def column(self, at: int) -> Floats:
        """A candidate's column."""
        one = slice(at, at + 1)
        column: Floats = self.scale * progress(self.days, self.first[one], self.last[one])[:, 0]
        return column

    def squares(self) -> Floats:
        """The sum of squares of each candidate."""
        begin, length = self._lines()
        weight = np.square(self.scale)
        level, slope, bend = (_sums(weight * self.days**power) for power in range(3))
        whole = level[-1] - level[self.last]
        line = (
            self._between(bend)
            - 2.0 * begin * self._between(slope)
            + np.square(begin) * self._between(level)
        )
        return np.asarray(whole + line / np.square(length))

    def products(self, columns: Floats) -> Floats:
        """Of each candidate with some columns (rows x columns): columns x candidates."""
        begin, length = self._lines()
        scaled = columns.T * self.scale
        level, slope = _sums(scaled), _sums(scaled * self.days)
        whole = level[:, -1:] - level[:, self.last]
        line = self._between(slope) - begin * self._between(level)
        return np.asarray(whole + line / length)

    def _lines(self) -> tuple[Floats, Floats]:
        """The day at which each begins, and how many it takes."""
        return _lines(self.days, self.first, self.last)

    def _between(self, sums: Floats) -> Floats:
        """Sums over the rows from the first to the last of each candidate."""
        return np.asarray(sums[..., self.last] - sums[..., self.first])


def _sums(values: Floats) -> Floats:
    """Along the last axis: of no row, the first, the first two, and so on."""
    return np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)], axis=-1)


def shapes_of(rests: DailyRests) -> tuple[Shape, ...]:
    """All that is tried on these days; none where they are too few."""
    return tuple(_shapes(rests))


def _shapes(rests: DailyRests) -> Iterator[Shape]:
    days = rests.day - rests.day[0] if len(rests) else rests.day
    for kind, (first, last) in _dates(len(days)):
        if not len(first):
            continue
        for is_share, scale in ((False, rests.weight), (True, rests.expected)):
            yield Shape(kind, is_share, first, last, days.astype(np.float64), scale)


def progress(days: Floats, first: Ints, last: Ints) -> Floats:
    """Days x candidates: 0 before the row `first`, 1 from the row `last` on, a line in between."""
    begin, length = _lines(days, first, last)
    return np.asarray(np.clip((days[:, None] - begin + (last == first)) / length, 0.0, 1.0))


def _lines(days: Floats, first: Ints, last: Ints) -> tuple[Floats, Floats]:
    """The day at which each change begins, and how many it takes."""
    begin, end = days[first], np.append(days, days[-1] + 1.0)[last]
    return begin, np.maximum(end - begin, 1.0)


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
