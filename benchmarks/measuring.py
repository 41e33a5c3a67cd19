"""Clocks and figures that the benchmarks share."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence


def timed_s(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_ms(work: Callable[[], object], repeats: int = 20) -> float:
    """Median of several calls [ms]."""
    return 1000 * statistics.median(timed_s(work) for _ in range(repeats))


async def samples_ms(work: Callable[[], Awaitable[object]], repeats: int) -> list[float]:
    """Times of several calls after one that warms up [ms]."""
    await work()
    samples = []
    for _ in range(repeats):
        started = time.perf_counter()
        await work()
        samples.append(1000 * (time.perf_counter() - started))
    return samples


def p95(samples: Sequence[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def quantiles(samples: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"{statistics.median(samples):.1f}/{p95(samples):.1f}"
