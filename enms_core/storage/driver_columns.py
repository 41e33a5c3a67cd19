"""From drivers to the columns they are read from, and from these to one column of all machines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import numpy as np

from enms_core.analysis.hour_grid import HourGrid
from enms_core.analysis.hourly_table import Aggregation, DriverSpec, Floats
from enms_core.analysis.machine_hours import averaged, highest, lowest, summed
from enms_core.domain.baseline import DriverKind
from enms_core.domain.catalogue import Driver, DriverPlace, Machine
from enms_core.storage.database import Database
from enms_core.storage.features import COOLING, CUSTOM, HEATING, OPERATING_HOURS
from enms_core.storage.hourly_columns import HourlyColumns, read_hours
from enms_core.storage.hourly_sql import HourlyRows, HourlyValue

OF_DAY: Mapping[str | None, Aggregation] = {
    "SUM": "sum",
    "COUNT": "sum",
    "MIN": "min",
    "MAX": "max",
}
KINDS: Mapping[str, DriverKind] = {HEATING: "heating", COOLING: "cooling"}


@dataclass(frozen=True)
class Machines:
    """The machines of an SEU in order, and their sites."""

    machines: Sequence[Machine]

    @property
    def ids(self) -> list[UUID]:
        return [machine.id for machine in self.machines]

    @property
    def sites(self) -> list[UUID]:
        return list(dict.fromkeys(machine.factory_id for machine in self.machines))

    def owners(self, owner: str) -> list[UUID]:
        return self.ids if owner == "machine_id" else self.sites

    def by_machine(self, columns: HourlyColumns, owner: str) -> HourlyColumns:
        """Columns with one row a machine, which is that of its site where sites own the rows."""
        if owner == "machine_id":
            return columns
        rows = [self.sites.index(machine.factory_id) for machine in self.machines]
        return HourlyColumns(columns.values[rows], columns.weights[rows], columns.is_there[rows])


@dataclass
class HourlyReads:
    """What is to be read by hour; each table is asked once."""

    machines: Machines
    grid: HourGrid
    wanted: dict[HourlyRows, dict[HourlyValue, None]] = field(default_factory=dict)
    found: dict[tuple[HourlyRows, HourlyValue], HourlyColumns] = field(default_factory=dict)

    def want(self, rows: HourlyRows, value: HourlyValue) -> None:
        self.wanted.setdefault(rows, {})[value] = None

    async def read(self, database: Database) -> None:
        """Read all that is wanted."""
        await asyncio.gather(*(self._read(database, rows) for rows in self.wanted))

    async def _read(self, database: Database, rows: HourlyRows) -> None:
        owners, wanted = self.machines.owners(rows.owner), list(self.wanted[rows])
        read = await read_hours(database, rows, wanted, owners, self.grid)
        for value, columns in read.items():
            self.found[rows, value] = self.machines.by_machine(columns, rows.owner)


def spec_of(driver: Driver) -> DriverSpec:
    """What a baseline needs to know of a driver."""
    kind = KINDS.get(driver.name, "value") if driver.aggregation == CUSTOM else "value"
    aggregation = "sum" if is_operating_hours(driver) else OF_DAY.get(driver.aggregation, "mean")
    return DriverSpec(
        name=driver.name,
        kind=kind,
        aggregation=aggregation,
        is_production=driver.place.counts_production,
        is_condition=kind == "value"
        and aggregation != "sum"
        and not driver.place.counts_production,
    )


def is_operating_hours(driver: Driver) -> bool:
    return driver.aggregation == CUSTOM and driver.name == OPERATING_HOURS


def rows_of(place: DriverPlace, is_forecast: bool = False) -> HourlyRows:
    """Which rows a driver is read from."""
    assert place.table is not None
    forecast = is_forecast if place.has_forecasts else None
    return HourlyRows(place.table, place.owner, place.carrier, forecast)


def value_of(driver: Driver) -> HourlyValue:
    """What is read of them; of degree days the mean temperature."""
    aggregation = "AVG" if driver.aggregation in (CUSTOM, None) else driver.aggregation
    return HourlyValue(aggregation, driver.place.column, driver.place.path)


def own_rows(place: DriverPlace) -> Iterable[HourlyRows]:
    """Rows of machines that win over those of their site."""
    return (HourlyRows(table) for table in place.own_tables)


def combined(driver: Driver, columns: HourlyColumns) -> Floats:
    """One column of all machines."""
    if driver.aggregation == "COUNT":
        return np.asarray(np.nan_to_num(columns.values).sum(axis=0))
    if driver.aggregation == "SUM":
        return summed(columns.values, columns.is_there)
    if driver.aggregation == "MIN":
        return lowest(columns.values)
    if driver.aggregation == "MAX":
        return highest(columns.values)
    return averaged(columns.values, columns.weights)


def with_own(site: HourlyColumns, own: Iterable[HourlyColumns]) -> HourlyColumns:
    """A site's values, with each machine's own where it has one."""
    for columns in own:
        is_own = np.isfinite(columns.values)
        site = replace(
            site,
            values=np.where(is_own, columns.values, site.values),
            weights=np.where(is_own, columns.weights, site.weights),
        )
    return site
