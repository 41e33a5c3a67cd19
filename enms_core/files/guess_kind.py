"""Whether a column tells what each interval used, a counter that goes up, or a rate.

The sum of a register's values is a wrong number of the largest kind, so that values decide only
where they can be of one kind alone. A name that says counter is never overruled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import FilePlan, Kind, ProductionTarget, ReadingsTarget, Target
from enms_core.files.amounts import amounts
from enms_core.files.guess_draft import Choice, Draft, with_target
from enms_core.files.guess_sample import Sample, all_texts
from enms_core.files.guess_words import has_hint, is_rate

# A column that rises this often and hardly falls is a counter, whatever its name: a machine that
# starts up may use more in each interval than before for some hours, not for longer.
FEW_RISES = 24
# Falls of a counter (reset, roll-over, another meter) to its rises, at most; above the second
# share only one that runs backwards, or trembles, falls. One that begins anew every day is between.
COUNTER_FALLS = 1 / 1000
AMOUNT_FALLS = 1 / 10
# A counter's values are large beside what they differ by, amounts seldom are; of values that fall
# often, only those are doubted that are much larger: a load may well be even.
LARGE = 10
MUCH_LARGER = 100
# Of both so many [share] do not count: a reset, a wrong value.
STRAY = 0.05
# What stands still at so much all through a file may be a counter of a machine that did not run.
LARGE_STILL = 100
# So many values that differ from the one before tell it.
ENOUGH_MOVES = 20_000

KINDS: Sequence[Kind] = ("interval", "counter", "power")
NAMED = "the column's name says so"


@dataclass(frozen=True)
class KindFound:
    """kind: None where it may be a counter or amounts. why: for a terminal."""

    kind: Kind | None
    why: str


def guess_kind(draft: Draft, place: int, sample: Sample) -> None:
    """Whether readings are amounts, a counter or rates: by the unit, then by the values.

    Raises ImportFailed for pieces that are counted on and on: they are taken by intervals only.
    """
    target = draft.plan.targets[place]
    if isinstance(target, ProductionTarget):
        _refuse_counter(draft, target, sample)
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


def _refuse_counter(draft: Draft, target: ProductionTarget, sample: Sample) -> None:
    values = _values(draft, target, sample)
    rises, falls = _rises_and_falls(values)
    is_named = has_hint(target.column, "counter")
    goes_on = rises > 0 and falls <= rises * AMOUNT_FALLS
    if (goes_on and (is_named or rises >= FEW_RISES or _are_large(values, LARGE))) or (
        is_named and not rises and not falls and np.nansum(values) > 0
    ):
        raise ImportFailed(
            f"{target.column!r} seems to count pieces on and on, {_moves(rises, falls)}: "
            "the pieces of each interval are needed"
        )


def _found_kind(draft: Draft, target: ReadingsTarget, sample: Sample) -> KindFound:
    name = target.column
    if target.unit is not None and is_rate(target.unit):
        return KindFound("power", f"{target.unit} is a rate")
    if target.unit is None and has_hint(name, "power"):
        return KindFound("power", NAMED)
    return kind_of(
        _values(draft, target, sample),
        is_counter=has_hint(name, "counter"),
        is_amount=has_hint(name, "amount"),
    )


def _values(draft: Draft, target: Target, sample: Sample) -> NDArray[np.float64]:
    """A column's values in the order of time: those of the sample; where they hardly move, those
    that differ of the file, as far as it takes."""
    decimal = draft.format.decimal or "."
    values = amounts(sample.columns[target.column], decimal).values
    if sum(_rises_and_falls(values)) < FEW_RISES:
        values = np.concatenate(list(_moved(draft, target)))
    return values[::-1] if draft.format.is_descending else values


def _moved(draft: Draft, target: Target) -> Iterator[NDArray[np.float64]]:
    """Values of the file that are other than the one before, until they are enough."""
    last, count = np.nan, 0
    for texts in all_texts(draft.plan.path, draft.format, target.column, target.rows):
        values = amounts(texts, draft.format.decimal or ".").values
        values = values[~np.isnan(values)]
        moved = values[np.diff(values, prepend=last) != 0]
        yield moved
        count += len(moved)
        if count >= ENOUGH_MOVES:
            return
        last = values[-1] if len(values) else last


def kind_of(values: NDArray[np.float64], *, is_counter: bool, is_amount: bool) -> KindFound:
    """The kind of a column from its values in the order of time; NaN is a row without a value.

    is_counter, is_amount: what words in the column's name say.
    """
    rises, falls = _rises_and_falls(values)
    moves = _moves(rises, falls)
    if not rises and not falls:
        return _kind_of_still(values, is_counter=is_counter)
    if falls > rises * AMOUNT_FALLS:
        return _kind_of_falling(values, moves, is_counter=is_counter, is_amount=is_amount)
    if rises >= FEW_RISES and falls <= rises * COUNTER_FALLS:
        return KindFound("counter", moves)
    if is_counter != is_amount:
        return KindFound("counter" if is_counter else "interval", NAMED)
    if rises <= 2 and not _are_large(values, LARGE):
        return KindFound("interval", "the values are too few and too small for a counter")
    return KindFound(None, moves)


def _kind_of_still(values: NDArray[np.float64], *, is_counter: bool) -> KindFound:
    """The kind of values of which each is the same."""
    if is_counter:
        return KindFound("counter", NAMED)
    is_open = bool(np.nanmax(values, initial=0.0) >= LARGE_STILL)
    return KindFound(None if is_open else "interval", "all values are the same")


def _kind_of_falling(
    values: NDArray[np.float64], moves: str, *, is_counter: bool, is_amount: bool
) -> KindFound:
    """The kind of values that fall often: amounts, or a counter that runs backwards or trembles."""
    if is_counter and not is_amount:
        return KindFound(None, f"its name tells a counter, but {moves}")
    if is_counter == is_amount and _are_large(values, MUCH_LARGER):
        return KindFound(None, f"{moves}, by little beside its values")
    return KindFound("interval", moves)


def _are_large(values: NDArray[np.float64], times: float) -> bool:
    """Whether values are at least so many times what they differ by."""
    steps = _steps(values)
    largest_step = np.quantile(np.abs(steps[steps != 0]), 1 - STRAY)
    return bool(np.nanquantile(values, STRAY) >= times * largest_step)


def _steps(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.diff(values[~np.isnan(values)])


def _rises_and_falls(values: NDArray[np.float64]) -> tuple[int, int]:
    steps = _steps(values)
    return int((steps > 0).sum()), int((steps < 0).sum())


def _moves(rises: int, falls: int) -> str:
    return f"it rises {_times(rises)} and falls {_times(falls)}"


def _times(count: int) -> str:
    return {0: "never", 1: "once"}.get(count, f"{count:,} times")
