"""The demo plant as benchmarks find it: 25 months, all rollups made."""

from __future__ import annotations

from datetime import datetime

from enms_cli.opening import DEMO_SEED
from enms_core.demo.seed import plant_today, seed, seeding
from enms_core.settings import Settings
from enms_core.storage.store import Store


async def seeded(settings: Settings, now: datetime) -> Store:
    """A store with the plant up to now; to be closed by the caller."""
    store = Store(settings)
    await store.prepare()
    plant = plant_today(now, DEMO_SEED, plain=False, second_country=False)
    await seed(store, seeding(plant, now), lambda reached: None)
    await store.refresh_rollups()
    return store
