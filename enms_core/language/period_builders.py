"""What the patterns of the period grammar build: phrases, and clock times on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from enms_core.domain.period import DayPart, PeriodPhrase, Unit
from enms_core.domain.wall_time import MONTHS_IN
from enms_core.language.period_lexicon import SHIFTS

Builder = Callable[..., Any]
Clock = tuple[int, bool]  # minutes after midnight; whether it can only be a time of day
ClockRange = tuple[int, int]

NOW = PeriodPhrase("now")
HALF_DAY_MINUTES = 12 * 60
HOURS_OF_PART: dict[DayPart, ClockRange] = {
    "morning": (6 * 60, 12 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (18 * 60, 22 * 60),
    "night": (22 * 60, 6 * 60),
    "early_shift": (6 * 60, 14 * 60),
    "late_shift": (14 * 60, 22 * 60),
    "night_shift": (22 * 60, 6 * 60),
}


def same(value: Any) -> Any:
    return value


def always(value: Any) -> Builder:
    return lambda: value


def unit_at(unit: Unit, offset: int) -> PeriodPhrase:
    return PeriodPhrase("unit", unit=unit, offset=offset)


def in_unit(unit: Unit) -> Builder:
    return lambda offset: unit_at(unit, offset)


def units_away(direction: int) -> Builder:
    def build(count: int, unit: Unit) -> PeriodPhrase | None:
        return None if unit == "minute" else unit_at(unit, direction * count)

    return build


def rolling(count: int, unit: Unit) -> PeriodPhrase:
    return PeriodPhrase("past", unit=unit, count=count)


def coming(count: int, unit: Unit) -> PeriodPhrase:
    return PeriodPhrase("coming", unit=unit, count=count)


def rest_of(unit: Unit) -> PeriodPhrase | None:
    return None if unit in ("minute", "hour") else PeriodPhrase("rest", unit=unit)


def rest_of_day(offset: int) -> PeriodPhrase | None:
    return rest_of("day") if offset == 0 else None


def next_short(unit: Unit) -> PeriodPhrase:
    return unit_at("day", 1) if unit == "day" else coming(1, unit)


def calendar(offset: int) -> Builder:
    def build(unit: Unit) -> PeriodPhrase | None:
        return None if unit == "minute" else unit_at(unit, offset)

    return build


def year(value: int) -> PeriodPhrase:
    return PeriodPhrase("year", year=value)


def month(value: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("month", month=value, of=of)


def day_month(day: int, value: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("date", day=day, month=value, of=of)


def month_day(value: int, day: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return day_month(day, value, of)


def written_date(parts: tuple[int, int, int]) -> PeriodPhrase:
    return day_month(parts[2], parts[1], year(parts[0]))


def day_of_month(day: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    # Without a month it floats over months; a date floats over years, so the day is an nth part.
    return PeriodPhrase("nth", unit="day", number=day, of=of)


def weekday(value: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("weekday", weekday=value, of=of)


def sought(build: Callable[[int], PeriodPhrase], seek: Any) -> Builder:
    return lambda value: replace(build(value), seek=seek)


def this_weekend() -> PeriodPhrase:
    return PeriodPhrase("weekend", of=unit_at("week", 0))


def nth(number: int, count: int | None, unit: Unit, of: PeriodPhrase | None) -> PeriodPhrase | None:
    if unit in ("minute", "hour", "shift"):
        return None
    return PeriodPhrase("nth", unit=unit, number=number, count=count or 1, of=of)


def last_of(count: int | None, unit: Unit, of: PeriodPhrase) -> PeriodPhrase | None:
    return nth(-1, count, unit, of)


def part_of_year(unit: Unit) -> Builder:
    parts = 12 // MONTHS_IN[unit]

    def build(number: int, of: PeriodPhrase | None = None) -> PeriodPhrase | None:
        return nth(number, 1, unit, of) if number <= parts else None

    return build


def hours(span: ClockRange, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("hours", from_minute=span[0], to_minute=span[1], of=of)


def daily(span: ClockRange, of: PeriodPhrase) -> PeriodPhrase:
    return replace(hours(span, of), kind="daily")


def part(name: DayPart, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return replace(hours(HOURS_OF_PART[name], of), part=name)


def last_part(name: DayPart) -> PeriodPhrase:
    if name in SHIFTS:
        return replace(part(name), seek="previous")
    return part(name, unit_at("day", -1))


def swapped(build: Callable[[Any, Any], Any]) -> Builder:
    return lambda second, first: build(first, second)


def meridiem_clock(hour: int, minute: int | None, meridiem: int) -> Clock | None:
    if not 1 <= hour <= 12:
        return None
    return (hour % 12 + meridiem) * 60 + (minute or 0), True


def time_clock(minutes: int, meridiem: int | None) -> Clock:
    afternoon = meridiem == 12 and minutes < HALF_DAY_MINUTES
    return minutes + (HALF_DAY_MINUTES if afternoon else 0), True


def hour_clock(hour: int) -> Clock:
    return hour * 60, False


def sure_clock(hour: int) -> Clock:
    return hour * 60, True


def clock_range(first: Clock, last: Clock) -> ClockRange:
    """Both ends [min]; a bare hour takes the half of the day that the other end suggests."""
    (begin, begin_sure), (end, end_sure) = first, last
    later_begin, later_end = begin + HALF_DAY_MINUTES, end + HALF_DAY_MINUTES
    if not begin_sure and begin < HALF_DAY_MINUTES < end and later_begin < end and end_sure:
        return later_begin, end
    if not end_sure and end < HALF_DAY_MINUTES and end <= begin < later_end:
        return begin, later_end
    return begin, end


def sure_clock_range(first: Clock, last: Clock) -> ClockRange | None:
    return clock_range(first, last) if first[1] or last[1] else None


def hours_in_part(span: ClockRange, day_part: PeriodPhrase) -> PeriodPhrase:
    """Hours of a day's part: eight in the evening is twenty, two at night is on the next day."""
    begin = minute_in_part(span[0], day_part, is_end=False)
    return hours((begin, minute_in_part(span[1], day_part, is_end=True)), day_part.of)


