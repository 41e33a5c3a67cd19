"""The questions' queries beside the same figure in bare SQL, over growing histories; and loading.

Two plants of eight machines, 25 months by the quarter hour and a year by the minute, each also
with four and sixteen times the history. The questions stay the same; only what lies before them
grows.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import p95, samples_ms
from enms_core.domain.catalogue import EnergySource
from enms_core.settings import Settings
from enms_core.storage.bulk import copy_batch, merge_batch
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.consumption import Segment, consumption
from enms_core.storage.series import consumption_between
from enms_core.storage.store import Store

MACHINES = 8
REPEATS = 40
ZONE = ZoneInfo("Europe/Berlin")
END = datetime(2026, 11, 1, tzinfo=ZONE)
YEAR_DAYS = 365
SCALES = (1, 4, 16)
BYTES_PER_READING = 260  # with its key, its share of the rollups and what the log needs meanwhile
LOAD_ROWS = 1_000_000

REGISTERS = f"""
INSERT INTO factories (name, timezone) VALUES ('Bench', 'Europe/Berlin');
INSERT INTO machines (factory_id, name, type)
SELECT id, 'Machine-' || n, 'motor' FROM factories, generate_series(1, {MACHINES}) AS n
"""
METERS = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.id, s.id, $1::integer, 'interval', 'start', s.unit, '1900-01-01Z'
FROM machines AS m, energy_sources AS s WHERE s.name = 'electricity'
"""


@dataclass(frozen=True)
class Plant:
    """Readings of eight machines up to END, one every `interval_s`."""

    name: str
    days: int
    interval_s: int

    @property
    def rows(self) -> int:
        return MACHINES * self.days * 86_400 // self.interval_s


PLANTS = (Plant("25 months by 15 minutes", 761, 900), Plant("1 year by 1 minute", 365, 60))


@dataclass(frozen=True)
class Readings:
    """A batch of electricity of one machine."""

    owner: UUID
    times: NDArray[np.datetime64]
    columns: dict[str, NDArray[np.generic] | list[str | None]]
    table: str = "energy_readings"
    key: str = "machine_id"


@dataclass(frozen=True)
class Question:
    """A question's query, and the same figure as bare SQL over {relation}."""

    name: str
    ours: Callable[[], Awaitable[object]]
    sql: str
    values: tuple[object, ...]


def measure(folder: Path) -> None:
    """Measure queries and loading, each on a database of its own."""
    asyncio.run(_measure(folder))


async def _measure(folder: Path) -> None:
    await _measure_loading(folder / "loading")
    for plant in PLANTS:
        await _measure_questions(plant, folder)


def _batches(plant: Plant, machines: list[UUID], days: range) -> Iterator[Readings]:
    """Days before END, 90 at a time."""
    chance = np.random.default_rng(50001)
    per_day = 86_400 // plant.interval_s
    end = np.datetime64(END.astimezone(timezone.utc).replace(tzinfo=None), "s")
    for first in range(days.start, days.stop, 90):
        last = min(first + 90, days.stop)
        count = (last - first) * per_day
        start = end - np.timedelta64(last, "D")
        times = start + np.arange(count) * np.timedelta64(plant.interval_s, "s")
        for machine in machines:
            energy_kwh = chance.uniform(0.1, 1.0, count)
            power_kw = energy_kwh * 3600 / plant.interval_s
            yield Readings(machine, times, {"energy_kwh": energy_kwh, "power_kw": power_kw})


async def _opened(folder: Path, interval_s: int) -> tuple[Store, list[UUID], EnergySource]:
    store = Store(Settings(data_dir=folder, statement_timeout_seconds=300))
    await store.prepare()
    async with store.readings.connection() as connection:
        await connection.execute(REGISTERS)
        await connection.execute(METERS, interval_s)
    catalogue = await load_catalogue(store.registers)
    machines = [machine.id for machine in catalogue.machines]
    return store, machines, catalogue.source("electricity")


async def _measure_questions(plant: Plant, folder: Path) -> None:
    store, machines, source = await _opened(folder / str(plant.interval_s), plant.interval_s)
    loaded, firsts = 0, {}
    for scale in SCALES:
        rows = plant.rows * scale
        if shutil.disk_usage(folder).free < rows * BYTES_PER_READING:
            print(f"{plant.name}, {scale} times the history: not enough room on the disk")
            break
        async with store.readings.connection() as connection:
            for batch in _batches(plant, machines, range(loaded, plant.days * scale)):
                await copy_batch(connection, batch)
        loaded = plant.days * scale
        started = time.perf_counter()
        await store.refresh_rollups()
        refreshed_s = time.perf_counter() - started
        async with store.readings.connection() as connection:
            await connection.execute("VACUUM ANALYZE")
        print(f"\n{plant.name}, {scale} times the history: {rows:,} readings,", end=" ")
        print(f"rollups refreshed in {refreshed_s:.1f} s")
        await _print_questions(store, machines, source, firsts)
    await store.close()
    shutil.rmtree(folder / str(plant.interval_s))


