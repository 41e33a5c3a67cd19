"""Beside the questions: what keeps answers quick, and the demo plant's readings up to date.

It has a loop and connections of its own, because refreshing and simulating are work that would hold
up the questions on theirs.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timezone

from enms_core.demo.seed import top_up
from enms_core.domain.errors import StorageError
from enms_core.services.background import BackgroundLoop
from enms_core.settings import Settings
from enms_core.storage.store import Store

LOG = logging.getLogger(__name__)
KEEP_SECONDS = 60.0


class Keeper:
    """Refreshes the rollups every minute; in an embedded database, after the demo plant's new
    readings, where there is a demo plant."""

    def __init__(self, settings: Settings) -> None:
        self._loop = BackgroundLoop("enms-keeper")
        self._store = Store(settings)
        self._loop.start(self._keep())

    def stop(self) -> None:
        """Leave everything as it is."""
        self._loop.run(self._store.close(), timeout_seconds=10)
        self._loop.stop()

    async def _keep(self) -> None:
        while True:
            await _freshen(self._store)
            await asyncio.sleep(KEEP_SECONDS)


async def _freshen(store: Store) -> None:
    """Answers do not depend on it: what is not refreshed is computed when it is asked for."""
    try:
        await store.prepare()
        if store.is_embedded:
            await top_up(store, datetime.now(timezone.utc))
        await store.refresh_rollups()
    except StorageError as error:
        LOG.warning("the rollups could not be refreshed: %s", error)
