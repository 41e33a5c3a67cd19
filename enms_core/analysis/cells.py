"""Cutting flows at a grid: complete cells become readings, what lies beside them is told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.flows import Amounts, Flows
from enms_core.analysis.grid import Grid, Moments, instants_of
from enms_core.analysis.import_chunk import Instants
from enms_core.analysis.remarks import Remarks

# A poll some seconds late must not cost the first and the last interval of every stretch. Such a
# cell keeps what was measured, nothing is added, and it is marked as estimated.
ALMOST_WHOLE = 0.98


@dataclass(frozen=True)
class Readings:
    """Amounts of whole cells: their start (UTC), quantity, and whether any of it is estimated."""

    start: Instants
    quantity: Amounts
    is_estimated: NDArray[np.bool_]

    def those(self, chosen: NDArray[np.bool_]) -> Readings:
        """Some of them."""
        if chosen.all():
            return self
        return Readings(self.start[chosen], self.quantity[chosen], self.is_estimated[chosen])

    def followed_by(self, later: Readings) -> Readings:
        """These and later ones."""
        return Readings(
            np.concatenate([self.start, later.start]),
            np.concatenate([self.quantity, later.quantity]),
            np.concatenate([self.is_estimated, later.is_estimated]),
        )


@dataclass(frozen=True)
class _Parts:
    """Neighbouring pieces of cells: the cell, the time covered [µs], the amount."""

    cell: Moments
    covered: Moments
    quantity: Amounts
    estimated: NDArray[np.bool_]


class Cells:
    """Flows on their way into the cells of a grid; any cut of the flows into chunks is the same.

    Every quantity that comes in goes out once: in a reading, or in a remark `partial_interval`.
    """

    def __init__(self, grid: Grid) -> None:
        self.remarks = Remarks()
        self._grid = grid
        self._open = _parts_of_none()

    def add(self, flows: Flows) -> Readings:
        """The readings that these flows complete. Flows come in the order of time."""
        parts = _summed(_joined(self._open, _cut(flows, self._grid)))
        if not parts.cell.size:
            return self._closed(parts)
        # The last cell may go on, unless it is covered to its end.
        is_open = parts.covered[-1] < self._lengths(parts.cell[-1:])[0]
        last = parts.cell.size - int(is_open)
        self._open = _slice(parts, last, None)
        return self._closed(_slice(parts, 0, last))

    def finish(self) -> Readings:
        """What the end of all flows completes."""
        last, self._open = self._open, _parts_of_none()
        return self._closed(last)

    def _closed(self, parts: _Parts) -> Readings:
        starts = self._grid.starts(parts.cell)
        lengths = self._lengths(parts.cell)
        is_whole = parts.covered >= ALMOST_WHOLE * lengths
        partial = ~is_whole
        ends = (starts + lengths)[partial]
        self.remarks.add_all("partial_interval", starts[partial], ends, parts.quantity[partial])
        estimated = parts.estimated | (parts.covered < lengths)
        return Readings(
            instants_of(starts[is_whole]), parts.quantity[is_whole], estimated[is_whole]
        )

    def _lengths(self, cells: Moments) -> Moments:
        return self._grid.starts(cells + 1) - self._grid.starts(cells)


def _cut(flows: Flows, grid: Grid) -> _Parts:
    """Each flow as one part for each cell that it touches, by its share of the time."""
    first = grid.cells(flows.start)
    counts = grid.cells(flows.end - 1) - first + 1
    of = np.repeat(np.arange(counts.size), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    cell = first[of] + np.arange(of.size) - before
    start, end = flows.start[of], flows.end[of]
    since = np.maximum(grid.starts(cell), start)
    until = np.minimum(grid.starts(cell + 1), end)
    quantity, skew = flows.quantity[of], flows.skew[of]
    begun = _used_until((since - start) / (end - start), quantity, skew)
    done = _used_until((until - start) / (end - start), quantity, skew)
    return _Parts(cell, until - since, done - begun, flows.estimated[of])


def _used_until(share: Amounts, quantity: Amounts, skew: Amounts) -> Amounts:
    """What a flow has used after a share of its time: at its end exactly its quantity."""
    return quantity * share - skew * share * (1 - share)


def _summed(parts: _Parts) -> _Parts:
    """One part a cell."""
    if not parts.cell.size:
        return parts
    at = np.flatnonzero(np.diff(parts.cell, prepend=parts.cell[0] - 1))
    return _Parts(
        parts.cell[at],
        np.add.reduceat(parts.covered, at),
        np.add.reduceat(parts.quantity, at),
        np.logical_or.reduceat(parts.estimated, at),
    )


def _joined(first: _Parts, second: _Parts) -> _Parts:
    return _Parts(
        np.concatenate([first.cell, second.cell]),
        np.concatenate([first.covered, second.covered]),
        np.concatenate([first.quantity, second.quantity]),
        np.concatenate([first.estimated, second.estimated]),
    )


def _slice(parts: _Parts, start: int, stop: int | None) -> _Parts:
    at = slice(start, stop)
    return _Parts(parts.cell[at], parts.covered[at], parts.quantity[at], parts.estimated[at])


def _parts_of_none() -> _Parts:
    none = np.empty(0, dtype=np.int64)
    return _Parts(none, none, np.empty(0), np.empty(0, dtype=np.bool_))
