"""Rows of an Excel sheet as texts, so that everything after is the same as for a text file."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Decimal, TableFormat
from enms_core.files.cells import CellBlock, cell_block
from enms_core.files.encodings import ZIP
from enms_core.files.headers import tidy
from enms_core.files.opening import first_bytes

WORKBOOK = "xl/workbook.xml"
# What a damaged file makes openpyxl raise: it trusts the parts that it unpacks.
DAMAGE = (
    BadZipFile, InvalidFileException, ParseError, zlib.error, EOFError, OSError,
    KeyError, IndexError, AttributeError, TypeError, ValueError, NotImplementedError,
)  # fmt: skip
# Excel keeps times as parts of days, so that times which were filled down drift by milliseconds.
SNAP = timedelta(milliseconds=5)
# Numbers of days from 1954 to 2119: what a time without the format of a time is.
SERIAL_DAYS = (20_000, 80_000)


class _Cell(Protocol):
    """A cell, of openpyxl's several kinds."""

    @property
    def value(self) -> object: ...
    @property
    def number_format(self) -> str: ...


class SheetRows:
    """The rows of one sheet. Lines are its rows, from 1."""

    def __init__(self, path: Path, sheet: Any, table_format: TableFormat, head_lines: int) -> None:
        self.name: str = sheet.title
        self._path = path
        self._format = table_format
        self._epoch = sheet.parent.epoch
        self._last_row = sheet.max_row or 0
        sheet.reset_dimensions()  # what a file says of its own size is often wrong
        self._rows: Iterator[Sequence[_Cell]] = sheet.iter_rows()
        self._head = self._next(head_lines)
        self._time_place: int | None = None

    def head(self) -> list[tuple[int, list[str]]]:
        """The first rows that are not blank, with their line."""
        rows = enumerate(map(self._texts, self._head), 1)
        return [(line, cells) for line, cells in rows if any(map(str.strip, cells))]

    def blocks(self, after_line: int, width: int, size: int) -> Iterator[CellBlock]:
        """The rows after a line, `size` at a time."""
        for row in self._head[:after_line]:
            names = [tidy(name) for name in self._texts(row)]
            if self._format.time_column in names:
                self._time_place = names.index(self._format.time_column)
                break
        self._rows = chain(self._head[after_line:], self._rows)
        line = after_line + 1
        while rows := self._next(size):
            last = line + len(rows) - 1
            # A row ends with its last cell that has something in it, perhaps a note beside it.
            texts = (self._texts(row)[:width] for row in rows)
            filled = (cells + [""] * (width - len(cells)) for cells in texts)
            done = min(last / self._last_row, 1.0) if self._last_row else 0.0
            yield cell_block(enumerate(filled, line), width, done)
            line = last + 1

    def _next(self, count: int) -> list[Sequence[_Cell]]:
        with _undamaged(self._path):
            return list(islice(self._rows, count))

    def _texts(self, row: Sequence[_Cell]) -> list[str]:
        cells = [self._text(cell) for cell in row]
        place = self._time_place
        if place is not None and place < len(row):
            cells[place] = self._time_text(row[place])
        return cells

    def _time_text(self, cell: _Cell) -> str:
        """A time; a number is one that lost its format."""
        low, high = SERIAL_DAYS
        if isinstance(cell.value, (int, float)) and low < cell.value < high:
            return snapped(from_excel(cell.value, self._epoch)).isoformat(sep=" ")
        return self._text(cell)

    def _text(self, cell: _Cell) -> str:
        value = cell.value
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, float):
            return number_text(value, self._format.decimal or ".")
        if isinstance(value, datetime):
            # A day, such as beside a column with the time of day, is written without 0:00.
            is_day = value.time() == time(0) and "h" not in cell.number_format.lower()
            return value.date().isoformat() if is_day else snapped(value).isoformat(sep=" ")
        return value.isoformat() if isinstance(value, time) else str(value)


def number_text(value: float, decimal: Decimal) -> str:
    """A number with the decimal sign of the file, never to be taken for one with a thousands
    separator: three decimals get a fourth.

    >>> number_text(1.234, ","), number_text(1.5, ".")
    ('1,2340', '1.5')
    """
    text = repr(value)
    if text[-4:-3] == ".":
        text += "0"
    return text.replace(".", decimal)


def snapped(moment: datetime) -> datetime:
    """A time at the whole second that it means."""
    second = (moment + SNAP).replace(microsecond=0)
    return second if abs(second - moment) <= SNAP else moment


def is_spreadsheet(path: Path) -> bool:
    """Whether a file is an Excel workbook (.xlsx), by its content. Raises ImportFailed."""
    if first_bytes(path, len(ZIP)) != ZIP:
        return False
    with _undamaged(path), ZipFile(path) as archive:
        return WORKBOOK in archive.namelist()


@contextmanager
def opened_sheet(path: Path, table_format: TableFormat, head_lines: int) -> Iterator[SheetRows]:
    """The sheet of the format, else the only one with rows. Raises ImportFailed."""
    with ExitStack() as stack:
        with _undamaged(path):
            file = stack.enter_context(path.open("rb"))  # by its name, openpyxl may refuse it
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            stack.callback(book.close)
        names = [sheet.title for sheet in book.worksheets]
        if table_format.sheet is not None and table_format.sheet not in names:
            raise ImportFailed(f"no sheet {table_format.sheet!r}; there are {', '.join(names)}")
        yield _only_filled(
            [
                SheetRows(path, sheet, table_format, head_lines)
                for sheet in book.worksheets
                if table_format.sheet in (None, sheet.title)
            ]
        )


def _only_filled(sheets: Sequence[SheetRows]) -> SheetRows:
    """The one with rows."""
    filled = [sheet for sheet in sheets if sheet.head()]
    if not filled:
        raise ImportFailed("there are no rows in the file")
    if len(filled) > 1:
        names = ", ".join(sheet.name for sheet in filled)
        raise ImportFailed(f"several sheets have rows: {names}; say --sheet")
    return filled[0]


@contextmanager
def _undamaged(path: Path) -> Iterator[None]:
    """Tells a damaged file as such, and keeps openpyxl's remarks on styles from the terminal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    except DAMAGE as error:
        raise ImportFailed(f"{path.name} cannot be read: {error}") from error
