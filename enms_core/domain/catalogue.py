"""What a database knows: its factories, machines, energy sources and meters.

A frozen picture, loaded as a whole and replaced as a whole, so that understanding a sentence and
answering it never wait for the database and always see one consistent state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Factory:
    """A site: its time zone cuts its days, its currency counts its money."""

    id: UUID
    name: str
    timezone: str
    currency: str | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class Machine:
    """A machine of a factory, with the other names people have for it."""

    id: UUID
    factory_id: UUID
    name: str
    type: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class EnergyContent:
    """How a row of readings tells its own energy.

    Energy of a row = quantity * (`column` - `reference`), in `unit` per source unit (MJ or kJ).
    """

    column: str
    unit: str
    reference: float


@dataclass(frozen=True)
class Carrier:
    """Which rows are a source's in a table of several carriers: those with `value` in `column`."""

    column: str
    value: str


@dataclass(frozen=True)
class EnergySource:
    """An energy carrier and where its readings are.

    `kwh_per_unit` serves the rows that do not tell their own energy content; None where the
    carrier has no accepted conversion (compressed air). `carrier` is None where the table of
    readings is this source's alone.
    """

    id: UUID
    name: str
    unit: str
    is_purchased: bool
    readings_table: str
    consumption_column: str
    kwh_per_unit: float | None = None
    content: EnergyContent | None = None
    carrier: Carrier | None = None


@dataclass(frozen=True)
class Meter:
    """A meter and the stretch in which it served; its interval says what complete data is."""

    machine_id: UUID
    energy_source_id: UUID
    nominal_interval_seconds: int
    valid_from: datetime
    valid_to: datetime | None = None


@dataclass(frozen=True)
class Seu:
    """Significant energy use: machines and one energy source, under a name."""

    id: UUID
    name: str
    energy_source_id: UUID
    machine_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class DriverPlace:
    """Where the values of a driver are; table and column are None where it is computed otherwise.

    path: keys into a column of JSON. owner: the column that tells whose a row is, machine_id or
    factory_id. carrier: which rows, where several carriers share the table. own_tables: tables of
    machines with a column of the same name: a machine's own value wins over its site's. source_id:
    the energy source whose consumption it is. has_forecasts: rows that are forecasts stand between
    those of the past. counts_production: it tells how much was made.
    """

    table: str | None = None
    column: str | None = None
    path: tuple[str, ...] = ()
    owner: Literal["machine_id", "factory_id"] = "machine_id"
    carrier: Carrier | None = None
    own_tables: tuple[str, ...] = ()
    source_id: UUID | None = None
    has_forecasts: bool = False
    counts_production: bool = False


@dataclass(frozen=True)
class Driver:
    """A relevant variable that may explain the use of an energy source.

    aggregation: how its rows become one value of a stretch of time; None where not told.
    """

    energy_source_id: UUID
    name: str
    aggregation: str | None
    place: DriverPlace = DriverPlace()


@dataclass(frozen=True)
class RefusedDriver:
    """A variable that is registered as a driver and cannot be one.

    reason "consequence": it follows from the use that it should explain; "missing": the database
    has no such table or column.
    """

    energy_source_id: UUID
    name: str
    reason: Literal["consequence", "missing"]


@dataclass(frozen=True)
class Unreadable:
    """A machine's source whose readings the database does not hold so that they can be used."""

    machine_id: UUID
    source: str
    is_purchased: bool


@dataclass(frozen=True)
class Catalogue:
    """All registers that a question can name."""

    factories: tuple[Factory, ...] = ()
    machines: tuple[Machine, ...] = ()
    sources: tuple[EnergySource, ...] = ()
    meters: tuple[Meter, ...] = ()
    seus: tuple[Seu, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    drivers: tuple[Driver, ...] = ()
    refused_drivers: tuple[RefusedDriver, ...] = ()
    site: str | None = field(default=None)

    def machine(self, machine_id: UUID) -> Machine:
        return self._machines_by_id[machine_id]

    def factory(self, factory_id: UUID) -> Factory:
        return self._factories_by_id[factory_id]

    def source(self, name: str) -> EnergySource:
        return next(source for source in self.sources if source.name == name)

    @cached_property
    def home(self) -> Factory | None:
        """The device's own site; where none is set, the factory registered first."""
        if self.site is None:
            return next(iter(self.factories), None)
        site = self.site.casefold()
        return next((each for each in self.factories if each.name.casefold() == site), None)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The device's own zone: that of its site; UTC where no factory is registered."""
        return self.home.zone if self.home is not None else ZoneInfo("UTC")

    def zone_of(self, machine_ids: Iterable[UUID]) -> ZoneInfo:
        """The zone that some machines share; the device's own zone where they do not."""
        zones = {self.factory(self.machine(id_).factory_id).timezone for id_ in machine_ids}
        return ZoneInfo(zones.pop()) if len(zones) == 1 else self.zone

    @cached_property
    def home_machines(self) -> tuple[Machine, ...]:
        """Machines that `the factory` means: of the device's site, else of every factory."""
        if self.site is None:
            return self.machines
        return self.machines_of((self.home.id,)) if self.home is not None else ()

    def machines_of(self, factory_ids: Iterable[UUID]) -> tuple[Machine, ...]:
        wanted = set(factory_ids)
        return tuple(machine for machine in self.machines if machine.factory_id in wanted)

    def sources_of(self, machine_id: UUID) -> tuple[EnergySource, ...]:
        """Energy sources that a machine has a meter or an SEU for, in the register's order."""
        ids = self._source_ids_of.get(machine_id, set())
        return tuple(source for source in self.sources if source.id in ids)

    def unreadable_of(self, machine_id: UUID) -> tuple[Unreadable, ...]:
        """A machine's sources whose readings cannot be used."""
        return tuple(each for each in self.unreadable if each.machine_id == machine_id)

    def meters_of(self, machine_id: UUID, source_id: UUID) -> tuple[Meter, ...]:
        return self._meters_of.get((machine_id, source_id), ())

    @cached_property
    def _machines_by_id(self) -> dict[UUID, Machine]:
        return {machine.id: machine for machine in self.machines}

    @cached_property
    def _factories_by_id(self) -> dict[UUID, Factory]:
        return {factory.id: factory for factory in self.factories}

    @cached_property
    def _meters_of(self) -> dict[tuple[UUID, UUID], tuple[Meter, ...]]:
        found: dict[tuple[UUID, UUID], tuple[Meter, ...]] = {}
        for meter in sorted(self.meters, key=lambda meter: meter.valid_from):
            key = (meter.machine_id, meter.energy_source_id)
            found[key] = (*found.get(key, ()), meter)
        return found

    @cached_property
    def _source_ids_of(self) -> dict[UUID, set[UUID]]:
        found: dict[UUID, set[UUID]] = {}
        for meter in self.meters:
            found.setdefault(meter.machine_id, set()).add(meter.energy_source_id)
        for seu in self.seus:
            for machine_id in seu.machine_ids:
                found.setdefault(machine_id, set()).add(seu.energy_source_id)
        return found
