"""An engine's life beside the questions: the demo plant's rows are kept fresh while it runs."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timezone

from enms_core.demo.seed import top_up
from enms_core.domain.errors import StorageError
from enms_core.storage.store import Store

LOG = logging.getLogger(__name__)
TOP_UP_SECONDS = 60.0


async def keep_demo_fresh(store: Store) -> None:
    """Write the demo plant's new readings every minute; ends at once where none is seeded."""
    while await _topped_up(store):
        await asyncio.sleep(TOP_UP_SECONDS)


async def _topped_up(store: Store) -> bool:
    try:
        await store.prepare()
        return await top_up(store, datetime.now(timezone.utc))
    except StorageError as error:
        LOG.warning("the demo plant could not be topped up: %s", error)
        return True
