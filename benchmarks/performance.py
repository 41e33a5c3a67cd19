"""Actual against expected, opportunities and indicators on the demo plant with 25 months stored.

Each is asked of the engine by itself, as from utterance to answer, then by ten sessions at once:
all of them the same, and each another machine or period, where nothing can be shared.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
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
    """What is asked, and at most how long [ms] the 95th percentile may be. others: the words that
    stand in {} for each of ten sessions; the first is also asked by one alone and by all."""

    name: str
    question: str
    most_ms: float
    others: tuple[str, ...]

    def asked_by(self, session: int) -> str:
        return self.question.format(self.others[session % len(self.others)])


MACHINES = ("compressor one", "hvac main", "boiler one")
DAYS = ("yesterday", "on monday", "on tuesday", "the day before yesterday")
DAYS_OF_MACHINES = tuple(f"{machine} {{}} {day}" for day in DAYS for machine in MACHINES)[:10]
MONTHS = ("last month", *(f"in {month}" for month in (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
)))  # fmt: skip
SPANS = ("", *(f" in the last {days} days" for days in range(21, 30)))


def of_machines(verb: str) -> tuple[str, ...]:
    return tuple(each.format(verb) for each in DAYS_OF_MACHINES)


CASES = (
    Case("one SEU and day", "how did {}", 150, of_machines("perform")),
    Case("why, one SEU and day", "why did {}", 150, of_machines("use more energy")),
    Case("factory and day", "how did the factory perform {}", 400, DAYS),
    Case("factory and month", "how did the factory perform {}", 400, MONTHS),
    Case("opportunities, 30 days", "what can we do to save energy{}", 1000, SPANS),
    Case("load factor and month", "what was the load factor of hvac main {}", 150, MONTHS),
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
        head = f"{'p50/p95':28} {'one by one':>11} {'bar':>6}"
        print(f"{head} {SESSIONS} {'the same':>11} {SESSIONS} {'different':>12} {'bar':>6}  ms")
        for case in CASES:
            alone = [await _asked(engine, case.asked_by(0), "alone") for _ in range(REPEATS + 1)]
            same = await _together(engine, [case.asked_by(0)] * SESSIONS)
            different = await _together(engine, [case.asked_by(n) for n in range(SESSIONS)])
            print(_line(case, alone[1:], same, different))
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


def _line(case: Case, alone: list[float], same: list[float], different: list[float]) -> str:
    worst = max(p95(same), p95(different))
    is_met = p95(alone) <= case.most_ms and worst <= 2 * case.most_ms
    return (
        f"{case.name:28} {quantiles(alone):>11} {case.most_ms:>6.0f} {quantiles(same):>14}"
        f" {quantiles(different):>15} {2 * case.most_ms:>6.0f}{'' if is_met else '  over'}"
    )


async def _asked(engine: Engine, question: str, session: str) -> float:
    started = time.perf_counter()
    reply = await engine.ask(Request(question, LANG, session))
    assert reply.outcome == "answered", (question, reply.outcome, reply.speech)
    return 1000 * (time.perf_counter() - started)


async def _together(engine: Engine, questions: Sequence[str]) -> list[float]:
    """As many sessions as questions, each of which asks its own ten times."""

    async def session(number: int) -> list[float]:
        name = f"session {number}"
        return [await _asked(engine, questions[number], name) for _ in range(SESSIONS)]

    found = await asyncio.gather(*map(session, range(len(questions))))
    return [taken for each in found for taken in each]
