"""Rows of delimited text (CSV and its kin), with the lines of the file on which they stand.

A quotation mark that was damaged must not swallow the rows after it: a row goes over several lines
only where that makes exactly the header's columns, and no line of it is a row of its own.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Reason, Rejection
from enms_core.files.cells import CellBlock, cell_block, row_rejection
from enms_core.files.headers import found_header
from enms_core.files.opening import OpenedText

# In the order in which they are taken where several would do.
DELIMITERS = (";", "\t", "|", ",")
# A cell of a table may go over so many lines, such as a comment or a name in the header.
MOST_CELL_LINES = 20


class DelimitedRows:
    """The rows of an opened text; `delimiter` None: found from its first lines."""

    def __init__(self, text: OpenedText, delimiter: str | None, head_lines: int) -> None:
        self._text = text
        self._head = text.peeked(head_lines)
        if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
            raise ImportFailed(f"a delimiter is one character, not {delimiter!r}")
        self.delimiter = found_delimiter(self._head) if delimiter is None else delimiter

    def head(self) -> list[tuple[int, list[str]]]:
        """The first rows that are not blank, with the line on which each ends."""
        rows: list[tuple[int, list[str]]] = []
        line = 0
        while line < len(self._head):
            count, cells = self._head_row(line)
            line += count
            if any(map(str.strip, cells)):
                rows.append((line, cells))
        return rows

    def blocks(self, after_line: int, width: int, size: int) -> Iterator[CellBlock]:
        """The rows after a line, `size` lines at a time."""
        self._text.taken(after_line)
        while lines := self._text.taken(size):
            yield self._even_block(lines, width) or self._uneven_block(lines, width)

    def _head_row(self, at: int) -> tuple[int, list[str]]:
        """A row before the width of the table is known, and how many lines it takes."""
        row = _strict_row(self._head[at : at + MOST_CELL_LINES], self.delimiter)
        return row or (1, self._head[at].split(self.delimiter))

    def _even_block(self, lines: list[str], width: int) -> CellBlock | None:
        """Lines that split at once, several times as fast as row by row. None where they do not."""
        cells, count = _even_cells(lines, self.delimiter)
        if count < width:
            return None
        columns = [cells[each::count] for each in range(count)]
        if any(any(map(str.strip, beyond)) for beyond in columns[width:]):
            return None
        first = self._text.line - len(lines) + 1
        numbers = np.arange(first, first + len(lines), dtype=np.int64)
        return CellBlock(numbers, columns[:width], (), self._text.done)

    def _uneven_block(self, lines: list[str], width: int) -> CellBlock:
        first = self._text.line - len(lines) + 1
        rows = self._one_line_rows(lines)
        if rows is not None:
            return cell_block(enumerate(rows, first), width, self._text.done)
        rejections: list[Rejection] = []
        found = list(self._rows(lines, first, width, rejections))
        return cell_block(found, width, self._text.done, rejections)

    def _one_line_rows(self, lines: list[str]) -> list[list[str]] | None:
        """Rows where each takes one line and its quotation marks are in order; else None."""
        try:
            rows = list(_reader(lines, self.delimiter))
        except csv.Error:
            return None
        return rows if len(rows) == len(lines) else None

    def _rows(
        self, lines: list[str], first: int, width: int, rejections: list[Rejection]
    ) -> Iterator[tuple[int, list[str]]]:
        """Line by line. The last row may end in lines that are yet to be taken."""
        ahead = [*lines, *self._text.peeked(MOST_CELL_LINES)]
        at = 0
        while at < len(lines):
            row = _strict_row(ahead[at : at + MOST_CELL_LINES], self.delimiter)
            if row is None or not self._is_one_row(ahead[at + 1 : at + row[0]], row[1], width):
                rejections.append(row_rejection(first + at, Reason.BROKEN_QUOTES, ahead[at]))
                at += 1
                continue
            yield first + at, row[1]
            at += row[0]
        self._text.taken(at - len(lines))

    def _is_one_row(self, later_lines: Sequence[str], cells: list[str], width: int) -> bool:
        """Whether lines that a quotation mark holds together belong together."""
        return not later_lines or (
            len(cells) == width
            and all(line.count(self.delimiter) < width - 1 for line in later_lines)
        )


def _even_cells(lines: Sequence[str], delimiter: str) -> tuple[list[str], int]:
    """The cells of all lines in one list, and how many each line has: where that is one number,
    none is blank, and no cell is quoted or every one. Else nothing, and 0."""
    between = delimiter
    if any('"' in line for line in lines):
        between = f'"{delimiter}"'
        if not all(len(line) > 1 and line[0] == line[-1] == '"' for line in lines):
            return [], 0
        quotes = {line.count('"') for line in lines}
        lines = [line[1:-1] for line in lines]
        if quotes != {2 * lines[0].count(between) + 2}:
            return [], 0
    counts = {line.count(between) for line in lines}
    if len(counts) > 1 or between * lines[0].count(between) in lines:
        return [], 0
    return between.join(lines).split(between), counts.pop() + 1


class _Reader(Protocol):
    line_num: int

    def __next__(self) -> list[str]: ...
    def __iter__(self) -> Iterator[list[str]]: ...


def _reader(lines: Sequence[str], delimiter: str) -> _Reader:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)


def _strict_row(lines: Sequence[str], delimiter: str) -> tuple[int, list[str]] | None:
    """The first row of some lines and how many it takes; None where its quotation marks are not
    in order."""
    reader = _reader([line + "\n" for line in lines], delimiter)
    try:
        cells = next(reader)
    except csv.Error:
        return None
    return reader.line_num, cells


def found_delimiter(lines: Sequence[str]) -> str:
    """The delimiter that makes a header of a line, and cuts most lines into one number of cells,
    of two or more; if several do, the one that makes more cells. Raises ImportFailed where none
    does.

    A decimal comma cuts the rows of a file evenly too, but not its header.
    """
    ranked = [(_evenness(lines, each), each) for each in DELIMITERS]
    (_has_header, share, _cells), delimiter = max(ranked, key=lambda each: each[0])
    if not share:
        raise ImportFailed("no columns are found in the file: say --delimiter")
    return delimiter


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[bool, float, int]:
    """Whether there is a header, the part of the lines with the most frequent number of cells, and
    that number."""
    filled = [line for line in lines if line.strip()]
    widths = Counter(_width(line, delimiter) for line in filled)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return False, 0.0, 0
    width = max(wide, key=lambda each: (wide[each], each))
    return _has_header(filled, delimiter), wide[width] / len(filled), width


def _has_header(lines: Sequence[str], delimiter: str) -> bool:
    try:
        found_header([(at, line.split(delimiter)) for at, line in enumerate(lines, 1)], None)
    except ImportFailed:
        return False
    return True


def _width(line: str, delimiter: str) -> int:
    """Cells of a line; one where the delimiter cuts through quotation marks."""
    row = _strict_row([line], delimiter)
    if row is None or any(cell.count('"') % 2 for cell in row[1]):
        return 1
    return len(row[1])
