"""One writer of readings at a time: files and messages decide by what is stored."""

from __future__ import annotations

import asyncpg

# Held to the end of the transaction.
LOCK = "SELECT pg_advisory_xact_lock(7305003)"


async def wait_for_other_writers(connection: asyncpg.Connection) -> None:
    """Hold the lock of imports until the transaction ends; whoever holds it now ends first."""
    await connection.execute(LOCK)
