"""Where an import goes: the source, the factory, the machine and its meter in the registers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.domain.errors import ImportFailed
from enms_core.domain.units import KWH_PER_UNIT
from enms_core.storage.adoption_finding import Finding
from enms_core.storage.registers import EnergySourceRow, FactoryRow, MachineRow, MeterRow
from enms_core.storage.source_tables import (
    fault_of,
    plain_name,
    read_relations,
    read_sources,
    spelled,
)


@dataclass(frozen=True)
class Destination:
    """Whose readings a file holds. The machine and its factory are made if they are new.

    unit: of the file's values; None means the source's own.
    """

    machine: str
    machine_type: str
    source: str
    factory: str | None = None
    timezone: str | None = None
    currency: str | None = None
    unit: str | None = None


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


def unit_factor(unit: str | None, source: EnergySourceRow) -> float:
    """How many of the source's units one unit of the file is."""
    own = spelled(source.unit or "")
    wanted = own if unit is None else spelled(unit)
    if wanted == own:
        return 1.0
    if wanted in KWH_PER_UNIT and own in KWH_PER_UNIT:
        return KWH_PER_UNIT[wanted] / KWH_PER_UNIT[own]
    raise ImportFailed(f"{unit} cannot be converted to {source.unit}")


async def find_machine(
    session: AsyncSession, factory: FactoryRow, destination: Destination
) -> MachineRow:
    """The factory's machine of that name, a new one where there is none."""
    named = select(MachineRow).where(
        MachineRow.factory_id == factory.id, MachineRow.name == destination.machine
    )
    machine = (await session.exec(named)).first()
    if machine is None:
        machine = MachineRow(
            factory_id=factory.id, name=destination.machine, type=destination.machine_type
        )
        session.add(machine)
        await session.flush()
    return machine


def known_zone(name: str) -> ZoneInfo:
    """The time zone of a name; ImportFailed where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ImportFailed(f"there is no time zone {name!r}") from error


async def find_factory(session: AsyncSession, destination: Destination) -> FactoryRow:
    """The factory named, or the one that the machine is in; a new one needs its time zone."""
    if destination.factory is None:
        return await _factory_of_machine(session, destination.machine)
    named = select(FactoryRow).where(FactoryRow.name == destination.factory)
    factory = (await session.exec(named)).first()
    if factory is not None:
        return factory
    if destination.timezone is None:
        raise ImportFailed(f"factory {destination.factory!r} is new: say its time zone")
    factory = FactoryRow(
        name=destination.factory, timezone=destination.timezone, currency=destination.currency
    )
    session.add(factory)
    await session.flush()
    return factory


async def _factory_of_machine(session: AsyncSession, machine: str) -> FactoryRow:
    query = (
        select(FactoryRow)
        .join(MachineRow, col(MachineRow.factory_id) == FactoryRow.id)
        .where(MachineRow.name == machine)
    )
    found = (await session.exec(query)).all()
    if len(found) != 1:
        known = "no" if not found else "more than one"
        raise ImportFailed(f"{known} machine {machine!r} is registered: say its factory")
    return found[0]


async def register_meter(
    session: AsyncSession,
    interval: timedelta,
    machine: MachineRow,
    source: EnergySourceRow,
    first: datetime,
) -> None:
    """The meter that the file comes from, in service since the file's first interval."""
    query = select(MeterRow).where(
        MeterRow.machine_id == machine.id, MeterRow.energy_source_id == source.id
    )
    meters = (await session.exec(query.order_by(col(MeterRow.valid_from)))).all()
    seconds = int(interval.total_seconds())
    if not meters:
        session.add(
            MeterRow(
                machine_id=machine.id,
                energy_source_id=source.id,
                nominal_interval_seconds=seconds,
                kind="interval",
                stamp="start",
                unit=source.unit,
                valid_from=first,
            )
        )
    else:
        _refuse_other_intervals(meters, seconds)
        meters[0].valid_from = min(first, meters[0].valid_from)
    await session.flush()


def _refuse_other_intervals(meters: Sequence[MeterRow], seconds: int) -> None:
    """Readings of another interval would make the coverage of the machine's answers wrong."""
    for meter in meters:
        if meter.nominal_interval_seconds != seconds:
            raise ImportFailed(
                f"the machine's meter reads every {meter.nominal_interval_seconds} s, "
                f"the file every {seconds} s"
            )
