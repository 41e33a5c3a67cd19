"""The rows of a meter as one target's values: what can be stored, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.import_chunk import Instants, TargetChunk
from enms_core.analysis.local_time import interval_starts
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    Decimal,
    ProductionTarget,
    ReadingsTarget,
    Rejection,
    Stamp,
    StatusTarget,
    TableFormat,
    Target,
    WeatherTarget,
)
from enms_core.files.cells import SHOWN_CHARACTERS
from enms_core.files.meter_rows import Rows, TimedRows
from enms_core.files.row_values import (
    EMPTY,
    FINE,
    REASONS,
    TIME_FAULTS,
    Faults,
    Numbers,
    modes_of,
    numbers_of,
)
from enms_core.files.tables import RowChunk


class ChunkCells:
    """The cells of a chunk; the numbers of a column are read once, for all meters that share it."""

    def __init__(
        self, table: RowChunk, decimal: Decimal, groups_thousands: Callable[[str], bool]
    ) -> None:
        """groups_thousands: whether the whole column of a name does."""
        self.table = table
        self._decimal = decimal
        self._groups_thousands = groups_thousands
        self._found: dict[tuple[str, bool], Numbers] = {}

    def numbers(self, column: str, *, may_be_negative: bool) -> Numbers:
        key = column, may_be_negative
        if key not in self._found:
            self._found[key] = numbers_of(
                self.table.columns[column],
                self._decimal,
                may_be_negative=may_be_negative,
                groups_thousands=partial(self._groups_thousands, column),
            )
        return self._found[key]

    def texts(self, column: str, rows: Rows) -> list[str]:
        cells = self.table.columns[column]
        return [cells[row].strip() for row in rows.tolist()]


class TargetRows:
    """One target's part of its meter's rows.

    place: the target's in the plan. zone: of the stamps, whose days are the intervals of a daily
    file. Raises ImportFailed where stamps tell ends and no interval is known.
    """

    def __init__(
        self, place: int, target: Target, table_format: TableFormat, zone: ZoneInfo
    ) -> None:
        self._place = place
        self._target = target
        self._time_column = table_format.time_column or ""
        self._zone = zone
        self._length = _length_before_stamp(target, table_format.stamp)

    def chunk(self, cells: ChunkCells, timed: TimedRows) -> TargetChunk:
        """What the rows hold: good ones with their values, bad ones with their reasons."""
        values, cell_faults = self._values(cells, timed.rows)
        is_timeless = (cell_faults != EMPTY) & (timed.faults != FINE)
        faults = np.where(is_timeless, timed.faults, cell_faults)
        good = faults == FINE
        rows = timed.rows[good]
        return TargetChunk(
            target=self._place,
            lines=cells.table.lines[rows],
            instants=self._starts(timed.instants[good]),
            values=values[good] if values.dtype == np.float64 else values[good].tolist(),
            serials=self._serials(cells, rows),
            rejections=self._rejections(cells, timed.rows, faults),
            empty=int((faults == EMPTY).sum()),
        )

    def _values(
        self, cells: ChunkCells, rows: Rows
    ) -> tuple[NDArray[np.float64] | NDArray[np.str_], Faults]:
        target = self._target
        if isinstance(target, StatusTarget):
            modes = modes_of(cells.texts(target.column, rows), target.words)
            return modes.values, modes.faults
        numbers = cells.numbers(target.column, may_be_negative=isinstance(target, WeatherTarget))
        return numbers.values[rows], numbers.faults[rows]

    def _starts(self, stamps: Instants) -> Instants:
        return stamps if self._length is None else interval_starts(stamps, self._length, self._zone)

    def _serials(self, cells: ChunkCells, rows: Rows) -> Sequence[str] | None:
        target = self._target
        if not isinstance(target, ReadingsTarget) or target.serial_column is None:
            return None
        return cells.texts(target.serial_column, rows)

    def _rejections(self, cells: ChunkCells, rows: Rows, faults: Faults) -> list[Rejection]:
        refused = np.flatnonzero(faults > EMPTY).tolist()
        return [self._rejection(cells.table, int(rows[at]), int(faults[at])) for at in refused]

    def _rejection(self, table: RowChunk, row: int, fault: int) -> Rejection:
        column = self._time_column if fault in TIME_FAULTS else self._target.column
        text = table.columns[column][row][:SHOWN_CHARACTERS]
        return Rejection(int(table.lines[row]), REASONS[fault], column, text)


def has_intervals(target: Target) -> bool:
    """Whether a value is that of an interval, and not of a moment."""
    if isinstance(target, ReadingsTarget):
        return target.kind == "interval"
    return isinstance(target, ProductionTarget)


def _length_before_stamp(target: Target, stamp: Stamp | None) -> timedelta | None:
    """How long before its stamp a value's interval begins; None where the stamp is its time."""
    if stamp != "end" or not has_intervals(target):
        return None
    if target.interval is None:
        raise ImportFailed(f"the interval of {target.column!r} is not known: say --interval")
    return target.interval
