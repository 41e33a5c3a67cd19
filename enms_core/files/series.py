"""The rows of a file as series: instants in UTC and values, for each target of a plan.

The file passes in chunks. Of each, the one after it is known too, since some stamps are told apart
by what follows; no more is held at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from enms_core.analysis.import_chunk import FileChunk, TargetChunk
from enms_core.analysis.local_time import LocalTimes
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Decimal, FilePlan, ReadingsTarget, StatusTarget
from enms_core.files.amounts import Thousands
from enms_core.files.meter_rows import Meter, MeterTimes, StampedRows, rows_of_meters
from enms_core.files.stamps import StampParser, stamp_texts
from enms_core.files.tables import CHUNK_ROWS, RowChunk, open_table
from enms_core.files.target_rows import ChunkCells, TargetRows, has_intervals

_DAY = timedelta(days=1)
_Said = TypeVar("_Said")


def read(plan: FilePlan, zone: ZoneInfo) -> Iterator[FileChunk]:
    """A file's series, chunk by chunk, values in the file's unit.

    plan: complete, nothing in it is left to be found. zone: of stamps without an offset. Raises
    ImportFailed for a file that cannot be read to its end. A row that cannot be read is a
    rejection of each target that loses a value; one that is of no known meter, of the first one's.
    """
    series = _Series(plan, zone)
    with open_table(plan.path, plan.format) as table:
        chunks = (series.stamped(chunk) for chunk in table.rows(CHUNK_ROWS, series.columns))
        for chunk, following in _with_following(chunks):
            yield series.file_chunk(chunk, following)


class _Series:
    """What reads the rows of a file, and remembers the order of their times."""

    def __init__(self, plan: FilePlan, zone: ZoneInfo) -> None:
        self._format = plan.format
        self._decimal: Decimal = _said(plan.format.decimal, "--decimal")
        self._parser = StampParser(_said(plan.format.time_format, "--time-format"))
        self._meters = list(dict.fromkeys(target.rows for target in plan.targets))
        self._times = {meter: _meter_times(meter, plan, zone) for meter in self._meters}
        self._targets = [
            (target.rows, TargetRows(place, target, plan.format, zone))
            for place, target in enumerate(plan.targets)
        ]
        self.columns = _columns(plan, _said(plan.format.time_column, "--time-column"))
        self._thousands = _FileThousands(plan, self._decimal)

    def stamped(self, table: RowChunk) -> StampedRows:
        stamps = self._parser.parse(stamp_texts(table.columns, self._format))
        return StampedRows(table, stamps, rows_of_meters(table, self._meters))

    def file_chunk(self, rows: StampedRows, following: StampedRows | None) -> FileChunk:
        table = rows.table
        cells = ChunkCells(table, self._decimal, self._thousands.are_grouped)
        timed = {meter: times.timed(rows, following) for meter, times in self._times.items()}
        found = [target.chunk(cells, timed[meter]) for meter, target in self._targets]
        first_meter = self._targets[0][0]
        chunks = [
            _with_rejections(chunk, table) if meter == first_meter else chunk
            for chunk, (meter, _target) in zip(found, self._targets, strict=True)
        ]
        return FileChunk(chunks, len(table.lines) + len(table.rejections), table.done)


class _FileThousands:
    """Which columns of numbers group thousands: a text must mean the same wherever it stands in the
    file. All of the file tells it, which is read once more where it has a number that asks."""

    def __init__(self, plan: FilePlan, decimal: Decimal) -> None:
        self._plan = plan
        self._decimal: Decimal = decimal
        self._found: dict[str, Thousands] = {}

    def are_grouped(self, column: str) -> bool:
        if not self._found:
            self._read()
        return self._found[column].are_grouped()

    def _read(self) -> None:
        numbers = [each for each in self._plan.targets if not isinstance(each, StatusTarget)]
        self._found = {each.column: Thousands(self._decimal) for each in numbers}
        with open_table(self._plan.path, self._plan.format) as table:
            for chunk in table.rows(CHUNK_ROWS, list(self._found)):
                for column, thousands in self._found.items():
                    thousands.add(chunk.columns[column])


def _said(value: _Said | None, flag: str) -> _Said:
    if value is None:
        raise ImportFailed(f"the file does not tell it: say {flag}")
    return value


def _meter_times(meter: Meter, plan: FilePlan, zone: ZoneInfo) -> MeterTimes:
    lengths = [each.interval for each in plan.targets if each.rows == meter and has_intervals(each)]
    times = LocalTimes(
        zone,
        plan.format.stamp == "end",
        bool(plan.format.is_descending),
        is_of_days=any(length is not None and not length % _DAY for length in lengths),
    )
    return MeterTimes(meter, times)


def _columns(plan: FilePlan, time_column: str) -> list[str]:
    """The columns that are read, each once."""
    serials = [t.serial_column for t in plan.targets if isinstance(t, ReadingsTarget)]
    filters = [target.rows.column for target in plan.targets if target.rows is not None]
    values = [target.column for target in plan.targets]
    found = [time_column, plan.format.clock_column, *serials, *filters, *values]
    return list(dict.fromkeys(column for column in found if column is not None))


def _with_rejections(chunk: TargetChunk, table: RowChunk) -> TargetChunk:
    return replace(chunk, rejections=[*table.rejections, *chunk.rejections])


def _with_following(
    chunks: Iterable[StampedRows],
) -> Iterator[tuple[StampedRows, StampedRows | None]]:
    held: StampedRows | None = None
    for chunk in chunks:
        if held is not None:
            yield held, chunk
        held = chunk
    if held is not None:
        yield held, None
