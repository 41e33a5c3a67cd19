"""The first rows of a file, from which the rest is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from enms_core.domain.imports import RowFilter, TableFormat
from enms_core.files.stamps import stamp_texts
from enms_core.files.tables import CHUNK_ROWS, RowChunk, open_table

# A fortnight of minutes: the 13th of a month tells day and month apart.
SAMPLE_ROWS = 20_000
# Of a wide file fewer rows are held.
SAMPLE_CELLS = 500_000
FEWEST_ROWS = 200


@dataclass(frozen=True)
class Sample:
    """The first rows of a file, or of one meter in it: name of a column → its cells.

    below, above: what stands around the header, as a `Table` tells it.
    """

    header: Sequence[str]
    columns: Mapping[str, Sequence[str]]
    below: Mapping[str, str] = field(default_factory=dict)
    above: Sequence[str] = ()

    def stamps(self, table_format: TableFormat) -> list[str]:
        """The texts of the times, without spaces around."""
        return _stripped(stamp_texts(self.columns, table_format))


def read_sample(
    path: Path, table_format: TableFormat, rows: RowFilter | None, named: Sequence[str]
) -> Sample:
    """The first rows, of those that the filter leaves. Raises ImportFailed, also for a column of
    `named` that is not there."""
    with open_table(path, table_format) as table:
        header = table.header
        count = min(SAMPLE_ROWS, max(FEWEST_ROWS, SAMPLE_CELLS // len(header)))
        columns: dict[str, list[str]] = {name: [] for name in (*header, *named)}
        held = 0
        for chunk in table.rows(count, list(columns)):
            kept = _kept(chunk, rows, count - held)
            held += len(kept)
            for name, cells in columns.items():
                cells += [chunk.columns[name][each] for each in kept]
            if held == count:
                break
        return Sample(header, columns, table.below, table.above)


def all_stamps(
    path: Path, table_format: TableFormat, rows: RowFilter | None
) -> Iterator[list[str]]:
    """The texts of the times of the whole file, or of one meter in it, some rows at a time."""
    names = [table_format.time_column, table_format.clock_column, rows and rows.column]
    with open_table(path, table_format) as table:
        for chunk in table.rows(CHUNK_ROWS, [name for name in names if name]):
            texts = _stripped(stamp_texts(chunk.columns, table_format))
            yield [texts[each] for each in _kept(chunk, rows, len(texts))]


def all_texts(
    path: Path, table_format: TableFormat, column: str, rows: RowFilter | None
) -> Iterator[list[str]]:
    """The cells of one column, of the whole file or of one meter in it, some rows at a time."""
    names = [column] if rows is None else [column, rows.column]
    with open_table(path, table_format) as table:
        for chunk in table.rows(CHUNK_ROWS, names):
            cells = chunk.columns[column]
            yield [cells[each] for each in _kept(chunk, rows, len(cells))]


def _kept(chunk: RowChunk, rows: RowFilter | None, most: int) -> Sequence[int]:
    """The places of the rows that the filter leaves, `most` of them."""
    if rows is None:
        return range(min(most, len(chunk.lines)))
    cells = chunk.columns[rows.column]
    return [at for at, text in enumerate(cells) if text.strip() == rows.value][:most]


def _stripped(texts: Sequence[str]) -> list[str]:
    return [text.strip() for text in texts]
