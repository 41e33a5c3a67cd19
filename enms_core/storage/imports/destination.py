"""Where a file goes: its energy source, its factory and its machine in the registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import asyncpg
from sqlalchemy import Connection
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Site
from enms_core.storage.adoption_finding import Finding
from enms_core.storage.registers import EnergySourceRow, FactoryRow, MachineRow
from enms_core.storage.sessions import RegisterStore
from enms_core.storage.source_tables import fault_of, plain_name, read_relations, read_sources


@dataclass(frozen=True)
class Place:
    """Where the rows of one file go: a site, in the transaction of a session and its driver."""

    session: AsyncSession
    connection: asyncpg.Connection
    factory: FactoryRow


async def site_zone(registers: RegisterStore, site: Site, machines: Iterable[str]) -> ZoneInfo:
    """The time zone of a site, told or registered; nothing is written.

    machines: those that the file is of, which tell the site where it has no name. Raises
    ImportFailed where the site is new and nobody has told its zone, or where it is not clear.
    """
    async with registers.session() as session:
        factory = await _known_factory(session, site, sorted(set(machines)))
    return _zone_of(factory, site)


async def find_factory(session: AsyncSession, site: Site, machines: Iterable[str]) -> FactoryRow:
    """The factory of a site, a new one where there is none of its name. One that is registered
    without a time zone gets the one that is told: nothing of it could be asked about before."""
    factory = await _known_factory(session, site, sorted(set(machines)))
    zone = _zone_of(factory, site)
    if factory is None:
        factory = FactoryRow(name=site.name or "", timezone=zone.key, currency=site.currency)
    factory.timezone = zone.key
    session.add(factory)
    await session.flush()
    return factory


async def find_machine(
    session: AsyncSession, factory: FactoryRow, name: str, machine_type: str
) -> MachineRow:
    """The factory's machine of that name, a new one where there is none."""
    named = select(MachineRow).where(MachineRow.factory_id == factory.id, MachineRow.name == name)
    machine = (await session.exec(named)).first()
    if machine is None:
        machine = MachineRow(factory_id=factory.id, name=name, type=machine_type)
        session.add(machine)
        await session.flush()
    return machine


async def new_machines(place: Place, names: Iterable[str]) -> list[str]:
    """Those of some machines that the factory does not have yet."""
    known = select(MachineRow.name).where(MachineRow.factory_id == place.factory.id)
    return sorted(set(names) - set((await place.session.exec(known)).all()))


async def find_source(session: AsyncSession, name: str) -> EnergySourceRow:
    """The source of that name, where its readings can be written so that none counts twice."""
    rows = (await session.exec(select(EnergySourceRow).order_by(EnergySourceRow.name))).all()
    for row in rows:
        if plain_name(row.name) == plain_name(name):
            fault = await (await session.connection()).run_sync(_fault_of_writing, row.id)
            if fault is not None:
                raise ImportFailed(str(fault))
            return row
    known = ", ".join(row.name for row in rows)
    raise ImportFailed(f"no energy source {name!r}; there are {known}")


def known_zone(name: str) -> ZoneInfo:
    """The time zone of a name; ImportFailed where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: the name is a folder
        raise ImportFailed(f"there is no time zone {name!r}") from error


def _zone_of(factory: FactoryRow | None, site: Site) -> ZoneInfo:
    """The zone of a factory as registered, else as told; an adopted database may have none."""
    registered = None if factory is None else factory.timezone
    name = registered or site.timezone
    if name is not None:
        return known_zone(name)
    if factory is None:
        raise ImportFailed(f"factory {site.name!r} is new: say its time zone (--timezone)")
    raise ImportFailed(f"factory {factory.name!r} has no time zone: say it (--timezone)")


async def _known_factory(
    session: AsyncSession, site: Site, machines: list[str]
) -> FactoryRow | None:
    """The registered factory of a site; None where its name is new."""
    if site.name is not None:
        named = select(FactoryRow).where(FactoryRow.name == site.name)
        return (await session.exec(named)).first()
    found = {}
    for machine in machines:
        factory = await _factory_of_machine(session, machine)
        found[factory.id] = factory
    if len(found) != 1:
        raise ImportFailed("which factory this belongs to is not clear: say it (--factory)")
    return next(iter(found.values()))


async def _factory_of_machine(session: AsyncSession, machine: str) -> FactoryRow:
    query = (
        select(FactoryRow)
        .join(MachineRow, col(MachineRow.factory_id) == FactoryRow.id)
        .where(MachineRow.name == machine)
    )
    found = (await session.exec(query)).all()
    if len(found) != 1:
        known = "no" if not found else "more than one"
        raise ImportFailed(f"{known} machine {machine!r} is registered: say the --factory")
    return found[0]


def _fault_of_writing(connection: Connection, source_id: UUID) -> Finding | None:
    """Why the readings of a source cannot be used; or would be stored twice by a second import."""
    source = next(each for each in read_sources(connection) if each.id == source_id)
    relations = read_relations(connection, [source.readings_table])
    fault = fault_of(source, relations)
    if fault is not None:
        return fault
    table = relations[source.readings_table or ""]
    keys = ["machine_id", "time", *filter(None, [source.carrier_column])]
    if table.is_unique_by(keys):
        return None
    return Finding(table.name, "key_missing", {"columns": ", ".join(keys)})
