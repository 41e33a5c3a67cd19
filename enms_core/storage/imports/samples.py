"""Samples of counters and of power on their way in: staged, put in order, made into readings."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.cells import Readings
from enms_core.analysis.counter import CounterFlows
from enms_core.analysis.grid import Grid, instants_of, moment_of, moments_of
from enms_core.analysis.import_chunk import TargetChunk
from enms_core.analysis.metering import Metering
from enms_core.analysis.power_samples import PowerFlows
from enms_core.analysis.survey import CounterSurvey, PhaseSurvey
from enms_core.domain.imports import Stamp, TargetReport
from enms_core.storage.imports.counter_samples import CounterSamples, CounterStretch
from enms_core.storage.imports.intake import Intake
from enms_core.storage.imports.joined import Joined
from enms_core.storage.imports.staging import StagedRows


class SamplesIn:
    """The rows of a column of a counter, or of power.

    stamp: of power, which end of its interval a stamp tells; None for samples of a moment.
    """

    def __init__(self, intake: Intake, stamp: Stamp | None) -> None:
        self._intake = intake
        self._interval = intake.facts.interval
        self._stamp = stamp

    async def take(self, chunk: TargetChunk) -> None:
        """Stage the next rows of the file."""
        self._intake.tally.take(chunk)
        await self._intake.staging.add(chunk)

    async def finish(self, *, replace: bool) -> TargetReport:
        """Make readings of all rows, store them, and tell what became of them."""
        intake = self._intake
        await intake.staging.settle(replace)
        intake.tally.judge()
        if intake.staging.rows:
            await intake.make_room()
            if intake.facts.kind == "power":
                await self._store_power()
            else:
                await self._store_counter(replace=replace)
        return await intake.finish()

    async def _store_power(self) -> None:
        phases = PhaseSurvey(self._interval, self._intake.zone)
        spacing: timedelta | None = None
        async for rows in self._intake.staging.in_order():
            phases.add(rows.instants)
            spacing = spacing or _usual_distance(rows)
        flows = PowerFlows(
            self._stamp,
            spacing or self._interval,
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
            highest_rate=rates.highest_rate,
        )
        owner, source_id = intake.writer.owner, intake.facts.source.id
        stretch = CounterStretch(first, last, grid, intake.factor)
        samples = CounterSamples(intake.place.connection, owner, source_id, stretch)
        await self._store(
            Metering(flows, grid), await Joined.to_neighbours(intake.staging, samples)
        )
        await samples.keep(intake.staging.table, replace=replace)

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
        told = metering.remarks(self._intake.facts.source.unit, self._intake.factor)
        self._intake.tally.remarks.extend(filter(joined.is_told, told))

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


def _usual_distance(rows: StagedRows) -> timedelta | None:
    """The usual distance of two samples; None for a single one."""
    distances = np.diff(moments_of(rows.instants))
    return timedelta(microseconds=int(np.median(distances))) if len(distances) else None
