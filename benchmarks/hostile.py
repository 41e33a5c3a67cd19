"""What a hostile string costs, by its kind: from the request to the reply, in the engine."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass

from benchmarks.hearing import Hearing
from enms_core.services.engine import Engine
from enms_core.services.request import Request
from tests.hostile import Hostile, hostile_strings

TIMEOUT_SECONDS = 600
SHOWN = 40


@dataclass(frozen=True)
class Cost:
    """Of one string [ms]; it failed where not even a reply came."""

    hostile: Hostile
    ms: float
    has_failed: bool


def measure_hostile(hearing: Hearing) -> None:
    """Print a line a kind, and one for all."""
    loop = hearing.skill._backend._loop
    costs: list[Cost] = loop.run(_costs(hearing.engine), TIMEOUT_SECONDS)
    print(f"\n{'hostile strings':16} {'count':>6} {'mean':>7} {'p99':>7} {'worst':>7}  ms")
    for kind in dict.fromkeys(cost.hostile.kind for cost in costs):
        _print(kind, [cost for cost in costs if cost.hostile.kind == kind])
    _print("all", costs)
    print(f"hostile strings without a reply: {sum(cost.has_failed for cost in costs)}")


async def _costs(engine: Engine) -> list[Cost]:
    costs = []
    for hostile in hostile_strings():
        started = time.perf_counter()
        asked = engine.ask(Request(hostile.text, "en-us", "hostile"))
        [reply] = await asyncio.gather(asked, return_exceptions=True)
        milliseconds = 1000 * (time.perf_counter() - started)
        costs.append(Cost(hostile, milliseconds, isinstance(reply, BaseException)))
    return costs


def _print(name: str, costs: list[Cost]) -> None:
    times = sorted(cost.ms for cost in costs)
    worst = max(costs, key=lambda cost: cost.ms)
    p99 = times[round(0.99 * (len(times) - 1))]
    print(
        f"{name:16} {len(times):6} {statistics.mean(times):7.2f} {p99:7.1f} {worst.ms:7.1f}  "
        f"{worst.hostile.kind}: {worst.hostile.text[:SHOWN]!a}, "
        f"{len(worst.hostile.text):,} characters"
    )
