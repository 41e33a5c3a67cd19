"""Whether a column tells what each interval used, a counter that goes up, or a rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.imports import FilePlan, Kind, ReadingsTarget
from enms_core.files.amounts import amounts
from enms_core.files.guess_draft import Choice, Draft, with_target
from enms_core.files.guess_sample import Sample
from enms_core.files.guess_units import is_rate
from enms_core.files.guess_words import has_hint

# A column that rises this often and hardly falls is a counter, whatever its name: a machine that
# starts up may use more in each interval than before for some hours, not for longer.
FEW_RISES = 24
# Falls of a counter (reset, roll-over, another meter) to its rises, at most; above the second
# share it is none, between the two only a name can tell. One that begins anew every day is there.
COUNTER_FALLS = 1 / 1000
AMOUNT_FALLS = 1 / 10
# Two rises say nothing by their order; a counter's value is large beside what it rises by.
LARGE = 10

KINDS: Sequence[Kind] = ("interval", "counter", "power")
NAMED = "the column's name says so"


@dataclass(frozen=True)
class KindFound:
    """kind: None where it may be a counter or amounts. why: for a terminal."""

    kind: Kind | None
    why: str


def guess_kind(draft: Draft, place: int, sample: Sample) -> None:
    """Whether readings are amounts, a counter or rates: by the unit, then by the values."""
    target = draft.plan.targets[place]
    if not isinstance(target, ReadingsTarget) or target.kind is not None:
        return
    plans: dict[str, FilePlan] = {
        kind: with_target(draft.plan, place, replace(target, kind=kind)) for kind in KINDS
    }
    found = _found_kind(draft, target, sample)
    if found.kind is None:
        del plans["power"]
        draft.choices.append(Choice("kind", "--kind", plans, found.why, target.column))
        return
    draft.plan = plans[found.kind]
    draft.tell("kind", found.kind, found.why, target.column)


def _found_kind(draft: Draft, target: ReadingsTarget, sample: Sample) -> KindFound:
    name = target.column
    if target.unit is not None and is_rate(target.unit):
        return KindFound("power", f"{target.unit} is a rate")
    if target.unit is None and has_hint(name, "power"):
        return KindFound("power", NAMED)
    values = amounts(sample.columns[name], draft.format.decimal or ".").values
    return kind_of(
        values[::-1] if draft.format.is_descending else values,
        is_counter=has_hint(name, "counter"),
        is_amount=has_hint(name, "amount"),
    )


def kind_of(values: NDArray[np.float64], *, is_counter: bool, is_amount: bool) -> KindFound:
    """The kind of a column from its values in the order of time; NaN is a row without a value.

    is_counter, is_amount: what words in the column's name say.
    """
    steps = np.diff(values[~np.isnan(values)])
    rises, falls = int((steps > 0).sum()), int((steps < 0).sum())
    moves = f"it rises {_times(rises)} and falls {_times(falls)}"
    if not rises or falls > rises * AMOUNT_FALLS:
        is_still = is_counter and not falls
        return KindFound("counter" if is_still else "interval", NAMED if is_still else moves)
    if rises >= FEW_RISES and falls <= rises * COUNTER_FALLS:
        return KindFound("counter", moves)
    if is_counter != is_amount:
        return KindFound("counter" if is_counter else "interval", NAMED)
    if rises <= 2 and np.nanmin(values) < LARGE * steps.max():
        return KindFound("interval", "the values are too few and too small for a counter")
    return KindFound(None, moves)


def _times(count: int) -> str:
    return {0: "never", 1: "once"}.get(count, f"{count:,} times")
