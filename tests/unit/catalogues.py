"""Catalogues for tests that need no database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timezone
from uuid import UUID, uuid5

from enms_core.demo.features import FEATURES
from enms_core.demo.plant import NAMESPACE, MachineSpec, Plant
from enms_core.demo.sources import SOURCES, SourceSpec
from enms_core.domain.catalogue import (
    Catalogue,
    Driver,
    EnergyContent,
    EnergySource,
    Factory,
    Machine,
    Meter,
    Seu,
)

QUARTER_HOUR_S = 900
SINCE = datetime(2024, 1, 1, tzinfo=timezone.utc)


def demo_catalogue(second_country: bool = False, site: str | None = None) -> Catalogue:
    """The registers of the demo plant, as a database with it would give them."""
    plant = Plant(date(2026, 11, 18), second_country=second_country)
    return Catalogue(
        factories=tuple(Factory(f.id, f.name, f.timezone, f.currency) for f in plant.factories),
        machines=tuple(
            Machine(m.id, plant.factory(m.factory).id, m.name, m.type, m.aliases)
            for m in plant.machines
        ),
        sources=tuple(map(_source, SOURCES.values())),
        meters=tuple(
            Meter(machine.id, SOURCES[name].id, QUARTER_HOUR_S, SINCE)
            for machine in plant.machines
            for name in machine.energy_sources
        ),
        seus=tuple(
            _seu(machine, name) for machine in plant.machines for name in _carriers(machine)
        ),
        drivers=tuple(_drivers()),
        site=site,
    )


def small_catalogue(*machines: Machine, factories: Sequence[str] = ("Works",)) -> Catalogue:
    """Machines of one's own, in factories made by `factory_id`."""
    return Catalogue(
        factories=tuple(Factory(factory_id(name), name, "Europe/Berlin") for name in factories),
        machines=machines,
        sources=tuple(map(_source, SOURCES.values())),
    )


def machine(name: str, kind: str = "", *aliases: str, factory: str = "Works") -> Machine:
    return Machine(uuid5(factory_id(factory), name), factory_id(factory), name, kind, aliases)


def factory_id(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


def ids_of(catalogue: Catalogue, *names: str) -> tuple[UUID, ...]:
    """Ids of machines by name, in the order given."""
    return tuple(next(m.id for m in catalogue.machines if m.name == name) for name in names)


def _drivers() -> Iterator[Driver]:
    for source, features in FEATURES.items():
        for feature in features:
            if feature.is_driver:
                yield Driver(SOURCES[source].id, feature.name, feature.aggregation)


def _carriers(machine: MachineSpec) -> tuple[str, ...]:
    return machine.energy_sources


def _seu(machine: MachineSpec, source: str) -> Seu:
    name = f"{machine.name} {source.replace('_', ' ')}"
    return Seu(uuid5(machine.id, source), name, SOURCES[source].id, (machine.id,))


def _source(spec: SourceSpec) -> EnergySource:
    content = (
        EnergyContent(spec.energy_content_column, spec.energy_content_unit, spec.reference_content)
        if spec.energy_content_column is not None and spec.energy_content_unit is not None
        else None
    )
    return EnergySource(
        id=spec.id,
        name=spec.name,
        unit=spec.unit,
        is_purchased=spec.is_purchased,
        readings_table=spec.readings_table,
        consumption_column=spec.consumption_column,
        kwh_per_unit=spec.kwh_per_unit,
        content=content,
    )
