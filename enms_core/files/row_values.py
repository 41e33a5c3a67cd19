"""Cells of a column as values that can be stored: numbers and modes, or why a cell is neither."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.imports import Decimal, Reason
from enms_core.files.amounts import EMPTY as NO_VALUE
from enms_core.files.amounts import amounts

# What became of a cell: it is fine, there is nothing in it, or one of the reasons.
FINE, EMPTY = 0, 1
REASONS = dict(
    enumerate(
        (
            Reason.NO_TIME,
            Reason.SKIPPED_TIME,
            Reason.NO_NUMBER,
            Reason.NEGATIVE,
            Reason.IMPOSSIBLE,
            Reason.UNKNOWN_WORD,
        ),
        start=2,
    )
)
FAULTS = {reason: fault for fault, reason in REASONS.items()}
TIME_FAULTS = (FAULTS[Reason.NO_TIME], FAULTS[Reason.SKIPPED_TIME])
Faults = NDArray[np.int8]

# No meter tells more, in any unit: a larger number is damaged text.
LARGEST = 1e15

# What needs no mapping: the modes themselves, and what switches and controllers write.
MODES = ("running", "idle", "maintenance", "fault", "off")
KNOWN_WORDS = {mode: mode for mode in MODES} | {
    "1": "running",
    "1.0": "running",
    "true": "running",
    "on": "running",
    "run": "running",
    "0": "off",
    "0.0": "off",
    "false": "off",
    "stop": "off",
    "stopped": "off",
}


@dataclass(frozen=True)
class Numbers:
    """A column's numbers; they count only where the fault is FINE."""

    values: NDArray[np.float64]
    faults: Faults


def numbers_of(
    texts: Sequence[str],
    decimal: Decimal,
    *,
    may_be_negative: bool,
    groups_thousands: Callable[[], bool] | None = None,
) -> Numbers:
    """Numbers that a meter can have told; of temperatures, also those below zero.

    groups_thousands: as for `amounts`.
    """
    found = amounts(texts, decimal, groups_thousands)
    faults = np.where(np.isnan(found.values), EMPTY, FINE).astype(np.int8)
    faults[found.bad] = FAULTS[Reason.NO_NUMBER]
    if not may_be_negative:
        faults[found.values < 0] = FAULTS[Reason.NEGATIVE]
    faults[np.abs(found.values) > LARGEST] = FAULTS[Reason.IMPOSSIBLE]
    return Numbers(found.values, faults)


@dataclass(frozen=True)
class Modes:
    """What a machine did; it counts only where the fault is FINE."""

    values: NDArray[np.str_]
    faults: Faults


def modes_of(texts: Sequence[str], words: Mapping[str, str]) -> Modes:
    """Modes by the words of a file, in small letters or large. words: what the user explained."""
    known = KNOWN_WORDS | {word.strip().casefold(): mode for word, mode in words.items()}
    plain = [text.strip().casefold() for text in texts]
    values = [known.get(text, "") for text in plain]
    faults = [
        FINE if value else EMPTY if text in NO_VALUE else FAULTS[Reason.UNKNOWN_WORD]
        for text, value in zip(plain, values, strict=True)
    ]
    return Modes(np.array(values, dtype=np.str_), np.array(faults, dtype=np.int8))
