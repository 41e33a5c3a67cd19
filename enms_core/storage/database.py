"""Connections to PostgreSQL for the readings: one pool of asyncpg.

Reads are tried a second time on a fresh connection, because a pool learns of a restarted server
only by failing once. Writes are never repeated.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, TypeVar

import asyncpg

from enms_core.domain.errors import QueryFailed, StorageTimeout, StorageUnavailable
from enms_core.storage.faults import wrapped_errors
from enms_core.storage.rollup_shape import RollupShape

Result = TypeVar("Result")
POOL_SIZE = 4
# Compiling a statement costs more than the statements here take.
# What has its time bounded at all is bounded by us: a role's own limit is not for a long refresh.
SESSION = {"application_name": "enms", "jit": "off", "statement_timeout": "0"}
# The questions' statements take arrays and look each stretch up by its key: their plans do not
# depend on values, and planning each time costs as much as asking. Without values the planner takes
# them for larger than they are, and starting parallel workers costs milliseconds.
QUESTIONS = {
    **SESSION,
    "plan_cache_mode": "force_generic_plan",
    "max_parallel_workers_per_gather": "0",
}


class _Reader(asyncpg.Connection):  # type: ignore[misc]
    """A pooled connection. What reads leaves nothing in a session that would have to be taken back,
    and a statement for that after each one doubles the journeys to the server."""

    def get_reset_query(self) -> str:
        return ""


class Database:
    """A pool of connections to one database, opened on first use."""

    def __init__(
        self,
        url: str,
        connect_timeout_seconds: float = 3.0,
        statement_timeout_seconds: float = 10.0,
    ) -> None:
        self.url = url
        # Checked table and column names, by (table, column): identifiers.py fills it.
        self.identifiers: dict[tuple[str, str | None], str] = {}
        # Shapes of rollups by readings table: segments.py fills it.
        self.rollups: dict[str, RollupShape] = {}
        self._connect_timeout_seconds = connect_timeout_seconds
        self._statement_timeout_seconds = statement_timeout_seconds
        self._pool: asyncpg.Pool | None = None
        # Who waits for a connection that others use does not find the server unreachable.
        self._free = asyncio.Semaphore(POOL_SIZE)

    async def fetch(self, sql: str, *values: object) -> Sequence[asyncpg.Record]:
        """Rows of a reading statement."""
        return await self._read(lambda connection: connection.fetch(sql, *values))

    async def fetch_value(self, sql: str, *values: object) -> Any:
        """The first column of the first row of a reading statement, None without a row."""
        return await self._read(lambda connection: connection.fetchval(sql, *values))

    @contextlib.asynccontextmanager
    async def connection(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection of its own, for work that may take its time."""
        with wrapped_errors():
            connection = await asyncpg.connect(
                self.url, timeout=self._connect_timeout_seconds, server_settings=SESSION
            )
            try:
                yield connection
            finally:
                await connection.close(timeout=self._connect_timeout_seconds)

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection of its own inside a transaction."""
        async with self.connection() as connection, connection.transaction():
            yield connection

    async def close(self) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None
            self._free = asyncio.Semaphore(POOL_SIZE)

    async def _read(self, ask: Callable[[asyncpg.Connection], Awaitable[Result]]) -> Result:
        try:
            return await self._read_once(ask)
        except StorageTimeout:
            raise
        except StorageUnavailable:
            return await self._read_once(ask)
        except QueryFailed:
            # What is remembered of tables and columns may be out of date.
            self.identifiers.clear()
            self.rollups.clear()
            raise

    async def _read_once(self, ask: Callable[[asyncpg.Connection], Awaitable[Result]]) -> Result:
        with wrapped_errors():
            async with self._pooled() as connection:
                return await ask(connection)

    @contextlib.asynccontextmanager
    async def _pooled(self) -> AsyncIterator[asyncpg.Connection]:
        async with self._free:
            if self._pool is None:
                self._pool = await self._open()
            async with self._pool.acquire(timeout=self._connect_timeout_seconds) as connection:
                yield connection

    async def _open(self) -> asyncpg.Pool:
        # min_size=0: with 1 the pool itself cannot be made while the server is down.
        return await asyncpg.create_pool(
            self.url,
            min_size=0,
            max_size=POOL_SIZE,
            connection_class=_Reader,
            timeout=self._connect_timeout_seconds,
            command_timeout=self._statement_timeout_seconds,
            server_settings={
                **QUESTIONS,
                "statement_timeout": str(int(self._statement_timeout_seconds * 1000)),
            },
        )
