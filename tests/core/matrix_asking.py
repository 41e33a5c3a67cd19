"""Loads the hours of energy uses that tests make up, without registering them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from enms_core.analysis.hourly_table import HourlyTable
from enms_core.domain.catalogue import Catalogue, Seu
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.driver_matrix import load_hours
from enms_core.storage.store import Store
from tests.conftest import run_on

NAMESPACE = UUID("00000000-0000-0000-0000-00000000005e")
Loader = Callable[..., object]


def use_of(catalogue: Catalogue, source: str, *machines: str) -> SeuOfSource:
    """A significant energy use of some machines, registered or not."""
    chosen = tuple(m for name in machines for m in catalogue.machines if m.name == name)
    assert len(chosen) == len(machines)
    energy = catalogue.source(source)
    name = f"{' and '.join(machines)} {source}"
    ids = tuple(machine.id for machine in chosen)
    return SeuOfSource(Seu(uuid5(NAMESPACE, name), name, energy.id, ids), energy, chosen)


def hours_of(
    url: str,
    source: str,
    machines: Sequence[str],
    start: str,
    end: str,
    drivers: Sequence[str] | None = None,
    load: Loader = load_hours,
) -> HourlyTable:
    """The table of a period between two times with offsets; all drivers where none is named."""
    period = Period(datetime.fromisoformat(start), datetime.fromisoformat(end))

    async def loaded(store: Store) -> object:
        known = await load_catalogue(store.registers)
        of = use_of(known, source, *machines)
        return await load(store.readings, known, of, drivers, period)  # type: ignore[misc]

    table = run_on(url, loaded)
    assert isinstance(table, HourlyTable)
    return table
