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
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.loading import measure_loading
from benchmarks.measuring import p95, samples_ms
from benchmarks.plant import END, Opened, Plant, fill, opened, utc
from benchmarks.questions import Question, month_questions, questions

REPEATS, BARE_REPEATS = 40, 5
SCALES = (1, 4, 16)
BYTES_PER_READING = 260  # with its key, its share of the rollups and what the log needs meanwhile
PLANTS = (Plant("25 months by 15 minutes", 761, 900), Plant("1 year by 1 minute", 365, 60))

# What may have happened since the last refresh.
NEW_ROWS = """
UPDATE energy_readings SET power_kw = power_kw + 1 WHERE time >= $1 AND time < $2
"""
LATE_ROW = """
INSERT INTO energy_readings (machine_id, time, energy_kwh) VALUES ($1, $2, 0.5)
"""


def measure(folder: Path) -> None:
    """Measure queries and loading, each on a database of its own."""
    asyncio.run(_measure(folder))


async def _measure(folder: Path) -> None:
    await measure_loading(folder / "loading")
    for plant in PLANTS:
        await _measure_questions(plant, folder)


async def _measure_questions(plant: Plant, folder: Path) -> None:
    place = await opened(folder / str(plant.interval_s), plant.interval_s)
    store, loaded = place.store, 0
    firsts: dict[str, float] = {}
    for scale in SCALES:
        rows = plant.rows * scale
        if shutil.disk_usage(folder).free < rows * BYTES_PER_READING:
            print(f"{plant.name}, {scale} times the history: not enough room on the disk")
            break
        async with store.readings.connection() as connection:
            await fill(connection, plant, place.machines, range(loaded, plant.days * scale))
        loaded = plant.days * scale
        started = time.perf_counter()
        await store.refresh_rollups()
        refreshed_s = time.perf_counter() - started
        async with store.readings.connection() as connection:
            await connection.execute("VACUUM ANALYZE")
        print(f"\n{plant.name}, {scale} times the history: {rows:,} readings,", end=" ")
        print(f"rollups refreshed in {refreshed_s:.1f} s")
        await _print_questions(place, firsts)
        await _print_states(place, scale)
    await store.close()
    shutil.rmtree(folder / str(plant.interval_s))


async def _print_questions(place: Opened, firsts: dict[str, float]) -> None:
    """A line a question; firsts keeps the medians of the shortest history."""
    print(
        f"{'question':28} {'ours p50/p95':>15} {'rollup':>8} {'raw':>9}  ms "
        f"{'of rollup':>10} {'of raw':>7} {'of 1x':>6}"
    )
    for question in questions(place):
        ours = await samples_ms(question.ours, REPEATS)
        rollup, raw = await _bare_ms(place, question)
        median = statistics.median(ours)
        first = firsts.setdefault(question.name, median)
        print(
            f"{question.name:28} {median:7.2f}/{p95(ours):7.2f} {_figure(rollup):>8} "
            f"{_figure(raw):>9}     {_ratio(median, rollup):>10} {_ratio(median, raw):>7} "
            f"{median / first:6.2f}"
        )


async def _bare_ms(place: Opened, question: Question) -> list[float | None]:
    """The medians of the bare SQL over the rollup and over the rows."""
    database = place.store.readings
    medians: list[float | None] = []
    for sql, repeats in zip(question.bare(), (REPEATS, BARE_REPEATS), strict=True):
        if sql is None:
            medians.append(None)
            continue
        samples = await samples_ms(partial(database.fetch, sql, *question.values), repeats)
        medians.append(statistics.median(samples))
    return medians


def _figure(milliseconds: float | None) -> str:
    return "-" if milliseconds is None else f"{milliseconds:.2f}"


def _ratio(median: float, other: float | None) -> str:
    return "-" if other is None else f"{median / other:.2f}"


async def _print_states(place: Opened, scale: int) -> None:
    """The questions of 30 days again, with what is not refreshed yet."""
    asked = list(month_questions(place))
    refreshed = await _medians(asked)
    await _write(place, NEW_ROWS, utc(END - timedelta(hours=1)), utc(END))
    new_rows = await _medians(asked)
    await place.store.refresh_rollups()
    # One second off, and another one each time: no reading is there.
    late = utc(END) - timedelta(days=730, seconds=scale)
    await _write(place, LATE_ROW, place.machines[0], late)
    late_row = await _medians(asked)
    await place.store.refresh_rollups()
    print(f"{'not refreshed since':28} {'nothing':>9} {'new rows':>9} {'a late row':>11}  ms")
    for question, *medians in zip(asked, refreshed, new_rows, late_row, strict=True):
        nothing, new, old = medians
        print(f"{question.name:28} {nothing:9.2f} {new:9.2f} {old:11.2f}")


async def _medians(asked: list[Question]) -> list[float]:
    return [statistics.median(await samples_ms(each.ours, BARE_REPEATS)) for each in asked]


async def _write(place: Opened, statement: str, *values: object) -> None:
    async with place.store.readings.connection() as connection:
        await connection.execute(statement, *values)
