"""Ten sessions at once, three hundred questions of all kinds: to the engine, and over the bus."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

from ovos_bus_client.message import Message

from benchmarks.answers import QUESTIONS
from benchmarks.hearing import TIMEOUT_SECONDS, Hearing
from benchmarks.measuring import quantiles
from enms_core.services.engine import Engine
from enms_core.services.request import Request
from skill_enms.topics import BUS_ASK

SESSIONS = 10
EACH = 30

# The time of an answer [ms] and its outcome.
Taken = tuple[float, str]


def measure_sessions(hearing: Hearing) -> None:
    """Print throughput and times, and what went wrong."""
    print(f"\n{SESSIONS} sessions at once, {SESSIONS * EACH} questions of all intents")
    _print("to the engine", lambda: hearing.skill._backend._loop.run(_engine(hearing.engine), 120))
    _print("over the bus", lambda: _bus(hearing))


def _print(name: str, work: Callable[[], list[Taken]]) -> None:
    started = time.perf_counter()
    taken = work()
    seconds = time.perf_counter() - started
    errors = sum(outcome == "error" for _, outcome in taken)
    times = quantiles([ms for ms, _ in taken])
    print(f"  {name:14} {len(taken) / seconds:6.0f} a second, p50/p95 {times} ms, {errors} errors")


def _questions(session: int) -> list[str]:
    """Each session begins somewhere else."""
    return [QUESTIONS[(session * 3 + place) % len(QUESTIONS)] for place in range(EACH)]


async def _engine(engine: Engine) -> list[Taken]:
    async def held(session: int) -> list[Taken]:
        taken: list[Taken] = []
        for question in _questions(session):
            started = time.perf_counter()
            reply = await engine.ask(Request(question, "en-us", f"engine {session}"))
            taken.append((1000 * (time.perf_counter() - started), reply.outcome))
        return taken

    return list(chain.from_iterable(await asyncio.gather(*map(held, range(SESSIONS)))))


def _bus(hearing: Hearing) -> list[Taken]:
    def held(session: int) -> list[Taken]:
        return [_asked(hearing.croft.bus, f"bus.{session}", each) for each in _questions(session)]

    with ThreadPoolExecutor(SESSIONS) as threads:
        return list(chain.from_iterable(threads.map(held, range(SESSIONS))))


def _asked(bus: Any, session: str, question: str) -> Taken:
    asked = {"utterance": question, "session": session, "reply_to": session}
    started = time.perf_counter()
    response = bus.wait_for_response(Message(BUS_ASK, asked), session, timeout=TIMEOUT_SECONDS)
    outcome = response.data["outcome"] if response is not None else "error"
    return 1000 * (time.perf_counter() - started), outcome
