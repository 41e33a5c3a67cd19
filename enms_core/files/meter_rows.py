"""Rows of a file by meter, with their instants: each meter has an order of times of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.import_chunk import Instants
from enms_core.analysis.local_time import LocalTimes
from enms_core.domain.imports import Reason, RowFilter
from enms_core.files.row_values import FAULTS, FINE, Faults
from enms_core.files.stamps import ParsedStamps
from enms_core.files.tables import RowChunk

Rows = NDArray[np.intp]
Meter = RowFilter | None  # None: all rows are of one meter


@dataclass(frozen=True, eq=False)
class StampedRows:
    """Some rows of a file with their times. of_meter: the rows of each meter, in their order."""

    table: RowChunk
    stamps: ParsedStamps
    of_meter: Mapping[Meter, Rows]

    def readable(self, meter: Meter) -> Rows:
        """The rows of a meter whose time can be read."""
        rows = self.of_meter[meter]
        return rows[~self.stamps.bad[rows]]

    def walls(self, meter: Meter) -> NDArray[np.int64]:
        """The wall times of those [µs]."""
        return self.stamps.wall_us[self.readable(meter)]


@dataclass(frozen=True, eq=False)
class TimedRows:
    """A meter's rows: their places in the chunk; their instants, where the fault is FINE."""

    rows: Rows
    instants: Instants
    faults: Faults


def rows_of_meters(table: RowChunk, meters: Sequence[Meter]) -> dict[Meter, Rows]:
    """The rows of each meter. Cells are compared without the spaces around them."""
    found: dict[Meter, Rows] = {None: np.arange(len(table.lines))}
    named = [each for each in meters if each is not None]
    for column in {each.column for each in named}:
        places = {each.value.strip(): each for each in named if each.column == column}
        numbers = {value: number for number, value in enumerate(places)}
        cells = table.columns[column]
        of_cells = np.fromiter((numbers.get(each.strip(), -1) for each in cells), int, len(cells))
        found |= {places[value]: np.flatnonzero(of_cells == numbers[value]) for value in places}
    return {each: found[each] for each in meters}


class MeterTimes:
    """The instants of one meter's rows, chunk by chunk."""

    def __init__(self, meter: Meter, times: LocalTimes) -> None:
        self._meter = meter
        self._times = times

    def timed(self, rows: StampedRows, following: StampedRows | None) -> TimedRows:
        """The instants of some rows. following: the rows that come next, if any do."""
        of_meter, stamps = rows.of_meter[self._meter], rows.stamps
        fine, readable = ~stamps.bad[of_meter], rows.readable(self._meter)
        faults = np.full(len(of_meter), FAULTS[Reason.NO_TIME], dtype=np.int8)
        instants = np.full(len(of_meter), np.datetime64("NaT"), dtype="datetime64[us]")
        instants[fine], skipped = self._times.instants(
            rows.walls(self._meter),
            stamps.offset_us[readable],
            stamps.has_offset[readable],
            rows.stamps.wall_us[:0] if following is None else following.walls(self._meter),
        )
        faults[fine] = np.where(skipped, FAULTS[Reason.SKIPPED_TIME], FINE)
        return TimedRows(of_meter, instants, faults)
