"""The header of a table: where it stands in a file, and the names of its columns.

Exports often begin with lines of their own (a title, the meter, when it was made). The header is
the first line with as many cells as the rows have, or the one with the time column that was told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from enms_core.domain.errors import ImportFailed

# Rows that are looked at to find the header.
HEAD_LINES = 100
STAMP = re.compile(r".*\d{1,2}:\d{2}|\s*(\d{1,4}([-/.])\d{1,2}\2\d{1,4}|\d{8}T?\d{4})")
DECIMAL_NUMBER = re.compile(r"\s*[-+]?\d+[.,]\d+\s*")
NUMBER = re.compile(r"\s*[-+]?\d[\d.,' ]*(e[-+]?\d+)?\s*", re.IGNORECASE)

HeadRow = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Header:
    """The names of the columns, each once; `line` is the last on which the header stands."""

    names: Sequence[str]
    line: int


def found_header(head: Sequence[HeadRow], time_column: str | None) -> Header:
    """The header among the first rows (line, cells) of a file, none of them blank.

    Raises ImportFailed where there is none, or readings stand before it.
    """
    filled = [(line, _without_empty_end(cells)) for line, cells in head]
    if not filled:
        raise ImportFailed("there are no rows in the file")
    width = Counter(len(cells) for _line, cells in filled).most_common(1)[0][0]
    place = _place(filled, width, time_column)
    line, cells = filled[place]
    if _is_data(cells):
        raise _no_header(filled, place, width)
    for before, row in filled[:place]:
        if len(row) >= width and _is_reading(row):
            raise ImportFailed("readings stand before the header", before)
    if len(cells) < 2:
        raise ImportFailed("the header has one column only; a time and a value are needed", line)
    return Header(_names(cells), line)


def _place(head: Sequence[HeadRow], width: int, time_column: str | None) -> int:
    """Which of the rows is the header."""
    for place, (_line, cells) in enumerate(head):
        if time_column is not None and time_column in map(tidy, cells):
            return place
    return next(place for place, (_line, cells) in enumerate(head) if len(cells) >= width)


def _no_header(head: Sequence[HeadRow], place: int, width: int) -> ImportFailed:
    """Where the first full row is a reading: its header has too few cells, or there is none."""
    line, before = head[place - 1] if place else head[place]
    if len(before) > 1 and not _is_data(before):
        return ImportFailed(f"the header has {len(before)} columns, the rows have {width}", line)
    return ImportFailed("the first line is a reading: a header is needed", line)


def _names(cells: Sequence[str]) -> list[str]:
    """Names by which columns are told. One without a name, or with that of another, is told by its
    place, so that nobody gets the wrong one of two."""
    names = [tidy(cell) for cell in cells]
    often = Counter(names)
    return [
        f"column {place}" if not name else name if often[name] == 1 else f"{name} (column {place})"
        for place, name in enumerate(names, 1)
    ]


def tidy(name: str) -> str:
    """A name as it is told: without a byte order mark, line ends and spaces around it."""
    return " ".join(name.replace("\ufeff", "").split())


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _is_data(cells: Sequence[str]) -> bool:
    """Whether a row can be no header: it has a time or decimals, or nothing but numbers."""
    return any(STAMP.match(cell) or DECIMAL_NUMBER.fullmatch(cell) for cell in cells) or all(
        map(NUMBER.fullmatch, cells)
    )


def _is_reading(cells: Sequence[str]) -> bool:
    """Whether a row is one of the table: it has a time, and a number."""
    stamps = [bool(STAMP.match(cell)) for cell in cells]
    numbers = [bool(NUMBER.fullmatch(cell)) for cell in cells]
    return any(stamps) and any(
        number and not stamp for number, stamp in zip(numbers, stamps, strict=True)
    )
