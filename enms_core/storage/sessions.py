"""Register access through SQLModel, on the same database as the readings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.storage.faults import wrapped_errors


class RegisterStore:
    """SQLAlchemy's side of a database; asyncpg carries it, as it carries the readings."""

    def __init__(self, url: str, connect_timeout_seconds: float = 3.0) -> None:
        _, _, rest = url.partition("://")
        # Registers are read seldom, so connections are not kept: none can go stale.
        self._engine: AsyncEngine = create_async_engine(
            f"postgresql+asyncpg://{rest}",
            poolclass=NullPool,
            connect_args={"timeout": connect_timeout_seconds},
        )

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A session whose work is stored when the block ends well, and not at all otherwise."""
        with wrapped_errors():
            async with AsyncSession(self._engine, expire_on_commit=False) as session:
                yield session
                await session.commit()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """A connection inside a transaction, for the schema's own statements."""
        with wrapped_errors():
            async with self._engine.begin() as connection:
                yield connection
