"""Utterance to speech, in process, through the real intent service; and what the skill costs.

Prints what it measures, also when it looks bad. Times are of this machine at this moment; the
ratios beside bare SQL, of the same run, are what can be compared.
"""

from __future__ import annotations

import asyncio
import gc
import os
import statistics
import time
from datetime import datetime, timezone
from pathlib import Path

import psutil
import psycopg

from benchmarks.measuring import median_ms, quantiles, timed_s

REPEATS = 30
# Captures of ovoscope are kept: their finalizer takes a lock that may be held when it runs.
KEPT: list[object] = []
QUESTIONS = (
    "how much energy did compressor one use yesterday",
    "how much natural gas did the boiler use last week",
    "how much electricity did hvac main use last month",
    "how much energy did we use today",
    "how much energy did the factory use last month",
    "how much electricity did we use this year",
    "say that again",
)
# The same figure as "yesterday", "last month" and "this year" above, by hand.
BARE_SQL = {
    "machine, yesterday": """
        SELECT sum(energy_kwh) FROM energy_readings JOIN machines ON id = machine_id
        WHERE name = 'Compressor-1'
          AND time >= (date_trunc('day', now(), 'Europe/Berlin') - interval '1 day')
          AND time < date_trunc('day', now(), 'Europe/Berlin')""",
    "all machines, this year": """
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
    _print_understanding()


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


def _print_understanding() -> None:
    """Fit and use of the language model, without a database."""
    from enms_core.domain.catalogue import Catalogue
    from enms_core.language.model import language_model
    from enms_core.language.understand import Interpreter

    language_model.cache_clear()
    model = language_model("en-us")
    print(f"\nlanguage model fitted: {timed_s(lambda: model.classifier):.2f} s")
    interpreter = Interpreter(model, Catalogue())
    samples = [1000 * timed_s(lambda: interpreter.understand(QUESTIONS[0])) for _ in range(200)]
    print(f"understanding one sentence: {quantiles(samples)}")


def _measure_skill() -> None:
    from ovoscope import CaptureSession, get_minicroft

    from skill_enms.topics import SKILL_ID

    gc.collect()
    boot = time.perf_counter()
    croft = get_minicroft([SKILL_ID])
    print(f"OVOS with the skill started: {time.perf_counter() - boot:.1f} s")
    _print_memory("with the skill started")
    skill = croft.plugin_skills[SKILL_ID].instance
    probe = Probe(skill._engine)
    first = _ask(croft, CaptureSession, QUESTIONS[0])
    print(f"first question: {first:.0f} ms")
    print(f"\n{'question':52} {'total p50/p95':>15} {'OVOS':>7} {'ours':>7} {'database':>9}  ms")
    for question in QUESTIONS:
        _print_question(croft, CaptureSession, question, probe)
    _print_ratios(skill)
    croft.stop()


class Probe:
    """Sums the time spent in the engine and, of it, in the database."""

    def __init__(self, engine: object) -> None:
        self.ours_ms = self.database_ms = 0.0
        database = engine.store.readings  # type: ignore[attr-defined]
        ask, fetch = engine.ask, database.fetch  # type: ignore[attr-defined]

        async def probed_ask(request: object) -> object:
            started = time.perf_counter()
            try:
                return await ask(request)
            finally:
                self.ours_ms += 1000 * (time.perf_counter() - started)

        async def probed_fetch(sql: str, *values: object) -> object:
            started = time.perf_counter()
            try:
                return await fetch(sql, *values)
            finally:
                self.database_ms += 1000 * (time.perf_counter() - started)

        engine.ask = probed_ask  # type: ignore[attr-defined]
        database.fetch = probed_fetch

    def take(self) -> tuple[float, float]:
        """Ours without the database, and the database, since the last call [ms]."""
        taken = self.ours_ms - self.database_ms, self.database_ms
        self.ours_ms = self.database_ms = 0.0
        return taken


def _ask(croft: object, capture_session: type, question: str) -> float:
    """Milliseconds from the utterance to the speak message, through our pipeline plugin."""
    from ovos_bus_client.message import Message
    from ovos_bus_client.session import Session

    session = Session("bench", lang="en-US", pipeline=["skill-enms-pipeline"])
    spoken: list[float] = []
    heard = lambda message: spoken.append(time.perf_counter())  # noqa: E731
    croft.bus.on("speak", heard)  # type: ignore[attr-defined]
    capture = capture_session(croft)
    KEPT.append(capture)
    started = time.perf_counter()
    capture.capture(
        Message(
            "recognizer_loop:utterance",
            {"utterances": [question], "lang": "en-US"},
            {"session": session.serialize()},
        ),
        timeout=20,
    )
    capture.finish()
    croft.bus.remove("speak", heard)  # type: ignore[attr-defined]
    return 1000 * (spoken[0] - started) if spoken else float("nan")


def _print_question(croft: object, capture_session: type, question: str, probe: Probe) -> None:
    probe.take()
    totals: list[float] = []
    parts: list[tuple[float, float]] = []
    for _ in range(REPEATS):
        totals.append(_ask(croft, capture_session, question))
        parts.append(probe.take())
    ours = statistics.median(part[0] for part in parts)
    database = statistics.median(part[1] for part in parts)
    total = statistics.median(totals)
    print(
        f"{question:52} {quantiles(totals):>15} {total - ours - database:7.1f} {ours:7.1f} "
        f"{database:9.1f}"
    )


def _print_ratios(skill: object) -> None:
    """The engine's whole answer beside the bare SQL for the same figure."""
    from enms_core.services.turn import Request

    url = skill._engine.store.readings.url  # type: ignore[attr-defined]

    def answer(question: str) -> object:
        work = skill._engine.ask(Request(question, "en-us"))  # type: ignore[attr-defined]
        return skill._loop.run(work, 20)  # type: ignore[attr-defined]

    print(f"\n{'beside bare SQL':28} {'SQL':>7} {'answer':>7} {'ratio':>6}  ms")
    pairs = zip(BARE_SQL.items(), (QUESTIONS[0], QUESTIONS[5]), strict=True)
    with psycopg.connect(url, autocommit=True) as connection:
        for (name, sql), question in pairs:
            sql_ms = median_ms(lambda s=sql: connection.execute(s).fetchone())
            answer_ms = median_ms(lambda q=question: answer(q))
            print(f"{name:28} {sql_ms:7.1f} {answer_ms:7.1f} {answer_ms / sql_ms:6.1f}")


def _print_memory(when: str) -> None:
    print(f"memory of the process, {when}: {psutil.Process().memory_info().rss / 1e6:.0f} MB")
