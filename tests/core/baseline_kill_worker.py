"""A client that trains one energy use over and over until it is killed.

A version is told once its storing has returned: what was told must never be lost.
"""

from __future__ import annotations

import asyncio
from multiprocessing.connection import Connection

from enms_core.domain.errors import StorageError
from enms_core.settings import Settings
from enms_core.storage.baselines import store_baseline
from enms_core.storage.store import Store
from enms_core.storage.training_lock import training_lock
from tests.core.baseline_cases import INVALID, SEU, VALID, YEAR, model, of_seu


def work(url: str, told: Connection) -> None:
    """Store versions, every third of a model that is not valid."""
    asyncio.run(_work(url, told))


async def _work(url: str, told: Connection) -> None:
    store = Store(Settings(database_url=url))
    await store.connect()
    number = 0
    while True:
        number += 1
        kept = model(number / 7, INVALID if number % 3 == 0 else VALID)
        try:
            async with training_lock(store, SEU):
                of = await of_seu(store)
                baseline = await store_baseline(store.registers, of, kept, YEAR, "Ada")
            told.send((baseline.version, number / 7, baseline.is_active))
        except StorageError:
            await asyncio.sleep(0.05)  # the server was killed
