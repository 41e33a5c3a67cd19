"""Beside the questions: the demo plant's readings are kept fresh while an engine runs.

It has a loop and a connection of its own, because simulating is arithmetic that would hold up the
questions on theirs.
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
TOP_UP_SECONDS = 60.0


class DemoKeeper:
    """Writes the demo plant's new readings every minute, where there is a demo plant."""

    def __init__(self, settings: Settings) -> None:
        self._loop = BackgroundLoop("enms-demo")
        self._store = Store(settings)
        self._loop.start(self._keep())

    def stop(self) -> None:
        """Leave the plant as it is."""
        self._loop.run(self._store.close(), timeout_seconds=10)
        self._loop.stop()

    async def _keep(self) -> None:
        while True:
            await _top_up(self._store)
            await asyncio.sleep(TOP_UP_SECONDS)


async def _top_up(store: Store) -> None:
    try:
        await store.prepare()
        await top_up(store, datetime.now(timezone.utc))
    except StorageError as error:
        LOG.warning("the demo plant could not be topped up: %s", error)
