"""Rows of a table as columns of texts, whichever kind of file they came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.imports import Reason, Rejection

# So much of a row is shown where it is refused.
SHOWN_CHARACTERS = 200


@dataclass(frozen=True)
class CellBlock:
    """Some rows: their lines in the file, each column's cells, and rows that are none."""

    lines: NDArray[np.int64]
    columns: Sequence[Sequence[str]]
    rejections: Sequence[Rejection]
    done: float


def cell_block(
    rows: Iterable[tuple[int, Sequence[str]]],
    width: int,
    done: float,
    rejections: Iterable[Rejection] = (),
) -> CellBlock:
    """Rows of any length as columns. Rows with fewer or more cells than the header are rejected:
    what is missing may be the end of a number, what is too much its decimals. Blank rows are
    skipped, and empty cells beyond the header."""
    lines: list[int] = []
    kept: list[Sequence[str]] = []
    rejected = list(rejections)
    for line, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        reason = _misfit(cells, width)
        if reason is None:
            lines.append(line)
            kept.append(cells)
        else:
            rejected.append(row_rejection(line, reason, ",".join(cells)))
    columns = list(zip(*(cells[:width] for cells in kept), strict=True)) or [()] * width
    return CellBlock(np.array(lines, dtype=np.int64), columns, rejected, done)


def row_rejection(line: int, reason: Reason, text: str) -> Rejection:
    """A whole row that is none."""
    return Rejection(line, reason, text=text[:SHOWN_CHARACTERS])


def _misfit(cells: Sequence[str], width: int) -> Reason | None:
    if len(cells) < width:
        return Reason.FEW_COLUMNS
    if any(map(str.strip, cells[width:])):
        return Reason.MANY_COLUMNS
    return None
