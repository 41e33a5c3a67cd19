"""The rows of the demo plant, as batches of columns.

Every value is a pure function of the seed, the machine and absolute time, so simulating [a, b) and
[b, c) gives exactly the rows of [a, c), for any b on a quarter hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TypeAlias
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from enms_core.demo import tables
from enms_core.demo.activity import Activity, Site, activity, planned_units, site_over
from enms_core.demo.chance import Ints
from enms_core.demo.flows import LEAD_QUARTERS, Flow, flows
from enms_core.demo.plant import FactorySpec, MachineSpec, Plant
from enms_core.demo.tables import MINUTES_PER_QUARTER, MODE_NAMES, Columns
from enms_core.demo.working_time import (
    QUARTER_S,
    QUARTERS_PER_DAY,
    quarter_index,
    working_time,
)

CHUNK_QUARTERS = 30 * QUARTERS_PER_DAY
PLAN_AHEAD_QUARTERS = 7 * QUARTERS_PER_DAY
MINUTE_S = 60

Column: TypeAlias = "NDArray[np.generic] | list[str | None]"


@dataclass(frozen=True)
class Batch:
    """Rows of one table for one machine or factory.

    `key` is the column that holds `owner`; `times` [datetime64[s], UTC] are starts of intervals,
    for status events the moment of the change; all columns are as long as `times`.
    """

    table: str
    key: str
    owner: UUID
    times: NDArray[np.datetime64]
    columns: dict[str, Column]


@dataclass(frozen=True)
class _Window:
    """What is asked for, in seconds since 1970: rows from minute_s on are one minute long."""

    start_s: int
    end_s: int
    minute_s: int

    def chunks(self) -> Iterator[Ints]:
        """Indices of quarter hours, each chunk led by the past that it needs.

        Chunks end at fixed times, whatever the window.
        """
        first, last = self.start_s // QUARTER_S, -(-self.end_s // QUARTER_S)
        while first < last:
            end = min((first // CHUNK_QUARTERS + 1) * CHUNK_QUARTERS, last)
            yield np.arange(first - LEAD_QUARTERS, end)
            first = end

    def moved(self, by_s: int) -> _Window:
        return _Window(self.start_s + by_s, self.end_s + by_s, self.minute_s + by_s)

    def batch(
        self,
        table: str,
        owner: MachineSpec | FactorySpec,
        starts_s: Ints,
        length_s: int,
        columns: Columns,
        wanted: NDArray[np.bool_],
    ) -> Iterator[Batch]:
        """The wanted rows whose interval lies in the window; nothing where there are none."""
        inside = (starts_s >= self.start_s) & (starts_s + length_s <= self.end_s)
        kept = np.flatnonzero(inside & wanted)
        if len(kept):
            key = "machine_id" if isinstance(owner, MachineSpec) else "factory_id"
            picked = {name: _column(values[kept]) for name, values in columns.items()}
            yield Batch(table, key, owner.id, starts_s[kept].astype("datetime64[s]"), picked)


def simulate(
    plant: Plant, start: datetime, end: datetime, minute_from: datetime
) -> Iterator[Batch]:
    """All rows of the plant in [start, end) (aware); an interval not over at `end` is left out.

    Energy is metered every 15 minutes before `minute_from` (taken down to the quarter hour) and
    every minute from then on. The production plan is ahead by seven days: it covers the window
    moved by that much, so that windows that touch never plan a time twice.
    """
    window = _Window(
        ceil(start.timestamp()), int(end.timestamp()), quarter_index(minute_from) * QUARTER_S
    )
    for index in window.chunks():
        for factory in plant.factories:
            site = site_over(plant, factory, index)
            yield from _quarterly(window, "site_weather", factory, site, tables.site_weather(site))
            for machine in plant.machines_of(factory):
                yield from _machine_batches(plant, machine, site, window)
            yield from _plan_batches(plant, factory, index, window)


def _machine_batches(
    plant: Plant, machine: MachineSpec, site: Site, window: _Window
) -> Iterator[Batch]:
    done = activity(plant, machine, site)
    metered = list(flows(plant, machine, site, done))
    for flow in metered:
        yield from _reading_batches(plant, machine, site, flow, window)
    if machine.produces:
        columns = tables.production(plant, machine, site, done)
        yield from _quarterly(window, "production_data", machine, site, columns)
    columns = tables.environment(plant, machine, site, metered[0])
    yield from _quarterly(window, "environmental_data", machine, site, columns)
    yield from _status_batches(machine, site, done, window)


def _quarterly(
    window: _Window, table: str, owner: MachineSpec | FactorySpec, site: Site, columns: Columns
) -> Iterator[Batch]:
    wanted = _after_lead(site.index)
    yield from window.batch(table, owner, site.index * QUARTER_S, QUARTER_S, columns, wanted)


def _reading_batches(
    plant: Plant, machine: MachineSpec, site: Site, flow: Flow, window: _Window
) -> Iterator[Batch]:
    """Readings of one meter: quarter hours, then minutes."""
    table = flow.source.readings_table
    starts_s = site.index * QUARTER_S
    wanted = _after_lead(site.index) & flow.is_present
    if starts_s[LEAD_QUARTERS] < window.minute_s:
        columns = tables.readings(plant, machine, site, flow, minutely=False)
        quarterly = wanted & (starts_s < window.minute_s)
        yield from window.batch(table, machine, starts_s, QUARTER_S, columns, quarterly)
    if starts_s[-1] >= window.minute_s:
        columns = tables.readings(plant, machine, site, flow, minutely=True)
        minutely = np.repeat(wanted & (starts_s >= window.minute_s), MINUTES_PER_QUARTER)
        first_s, after_s = int(starts_s[0]), int(starts_s[-1]) + QUARTER_S
        minutes_s = np.arange(first_s, after_s, MINUTE_S)
        yield from window.batch(table, machine, minutes_s, MINUTE_S, columns, minutely)


def _status_batches(
    machine: MachineSpec, site: Site, done: Activity, window: _Window
) -> Iterator[Batch]:
    """Status events: one at each change of mode."""
    changes = _after_lead(site.index) & (done.mode != np.roll(done.mode, 1))
    columns: Columns = {"is_running": done.is_running, "mode": MODE_NAMES[done.mode]}
    starts_s = site.index * QUARTER_S
    # A change is known at once, so it has no length.
    yield from window.batch("machine_status_history", machine, starts_s, 1, columns, changes)


def _plan_batches(
    plant: Plant, factory: FactorySpec, index: Ints, window: _Window
) -> Iterator[Batch]:
    ahead, later = index + PLAN_AHEAD_QUARTERS, window.moved(PLAN_AHEAD_QUARTERS * QUARTER_S)
    starts_s, wanted = ahead * QUARTER_S, _after_lead(index)
    working = working_time(factory.timezone, factory.country, ahead)
    for machine in plant.machines_of(factory):
        if machine.produces:
            columns: Columns = {"planned_count": planned_units(plant, machine, working, ahead)}
            yield from later.batch("production_plan", machine, starts_s, QUARTER_S, columns, wanted)


def _after_lead(index: Ints) -> NDArray[np.bool_]:
    """Which quarter hours are a chunk's own."""
    return np.arange(len(index)) >= LEAD_QUARTERS


def _column(values: NDArray[np.generic]) -> Column:
    """Numbers stay an array; text becomes a list of str."""
    return values.tolist() if values.dtype.kind in "UO" else values
