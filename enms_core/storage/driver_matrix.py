"""The hours of an SEU as columns: its use, when it ran, and every driver of its energy source.

One builder for any source and any table: the registers tell what is read. Quantities are sums over
all machines of the SEU, averages are weighed by how long their values stand for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from enms_core.analysis.hour_grid import HourGrid, short_hours
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable
from enms_core.analysis.machine_hours import summed
from enms_core.analysis.running_hours import (
    StatusSteps,
    machine_hours,
    running_hours,
    stopped_hours,
)
from enms_core.domain.catalogue import Catalogue, Driver
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.storage.database import Database
from enms_core.storage.driver_columns import (
    HourlyReads,
    Machines,
    combined,
    is_operating_hours,
    own_rows,
    rows_of,
    spec_of,
    value_of,
    with_own,
)
from enms_core.storage.hourly_columns import HourlyColumns
from enms_core.storage.hourly_sql import HourlyRows, HourlyValue
from enms_core.storage.status import status_steps

BACKFILLED = HourlyValue("BACKFILLED")


async def load_hours(
    database: Database,
    catalogue: Catalogue,
    of: SeuOfSource,
    drivers: Sequence[str] | None,
    period: Period,
) -> HourlyTable:
    """The whole hours of a period. drivers: names; None for all drivers of the source.

    A name that is no driver of the source has a column of NaN. A row that is missing tells nothing:
    a sum is NaN where a machine tells nothing that has rows at other times, or has fewer rows than
    is usual in a table that is written regularly; only a count of rows is 0 there. Of several
    machines `running` is whether one at least ran.
    """
    asked = asked_of(catalogue, of, drivers, period)
    reads = HourlyReads(asked.machines, asked.grid)
    for value in (asked.quantity, BACKFILLED):
        reads.want(asked.rows, value)
    for driver in asked.drivers:
        asked.want(reads, driver)
    steps, _ = await asyncio.gather(
        status_steps(database, asked.machines.ids, asked.grid), reads.read(database)
    )
    columns = {driver.name: asked.column(reads, driver, steps) for driver in asked.drivers}
    return asked.table(reads, steps, columns)


def asked_of(
    catalogue: Catalogue, of: SeuOfSource, names: Sequence[str] | None, period: Period
) -> Asked:
    """What a question asks for; a name that is no driver of the source is one of no place."""
    zone = catalogue.zone_of(machine.id for machine in of.machines)
    known = {each.name: each for each in catalogue.drivers if each.energy_source_id == of.source.id}
    chosen = dict.fromkeys(known if names is None else names)
    drivers = (known.get(name) or Driver(of.source.id, name, None) for name in chosen)
    return Asked(catalogue, of, HourGrid.of(period, zone), zone, tuple(drivers))


@dataclass(frozen=True)
class Asked:
    """What is asked for: an SEU, hours, and drivers."""

    catalogue: Catalogue
    of: SeuOfSource
    grid: HourGrid
    zone: ZoneInfo
    drivers: tuple[Driver, ...]

    @property
    def machines(self) -> Machines:
        return Machines(self.of.machines)

    @property
    def rows(self) -> HourlyRows:
        """The readings of the source."""
        return HourlyRows(self.of.source.readings_table, carrier=self.of.source.carrier)

    @property
    def quantity(self) -> HourlyValue:
        return HourlyValue("SUM", self.of.source.consumption_column)

    def want(self, reads: HourlyReads, driver: Driver) -> None:
        if driver.place.table is None:
            return
        value = value_of(driver)
        for rows in (rows_of(driver.place), *own_rows(driver.place)):
            reads.want(rows, value)

    def column(
        self, reads: HourlyReads, driver: Driver, steps: Sequence[StatusSteps] = ()
    ) -> Floats:
        """A driver's values by hour."""
        if is_operating_hours(driver):
            return machine_hours(steps, self.grid)
        if driver.place.table is None:
            return self.unknown()
        value = value_of(driver)
        own = [reads.found[rows, value] for rows in own_rows(driver.place)]
        columns = with_own(reads.found[rows_of(driver.place), value], own)
        return combined(driver, self._whole(driver, columns))

    def unknown(self) -> Floats:
        return np.full(len(self.grid), np.nan)

    def empty_table(self) -> HourlyTable:
        """A table of these hours in which nothing is known."""
        nothing = np.zeros(len(self.grid), dtype=np.bool_)
        return HourlyTable(
            hours=self.grid.hours,
            local_day=self.grid.local_days(self.zone),
            quantity=self.unknown(),
            is_complete=nothing,
            is_backfilled=nothing,
            running=self.unknown(),
            is_stopped=nothing,
            drivers={driver.name: self.unknown() for driver in self.drivers},
            specs={driver.name: spec_of(driver) for driver in self.drivers},
        )

    def table(
        self, reads: HourlyReads, steps: Sequence[StatusSteps], columns: dict[str, Floats]
    ) -> HourlyTable:
        use = reads.found[self.rows, self.quantity]
        whole, is_metered = self._completeness(use), self._is_metered(use)
        backfilled = reads.found[self.rows, BACKFILLED].values
        return replace(
            self.empty_table(),
            quantity=summed(use.values, is_metered),
            is_complete=np.asarray(whole[is_metered].all(axis=0) & is_metered.any()),
            is_backfilled=np.asarray((np.nan_to_num(backfilled) > 0).any(axis=0)),
            running=running_hours(steps, self.grid),
            is_stopped=stopped_hours(steps, self.grid),
            drivers=columns,
        )

    def _is_metered(self, use: HourlyColumns) -> Bools:
        """Machines that have a meter of the source, or readings without one."""
        meters = [self.catalogue.meters_of(id_, self.of.source.id) for id_ in self.machines.ids]
        return np.asarray(use.is_there | np.array([bool(each) for each in meters]))

    def _completeness(self, use: HourlyColumns, source_id: UUID | None = None) -> Bools:
        """By machine, in which hours the readings of a source are all there."""
        counts = zip(self.machines.ids, use.weights, strict=True)
        source = source_id or self.of.source.id
        return np.array(
            [
                self.grid.completeness(count, self.catalogue.meters_of(machine_id, source))
                for machine_id, count in counts
            ]
        )

    def _whole(self, driver: Driver, columns: HourlyColumns) -> HourlyColumns:
        """Sums, unknown where rows are missing in them: the meters of a source tell how many there
        must be, of other tables the count that is usual where they are written regularly."""
        source_id = driver.place.source_id
        if driver.aggregation != "SUM":
            return columns
        if source_id is None:
            is_whole = np.array([~short_hours(count) for count in columns.weights])
        else:
            is_whole = self._completeness(columns, source_id)
        return replace(columns, values=np.where(is_whole, columns.values, np.nan))
