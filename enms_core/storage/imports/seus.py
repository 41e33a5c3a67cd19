"""Significant energy uses that an import asks for: the machines that were imported, by one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import FilePlan, ReadingsTarget, Site
from enms_core.storage.audit import person, record
from enms_core.storage.bulk import driver_connection
from enms_core.storage.imports.destination import find_factory, find_machine, find_source
from enms_core.storage.imports.import_lock import wait_for_other_writers
from enms_core.storage.registers import EnergySourceRow, FactoryRow, MachineRow, SeuRow
from enms_core.storage.sessions import RegisterStore
from enms_core.storage.source_tables import plain_name


@dataclass(frozen=True)
class WantedSeu:
    """A significant energy use as plans tell it: a machine of a site for each column."""

    name: str
    source: str
    machines: Sequence[tuple[Site, ReadingsTarget]]


async def check_seus(registers: RegisterStore, plans: Iterable[FilePlan]) -> None:
    """Raise ImportFailed where a name is registered already with another source or without one of
    the machines, or where plans tell two sources for it. Nothing is written."""
    async with registers.session() as session:
        for wanted in _wanted(plans):
            registered = await _named(session, wanted.name)
            if registered is not None:
                await _refuse_another(session, registered, wanted)


async def make_seus(registers: RegisterStore, plans: Iterable[FilePlan]) -> list[str]:
    """Register those that are not yet; their names. The files of the plans have been stored.

    Another import may have registered one since they were checked: under the lock of imports they
    are looked at again, and ImportFailed is raised as `check_seus` does; then none is registered.
    """
    made = []
    async with registers.session() as session:
        connection = await driver_connection(session)
        await wait_for_other_writers(connection)
        for wanted in _wanted(plans):
            registered = await _named(session, wanted.name)
            if registered is None:
                await _make(session, wanted)
                made.append(wanted.name)
            else:
                await _refuse_another(session, registered, wanted)
    return made


def _wanted(plans: Iterable[FilePlan]) -> list[WantedSeu]:
    """Columns of one name are one use of several machines; ImportFailed for two sources in it."""
    found: dict[str, list[tuple[Site, ReadingsTarget]]] = {}
    for plan in plans:
        for target in plan.targets:
            if isinstance(target, ReadingsTarget) and target.seu is not None:
                found.setdefault(target.seu, []).append((plan.site, target))
    for name, machines in found.items():
        sources = sorted({plain_name(target.source) for _, target in machines})
        if len(sources) > 1:
            raise ImportFailed(f"SEU {name!r} has one energy source, not {' and '.join(sources)}")
    return [WantedSeu(name, each[0][1].source, each) for name, each in found.items()]


async def _named(session: AsyncSession, name: str) -> SeuRow | None:
    return (await session.exec(select(SeuRow).where(SeuRow.name == name))).first()


async def _refuse_another(session: AsyncSession, seu: SeuRow, wanted: WantedSeu) -> None:
    source = await session.get_one(EnergySourceRow, seu.energy_source_id)
    if plain_name(source.name) != plain_name(wanted.source):
        raise ImportFailed(f"SEU {seu.name!r} is registered for {source.name}")
    members = await _members(session, seu.machine_ids)
    for site, target in wanted.machines:
        factories = [factory for factory, machine in members if machine == target.machine]
        if not factories or site.name not in (None, *factories):
            raise ImportFailed(f"SEU {seu.name!r} is registered without {target.machine}")


async def _members(session: AsyncSession, machine_ids: list[UUID]) -> list[tuple[str, str]]:
    """Factory and machine by name."""
    query = (
        select(FactoryRow.name, MachineRow.name)
        .join(MachineRow, col(MachineRow.factory_id) == FactoryRow.id)
        .where(col(MachineRow.id).in_(machine_ids))
    )
    return [(factory, machine) for factory, machine in await session.exec(query)]


async def _make(session: AsyncSession, wanted: WantedSeu) -> None:
    source = await find_source(session, wanted.source)
    machine_ids: dict[UUID, None] = {}
    for site, target in wanted.machines:
        factory = await find_factory(session, site, [target.machine])
        machine = await find_machine(session, factory, target.machine, target.machine_type)
        machine_ids[machine.id] = None
    session.add(SeuRow(name=wanted.name, energy_source_id=source.id, machine_ids=list(machine_ids)))
    names = ", ".join(dict.fromkeys(target.machine for _, target in wanted.machines))
    facts = {"seu": wanted.name, "source": source.name, "machines": names}
    await record(session, person(), "seu", None, facts)
    await session.flush()
