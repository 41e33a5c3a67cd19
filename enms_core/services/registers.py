"""The catalogue as a running engine holds it: loaded once, refreshed beside the questions."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.errors import StorageError, StorageTimeout, UnknownSite
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store

LOG = logging.getLogger(__name__)
FRESH_SECONDS = 5.0
# So often at most is looked for a machine that nobody knows: strange names cost no database.
AGAIN_SECONDS = 1.0
WATCH_SECONDS = 10.0
LOAD_SECONDS = 8.0  # the first load may have to make and migrate the embedded database


class Registers:
    """The latest catalogue. A question never waits for a refresh, only for the first load."""

    def __init__(self, store: Store, site: str | None) -> None:
        # Told of each catalogue that is another than the one before.
        self.on_change: Callable[[Catalogue], None] | None = None
        self._store = store
        self._site = site
        self._catalogue: Catalogue | None = None
        self._loaded_at = 0.0
        self._loading: asyncio.Task[Catalogue] | None = None
        self._refresh: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def last_known(self) -> Catalogue:
        """What is known without asking the database; empty before the first load."""
        return self._catalogue or Catalogue(site=self._site)

    async def current(self) -> Catalogue:
        """The catalogue; an old one is used while a new one is loaded."""
        if self._catalogue is None:
            return await self.reload()
        if time.monotonic() - self._loaded_at > FRESH_SECONDS and self._is_idle():
            self._refresh = asyncio.create_task(self._refreshed())
        return self._catalogue

    async def reload(self) -> Catalogue:
        """Load now; the same object comes back where nothing has changed. All who ask while it is
        loaded wait for one load."""
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load())
        return await asyncio.shield(self._loading)

    async def watch(self) -> None:
        """Keep up with the database while nobody asks, for those who are told of changes."""
        self._watching = asyncio.current_task()
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            await self._refreshed()

    async def reload_if_older(self, seconds: float = AGAIN_SECONDS) -> Catalogue:
        """Load now, unless that was done so shortly ago."""
        is_older = time.monotonic() - self._loaded_at > seconds
        return await self.reload() if is_older else self.last_known

    async def _load(self) -> Catalogue:
        try:
            loaded = await asyncio.wait_for(self._loaded(), LOAD_SECONDS)
        except asyncio.TimeoutError as error:
            raise StorageTimeout(f"no registers within {LOAD_SECONDS:g} s") from error
        if self._site is not None and loaded.factories and loaded.home is None:
            raise UnknownSite(self._site, [factory.name for factory in loaded.factories])
        if loaded != self._catalogue:
            self._catalogue = loaded
            if self.on_change is not None:
                self.on_change(loaded)
        self._loaded_at = time.monotonic()
        return self.last_known

    async def _loaded(self) -> Catalogue:
        await self._store.prepare()
        return await load_catalogue(self._store.registers, self._site)

    async def close(self) -> None:
        tasks = (self._watching, self._refresh, self._loading)
        running = [task for task in tasks if task is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _is_idle(self) -> bool:
        return self._refresh is None or self._refresh.done()

    async def _refreshed(self) -> None:
        try:
            await self.reload()
        except StorageError as error:
            LOG.warning("the registers could not be refreshed: %s", error)
