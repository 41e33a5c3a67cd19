"""Asking for the demand of the machines in works.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from enms_core.domain.power import Demand, DemandWindow
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.power import coincident_demand, machine_demands
from enms_core.storage.rollups import refresh
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.works import MIDNIGHT

QUARTER_S = 900
DAY = DemandWindow(MIDNIGHT, MIDNIGHT + timedelta(days=1), QUARTER_S)


@dataclass(frozen=True)
class Asked:
    """Demand of machines together and of each by itself."""

    together: Demand
    by_machine: Mapping[UUID, Demand]


def asked(
    url: str,
    machines: Sequence[UUID],
    window: DemandWindow = DAY,
    source: str = "electricity",
    refreshed: bool = False,
) -> Asked:
    """Demand over a window."""

    async def work(store: Store) -> object:
        if refreshed:
            await refresh(store)
        carrier = (await load_catalogue(store.registers)).source(source)
        return Asked(
            await coincident_demand(store.readings, carrier, machines, window),
            await machine_demands(store.readings, carrier, machines, window),
        )

    found = run_on(url, work)
    assert isinstance(found, Asked)
    return found
