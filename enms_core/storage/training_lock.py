"""One training of an SEU at a time, of all processes that use a database."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg

from enms_core.domain.errors import TrainingBusy
from enms_core.storage.store import Store

# Another one than that of storing a version, which is taken on another connection meanwhile.
TRAINING_LOCK = 7_305_008
WAIT_SECONDS = 5.0
WAIT = "SELECT set_config('lock_timeout', $1, false)"
LOCK = f"SELECT pg_advisory_lock({TRAINING_LOCK}, hashtext($1))"


@contextlib.asynccontextmanager
async def training_lock(
    store: Store, seu_id: UUID, wait_seconds: float = WAIT_SECONDS
) -> AsyncIterator[None]:
    """Nobody else trains the SEU inside the block. Raises TrainingBusy where somebody does so for
    longer than some seconds.

    The lock is that of a connection: it is free again when the block ends, or the process dies.
    """
    async with store.readings.connection() as connection:
        await connection.execute(WAIT, f"{int(wait_seconds * 1000)}ms")
        try:
            await connection.execute(LOCK, str(seu_id))
        except asyncpg.LockNotAvailableError as error:
            raise TrainingBusy(seu_id) from error
        yield
