"""A running stretch against one that is over: both up to the same time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from enms_core.domain.period import utc
from enms_core.domain.period_phrase import TODAY, PeriodPhrase, Unit
from enms_core.domain.wall_time import WallClock, wall_stretch

# Kinds of phrases that mean one whole unit of the calendar.
_UNIT_OF: dict[str, Unit] = {
    "year": "year",
    "month": "month",
    "week": "week",
    "weekday": "day",
    "date": "day",
}


@dataclass(frozen=True)
class Cut:
    """A stretch that is over, as if it still ran: what `phrase` means at `now`.

    running_now: the instant up to which the one that runs counts.
    """

    phrase: PeriodPhrase
    now: datetime
    running_now: datetime


def cut_to_running(
    running: PeriodPhrase,
    over: PeriodPhrase,
    now: datetime,
    zone: ZoneInfo,
    week_start: int = 0,
    intervals_s: Iterable[int] = (),
) -> Cut | None:
    """`over` up to the wall time that `running` has reached since its start (rule 9).

    Both end with a whole interval of the coarsest meter [s] that has completed one since the start:
    the interval that is open now has no reading yet, and its counterpart has one. None where
    `running` does not run at the aware instant `now`, where `over` is not over or not the same kind
    of stretch, and where it is shorter than what has run: then it counts whole.
    """
    as_running = _as_running(running)
    if as_running is None or as_running != _as_running(over):
        return None
    wall = now.astimezone(zone).replace(tzinfo=None, fold=0)
    reached = _reached(running, over, WallClock(wall, wall, week_start), intervals_s)
    if reached is None:
        return None
    begun = wall_stretch(as_running, WallClock(reached.now, reached.now, week_start))[0]
    if begun != reached.start:
        return None
    return Cut(as_running, utc(reached.now.replace(tzinfo=zone)), utc(now) - reached.open_for)


def runs(phrase: PeriodPhrase, now: datetime, zone: ZoneInfo, week_start: int = 0) -> bool:
    """Whether a stretch has begun and goes on after the aware instant `now`."""
    wall = now.astimezone(zone).replace(tzinfo=None, fold=0)
    try:
        start, end = wall_stretch(phrase, WallClock(wall, wall, week_start))
    except (ValueError, OverflowError):
        return False  # a time that is not in the calendar; placing it says so
    return start < wall < end


@dataclass(frozen=True)
class _Reached:
    """Wall time: where a stretch that is over starts, and what answers to now in it.

    open_for: how long the interval that is open now has run.
    """

    start: datetime
    now: datetime
    open_for: timedelta


def _reached(
    running: PeriodPhrase, over: PeriodPhrase, clock: WallClock, intervals_s: Iterable[int]
) -> _Reached | None:
    try:
        start, end = wall_stretch(running, clock)
        first, last = wall_stretch(over, clock)
    except (ValueError, OverflowError):
        return None  # a time that is not in the calendar; placing it says so
    told = _last_interval(start, clock.now, intervals_s)
    reached = first + (told - start)
    is_cut = start < clock.now < end and last <= start and reached < last
    return _Reached(first, reached, clock.now - told) if is_cut else None


def _last_interval(start: datetime, now: datetime, intervals_s: Iterable[int]) -> datetime:
    """The end of the last whole interval before now, counted from midnight; now without any."""
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    for length in sorted((timedelta(seconds=each) for each in intervals_s), reverse=True):
        ended = now - (now - midnight) % length
        if ended > start:
            return ended
    return now


def _as_running(phrase: PeriodPhrase) -> PeriodPhrase | None:
    """The phrase for the running stretch of the same kind: "this month" for October."""
    if phrase.kind == "unit" and phrase.unit not in ("minute", "hour"):
        return PeriodPhrase("unit", unit=phrase.unit)
    if phrase.kind == "nth" and phrase.count == 1:
        return PeriodPhrase("unit", unit=phrase.unit)
    if phrase.kind == "hours":
        return replace(phrase, of=TODAY, seek="latest")
    unit = _UNIT_OF.get(phrase.kind)
    return None if unit is None else PeriodPhrase("unit", unit=unit)
