"""Pieces of a file on their way from its text to the database: arrays, some ten thousand rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.imports import Rejection

Instants = NDArray[np.datetime64]  # datetime64[us], UTC


@dataclass(frozen=True)
class TargetChunk:
    """Rows of one target, in the order of the file.

    target: its place in the plan's targets. instants [datetime64[us], UTC]: of intervals and
    pieces made their start; of counters, power, weather and status the moment itself. values:
    float64 in the file's unit, or for a status the mode. serials: of counters, the meter's name.
    Rows without a value are not among them; `empty` counts those.
    """

    target: int
    lines: NDArray[np.int64]
    instants: Instants
    values: NDArray[np.float64] | Sequence[str]
    serials: Sequence[str] | None = None
    rejections: Sequence[Rejection] = field(default_factory=tuple)
    empty: int = 0


@dataclass(frozen=True)
class FileChunk:
    """What the next rows of a file hold for its targets; `done` is the part of the file [0-1]."""

    targets: Sequence[TargetChunk]
    rows: int
    done: float
