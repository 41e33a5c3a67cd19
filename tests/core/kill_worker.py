"""A client that writes readings and refreshes rollups until it is killed.

Each batch goes in one transaction, and its number is told only once the commit has returned: what
was told must never be lost.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from datetime import timezone
from multiprocessing.connection import Connection
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.errors import StorageError
from enms_core.settings import Settings
from enms_core.storage.bulk import driver_connection, merge_batch
from enms_core.storage.store import Store

MACHINE = UUID("00000000-0000-0000-0000-0000000000a1")
START = np.datetime64("2026-03-01T00:00", "s")
BATCH_MINUTES = 20
CHANGE = """
UPDATE energy_readings SET energy_kwh = energy_kwh + 1 WHERE machine_id = $1 AND time = ANY($2)
"""


@dataclass(frozen=True)
class Minutes:
    """The readings of one batch: 20 minutes of `number` kWh each."""

    number: int
    table: str = "energy_readings"
    key: str = "machine_id"
    owner: UUID = MACHINE

    @property
    def times(self) -> NDArray[np.datetime64]:
        first = START + np.timedelta64(self.number * BATCH_MINUTES * 60, "s")
        return first + np.arange(BATCH_MINUTES) * np.timedelta64(60, "s")

    @property
    def columns(self) -> dict[str, NDArray[np.generic] | list[str | None]]:
        return {"energy_kwh": np.full(BATCH_MINUTES, float(self.number))}


def work(url: str, first: int, seed: int, told: Connection) -> None:
    """Write batches from number `first` on, and refresh the rollups between them."""
    asyncio.run(_work(url, first, random.Random(seed), told))


async def _work(url: str, first: int, chance: random.Random, told: Connection) -> None:
    store = Store(Settings(database_url=url))
    await store.connect()
    number = first
    while True:
        try:
            changed = await _write(store, number, chance)
            told.send((number, changed))
            number += 1
            if chance.random() < 0.5:
                await store.refresh_rollups()
        except StorageError:
            await asyncio.sleep(0.05)  # the server was killed: the batch is written again


async def _write(store: Store, number: int, chance: random.Random) -> int | None:
    """A batch, and in the same transaction now and then a change of an older one: its number."""
    changed = chance.randrange(number) if number and chance.random() < 0.3 else None
    async with store.registers.session() as session:
        connection = await driver_connection(session)
        await merge_batch(connection, Minutes(number))
        if changed is not None:
            times = [t.replace(tzinfo=timezone.utc) for t in Minutes(changed).times.tolist()]
            await connection.execute(CHANGE, MACHINE, times)
    return changed
