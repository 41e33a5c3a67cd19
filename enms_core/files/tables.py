"""A file as a table: a header and rows of texts, from delimited text or a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Rejection, TableFormat
from enms_core.files.cells import CellBlock
from enms_core.files.delimited import DelimitedRows
from enms_core.files.headers import HEAD_LINES, Header, HeadRow, found_header
from enms_core.files.opening import opened_text
from enms_core.files.spreadsheet import is_spreadsheet, opened_sheet

# Read at a time. Their texts, with those of the chunk after, take a few megabytes: of more the
# memory stays taken, since some small things that live on lie among them.
CHUNK_ROWS = 8_192


@dataclass(frozen=True)
class RowChunk:
    """Some rows of a table, in the order of the file.

    lines: where each begins, from 1. columns: name → cells, as they are written. rejections: rows
    that are none, which are not among the others. done: the part of the file [0-1].
    """

    lines: NDArray[np.int64]
    columns: Mapping[str, Sequence[str]]
    rejections: Sequence[Rejection]
    done: float


class _Rows(Protocol):
    """Where rows come from."""

    def head(self) -> Sequence[HeadRow]: ...
    def blocks(self, after_line: int, width: int, size: int) -> Iterator[CellBlock]: ...


class Table:
    """A table that is open. Its rows can be read once.

    delimiter: of delimited text; None in a spreadsheet.
    """

    def __init__(self, rows: _Rows, header: Header, delimiter: str | None) -> None:
        self._rows = rows
        self._header = header
        self.delimiter = delimiter

    @property
    def header(self) -> list[str]:
        """The columns' names, each once."""
        return list(self._header.names)

    @property
    def below(self) -> dict[str, str]:
        """Name of a column → what a row of units below it says; empty where it says nothing."""
        return dict(zip(self._header.names, self._header.below, strict=True))

    @property
    def above(self) -> Sequence[str]:
        """The lines before the header."""
        return self._header.above

    def rows(self, size: int, columns: Sequence[str] | None = None) -> Iterator[RowChunk]:
        """The rows, at most `size` at a time, with the columns wanted (None: all of them).

        Raises ImportFailed for a column that is not there, or a file that breaks off.
        """
        names = self._header.names
        places = {name: self._place(name) for name in (names if columns is None else columns)}
        for block in self._rows.blocks(self._header.line, len(names), size):
            wanted = {name: block.columns[place] for name, place in places.items()}
            yield RowChunk(block.lines, wanted, block.rejections, block.done)

    def _place(self, name: str) -> int:
        names = self._header.names
        if name not in names:
            raise ImportFailed(
                f"no column {name!r}; there are {', '.join(names)}", self._header.line
            )
        return names.index(name)


@contextmanager
def open_table(path: Path, table_format: TableFormat) -> Iterator[Table]:
    """Open a file as a table; what the format does not say is found from the file.

    Raises ImportFailed for a file that cannot be read or has no header.
    """
    if is_spreadsheet(path):
        with opened_sheet(path, table_format, HEAD_LINES) as sheet:
            yield Table(sheet, found_header(sheet.head(), table_format.time_column), None)
        return
    with opened_text(path, table_format.encoding) as text:
        rows = DelimitedRows(text, table_format.delimiter, HEAD_LINES)
        header = found_header(rows.head(), table_format.time_column)
        yield Table(rows, header, rows.delimiter)
