"""Machines and meters of the messages that come in, in the registers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Kind, Site, Stamp
from enms_core.domain.messages import LiveReason
from enms_core.storage.bulk import driver_connection
from enms_core.storage.imports.destination import find_factory, find_machine
from enms_core.storage.imports.import_lock import wait_for_other_writers
from enms_core.storage.imports.meters import MeterFacts, make_room, serve
from enms_core.storage.imports.readings import Owner
from enms_core.storage.imports.readings_table import ReadingsTable
from enms_core.storage.live_limits import HighestRates
from enms_core.storage.live_readings import Fate, Reading, merge
from enms_core.storage.registers import EnergySourceRow, MachineRow
from enms_core.storage.sessions import RegisterStore

# Machines of some names, in one factory or, where none is told, in any.
MACHINES = """
SELECT m.name, m.id, f.timezone
FROM machines AS m JOIN factories AS f ON f.id = m.factory_id
WHERE m.name = ANY ($1::text[]) AND ($2::text IS NULL OR f.name = $2)
"""
# The meter of each machine that serves now.
OPEN_METERS = """
SELECT DISTINCT ON (machine_id) machine_id, valid_from,
       nominal_interval_seconds * interval '1 second' AS interval
FROM meters
WHERE energy_source_id = $1 AND machine_id = ANY ($2::uuid[]) AND valid_to IS NULL
ORDER BY machine_id, valid_from DESC
"""


@dataclass(frozen=True)
class Machine:
    """A registered machine, with the time zone of its factory."""

    id: UUID
    zone: str


@dataclass(frozen=True)
class OpenMeter:
    """The meter that serves now: since when, and the interval of its readings."""

    since: datetime
    interval: timedelta


@dataclass(frozen=True, kw_only=True)
class MeterKind:
    """What a rule tells of the meters that its messages come from."""

    source: EnergySourceRow
    table: ReadingsTable
    interval: timedelta
    kind: Kind
    stamp: Stamp
    register_digits: int | None


@asynccontextmanager
async def live_registers(
    registers: RegisterStore, site: Site, rates: HighestRates
) -> AsyncIterator[LiveRegisters]:
    """The registers and the readings in one transaction, once no import writes: both decide by what
    is stored. Raises StorageError, with nothing stored."""
    async with registers.session() as session:
        connection = await driver_connection(session)
        await wait_for_other_writers(connection)
        yield LiveRegisters(session, connection, site, rates)


class LiveRegisters:
    """The registers in one transaction, as messages find them."""

    def __init__(
        self,
        session: AsyncSession,
        connection: asyncpg.Connection,
        site: Site,
        rates: HighestRates,
    ) -> None:
        self._session = session
        self._rates = rates
        self.connection = connection
        self._site = site

    async def machines(
        self, names: Iterable[str], new_types: Mapping[str, str]
    ) -> dict[str, Machine]:
        """The machines of these names; one whose name is in two factories is not known by it.

        new_types: of machines that are registered where they are new.
        """
        found = await self._known(names)
        for name in sorted(new_types.keys() - found.keys()):
            factory = await find_factory(self._session, self._site, ())
            row = await find_machine(self._session, factory, name, new_types[name])
            found[name] = Machine(row.id, factory.timezone)
        return found

    async def _known(self, names: Iterable[str]) -> dict[str, Machine]:
        found: dict[str, Machine | None] = {}
        for row in await self.connection.fetch(MACHINES, sorted(set(names)), self._site.name):
            is_new = row["name"] not in found
            found[row["name"]] = Machine(row["id"], row["timezone"]) if is_new else None
        return {name: machine for name, machine in found.items() if machine is not None}

    async def open_meters(
        self, source: EnergySourceRow, machines: Iterable[UUID]
    ) -> dict[UUID, OpenMeter]:
        """The meters of a source that serve now, by machine."""
        rows = await self.connection.fetch(OPEN_METERS, source.id, list(set(machines)))
        return {row["machine_id"]: OpenMeter(row["valid_from"], row["interval"]) for row in rows}

    async def highest_rates(
        self, kind: MeterKind, machines: Iterable[UUID]
    ) -> dict[UUID, float | None]:
        """By machine the most that it can use [unit of the source per hour]; None: not known."""
        return await self._rates.of(self.connection, kind.source, kind.table, machines)

    async def store(self, kind: MeterKind, readings: Sequence[Reading]) -> list[Fate]:
        """Store readings of meters in service; what became of each, in their order."""
        refused = await self._serve(kind, readings)
        fates = await merge(
            self.connection,
            kind.table,
            kind.interval,
            [each for each in readings if each.machine_id not in refused],
        )
        left = iter(fates)
        return [
            LiveReason.OTHER_METER if each.machine_id in refused else next(left)
            for each in readings
        ]

    async def _serve(self, kind: MeterKind, readings: Iterable[Reading]) -> set[UUID]:
        """Have meters in service for all readings; the machines for which that cannot be, because
        readings of another interval are stored there."""
        stretches = _stretches(readings, kind.interval)
        known = await self.open_meters(kind.source, stretches)
        refused = set()
        for machine_id, (start, end) in stretches.items():
            meter = known.get(machine_id)
            if meter is not None and meter.interval == kind.interval and meter.since <= start:
                continue
            if not await self._is_registered(kind, machine_id, start, end):
                refused.add(machine_id)
        return refused

    async def _is_registered(
        self, kind: MeterKind, machine_id: UUID, start: datetime, end: datetime
    ) -> bool:
        machine = await self._session.get_one(MachineRow, machine_id)
        facts = MeterFacts(
            machine=machine,
            source=kind.source,
            interval=kind.interval,
            kind=kind.kind,
            stamp=kind.stamp,
            unit=kind.source.unit,
            register_digits=kind.register_digits,
        )
        owner = Owner(machine_id, kind.table, kind.interval)
        try:
            async with self._session.begin_nested():
                await make_room(self._session, self.connection, facts, owner, start, end)
                await serve(self._session, facts, start, end)
        except ImportFailed:
            return False
        return True


def _stretches(
    readings: Iterable[Reading], interval: timedelta
) -> dict[UUID, tuple[datetime, datetime]]:
    """From the first start to the last end of each machine's readings."""
    found: dict[UUID, tuple[datetime, datetime]] = {}
    for each in readings:
        start, end = each.start, each.start + interval
        first, last = found.get(each.machine_id, (start, end))
        found[each.machine_id] = min(first, start), max(last, end)
    return found
