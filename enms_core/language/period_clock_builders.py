"""What the patterns of the period grammar build of clock times, hours and parts of days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from enms_core.domain.period import TODAY, DayPart, PeriodPhrase
from enms_core.language.period_builders import Builder, day_of_month, unit_at
from enms_core.language.period_classes import SHIFTS

ClockRange = tuple[int, int]


class Clock(NamedTuple):
    """A time of day, `minute` after midnight.

    is_sure: it can only be a time of day. has_half: the half of the day was said, "p m".
    """

    minute: int
    is_sure: bool
    has_half: bool = False


HOUR_MINUTES = 60
DAY_MINUTES = 24 * HOUR_MINUTES
HALF_DAY_MINUTES = 12 * HOUR_MINUTES
HOURS_OF_PART: dict[DayPart, ClockRange] = {
    "morning": (6 * 60, 12 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (18 * 60, 22 * 60),
    "night": (22 * 60, 6 * 60),
    "early_shift": (6 * 60, 14 * 60),
    "late_shift": (14 * 60, 22 * 60),
    "night_shift": (22 * 60, 6 * 60),
}
NIGHTS = ("night", "night_shift")
OFFICE_HOURS: ClockRange = (8 * 60, 18 * 60)
WHOLE_DAY: ClockRange = (0, 0)  # from midnight to midnight
WORKDAYS = (0, 1, 2, 3, 4)


def hours(span: ClockRange, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("hours", from_minute=span[0], to_minute=span[1], of=of)


def daily(span: ClockRange, of: PeriodPhrase) -> PeriodPhrase:
    return replace(hours(span, of), kind="daily")


def daily_part(name: DayPart, of: PeriodPhrase) -> PeriodPhrase | None:
    """The same part of each day: "the night shifts last week"."""
    is_one_day = of.kind == "unit" and of.unit in ("minute", "hour", "shift", "day")
    return None if is_one_day else daily(HOURS_OF_PART[name], of)


def office_hours(day: PeriodPhrase | None = None) -> PeriodPhrase:
    return hours(OFFICE_HOURS, day)


def daily_office_hours(of: PeriodPhrase) -> PeriodPhrase:
    return replace(daily(OFFICE_HOURS, of), weekdays=WORKDAYS)


def rest_of_one_day(day: PeriodPhrase, begin: Clock) -> PeriodPhrase:
    """ "Yesterday from two p m on": to midnight."""
    return hours((begin.minute, 0), day)


def daily_in(span: ClockRange, _count: int, days: PeriodPhrase) -> PeriodPhrase:
    return daily(span, days)


def office(span: ClockRange, _count: int, days: PeriodPhrase) -> PeriodPhrase:
    """Hours of the working days alone."""
    return replace(daily(span, days), weekdays=WORKDAYS)


def workdays(of: PeriodPhrase) -> PeriodPhrase:
    return replace(daily(WHOLE_DAY, of), weekdays=WORKDAYS)


def part(name: DayPart, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return replace(hours(HOURS_OF_PART[name], of), part=name)


def last_part(name: DayPart) -> PeriodPhrase:
    if name in SHIFTS:
        return replace(part(name), seek="previous")
    return part(name, unit_at("day", -1))


def shift_of_last(name: DayPart, _last: DayPart) -> PeriodPhrase | None:
    """ "The third shift last night": of the day that the night began on."""
    return part(name, unit_at("day", -1)) if name in SHIFTS else None


def next_part(name: DayPart) -> PeriodPhrase:
    return replace(part(name), seek="next")


def part_before_last(name: DayPart) -> PeriodPhrase:
    if name in SHIFTS:
        return replace(last_part(name), offset=-1)
    return part(name, unit_at("day", -2))


def part_of_nth_day(name: DayPart, day: int) -> PeriodPhrase:
    return part(name, day_of_month(day))


def part_of_today(name: DayPart) -> PeriodPhrase:
    return part(name, TODAY)


def night_before(name: DayPart, day: PeriodPhrase) -> PeriodPhrase | None:
    """The night that ends on a day: "the night to Tuesday"."""
    before = PeriodPhrase("unit", unit="day", offset=-1, of=day)
    return part(name, before) if name in NIGHTS else None


def night_to_date(name: DayPart, _first: int, last: PeriodPhrase) -> PeriodPhrase | None:
    """ "The night from the fourth to the fifth of November"."""
    return night_before(name, last)


def night_between(name: DayPart, day: PeriodPhrase, _after: PeriodPhrase) -> PeriodPhrase | None:
    return part(name, day) if name in NIGHTS else None


def swapped(build: Callable[[Any, Any], Any]) -> Builder:
    return lambda second, first: build(first, second)


def meridiem_clock(hour: int, minute: int | None, meridiem: int) -> Clock | None:
    if not 1 <= hour <= 12:
        return None
    return Clock((hour % 12 + meridiem) * 60 + (minute or 0), is_sure=True, has_half=True)


def zero_minute_clock(hour: int, zero: int, minute: int, meridiem: int) -> Clock | None:
    """ "Ten zero five a m"."""
    return None if zero or minute > 9 else meridiem_clock(hour, minute, meridiem)


def full_meridiem_clock(hour: int, meridiem: int) -> Clock | None:
    return meridiem_clock(hour, 0, meridiem)


def time_clock(minutes: int, meridiem: int | None) -> Clock:
    afternoon = meridiem == 12 and minutes < HALF_DAY_MINUTES
    return Clock(minutes + (HALF_DAY_MINUTES if afternoon else 0), True, meridiem is not None)


def minute_clock(minutes: int) -> Clock:
    return Clock(minutes, is_sure=True)


def hour_clock(hour: int) -> Clock:
    return Clock(hour * HOUR_MINUTES, is_sure=False)


def sure_clock(hour: int, minute: int | None = None) -> Clock | None:
    minutes = hour * HOUR_MINUTES + (minute or 0)
    return Clock(minutes, is_sure=True) if minutes <= DAY_MINUTES else None


def offset_clock(offset: int, hour: int) -> Clock:
    """An hour with what is said to lie between: "half past two"."""
    return Clock((hour * HOUR_MINUTES + offset) % DAY_MINUTES, is_sure=False)


def minutes_past(minute: int, time: Clock) -> Clock | None:
    # People count by fives; "two to six" is a range.
    return offset_clock(time.minute + minute, 0) if minute % 5 == 0 else None


def minutes_to(minute: int, time: Clock) -> Clock | None:
    return minutes_past(-minute, time)


def loose_range(first: Clock, last: Clock) -> ClockRange | None:
    """Two bare hours: numbers that fall are hours of a day, and no machines "one to three"."""
    return clock_range(first, last) if last.minute < first.minute else None


def meridiem_of(time: Clock, meridiem: int) -> Clock | None:
    """ "Half past two p m"."""
    if not HOUR_MINUTES <= time.minute < 13 * HOUR_MINUTES:
        return None
    return Clock(time.minute % HALF_DAY_MINUTES + meridiem * HOUR_MINUTES, True, True)


def part_clock(time: Clock, name: DayPart) -> Clock | None:
    """A time in a part of some day: "three in the afternoon", "two at night"."""
    if name in SHIFTS or time.minute > HALF_DAY_MINUTES:
        return None
    minute = minute_in_part(time.minute, part(name), is_end=False)
    return Clock(minute % DAY_MINUTES, is_sure=True, has_half=True)


def clock_range(first: Clock, last: Clock) -> ClockRange:
    """Both ends [min]; a bare hour takes the half of the day that the other end suggests."""
    begin, end = first.minute, last.minute
    later_begin, later_end = begin + HALF_DAY_MINUTES, end + HALF_DAY_MINUTES
    if not first.is_sure and last.has_half and end > HALF_DAY_MINUTES and later_begin < end:
        return later_begin, end
    if not last.is_sure and end < HALF_DAY_MINUTES and end <= begin < later_end:
        return begin, later_end
    return begin, end


def sure_clock_range(first: Clock, last: Clock) -> ClockRange | None:
    return clock_range(first, last) if first.is_sure or last.is_sure else None


def hours_in_part(span: ClockRange, day_part: PeriodPhrase) -> PeriodPhrase:
    """Hours of a day's part: eight in the evening is twenty, two at night is on the next day."""
    begin = minute_in_part(span[0], day_part, is_end=False)
    return hours((begin, minute_in_part(span[1], day_part, is_end=True)), day_part.of)


def minute_in_part(minute: int, day_part: PeriodPhrase, is_end: bool) -> int:
    if day_part.part in NIGHTS:
        dawn = HOURS_OF_PART["night"][1]
        if minute < dawn or (is_end and minute == dawn):
            return minute + DAY_MINUTES
    late = day_part.part in ("afternoon", "evening", "night", "night_shift")
    return minute + HALF_DAY_MINUTES if late and minute < HALF_DAY_MINUTES else minute


def clock(time: Clock, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("clock", from_minute=time.minute, of=of)


def clock_in_part(time: Clock, day_part: PeriodPhrase) -> PeriodPhrase:
    return clock(
        Clock(minute_in_part(time.minute, day_part, is_end=False), is_sure=True), day_part.of
    )
