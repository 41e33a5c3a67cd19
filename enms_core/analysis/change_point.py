"""Since which day a machine uses more, or less, than its model expects.

The model's drivers are fitted again beside the change, so that one that lies within the training
period, or is collinear with the weather, comes out as itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enms_core.analysis.change_scan import scan
from enms_core.analysis.change_shapes import Shape, shapes_of
from enms_core.analysis.change_size import Change, surest_change
from enms_core.analysis.compared_hours import Compared, compared_hours
from enms_core.analysis.daily_rests import DailyRests, daily_rests
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable
from enms_core.analysis.one_thread import on_one_thread
from enms_core.domain.baseline import Model

__all__ = ["Change", "Looked", "find_change", "find_changes", "look_for_changes"]

# A change is believed if none would look like it in so few of so many series.
MOST_P = 0.001
MOST_CHANGES = 3
# A rest of less than this share of the use is what roundings leave.
ROUNDING = 1e-9


def find_change(model: Model, table: HourlyTable, mask: Bools | None = None) -> Change | None:
    """The surest change of use in a table; None where there is none. mask: only some hours."""
    found = find_changes(model, table, mask, most=1)
    return found[0] if found else None


def find_changes(
    model: Model, table: HourlyTable, mask: Bools | None = None, most: int = MOST_CHANGES
) -> tuple[Change, ...]:
    """The changes of use in a table, the surest first; each beside those before it."""
    return look_for_changes(model, table, mask, most).changes


@dataclass(frozen=True)
class Looked:
    """changes: the surest first. others: drivers that the model leaves out and that were allowed
    for. rests: None where no hour can be compared."""

    compared: Compared
    rests: DailyRests | None
    changes: tuple[Change, ...]

    @property
    def others(self) -> tuple[str, ...]:
        return self.rests.others if self.rests is not None else ()


@on_one_thread
def look_for_changes(
    model: Model, table: HourlyTable, mask: Bools | None = None, most: int = MOST_CHANGES
) -> Looked:
    """The changes of use in a table, with the hours and days that they were found in."""
    compared = compared_hours(model, table, mask)
    if not len(compared):
        return Looked(compared, None, ())
    rests = daily_rests(model, table, compared)
    return Looked(compared, rests, _found(rests, shapes_of(rests), most))


def _found(rests: DailyRests, shapes: Sequence[Shape], most: int) -> tuple[Change, ...]:
    """One change after the other, until one may be chance; then each again beside all others."""
    found: list[tuple[Change, Floats]] = []
    if not np.abs(rests.rest).max() > ROUNDING * np.abs(rests.expected).max():
        return ()
    while shapes and len(found) < most:
        ahead = max(MOST_CHANGES - len(found) - 1, 0)
        best = surest_change(rests, scan(rests, shapes, _columns(rests, found), ahead))
        if best[0].p_value > MOST_P:
            break
        found.append(best)
    for at in range(len(found) if len(found) > 1 else 0):
        others = _columns(rests, found[:at] + found[at + 1 :])
        again = surest_change(rests, scan(rests, shapes, others, 0))
        found[at] = again if again[0].p_value <= MOST_P else found[at]
    return tuple(change for change, _ in found)


def _columns(rests: DailyRests, found: Sequence[tuple[Change, Floats]]) -> Floats:
    return np.column_stack([np.zeros((len(rests), 0)), *(column for _, column in found)])
