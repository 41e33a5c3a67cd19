"""Stretches of time: half-open periods, and what a phrase means at an instant in a zone.

One question can concern factories in several zones, each with its own "today", so a phrase stays
symbolic until then. It is cut in the zone's wall time and the zone is attached last: a day has 23,
24 or 25 hours. A wall time that a clock change skips moves forward by the gap; one that it repeats
means the first pass.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from enms_core.domain.errors import EmptyPeriod, ImpossiblePeriod
from enms_core.domain.period_phrase import (
    TODAY,
    DayPart,
    Kind,
    PeriodPhrase,
    Seek,
    SeveralPeriods,
    Unit,
    ahead_of_now,
    looks_ahead,
)
from enms_core.domain.wall_time import (
    LATEST_READING,
    SPAN_OF,
    WallClock,
    floor,
    hours_of,
    wall_stretch,
)

__all__ = [
    "INSTANT",
    "TODAY",
    "DayPart",
    "EmptyPeriod",
    "ImpossiblePeriod",
    "Kind",
    "Period",
    "PeriodPhrase",
    "Seek",
    "SeveralPeriods",
    "Unit",
    "ahead_of_now",
    "is_future",
    "looks_ahead",
    "period_data",
    "resolve",
    "resolve_all",
    "utc",
]

# The last moment of a half-open stretch is this much before its end: what Python can tell apart.
INSTANT = timedelta(microseconds=1)
MAX_DAILY_HOURS = 10 * 366 * 24  # ten years of daily windows bound what one phrase can ask for


@dataclass(frozen=True)
class Period:
    """Half-open stretch [start, end) between two aware datetimes."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise ValueError(f"period needs aware datetimes: {self.start} to {self.end}")
        if utc(self.end) <= utc(self.start):
            raise ValueError(f"period must end after its start: {self.start} to {self.end}")

    @property
    def hours(self) -> float:
        """Elapsed hours [h], clock changes included."""
        return (utc(self.end) - utc(self.start)) / timedelta(hours=1)


def resolve(phrase: PeriodPhrase, now: datetime, zone: ZoneInfo, week_start: int = 0) -> Period:
    """The stretch that `phrase` means at the aware instant `now` in `zone`.

    A running stretch ends at now, one that is entirely in the future stays whole. `week_start` is
    the first weekday, Monday = 0. Raises ImpossiblePeriod, EmptyPeriod or SeveralPeriods.
    """
    if phrase.kind == "daily":
        raise SeveralPeriods(phrase)
    period = _uncut(phrase, now, zone, week_start)
    return period if looks_ahead(phrase) else _cut(period, phrase, now)


def resolve_all(
    phrase: PeriodPhrase, now: datetime, zone: ZoneInfo, week_start: int = 0
) -> tuple[Period, ...]:
    """The stretches that `phrase` means, in order of time: one, or one for each day of daily hours.

    Daily hours count on the days whose hours begin within the longer stretch; once the first have
    begun, only those that have. A longer stretch above MAX_DAILY_HOURS is an ImpossiblePeriod.
    """
    if phrase.kind != "daily" or phrase.of is None:
        return (resolve(phrase, now, zone, week_start),)
    windows = _daily_windows(phrase, _uncut(phrase.of, now, zone, week_start), zone)
    begun = tuple(w for w in windows if utc(w.start) < utc(now))
    if not windows:
        raise EmptyPeriod(phrase)
    return tuple(_cut(window, phrase, now) for window in begun) or windows


def _daily_windows(phrase: PeriodPhrase, span: Period, zone: ZoneInfo) -> tuple[Period, ...]:
    if span.hours > MAX_DAILY_HOURS:
        raise ImpossiblePeriod(phrase)
    first, last = span.start.replace(tzinfo=None), span.end.replace(tzinfo=None)
    windows: list[Period] = []
    day = floor(first, "day", 0)
    while day < last:
        begin, end = hours_of(day, phrase)
        start, stop = _attach(begin, zone), _attach(end, zone)
        meant = not phrase.weekdays or day.weekday() in phrase.weekdays
        # hours that a clock change skips are none
        if meant and first <= begin < last and start < stop:
            windows.append(Period(start.astimezone(zone), stop.astimezone(zone)))
        day += timedelta(days=1)
    return tuple(windows)


def is_future(phrase: PeriodPhrase, now: datetime, zone: ZoneInfo, week_start: int = 0) -> bool:
    """Whether nothing of the phrase has begun before now."""
    inner = phrase.of if phrase.kind == "daily" and phrase.of else phrase
    return looks_ahead(inner) or utc(_uncut(inner, now, zone, week_start).start) > utc(now)


def utc(moment: datetime) -> datetime:
    """The instant in UTC."""
    # Two datetimes of one ZoneInfo are compared and subtracted by their wall time, so go by UTC.
    return moment.astimezone(timezone.utc)


def period_data(period: Period) -> dict[str, str]:
    """A period as the contract's JSON has it: local time with offset."""
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _attach(wall: datetime, zone: ZoneInfo) -> datetime:
    return utc(wall.replace(tzinfo=zone))


def _cut(period: Period, phrase: PeriodPhrase, now: datetime) -> Period:
    if utc(period.start) == utc(now):
        raise EmptyPeriod(phrase)
    running = utc(period.start) < utc(now) < utc(period.end)
    return replace(period, end=now.astimezone(period.end.tzinfo)) if running else period


def _uncut(phrase: PeriodPhrase, now: datetime, zone: ZoneInfo, week_start: int) -> Period:
    if now.utcoffset() is None:
        raise ValueError(f"now must be aware: {now}")
    local = now.astimezone(zone)
    wall = local.replace(tzinfo=None, fold=0)
    try:
        if phrase.kind == "now" or _is_short(phrase):
            moments = _elapsed(phrase, local)
        else:
            stretch = wall_stretch(phrase, WallClock(wall, wall, week_start))
            # now keeps its own offset in the hour that a clock change repeats
            moments = tuple(utc(now) if w == wall else _attach(w, zone) for w in stretch)
        start, end = (moment.astimezone(zone) for moment in moments)
    except (ValueError, OverflowError) as error:
        raise ImpossiblePeriod(phrase) from error
    if utc(start) == utc(end) == utc(now):
        raise EmptyPeriod(phrase)
    if utc(end) <= utc(start):
        raise ImpossiblePeriod(phrase)
    return Period(start, end)


def _is_short(phrase: PeriodPhrase) -> bool:
    return phrase.unit in ("minute", "hour") and phrase.kind in ("unit", "past", "coming")


def _elapsed(phrase: PeriodPhrase, local: datetime) -> tuple[datetime, ...]:
    """Hours and minutes are counted as they pass, not as the wall clock shows them [UTC]."""
    if phrase.kind == "now":
        return utc(local) - LATEST_READING, utc(local)
    span = SPAN_OF[phrase.unit or "hour"]
    if phrase.kind == "past":
        return utc(local) - phrase.count * span, utc(local)
    if phrase.kind == "coming":
        return utc(local), utc(local) + phrase.count * span
    if phrase.unit == "minute":
        moment = utc(local) + phrase.offset * span
        return moment, moment + LATEST_READING
    begin = utc(local.replace(minute=0, second=0, microsecond=0)) + phrase.offset * span
    return begin, begin + span
