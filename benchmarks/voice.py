"""Utterance to speech, in process, through the real intent service; and what the skill costs.

Prints what it measures, also when it looks bad. Times are of this machine at this moment; the
ratios beside bare SQL, of the same run, are what can be compared.
"""

from __future__ import annotations

import asyncio
import gc
import os
import time
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg

from benchmarks.measuring import median_ms, timed_s

if TYPE_CHECKING:  # OVOS is not imported before its memory is measured
    from benchmarks.hearing import Hearing

MACHINE_YESTERDAY = "how much energy did compressor one use yesterday"
ALL_THIS_YEAR = "how much electricity did we use this year"
# The same figures by hand.
BARE_SQL = {
    MACHINE_YESTERDAY: """
        SELECT sum(energy_kwh) FROM energy_readings JOIN machines ON id = machine_id
        WHERE name = 'Compressor-1'
          AND time >= (date_trunc('day', now(), 'Europe/Berlin') - interval '1 day')
          AND time < date_trunc('day', now(), 'Europe/Berlin')""",
    ALL_THIS_YEAR: """
        SELECT sum(energy_kwh) FROM energy_readings
        WHERE time >= date_trunc('year', now(), 'Europe/Berlin')""",
}


def measure(folder: Path) -> None:
    """Seed a plant in a folder and measure on it."""
    os.environ["ENMS_DATA_DIR"] = str(folder / "data")
    _print_memory("Python")
    import ovoscope  # noqa: F401

    _print_memory("with OVOS imported")
    print(f"seeding 25 months of the demo plant: {timed_s(_seed):.1f} s")
    _measure_skill()


def _seed() -> None:
    from enms_core.demo.seed import plant_today, seed, seeding
    from enms_core.settings import Settings
    from enms_core.storage.store import Store

    async def run() -> None:
        store = Store(Settings())
        await store.prepare()
        now = datetime.now(timezone.utc)
        plant = plant_today(now, seed=50001, plain=False, second_country=False)
        await seed(store, seeding(plant, now), lambda reached: None)
        await store.close()

    asyncio.run(run())


def _measure_skill() -> None:
    from benchmarks.answers import measure_answers
    from benchmarks.hearing import Hearing
    from benchmarks.hostile import measure_hostile
    from benchmarks.sessions import measure_sessions

    gc.collect()
    boot = time.perf_counter()
    hearing = Hearing()
    print(f"OVOS with the skill started: {time.perf_counter() - boot:.1f} s")
    _print_memory("with the skill started")
    print(f"first question: {hearing.speech_ms(MACHINE_YESTERDAY):.0f} ms")
    measure_answers(hearing)
    _print_ratios(hearing)
    measure_sessions(hearing)
    measure_hostile(hearing)
    _print_memory("after all that")
    hearing.stop()


def _print_ratios(hearing: Hearing) -> None:
    """The engine's whole answer beside the bare SQL for the same figure."""
    from enms_core.services.request import Request

    url = hearing.engine.store.readings.url

    def answer(question: str) -> object:
        return hearing.skill._backend.ask(Request(question, "en-us"))

    print(f"\n{'beside bare SQL':52} {'SQL':>7} {'answer':>7} {'ratio':>6}  ms")
    with psycopg.connect(url, autocommit=True) as connection:
        for question, sql in BARE_SQL.items():
            sql_ms = median_ms(partial(_row, connection, sql))
            answer_ms = median_ms(partial(answer, question))
            print(f"{question:52} {sql_ms:7.1f} {answer_ms:7.1f} {answer_ms / sql_ms:6.1f}")


def _row(connection: psycopg.Connection, sql: str) -> object:
    return connection.execute(sql.encode()).fetchone()


def _print_memory(when: str) -> None:
    print(f"memory of the process, {when}: {psutil.Process().memory_info().rss / 1e6:.0f} MB")
