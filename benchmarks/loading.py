"""Rows a second: a bare COPY into an indexed table, and what we load with."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg

from benchmarks.plant import MACHINES, Plant, Readings, batches, opened
from enms_core.storage.bulk import copy_batch, merge_batch

LOAD_ROWS = 1_000_000
Load = Callable[[asyncpg.Connection, Readings], Awaitable[None]]

BARE = "CREATE TABLE bare_readings (LIKE energy_readings INCLUDING ALL)"


async def measure_loading(folder: Path) -> None:
    """Print a line a way of loading."""
    plant = Plant("loading", LOAD_ROWS // MACHINES // 1440, 60)
    plant_opened = await opened(folder, plant.interval_s)
    found = list(batches(plant, plant_opened.machines, range(plant.days)))
    bare = [Readings(b.owner, b.times, b.columns, "bare_readings") for b in found]
    print(f"loading {plant.rows:,} readings of {MACHINES} machines, binary COPY:")
    async with plant_opened.store.readings.connection() as connection:
        await connection.execute(BARE)
        bare_s = await _load("bare COPY, no triggers", connection, copy_batch, bare)
        await _load("plain", connection, copy_batch, found, bare_s)
        await _load("idempotent, again", connection, _merge, found, bare_s)
        await connection.execute("TRUNCATE energy_readings")
        await _load("idempotent, new", connection, _merge, found, bare_s)
        await connection.execute("TRUNCATE energy_readings")
        for batch in map(_every_second, found):
            await copy_batch(connection, batch)
        await _load("idempotent, half there", connection, _merge, found, bare_s)
    await plant_opened.store.close()


async def _merge(connection: asyncpg.Connection, batch: Readings) -> None:
    async with connection.transaction():
        await merge_batch(connection, batch)


def _every_second(batch: Readings) -> Readings:
    columns = {name: column[::2] for name, column in batch.columns.items()}
    return Readings(batch.owner, batch.times[::2], columns)


async def _load(
    name: str,
    connection: asyncpg.Connection,
    load: Load,
    found: list[Readings],
    bare_s: float | None = None,
) -> float:
    started = time.perf_counter()
    for batch in found:
        await load(connection, batch)
    seconds = time.perf_counter() - started
    ratio = "" if bare_s is None else f", {bare_s / seconds:.2f} of bare"
    _print(name, sum(len(batch.times) for batch in found), seconds, ratio)
    return seconds


def _print(name: str, rows: int, seconds: float, more: str) -> None:
    print(f"  {name:24} {rows / seconds:10,.0f} rows/s{more}")
