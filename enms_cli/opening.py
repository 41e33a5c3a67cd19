"""Opening the database for a command: a new embedded one is seeded with the demo plant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from pathlib import Path

from enms_cli.progress import seeding_bar
from enms_core.demo.seed import plant_today, seed, seeding, top_up
from enms_core.domain.errors import StorageUnavailable
from enms_core.settings import Settings
from enms_core.storage import server
from enms_core.storage.store import Store

DEMO_SEED = 50001
# Beside a database that was made to be seeded and is not yet: an interrupted start goes on here.
UNSEEDED = "unseeded"


@asynccontextmanager
async def opened(settings: Settings, empty: bool = False) -> AsyncIterator[Store]:
    """A prepared store. The demo plant in it is topped up; a new embedded database gets one."""
    unseeded = note_unseeded(settings, empty)
    store = Store(settings)
    try:
        await store.prepare()
        # The note is about the embedded database: a server of ENMS_DATABASE_URL is left as it is.
        if store.is_embedded and unseeded.exists():
            await seed_plant(store, datetime.now(timezone.utc))
            unseeded.unlink(missing_ok=True)
        elif store.is_embedded:
            await top_up(store, datetime.now(timezone.utc))
            await store.refresh_rollups()
        yield store
    finally:
        await store.close()


def note_unseeded(settings: Settings, empty: bool) -> Path:
    """The note beside an embedded database that a demo plant is due in it; made for a new one."""
    note = settings.data_dir.expanduser() / UNSEEDED
    if settings.database_url is None and not empty and not server.exists(settings.data_dir):
        try:
            note.parent.mkdir(parents=True, exist_ok=True)
            note.touch()
        except OSError as error:
            raise StorageUnavailable(f"{note.parent}: {error.strerror}") from error
    return note


async def seed_plant(
    store: Store,
    now: datetime,
    number: int = DEMO_SEED,
    plain: bool = False,
    second_country: bool = False,
) -> bool:
    """Seed the demo plant with a progress bar; False where one is there already."""
    wanted = seeding(plant_today(now, number, plain, second_country), now)
    with seeding_bar(wanted) as progress:
        return await seed(store, wanted, progress)
