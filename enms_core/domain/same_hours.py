"""A running stretch against one that is over: both up to the same time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
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
    """A stretch that is over, as if it still ran: what `phrase` means at `now`."""

    phrase: PeriodPhrase
    now: datetime


def cut_to_running(
    running: PeriodPhrase, over: PeriodPhrase, now: datetime, zone: ZoneInfo, week_start: int = 0
) -> Cut | None:
    """`over` up to the wall time that `running` has reached since its start (rule 9).

    None where `running` does not run at the aware instant `now`, where `over` is not over or not
    the same kind of stretch, and where it is shorter than what has run: then it counts whole.
    """
    as_running = _as_running(running)
    if as_running is None or as_running != _as_running(over):
        return None
    wall = now.astimezone(zone).replace(tzinfo=None, fold=0)
    reached = _reached(running, over, WallClock(wall, wall, week_start))
    if reached is None:
        return None
    begun = wall_stretch(as_running, WallClock(reached.now, reached.now, week_start))[0]
    return (
        Cut(as_running, utc(reached.now.replace(tzinfo=zone))) if begun == reached.start else None
    )


@dataclass(frozen=True)
class _Reached:
    """Wall time: where a stretch that is over starts, and what answers to now in it."""

    start: datetime
    now: datetime


def _reached(running: PeriodPhrase, over: PeriodPhrase, clock: WallClock) -> _Reached | None:
    try:
        start, end = wall_stretch(running, clock)
        first, last = wall_stretch(over, clock)
    except (ValueError, OverflowError):
        return None  # a time that is not in the calendar; placing it says so
    reached = first + (clock.now - start)
    is_cut = start < clock.now < end and last <= start and reached < last
    return _Reached(first, reached) if is_cut else None


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
