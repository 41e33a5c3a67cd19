"""Actual against expected, opportunities and indicators on the demo plant with 25 months stored.

Each is asked of the engine by itself, as from utterance to answer, then by ten sessions at once.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.demo_plant import seeded
from benchmarks.measuring import p95, quantiles
from enms_core.domain.baseline_answers import Trained
from enms_core.domain.period import Period
from enms_core.services.engine import Engine
from enms_core.services.request import Request
from enms_core.services.seus import all_seus
from enms_core.services.training import TrainingOrder, train
from enms_core.services.training_period import known_span, last_twelve_months
from enms_core.settings import Settings
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store

REPEATS = 20
SESSIONS = 10
LANG = "en-us"


@dataclass(frozen=True)
class Case:
    """What is asked, and at most how long [ms] the 95th percentile may be."""

    name: str
    question: str
    most_ms: float


CASES = (
    Case("one SEU and day", "how did compressor one perform yesterday", 150),
    Case("why, one SEU and day", "why did compressor one use more energy yesterday", 150),
    Case("factory and day", "how did the factory perform yesterday", 400),
    Case("factory and month", "how did the factory perform last month", 400),
    Case("opportunities, 30 days", "what can we do to save energy", 1000),
    Case("load factor and month", "what was the load factor of hvac main last month", 150),
)


def measure(folder: Path) -> None:
    """Print what each takes, beside its bar."""
    os.environ["ENMS_DATA_DIR"] = str(folder)
    asyncio.run(_measure(Settings(data_dir=folder)))


async def _measure(settings: Settings) -> None:
    await _with_baselines(settings)
    engine = Engine(settings, Store(settings))
    await engine.warm_up(LANG)
    try:
        together_head = f"{SESSIONS} at once"
        print(f"{'p50/p95':34} {'one by one':>12} {'bar':>6} {together_head:>14} {'bar':>6}  ms")
        for case in CASES:
            alone = [await _asked(engine, case, "alone") for _ in range(REPEATS + 1)][1:]
            together = await _together(engine, case)
            met = (
                "" if p95(alone) <= case.most_ms and p95(together) <= 2 * case.most_ms else "  over"
            )
            print(
                f"{case.name:34} {quantiles(alone):>12} {case.most_ms:>6.0f}"
                f" {quantiles(together):>14} {2 * case.most_ms:>6.0f}{met}"
            )
    finally:
        await engine.close()


async def _with_baselines(settings: Settings) -> None:
    """The demo plant, with a baseline of each SEU on the last twelve months."""
    now = datetime.now(timezone.utc)
    store = await seeded(settings, now)
    catalogue = await load_catalogue(store.registers)
    for of in all_seus(catalogue):
        span = await known_span(of, store, catalogue, now)
        period: Period | None = span and last_twelve_months(now, span)
        assert period is not None
        order = TrainingOrder(of, None, period, "benchmark", activate=True)
        assert isinstance(await train(order, store, catalogue, settings), Trained)
    await store.close()


async def _asked(engine: Engine, case: Case, session: str) -> float:
    started = time.perf_counter()
    reply = await engine.ask(Request(case.question, LANG, session))
    assert reply.outcome == "answered", (case.question, reply.outcome, reply.speech)
    return 1000 * (time.perf_counter() - started)


async def _together(engine: Engine, case: Case) -> list[float]:
    """Ten sessions, each of which asks ten times."""

    async def session(number: int) -> list[float]:
        return [await _asked(engine, case, f"session {number}") for _ in range(SESSIONS)]

    found = await asyncio.gather(*map(session, range(SESSIONS)))
    return [taken for each in found for taken in each]
