"""The header of a table: where it stands in a file, and the names of its columns.

Exports often begin with lines of their own (a title, the meter, when it was made), some with as
many cells as the table has. The header is the line before the first reading that tells most, or the
one with the time column that was told. Units may stand in a row of their own below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from enms_core.domain.conversions import known_unit
from enms_core.domain.errors import ImportFailed
from enms_core.files.guess_words import IN_BRACKETS, Hint, has_hint, header_unit

# Rows that are looked at to find the header.
HEAD_LINES = 100
STAMP = re.compile(r".*\d{1,2}:\d{2}|\s*(\d{1,4}([-/.])\d{1,2}\2\d{1,4}|\d{8}T?\d{4})")
DECIMAL_NUMBER = re.compile(r"\s*[-+]?\d+[.,]\d+\s*")
NUMBER = re.compile(r"\s*[-+]?\d[\d.,' ]*(e[-+]?\d+)?\s*", re.IGNORECASE)

# Words by which a header is told from a title.
NAMING: Sequence[Hint] = ("time", "amount", "counter", "power", "status", "weather")

HeadRow = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Header:
    """The names of the columns, each once; `line` is the last on which the header stands.

    below: what rows of units below the names say of each column; empty where they say nothing.
    above: the lines before the names.
    """

    names: Sequence[str]
    line: int
    below: Sequence[str]
    above: Sequence[str]


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
    units = _unit_rows(filled[place:])
    below = (" ".join(row[at] for _, row in units if at < len(row)) for at in range(len(cells)))
    return Header(
        names=_names(cells),
        line=units[-1][0] if units else line,
        below=[tidy(text) for text in below],
        above=[tidy(" ".join(row)) for _, row in filled[:place]],
    )


def _place(head: Sequence[HeadRow], width: int, time_column: str | None) -> int:
    """Which of the rows is the header."""
    for place, (_line, cells) in enumerate(head):
        if time_column is not None and time_column in map(tidy, cells):
            return place
    full = [place for place, (_line, cells) in enumerate(head) if len(cells) >= width]
    reading = _first_reading(head)
    likely: list[int] = []
    for place in full if reading is not None else ():
        cells = head[place][1]
        is_name = not _is_data(cells) and not has_hint(cells[0], "unit")
        if place < (reading or 0) and is_name and not (likely and _tells_units(cells)):
            likely.append(place)
    return max(likely, key=lambda place: (*_telling(head[place][1]), place), default=full[0])


def _first_reading(head: Sequence[HeadRow]) -> int | None:
    found = (
        place
        for place, (_line, cells) in enumerate(head)
        if len(cells) > 1 and (_is_reading(cells) or all(map(NUMBER.fullmatch, cells)))
    )
    return next(found, None)


def _telling(cells: Sequence[str]) -> tuple[int, int]:
    """How much a row tells as names of columns: cells with words of meters or units; numbers are
    no names."""
    words = sum(
        header_unit(cell) is not None or any(has_hint(cell, hint) for hint in NAMING)
        for cell in cells
    )
    return words, -sum(map(bool, map(NUMBER.fullmatch, cells)))


def _unit_rows(head: Sequence[HeadRow]) -> list[HeadRow]:
    """The rows between the names, which are the first of them, and the first reading, as far as
    they tell units; where no name has a unit, a text below may be one that we do not know."""
    has_units = any(map(header_unit, head[0][1]))
    rows = []
    for line, cells in head[1 : _first_reading(head) or 1]:
        if any(STAMP.match(cell) or NUMBER.fullmatch(cell) for cell in cells):
            break
        if has_units and not _tells_units(cells):
            break
        rows.append((line, cells))
    return rows


def _tells_units(cells: Sequence[str]) -> bool:
    """Whether a row has a cell that is nothing but a unit, and no name of a time."""
    is_unit = any(known_unit(cell) or IN_BRACKETS.fullmatch(cell.strip()) for cell in cells)
    return is_unit and not any(has_hint(cell, "time") for cell in cells)


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
