"""What the whole of a file tells of its clock: its first and last row, and the hours of changes.

A long file is gone through once for that, and only where it matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.clock_changes import ClockChanges, Micros
from enms_core.files.guess_draft import Draft
from enms_core.files.guess_sample import all_stamps
from enms_core.files.stamps import ParsedStamps, StampParser


@dataclass(frozen=True, eq=False)
class WholeFile:
    """Times of a file by the clocks of a place [µs].

    first_us, last_us: of its first and last row in the order of time. The others are of rows
    without an offset: range_us has the earliest and the latest (none without such rows), near_us
    those about the changes of the clocks, in the order of the file.
    """

    first_us: int
    last_us: int
    range_us: Micros
    near_us: Micros


class FileWalls:
    """The times of the first target's rows, read to the end of the file when first needed."""

    def __init__(self, draft: Draft, zone: ZoneInfo) -> None:
        self._draft = draft
        self.changes = ClockChanges(zone)

    @cached_property
    def whole(self) -> WholeFile:
        """What all rows tell together."""
        draft, ends = self._draft, list[int]()
        range_us, near = np.zeros(0, dtype=np.int64), list[Micros]()
        parser = StampParser(draft.format.time_format or "")
        for texts in all_stamps(draft.plan.path, draft.format, draft.plan.targets[0].rows):
            parsed = parser.parse(texts)
            local = walls_by(self.changes, parsed)
            ends += [*local[:1].tolist(), *local[-1:].tolist()]
            bare = parsed.wall_us[~parsed.bad & ~parsed.has_offset]
            near.append(bare[self._is_about_a_change(bare)])
            range_us = np.sort(np.append(range_us, bare))[[0, -1]] if len(bare) else range_us
        first, last = (ends[0], ends[-1]) if ends else (0, 0)
        if draft.format.is_descending:
            first, last = last, first
        return WholeFile(first, last, range_us, np.concatenate(near))

    def _is_about_a_change(self, walls: Micros) -> NDArray[np.bool_]:
        """Which times a change goes over or repeats, or are not long before or after these."""
        lower, upper = self.changes.lower, self.changes.upper
        margin = 2 * (upper - lower)
        change = np.searchsorted(lower - margin, walls, side="right") - 1
        is_about: NDArray[np.bool_] = walls <= (upper + margin)[change]
        return is_about


def walls_by(changes: ClockChanges, parsed: ParsedStamps) -> Micros:
    """Times by the clocks of a place, in the order of the file; those with an offset of their own,
    too, since a file in UTC may well be one of local days."""
    instants_us = parsed.wall_us - parsed.offset_us
    walls_us = np.where(parsed.has_offset, changes.wall(instants_us), parsed.wall_us)
    readable: Micros = walls_us[~parsed.bad]
    return readable


def changes_followed(near_us: Micros, changes: ClockChanges, step_us: int) -> dict[int, bool]:
    """Whether a file's stamps go with the clocks, for each change that they tell of.

    near_us: stamps about the changes, in the order of the file; step_us: their usual distance. A
    file that goes with the clocks leaves out the hour that is skipped, and has the repeated one
    twice. Of a change where rows are missing, or one shorter than a step, nothing is told.
    """
    moved = _on_grid(near_us, step_us)
    told = {}
    for change in np.flatnonzero(changes.before != changes.after).tolist():
        lower, upper = int(changes.lower[change]), int(changes.upper[change])
        length = upper - lower
        about = moved[(moved >= lower - length) & (moved <= upper + length)]
        is_inside = (about >= lower) & (about <= upper)
        around = np.unique(about[~is_inside])
        steps = length / step_us
        if steps < 1 or min(np.sum(around < lower), np.sum(around > upper)) < 0.75 * steps:
            continue
        inside = about[is_inside]
        if changes.after[change] > changes.before[change]:
            is_followed = _is_left_out((len(np.unique(inside)) - 1) / steps)
        else:
            again = np.diff(inside, prepend=-1) != 0 if steps > 1 else inside
            is_followed = _is_twice((np.count_nonzero(again) - 1) / steps)
        if is_followed is not None:
            told[change] = is_followed
    return told


def _is_left_out(share: float) -> bool | None:
    """By the share of the skipped hour's stamps that are there. Some damaged ones tell nothing."""
    if 0.25 < share < 0.5:
        return None
    return share <= 0.25


def _is_twice(times: float) -> bool | None:
    """By how often the repeated hour is there; None where rows of it are missing."""
    if times >= 1.5:
        return True
    return False if 0.75 < times < 1.25 else None


def _on_grid(walls_us: Micros, step_us: int) -> Micros:
    """Times as they would be without jitter, and without a distance to the full hour."""
    if not len(walls_us):
        return walls_us
    half = step_us // 2
    off = (walls_us + half) % step_us - half
    moved: Micros = (walls_us - int(np.median(off)) + half) // step_us * step_us
    return moved
