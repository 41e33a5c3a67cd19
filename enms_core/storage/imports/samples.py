"""Samples of counters and of power on their way in: staged, put in order, made into readings."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.cells import Readings
from enms_core.analysis.counter import CounterFlows
from enms_core.analysis.grid import Grid, instants_of, moment_of, moments_of
from enms_core.analysis.import_chunk import TargetChunk
from enms_core.analysis.metering import Metering
from enms_core.analysis.power_samples import PowerFlows
from enms_core.analysis.survey import CounterSurvey, PhaseSurvey
from enms_core.domain.imports import Remark, Stamp, TargetReport
from enms_core.storage.imports.counter_samples import CounterSamples, CounterStretch
from enms_core.storage.imports.intake import Intake
from enms_core.storage.imports.joined import PARTIAL, Joined
from enms_core.storage.imports.staging import StagedRows


class SamplesIn:
    """The rows of a column of a counter, or of power.

    stamp: of power, which end of its interval a stamp tells; None for samples of a moment.
    """

    def __init__(self, intake: Intake, stamp: Stamp | None) -> None:
        self.tally = intake.tally
        self._intake = intake
        self._interval = intake.facts.interval
        self._stamp = stamp

    async def take(self, chunk: TargetChunk) -> None:
        """Stage the next rows of the file."""
        self.tally.take(chunk)
        await self._intake.staging.add(chunk)

    async def finish(self, *, replace: bool) -> TargetReport:
        """Make readings of all rows, store them, and tell what became of them."""
        intake = self._intake
        await intake.staging.settle(replace)
        self.tally.judge()
        if intake.staging.rows:
            await intake.make_room()
            if intake.facts.kind == "power":
                await self._store_power()
            else:
                await self._store_counter(replace=replace)
        return await intake.finish()

    async def _store_power(self) -> None:
        phases = PhaseSurvey(self._interval, self._intake.zone)
        async for rows in self._intake.staging.in_order():
            phases.add(rows.instants)
        flows = PowerFlows(
            self._stamp,
            phases.spacing.usual,
            usual_step=phases.spacing.step,
            largest_gap=self._intake.target.largest_gap,
        )
        first, _ = await self._ends()
        metering = Metering(flows, await self._grid(phases, first))
        await self._store(metering, Joined(self._intake.staging))

    async def _store_counter(self, *, replace: bool) -> None:
        intake = self._intake
        phases = PhaseSurvey(self._interval, intake.zone)
        rates = CounterSurvey(self._interval)
        async for rows in intake.staging.in_order():
            phases.add(rows.instants)
            rates.add(rows.instants, _numbers(rows), rows.serials)
        first, last = await self._ends()
        grid = await self._grid(phases, first)
        flows = CounterFlows(
            self._interval,
            register_digits=intake.target.register_digits,
            largest_gap=intake.target.largest_gap,
            highest_rate=self._highest_rate(rates),
        )
        owner, source_id = intake.writer.owner, intake.facts.source.id
        stretch = CounterStretch(first, last, grid, intake.factor)
        samples = CounterSamples(intake.place.connection, owner, source_id, stretch)
        await self._store(
            Metering(flows, grid), await Joined.to_neighbours(intake.staging, samples)
        )
        await samples.keep(intake.staging.table, replace=replace)

    def _highest_rate(self, rates: CounterSurvey) -> float | None:
        """The most that can be used [unit of the file per hour]: as told, or as the file shows."""
        told = self._intake.target.highest_rate
        if told is None:
            return rates.highest_rate
        return max(told / self._intake.factor, rates.highest_rate or 0.0)

    async def _ends(self) -> tuple[datetime, datetime]:
        ends = await self._intake.staging.ends()
        assert ends is not None  # there are rows
        return ends

    async def _grid(self, phases: PhaseSurvey, first: datetime) -> Grid:
        """The grid of the readings that are stored already, else the one of the samples."""
        stored = await self._intake.writer.nearest(first)
        if stored is None:
            return phases.grid
        known = PhaseSurvey(self._interval, self._intake.zone)
        known.add(instants_of(np.array([moment_of(stored)])))
        return known.grid

    async def _store(self, metering: Metering, joined: Joined) -> None:
        async for rows in joined.pieces():
            readings = metering.add(rows.instants, _numbers(rows), rows.serials)
            await self._write(readings, rows, joined)
        await self._write(metering.finish(), rows, joined)
        remarks = metering.remarks(self._intake.facts.source.unit, self._intake.factor)
        self.tally.remarks.extend(
            await self._without_stored([each for each in remarks if joined.is_told(each)])
        )

    async def _without_stored(self, remarks: list[Remark]) -> list[Remark]:
        """Without partial intervals that are stored whole, as those at the ends of a file that
        lies within others."""
        partial = [each.start for each in remarks if each.code == PARTIAL and each.count == 1]
        whole = await self._intake.writer.stored_among(partial)
        return [each for each in remarks if each.code != PARTIAL or each.start not in whole]

    async def _write(self, readings: Readings, rows: StagedRows, joined: Joined) -> None:
        """Store readings; the line of each is that of the last sample at its start or before."""
        chosen = joined.are_told(moments_of(readings.start), self._interval)
        starts = readings.start[chosen]
        self._intake.made.rows += len(starts)
        places = np.searchsorted(rows.instants, starts, side="right") - 1
        quantities = readings.quantity[chosen] * self._intake.factor
        made = Readings(starts, quantities, readings.is_estimated[chosen])
        await self._intake.writer.write(made, rows.lines[np.maximum(places, 0)])


def _numbers(rows: StagedRows) -> NDArray[np.float64]:
    assert isinstance(rows.values, np.ndarray)
    return rows.values
