"""`enms db`: which database this is, and bringing its schema to this version."""

from __future__ import annotations

import argparse

from enms_cli.opening import note_unseeded
from enms_core.settings import Settings
from enms_core.storage import schema
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Status or upgrade of the database that the settings name."""
    note_unseeded(settings, options.empty)
    store = Store(settings)
    try:
        await store.connect()
        if options.action == "upgrade":
            await schema.upgrade(store.registers)
        await _print_status(store, settings)
        return 0
    finally:
        await store.close()


async def _print_status(store: Store, settings: Settings) -> None:
    found = await schema.current(store.registers)
    where = settings.data_dir if store.is_embedded else "the server of ENMS_DATABASE_URL"
    print(f"database: {'embedded, in ' if store.is_embedded else ''}{where}")
    print(f"schema: {found or 'none'} (this version works with {schema.head()})")
    if found == schema.head():
        catalogue = await load_catalogue(store.registers)
        print(f"factories: {', '.join(factory.name for factory in catalogue.factories) or 'none'}")
        print(f"machines: {len(catalogue.machines)}")
