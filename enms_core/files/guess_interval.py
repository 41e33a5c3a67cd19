"""How long the intervals of a file are, by the distances of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.durations import in_units
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import ProductionTarget, ReadingsTarget, Target
from enms_core.files.guess_draft import Choice, Draft, with_target
from enms_core.files.guess_sample import Sample
from enms_core.files.stamps import StampParser

SHORT_NAMES = {"hour": "h", "minute": "min", "second": "s"}
SECOND_US = 1_000_000
# Lengths at which meters write [s].
USUAL_S = np.array(
    [
        1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800,
        3_600, 7_200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400,
    ]
)  # fmt: skip
# Share of the distances that must be the interval; fewer will do where rows are missing, that is
# where nearly all others are several intervals.
MOST = 0.5
SOME = 0.25
NEARLY_ALL = 0.9
# A length that fewer rows are apart is no interval to be offered.
FEW = 0.1
# A jittering clock is off by so much of the interval, at most.
JITTER = 0.1
MONTH = timedelta(days=27)
# Energy of shorter intervals says nothing; counters and power that come faster are summed up.
SHORTEST_SUMMED_S = 60


@dataclass(frozen=True)
class IntervalFound:
    """interval: None where the distances are of many lengths; `likely` are the most frequent."""

    interval: timedelta | None
    why: str
    likely: Sequence[timedelta] = ()


def guess_interval(draft: Draft, place: int, sample: Sample) -> None:
    """The length of the intervals of a target."""
    target = draft.plan.targets[place]
    if target.interval is not None or not isinstance(target, (ReadingsTarget, ProductionTarget)):
        return
    moments_us = _moments_us(draft, sample)
    found = interval_of(moments_us)
    interval = found.interval
    if _is_summed(target):
        interval = summed_interval(moments_us, found)
    if interval is None or interval >= MONTH:
        _leave_interval(draft, place, found)
        return
    draft.put_target(place, replace(target, interval=interval))
    is_longer = found.interval is not None and interval > found.interval
    why = "the rows come faster, and are summed up" if is_longer else found.why
    draft.tell("interval", interval_text(interval), why, target.column)


def _moments_us(draft: Draft, sample: Sample) -> NDArray[np.int64]:
    """Times as numbers whose distances are those of the instants, but for a clock change."""
    parsed = StampParser(draft.format.time_format or "").parse(sample.stamps(draft.format))
    kept: NDArray[np.int64] = (parsed.wall_us - parsed.offset_us)[~parsed.bad]
    return kept


def _leave_interval(draft: Draft, place: int, found: IntervalFound) -> None:
    target = draft.plan.targets[place]
    if found.interval is not None:
        raise ImportFailed(
            "the rows are a month or more apart: readings of days or shorter intervals are needed"
        )
    if not found.likely:
        raise ImportFailed(f"{found.why}: say --interval")
    plans = {
        interval_text(each): with_target(draft.plan, place, replace(target, interval=each))
        for each in found.likely
    }
    draft.choices.append(Choice("interval", "--interval", plans, found.why, target.column))


def _is_summed(target: Target) -> bool:
    return isinstance(target, ReadingsTarget) and target.kind in ("counter", "power")


def interval_of(moments_us: NDArray[np.int64]) -> IntervalFound:
    """The interval of rows in the order of the file."""
    steps = np.abs(np.diff(moments_us))
    steps = steps[steps > 0]
    if not len(steps):
        return IntervalFound(None, "there are fewer than two times")
    lengths, counts = np.unique(steps, return_counts=True)
    ranked = np.argsort(-counts, kind="stable")
    length, share = lengths[ranked[0]], counts[ranked[0]] / len(steps)
    usual = _usual(float(np.median(steps)), nearest=True) * SECOND_US
    near = np.mean(np.abs(steps - usual) <= JITTER * usual)
    if share < NEARLY_ALL <= near:
        return IntervalFound(_length(usual), f"{near:.0%} of the rows are about so far apart")
    if share >= MOST or (share >= SOME and np.mean(steps % length == 0) >= NEARLY_ALL):
        return IntervalFound(_length(length), f"{share:.0%} of the rows are so far apart")
    return IntervalFound(
        None,
        "the rows are unevenly apart",
        [_length(lengths[each]) for each in ranked[:3] if counts[each] >= FEW * len(steps)],
    )


def summed_interval(moments_us: NDArray[np.int64], found: IntervalFound) -> timedelta | None:
    """The interval of readings made from counters or power: that of the file, where it has one
    of a minute or more, else the next usual one above the distances. None without any."""
    shortest = timedelta(seconds=SHORTEST_SUMMED_S)
    if found.interval is not None:
        return max(found.interval, shortest)
    steps = np.abs(np.diff(moments_us))
    if not steps.any():
        return None
    length = timedelta(seconds=_usual(float(np.median(steps[steps > 0])), nearest=False))
    return max(length, shortest)


def interval_text(interval: timedelta) -> str:
    """As `--interval` takes it.

    >>> interval_text(timedelta(minutes=15)), interval_text(timedelta(days=1))
    ('15 min', '1 day')
    """
    number, name = in_units(interval)
    return f"{number:g} {SHORT_NAMES.get(name, name)}"


def _usual(step_us: float, *, nearest: bool) -> int:
    """A usual length [s]: the nearest, or the next that is not shorter."""
    seconds = step_us / SECOND_US
    if nearest:
        return int(USUAL_S[np.argmin(np.abs(np.log(USUAL_S / seconds)))])
    return int(USUAL_S[min(int(np.searchsorted(USUAL_S, seconds)), len(USUAL_S) - 1)])


def _length(step_us: float) -> timedelta:
    return timedelta(microseconds=int(step_us))