async def _print_questions(
    store: Store, machines: list[UUID], source: EnergySource, firsts: dict[str, float]
) -> None:
    """A line a question; firsts keeps the medians of the shortest history."""
    print(
        f"{'question':28} {'ours p50/p95':>15} {'rollup':>8} {'raw':>9}  ms "
        f"{'of rollup':>10} {'of raw':>7} {'of 1x':>6}"
    )
    for question in _questions(store, machines, source):
        ours, rollup, raw = await _side_by_side(store, question)
        median = statistics.median(ours)
        first = firsts.setdefault(question.name, median)
        bare, slow = statistics.median(rollup), statistics.median(raw)
        print(
            f"{question.name:28} {median:7.2f}/{p95(ours):7.2f} {bare:8.2f} {slow:9.2f}     "
            f"{median / bare:10.2f} {median / slow:7.2f} {median / first:6.2f}"
        )


async def _side_by_side(
    store: Store, question: Question
) -> tuple[list[float], list[float], list[float]]:
    database = store.readings
    rollup, raw = (
        question.sql.format(value=value, time=moment, relation=relation)
        for value, moment, relation in (
            ("energy_kwh_sum", "bucket", "energy_readings_1hour"),
            ("energy_kwh", "time", "energy_readings"),
        )
    )
    return (
        await samples_ms(question.ours, REPEATS),
        await samples_ms(lambda: database.fetch(rollup, *question.values), REPEATS),
        await samples_ms(lambda: database.fetch(raw, *question.values), 5),
    )


ONE_MACHINE = """
SELECT sum({value}) FROM {relation} WHERE machine_id = $1 AND {time} >= $2 AND {time} < $3
"""
EACH_MACHINE = """
SELECT machine_id, sum({value}) FROM {relation} WHERE {time} >= $1 AND {time} < $2 GROUP BY 1
"""
BY_DAY = """
SELECT date_trunc('day', {time}, 'Europe/Berlin'), sum({value}) FROM {relation}
WHERE machine_id = $1 AND {time} >= $2 AND {time} < $3 GROUP BY 1
"""
EACH_BY_DAY = """
SELECT machine_id, date_trunc('day', {time}, 'Europe/Berlin'), sum({value}) FROM {relation}
WHERE {time} >= $1 AND {time} < $2 GROUP BY 1, 2
"""


def _questions(store: Store, machines: list[UUID], source: EnergySource) -> Iterator[Question]:
    database, one = store.readings, machines[0]
    yesterday, month, year = (_days_back(days) for days in (1, 30, YEAR_DAYS))
    cut = END - timedelta(hours=26, minutes=53), END - timedelta(hours=2, minutes=7)
    edges = [_days_back(YEAR_DAYS - day)[0] for day in range(YEAR_DAYS)] + [_utc(END)]

    def used(of: list[UUID], start: datetime, end: datetime) -> Callable[[], Awaitable[object]]:
        segments = [Segment(machine, _utc(start), _utc(end)) for machine in of]
        return lambda: consumption(database, source, segments)

    def by_day(of: list[UUID]) -> Callable[[], Awaitable[object]]:
        return lambda: consumption_between(database, source, of, edges)

    yield Question("machine, yesterday", used([one], *yesterday), ONE_MACHINE, (one, *yesterday))
    yield Question("machine, odd 24 hours", used([one], *cut), ONE_MACHINE, (one, *cut))
    yield Question("machine, 30 days", used([one], *month), ONE_MACHINE, (one, *month))
    yield Question("all machines, 30 days", used(machines, *month), EACH_MACHINE, month)
    yield Question("all machines, a year", used(machines, *year), EACH_MACHINE, year)
    yield Question("machine by day, a year", by_day([one]), BY_DAY, (one, *year))
    yield Question("all machines by day, a year", by_day(machines), EACH_BY_DAY, year)


def _days_back(days: int) -> tuple[datetime, datetime]:
    """Whole local days up to END; the wall clock counts them."""
    return _utc(END - timedelta(days=days)), _utc(END)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc)


BARE = "CREATE TABLE bare_readings (LIKE energy_readings INCLUDING ALL)"


async def _measure_loading(folder: Path) -> None:
    """Rows a second: a bare COPY into the same indexed table, and what we load with."""
    plant = Plant("loading", LOAD_ROWS // MACHINES // 1440, 60)
    store, machines, _ = await _opened(folder, plant.interval_s)
    batches = list(_batches(plant, machines, range(plant.days)))
    bare = [Readings(b.owner, b.times, b.columns, "bare_readings") for b in batches]
    print(f"loading {plant.rows:,} readings of {MACHINES} machines, binary COPY:")
    async with store.readings.connection() as connection:
        await connection.execute(BARE)
        bare_s = await _load("bare COPY, no triggers", connection, copy_batch, bare)
        for name, load in (
            ("plain", copy_batch),
            ("idempotent, again", _merge),
            ("idempotent, new", _merge),
        ):
            if name == "idempotent, new":
                await connection.execute("TRUNCATE energy_readings")
            await _load(name, connection, load, batches, bare_s)
    await store.close()


async def _merge(connection: asyncpg.Connection, batch: Readings) -> None:
    async with connection.transaction():
        await merge_batch(connection, batch)


async def _load(
    name: str,
    connection: asyncpg.Connection,
    load: Callable[[asyncpg.Connection, Readings], Awaitable[None]],
    batches: list[Readings],
    bare_s: float | None = None,
) -> float:
    started = time.perf_counter()
    for batch in batches:
        await load(connection, batch)
    seconds = time.perf_counter() - started
    rows = sum(len(batch.times) for batch in batches)
    ratio = "" if bare_s is None else f", {bare_s / seconds:.2f} of bare"
    print(f"  {name:24} {rows / seconds:10,.0f} rows/s{ratio}")
    return seconds
