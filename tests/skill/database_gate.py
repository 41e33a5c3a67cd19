"""A gate in front of a database server: shut, the server is away; the tests' own connections to
the server do not go through it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from psycopg.conninfo import conninfo_to_dict

from enms_core.services.background import BackgroundLoop

HOST = "127.0.0.1"
BYTES = 65_536
SECONDS = 10.0


class DatabaseGate:
    """Passes bytes on to the server of a URL while it is open."""

    def __init__(self, url: str) -> None:
        self._known = conninfo_to_dict(url)
        self._loop = BackgroundLoop("gate")
        self._server: asyncio.Server | None = None
        self._writers: list[asyncio.StreamWriter] = []
        self._port = 0
        self.open()

    @property
    def url(self) -> str:
        """The same database, through the gate."""
        user, password = self._known.get("user", ""), self._known.get("password", "")
        return f"postgresql://{user}:{password}@{HOST}:{self._port}/{self._known['dbname']}"

    def open(self) -> None:
        """Let everybody through, at the same address as before."""
        self._loop.run(self._open(), SECONDS)

    def shut(self) -> None:
        """Cut all connections, and refuse new ones."""
        self._loop.run(self._shut(), SECONDS)

    def close(self) -> None:
        self.shut()
        self._loop.stop()

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._joined, HOST, self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _shut(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_there = await self._server_streams()
        self._writers += (writer, to_there)
        await asyncio.gather(_passed(reader, to_there), _passed(there, writer))

    async def _server_streams(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = str(self._known["host"]), self._known.get("port") or 5432
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, int(port))


async def _passed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while sent := await reader.read(BYTES):
            writer.write(sent)
            await writer.drain()
    writer.close()
