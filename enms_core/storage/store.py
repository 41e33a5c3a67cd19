"""One database: the embedded server where no URL is set, else the one that the URL names."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from enms_core.domain.errors import StorageUnavailable
from enms_core.settings import Settings
from enms_core.storage import rollups, schema
from enms_core.storage.database import Database
from enms_core.storage.rollups import RefreshReport
from enms_core.storage.server import EmbeddedServer
from enms_core.storage.sessions import RegisterStore


@dataclass(frozen=True)
class _Opened:
    readings: Database
    registers: RegisterStore


class Store:
    """Readings by asyncpg, registers by SQLModel, on one database.

    Making a store connects to nothing; `prepare` does, and may be called again after it failed.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._server: EmbeddedServer | None = None
        self._opened: _Opened | None = None
        self._is_prepared = False
        self._preparing = asyncio.Lock()

    @property
    def is_embedded(self) -> bool:
        return self.settings.database_url is None

    @property
    def readings(self) -> Database:
        return self._open().readings

    @property
    def registers(self) -> RegisterStore:
        return self._open().registers

    async def connect(self) -> None:
        """Start or join the embedded server, where it is ours, and know where to connect."""
        if self._opened is not None:
            return
        url = self.settings.database_url
        if url is None:
            self._server = await asyncio.to_thread(EmbeddedServer, self.settings.data_dir)
            url = self._server.url
        connect_seconds = self.settings.connect_timeout_seconds
        self._opened = _Opened(
            Database(url, connect_seconds, self.settings.statement_timeout_seconds),
            RegisterStore(url, connect_seconds),
        )

    async def prepare(self) -> None:
        """Connect, and bring the embedded database to this version's schema.

        Nothing is changed unasked on a server that is not ours: another schema there raises
        SchemaMismatch, and `enms db upgrade` mends it.
        """
        async with self._preparing:
            if self._is_prepared:
                return
            await self.connect()
            if not self.is_embedded:
                await schema.check(self.registers)
            elif await schema.current(self.registers) != schema.head():
                await self.upgrade()
            self._is_prepared = True

    async def upgrade(self) -> None:
        """Bring the database to this version's schema, and its rollups to its registers."""
        await schema.upgrade(self.registers)
        await rollups.ensure(self)

    async def refresh_rollups(self) -> RefreshReport:
        """Make the rollups that the registers ask for, and bring them up to date."""
        await rollups.ensure(self)
        return await rollups.refresh(self)

    async def revive(self) -> bool:
        """Start the embedded server again after it was lost; False where it is not ours."""
        if self._server is None:
            return False
        await asyncio.to_thread(self._server.revive)
        return True

    async def close(self) -> None:
        if self._opened is not None:
            await self._opened.readings.close()
            self._opened = None
        if self._server is not None:
            await asyncio.to_thread(self._server.stop)
            self._server = None

    def _open(self) -> _Opened:
        if self._opened is None:
            raise StorageUnavailable("not connected yet")
        return self._opened
