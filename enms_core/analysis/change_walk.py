"""Stamps in the hour of a clock change, one by one: which of two instants each of them means."""

from __future__ import annotations

import numpy as np

from enms_core.analysis.clock_changes import ClockChanges, Micros

_DAY_US = 86_400_000_000
_UNKNOWN_STEP = 2**62


class ChangeWalk:
    """Tells stamps of the hour of a change apart by the rows around them.

    walls: stamps in the order of the file. has_edges: a stamp may be that of the change itself, as
    2:00 that ends the last interval before the clocks go from there to 3:00, or the last 3:00
    before they go back from there to 2:00.
    """

    def __init__(
        self, changes: ClockChanges, walls: Micros, *, has_edges: bool, is_descending: bool
    ) -> None:
        self._changes = changes
        self._walls = walls
        self._steps = _steps_before(walls)
        self._has_edges = has_edges
        self._is_descending = is_descending

    def instant(self, row: int, change: int, previous: int | None) -> int | None:
        """The instant of a stamp within the two wall times of a change; None where there is none.

        previous: the instant of the row before it in the file.
        """
        if self._changes.after[change] > self._changes.before[change]:
            return self._at_forward(row, change)
        return self._at_back(row, change, previous)

    def _at_forward(self, row: int, change: int) -> int | None:
        wall, changes = self._walls[row], self._changes
        is_edge = self._has_edges and wall == changes.lower[change]
        return int(changes.at[change]) if is_edge or wall == changes.upper[change] else None

    def _at_back(self, row: int, change: int, previous: int | None) -> int:
        wall, changes = self._walls[row], self._changes
        first, second = wall - changes.before[change], wall - changes.after[change]
        if previous is not None and self._is_row_again(row, change):
            return previous
        if (fitting := self._whole_steps_away(row, change, previous)) is not None:
            return fitting
        if wall == changes.upper[change]:
            return int(first if self._ends_first_hour(row, change, previous) else second)
        if self._is_descending:
            return int(second if self._has_both_ahead(row, change) else first)
        is_past = previous is not None and first <= previous < first + _DAY_US
        return int(second if is_past else first)

    def _is_row_again(self, row: int, change: int) -> bool:
        """A row written twice: meters that write each hour have one stamp twice, others do not."""
        return bool(self._walls[row] == self._walls[row - 1]) and not self._is_slow(row, change)

    def _is_slow(self, row: int, change: int) -> bool:
        changes = self._changes
        return bool(self._steps[row] >= changes.upper[change] - changes.lower[change])

    def _whole_steps_away(self, row: int, change: int, previous: int | None) -> int | None:
        """The only one of a stamp's two instants that is whole steps from the row before it: full
        hours that were half hours before the clocks went back by one. None where both are, and for
        days, which are as long as the clocks make them."""
        step = self._steps[row]
        if previous is None or step >= _DAY_US or not self._is_slow(row, change):
            return None
        wall, changes = self._walls[row], self._changes
        instants = [wall - changes.after[change]]
        if self._has_edges or wall < changes.upper[change]:
            instants.append(wall - changes.before[change])
        fitting = [int(at) for at in instants if not (at - previous) % step]
        return fitting[0] if len(fitting) == 1 else None

    def _ends_first_hour(self, row: int, change: int, previous: int | None) -> bool:
        """Whether the end of the hour that is repeated is that of its first time: the hour begins
        again after it."""
        later = self._row_after(row, change, previous)
        if later is None or not self._has_edges:
            return False
        # The same stamp again: a meter that writes each hour, and its end for the second time.
        return bool(self._changes.lower[change] <= self._walls[later] <= self._walls[row])

    def _row_after(self, row: int, change: int, previous: int | None) -> int | None:
        """The row that comes next in time, but for the same one written twice; None where there
        is none, or where the hour has been there twice before this row."""
        if self._is_descending:
            return None if previous is None else row - 1
        if previous is not None and previous >= self._changes.at[change]:
            return None
        is_other = self._walls[row + 1 :] != self._walls[row]
        if self._is_slow(row, change):
            is_other[:1] = True
        return row + 1 + int(is_other.argmax()) if is_other.any() else None

    def _has_both_ahead(self, row: int, change: int) -> bool:
        """Whether a file that runs newest first has the hour once more, further down."""
        changes, ahead = self._changes, self._walls[row:]
        outside = (ahead < changes.lower[change]) | (ahead > changes.upper[change])
        steps = np.diff(ahead[: int(outside.argmax())] if outside.any() else ahead)
        return bool((steps > 0).any() or ((steps == 0).any() and self._is_slow(row, change)))


def _steps_before(walls: Micros) -> Micros:
    """Of each row, the distance of the two last different stamps before it."""
    steps = np.abs(np.diff(walls))
    last = np.maximum.accumulate(np.where(steps > 0, np.arange(len(steps)), -1))
    found = np.where(last >= 0, steps[last], _UNKNOWN_STEP)
    return np.concatenate([[_UNKNOWN_STEP] * 2, found])[: len(walls)]
