"""Loading the registers into the catalogue that understanding and services work with."""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import col, select

from enms_core.domain.catalogue import (
    Catalogue,
    EnergyContent,
    EnergySource,
    Factory,
    Machine,
    Meter,
    Seu,
)
from enms_core.storage.registers import (
    EnergySourceRow,
    FactoryRow,
    MachineRow,
    MeterRow,
    SeuRow,
)
from enms_core.storage.sessions import RegisterStore

# A person waits for the registers: a locked table is said after some seconds, not waited for.
BOUNDED = text("SET LOCAL statement_timeout = '5s'")


async def load_catalogue(store: RegisterStore, site: str | None = None) -> Catalogue:
    """All registers at one instant; `site` is the device's own factory."""
    async with store.session() as session:
        await session.exec(BOUNDED)  # type: ignore[call-overload]
        machines = select(MachineRow).where(col(MachineRow.is_active)).order_by(MachineRow.name)
        factories = select(FactoryRow).order_by(col(FactoryRow.created_at), FactoryRow.name)
        sources = select(EnergySourceRow).order_by(
            col(EnergySourceRow.created_at), EnergySourceRow.name
        )
        return Catalogue(
            factories=tuple(map(_factory, await session.exec(factories))),
            machines=tuple(map(_machine, await session.exec(machines))),
            sources=tuple(map(_source, await session.exec(sources))),
            meters=tuple(map(_meter, await session.exec(select(MeterRow)))),
            seus=tuple(map(_seu, await session.exec(select(SeuRow).order_by(SeuRow.name)))),
            site=site,
        )


def _factory(row: FactoryRow) -> Factory:
    return Factory(row.id, row.name, row.timezone, row.currency)


def _machine(row: MachineRow) -> Machine:
    return Machine(row.id, row.factory_id, row.name, row.type, tuple(row.aliases))


def _source(row: EnergySourceRow) -> EnergySource:
    content = None
    if row.energy_content_column and row.energy_content_unit:
        content = EnergyContent(
            row.energy_content_column, row.energy_content_unit, row.reference_content
        )
    return EnergySource(
        id=row.id,
        name=row.name,
        unit=row.unit,
        is_purchased=row.is_purchased,
        readings_table=row.readings_table,
        consumption_column=row.consumption_column,
        kwh_per_unit=row.kwh_per_unit,
        content=content,
    )


def _meter(row: MeterRow) -> Meter:
    return Meter(
        row.machine_id,
        row.energy_source_id,
        row.nominal_interval_seconds,
        row.valid_from,
        row.valid_to,
    )


def _seu(row: SeuRow) -> Seu:
    return Seu(row.id, row.name, row.energy_source_id, tuple(row.machine_ids))