def minute_in_part(minute: int, day_part: PeriodPhrase, is_end: bool) -> int:
    if day_part.part in ("night", "night_shift"):
        dawn = HOURS_OF_PART["night"][1]
        if minute < dawn or (is_end and minute == dawn):
            return minute + 2 * HALF_DAY_MINUTES
    late = day_part.part in ("afternoon", "evening", "night", "night_shift")
    return minute + HALF_DAY_MINUTES if late and minute < HALF_DAY_MINUTES else minute


def clock(time: Clock, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("clock", from_minute=time[0], of=of)


def clock_in_part(time: Clock, day_part: PeriodPhrase) -> PeriodPhrase:
    return clock((minute_in_part(time[0], day_part, is_end=False), True), day_part.of)


def since(point: PeriodPhrase) -> PeriodPhrase:
    return PeriodPhrase("since", of=point)


def until(point: PeriodPhrase) -> PeriodPhrase | None:
    return None if point.kind == "now" else PeriodPhrase("until", of=point)


def between(first: PeriodPhrase, last: PeriodPhrase) -> PeriodPhrase | None:
    """A range; "between last week and this week" compares two and is none."""
    comparable = ("unit", "past", "coming", "year", "nth", "hours", "weekend")
    if first.kind in comparable and last.kind in comparable:
        return None
    return from_to(first, last)


def from_to(first: PeriodPhrase, last: PeriodPhrase) -> PeriodPhrase:
    """A range whose end takes over the day or year that only its start names."""
    if last.kind == "now":
        return since(first)
    if first.kind == last.kind == "clock" and last.of is None:
        return hours((first.from_minute, last.from_minute), first.of)
    if last.of is None and first.of is not None and first.kind == last.kind != "weekday":
        last = replace(last, of=_later_whole(first, last))
    if last.kind in ("weekday", "date", "month") and last.of is None and points_ahead(first):
        last = replace(last, seek="next")
    return PeriodPhrase("range", start=first, end=last)


def _later_whole(first: PeriodPhrase, last: PeriodPhrase) -> PeriodPhrase | None:
    whole = first.of
    turns = (last.month or 0, last.day) < (first.month or 0, first.day)
    if whole is not None and whole.kind == "year" and turns:
        return replace(whole, year=whole.year + 1)
    return whole


def points_ahead(phrase: PeriodPhrase) -> bool:
    """Whether the wording, at any time, points to the future."""
    if phrase.kind in ("coming", "rest", "until") or phrase.seek == "next":
        return True
    if phrase.kind == "unit":
        return phrase.offset > 0
    return any(points_ahead(inner) for inner in (phrase.of, phrase.end) if inner is not None)
