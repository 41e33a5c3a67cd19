"""Phrases of time in naive wall time: calendar arithmetic, and which stretch is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from enms_core.domain.period_phrase import Kind, PeriodPhrase, Seek, Unit, ahead_of_now

Stretch = tuple[datetime, datetime]

LATEST_READING = timedelta(minutes=15)
MONTHS_IN: dict[Unit, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
SPAN_OF: dict[Unit, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "shift": timedelta(hours=8),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
FIRST_SHIFT = timedelta(hours=6)  # early 06-14, late 14-22, night 22-06
_REACH = 9  # containers searched each way: the 29th of February is at most eight years off


@dataclass(frozen=True)
class WallClock:
    """Local wall time `now`, the wall time from which floating phrases are sought, week start."""

    now: datetime
    anchor: datetime
    week_start: int


def floor(wall: datetime, unit: Unit, week_start: int) -> datetime:
    hour = wall.replace(minute=0, second=0, microsecond=0)
    midnight = hour.replace(hour=0)
    if unit in MONTHS_IN:
        months = MONTHS_IN[unit]
        return midnight.replace(day=1, month=(wall.month - 1) // months * months + 1)
    if unit == "shift":
        since_first = wall - FIRST_SHIFT
        shift_hour = since_first.hour // 8 * 8
        first = since_first.replace(hour=shift_hour, minute=0, second=0, microsecond=0)
        return first + FIRST_SHIFT
    if unit == "week":
        return midnight - timedelta(days=(wall.weekday() - week_start) % 7)
    return midnight if unit == "day" else hour


def shift(wall: datetime, unit: Unit, count: int) -> datetime:
    """Move by whole units; a day that the target month lacks becomes its last one."""
    if unit in SPAN_OF:
        return wall + count * SPAN_OF[unit]
    year, month = divmod(wall.year * 12 + wall.month - 1 + count * MONTHS_IN[unit], 12)
    first = wall.replace(year=year, month=month + 1, day=1)
    month_days = ((first + timedelta(days=31)).replace(day=1) - first).days
    return first.replace(day=min(wall.day, month_days))


def wall_stretch(phrase: PeriodPhrase, clock: WallClock) -> Stretch:
    """The whole stretch in wall time, not cut at now."""
    if phrase.kind in _LEAVES:
        start, end = _sought(phrase, clock)
        unit = _LEAVES[phrase.kind][0]
        return shift(start, unit, phrase.offset), shift(end, unit, phrase.offset)
    if phrase.kind == "range":
        return _between(phrase, clock)
    if phrase.kind == "since":
        return wall_stretch(_inner(phrase.of), clock)[0], clock.now
    if phrase.kind == "until":
        return clock.now, _aim(phrase, clock)
    if phrase.kind == "impossible":
        raise ValueError("no calendar has such a time")
    if phrase.kind == "now":
        return clock.now - LATEST_READING, clock.now
    return _of_calendar(phrase, clock)


def _of_calendar(phrase: PeriodPhrase, clock: WallClock) -> Stretch:
    unit = phrase.unit or "year"
    if phrase.kind == "past":
        return shift(clock.now, unit, -phrase.count), clock.now
    if phrase.kind == "coming":
        return clock.now, shift(clock.now, unit, phrase.count)
    if phrase.kind == "year":
        start = datetime(phrase.year, 1, 1)
    else:
        begun = clock.now if phrase.of is None else wall_stretch(phrase.of, clock)[0]
        start = shift(floor(begun, unit, clock.week_start), unit, phrase.offset)
    end = shift(start, unit, 1)
    return (clock.now if phrase.kind == "rest" else start), end


def _aim(phrase: PeriodPhrase, clock: WallClock) -> datetime:
    """Until when: the next beginning of a stretch, or an end, which a running one has too."""
    point = _inner(phrase.of)
    if phrase.number > 0:
        return wall_stretch(ahead_of_now(point), clock)[0]
    end = wall_stretch(point, clock)[1]
    return end if end > clock.now else wall_stretch(ahead_of_now(point), clock)[1]


def _inner(phrase: PeriodPhrase | None) -> PeriodPhrase:
    if phrase is None:
        raise ValueError("the phrase lacks the phrase inside it")
    return phrase


def _between(phrase: PeriodPhrase, clock: WallClock) -> Stretch:
    """The end is sought first and the start before it, so "November to February" spans New Year."""
    first, last = _inner(phrase.start), _inner(phrase.end)
    if _floats(last) and _seek_of(last) == "next":
        start = wall_stretch(first, clock)[0]
        return start, _end_point(last, replace(clock, anchor=start))
    end = _end_point(last, clock)
    return wall_stretch(first, replace(clock, anchor=end))[0], end


def _end_point(phrase: PeriodPhrase, clock: WallClock) -> datetime:
    start, end = wall_stretch(phrase, clock)
    return start if phrase.kind == "clock" else end


def _floats(phrase: PeriodPhrase) -> bool:
    return phrase.kind in _LEAVES and (phrase.of is None or _floats(phrase.of))


def _seek_of(phrase: PeriodPhrase) -> Seek:
    return phrase.seek if phrase.of is None else _seek_of(phrase.of)


def _sought(phrase: PeriodPhrase, clock: WallClock) -> Stretch:
    found = list(_candidates(phrase, clock))
    if not _floats(phrase):
        best = found[:1]
    elif _seek_of(phrase) == "next":
        best = sorted(s for s in found if s[0] >= clock.anchor)[:1]
    elif _seek_of(phrase) == "previous":
        best = sorted(s for s in found if s[1] <= clock.anchor)[-1:]
    else:
        best = sorted(s for s in found if s[0] < clock.anchor)[-1:]
    if not best:
        raise ValueError("no stretch of time fits the phrase")
    return best[0]


def _candidates(phrase: PeriodPhrase, clock: WallClock) -> Iterator[Stretch]:
    container, leaf = _LEAVES[phrase.kind]
    if phrase.kind == "nth" and phrase.unit in ("day", "week"):
        container = "month"
    for whole in _containers(phrase, container, clock):
        try:
            yield leaf(phrase, whole, clock.week_start)
        except ValueError:
            continue  # this month or year has no such day, week or part


def _containers(phrase: PeriodPhrase, unit: Unit, clock: WallClock) -> Iterator[Stretch]:
    if phrase.of is not None:
        yield from (
            _candidates(phrase.of, clock)
            if _floats(phrase.of)
            else (wall_stretch(phrase.of, clock),)
        )
        return
    running = floor(clock.anchor, unit, clock.week_start)
    for offset in range(-_REACH, _REACH + 1):
        start = shift(running, unit, offset)
        yield start, shift(start, unit, 1)


def _nth(phrase: PeriodPhrase, whole: Stretch, _week_start: int) -> Stretch:
    unit = phrase.unit or "day"
    if unit == "half":
        return _half(phrase, whole)
    if phrase.number > 0:
        start = shift(whole[0], unit, phrase.number - 1)
        end = shift(start, unit, phrase.count)
    else:
        end = shift(whole[1], unit, phrase.number + 1)
        start = shift(end, unit, -phrase.count)
    if not whole[0] <= start < whole[1]:
        raise ValueError("the part lies outside of the whole")
    return start, min(end, whole[1])


def _half(phrase: PeriodPhrase, whole: Stretch) -> Stretch:
    """A year is halved at a month; what is shorter at the midnight in or before its middle."""
    start, end = whole
    if end == shift(start, "year", 1):
        middle = shift(start, "half", 1)
    else:
        middle = start + timedelta(days=(end - start).days // 2)
    if not start < middle < end:
        raise ValueError("what is not longer than a day has no halves of whole days")
    return (start, middle) if phrase.number == 1 else (middle, end)


def _month(phrase: PeriodPhrase, whole: Stretch, _week_start: int) -> Stretch:
    start = whole[0].replace(month=phrase.month or 1, day=1)
    return start, shift(start, "month", 1)


def _date(phrase: PeriodPhrase, whole: Stretch, _week_start: int) -> Stretch:
    start = whole[0].replace(month=phrase.month or 1, day=phrase.day)
    return start, start + timedelta(days=1)


def _iso_week(phrase: PeriodPhrase, whole: Stretch, _week_start: int) -> Stretch:
    monday = date.fromisocalendar(whole[0].year, phrase.number, 1)
    start = datetime(monday.year, monday.month, monday.day)
    return start, start + timedelta(weeks=1)


def _weekday(phrase: PeriodPhrase, whole: Stretch, week_start: int) -> Stretch:
    start = whole[0] + timedelta(days=(phrase.weekday - week_start) % 7)
    return start, start + timedelta(days=1)


def _weekend(_phrase: PeriodPhrase, whole: Stretch, week_start: int) -> Stretch:
    saturday = whole[0] + timedelta(days=(5 - week_start) % 7)
    return saturday, saturday + timedelta(days=2)


def _hours(phrase: PeriodPhrase, whole: Stretch, _week_start: int) -> Stretch:
    if whole[1] - whole[0] > timedelta(days=1):
        raise ValueError("hours belong to one day")
    return hours_of(whole[0], phrase)


def hours_of(day: datetime, phrase: PeriodPhrase) -> Stretch:
    overnight = timedelta(days=int(phrase.to_minute <= phrase.from_minute))
    end = day + timedelta(minutes=phrase.to_minute) + overnight
    return day + timedelta(minutes=phrase.from_minute), end


def _clock_hour(phrase: PeriodPhrase, whole: Stretch, _week_start: int) -> Stretch:
    start = whole[0] + timedelta(minutes=phrase.from_minute)
    return start, start + timedelta(hours=1)


# Kinds that are found inside a longer stretch: which one when none was said, and how.
_LEAVES: dict[Kind, tuple[Unit, Callable[[PeriodPhrase, Stretch, int], Stretch]]] = {
    "month": ("year", _month),
    "week": ("year", _iso_week),
    "weekday": ("week", _weekday),
    "weekend": ("week", _weekend),
    "date": ("year", _date),
    "nth": ("year", _nth),
    "hours": ("day", _hours),
    "clock": ("day", _clock_hour),
}
