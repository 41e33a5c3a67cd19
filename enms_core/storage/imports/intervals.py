"""Amounts of intervals on their way in: straight into their table while they rise, else at the end.

A file of a meter that runs on is stored as it is read. Where its rows do not rise, or where
something is stored in their stretch, what was stored is staged again, and all is settled and
stored once the file is known to its end.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.cells import Readings
from enms_core.analysis.grid import microseconds, moments_of
from enms_core.analysis.import_chunk import Instants, TargetChunk
from enms_core.analysis.outliers import Outliers
from enms_core.analysis.remarks import Remarks
from enms_core.analysis.snapping import snapped_to_clock
from enms_core.domain.imports import Remark, TargetReport
from enms_core.storage.imports.intake import Intake
from enms_core.storage.imports.meters import has_other_intervals


class IntervalsIn:
    """The rows of a column of amounts; made by `intervals_in`."""

    def __init__(self, intake: Intake, *, is_straight: bool) -> None:
        self.tally = intake.tally
        self._intake = intake
        self._is_straight = is_straight
        self._moved = Remarks(most_told=0)
        self._outliers = Outliers()

    async def take(self, chunk: TargetChunk) -> None:
        """Store or stage the next rows of the file."""
        self.tally.take(chunk)
        if not len(chunk.lines):
            return
        starts = self._snapped(chunk.instants)
        assert isinstance(chunk.values, np.ndarray)
        readings = measured(starts, chunk.values * self._intake.factor)
        self._outliers.add(moments_of(starts), readings.quantity)
        writer, staging = self._intake.writer, self._intake.staging
        if self._is_straight and await writer.is_free(readings):
            await writer.write(readings, chunk.lines)
            return
        if self._is_straight:
            self._is_straight = False
            await writer.take_back(staging)
        await staging.add_columns({"time": starts, "value": readings.quantity, "line": chunk.lines})

    async def finish(self, *, replace: bool) -> TargetReport:
        """Store what is staged, and tell what became of all rows."""
        intake = self._intake
        if intake.staging.rows:
            await intake.staging.settle(replace)
            await intake.make_room()
            async for rows in intake.staging.in_order():
                assert isinstance(rows.values, np.ndarray)
                await intake.writer.write(measured(rows.instants, rows.values), rows.lines)
        self.tally.remarks.extend([*self._moved.told(), *self._doubtful()])
        return await intake.finish()

    def _doubtful(self) -> Sequence[Remark]:
        """Amounts of the file that are beyond all others."""
        starts, amounts = self._outliers.found()
        remarks = Remarks()
        ends = starts + microseconds(self._intake.facts.interval)
        remarks.add_all("doubtful", starts, ends, amounts)
        return remarks.told(self._intake.facts.source.unit)

    def _snapped(self, starts: Instants) -> Instants:
        """Starts on the grid of the site's clock where they are a little off; noted as moved."""
        interval = self._intake.facts.interval
        on_grid, is_moved = snapped_to_clock(starts, interval, self._intake.zone)
        if is_moved.any():
            moved = moments_of(on_grid[is_moved])
            self._moved.add_all("snapped", moved, moved + microseconds(interval), None)
        return on_grid


async def intervals_in(intake: Intake, *, is_alone: bool) -> IntervalsIn:
    """Take in amounts of intervals. is_alone: no other column goes where this one goes."""
    others = await has_other_intervals(intake.place.session, intake.facts)
    is_exact = intake.writer.owner.table.is_exact
    return IntervalsIn(intake, is_straight=is_alone and is_exact and not others)


def measured(starts: Instants, quantities: NDArray[np.float64]) -> Readings:
    """Readings of which none is estimated."""
    return Readings(starts, quantities, np.zeros(len(starts), dtype=np.bool_))
