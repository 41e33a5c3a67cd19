"""`enms demo seed`: the demo plant without a conversation."""

from __future__ import annotations

import argparse
import sys

from enms_cli.opening import note_unseeded, seed_plant
from enms_core.demo.seed import plant_instant
from enms_core.settings import Settings
from enms_core.storage.store import Store


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Seed; a database that has a demo plant stays as it is."""
    unseeded = note_unseeded(settings, options.empty)
    store = Store(settings)
    try:
        await store.prepare()
        if options.empty:
            return 0
        now = plant_instant(options.now)
        new = await seed_plant(store, now, options.seed, options.plain, options.second_country)
        unseeded.unlink(missing_ok=True)
        if not new:
            print("the demo plant is there already", file=sys.stderr)
        return 0
    finally:
        await store.close()
