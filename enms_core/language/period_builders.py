"""What the patterns of the period grammar build of units, months and days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from enms_core.domain.period import PeriodPhrase, Unit
from enms_core.domain.wall_time import MONTHS_IN

Builder = Callable[..., Any]
Amount = tuple[int, Unit]

NOW = PeriodPhrase("now")
IMPOSSIBLE = PeriodPhrase("impossible")
LONGEST_MONTH = 31
# What half of a unit is, where people say it.
_HALF_OF: dict[Unit, Amount] = {"hour": (30, "minute"), "day": (12, "hour"), "year": (6, "month")}
# A smaller unit, and how many of it are in a unit that is counted by halves.
_PARTS_OF: dict[Unit, Amount] = {"hour": (60, "minute"), "day": (24, "hour"), "year": (12, "month")}
# "this month last year": how many of the first unit lie between the two.
_PER_UNIT: dict[tuple[Unit, Unit], int] = {
    ("day", "week"): 7,
    ("month", "year"): 12,
    ("quarter", "year"): 4,
}


def same(value: Any) -> Any:
    return value


def always(value: Any) -> Builder:
    return lambda: value


def unit_at(unit: Unit, offset: int) -> PeriodPhrase:
    return PeriodPhrase("unit", unit=unit, offset=offset)


def in_unit(unit: Unit) -> Builder:
    return lambda offset: unit_at(unit, offset)


def named_unit(named: tuple[Unit, int]) -> PeriodPhrase:
    return unit_at(*named)


def named_year(named: tuple[Unit, int]) -> PeriodPhrase | None:
    return unit_at(*named) if named[0] == "year" else None


def month_of_named(named: tuple[Unit, int], value: int) -> PeriodPhrase | None:
    """A month of "this year's" or "last year's"."""
    of = named_year(named)
    return None if of is None else month(value, of)


def amount(count: int, unit: Unit) -> Amount:
    return count, unit


def half_amount(unit: Unit) -> Amount | None:
    return _HALF_OF.get(unit)


def broken_amount(count: float, unit: Unit) -> Amount | None:
    """ "One and a half hours" are ninety minutes; no month has half a day more."""
    if unit not in _PARTS_OF:
        return None
    parts, smaller = _PARTS_OF[unit]
    whole = round(count * parts)
    return (whole, smaller) if whole and abs(whole - count * parts) < 1e-9 else None


def amount_and_half(count: int | None, unit: Unit) -> Amount | None:
    return broken_amount((count or 1) + 0.5, unit)


def rolling(length: Amount) -> PeriodPhrase:
    return PeriodPhrase("past", unit=length[1], count=length[0])


def coming(length: Amount) -> PeriodPhrase:
    return PeriodPhrase("coming", unit=length[1], count=length[0])


def ago(length: Amount) -> PeriodPhrase:
    return unit_at(length[1], -length[0])


def ahead(length: Amount) -> PeriodPhrase | None:
    return None if length[1] == "minute" else unit_at(length[1], length[0])


def one_past(unit: Unit) -> PeriodPhrase:
    return rolling((1, unit))


def rest_of(unit: Unit) -> PeriodPhrase | None:
    return None if unit in ("minute", "hour") else PeriodPhrase("rest", unit=unit)


def rest_of_day(offset: int) -> PeriodPhrase | None:
    return rest_of("day") if offset == 0 else None


def next_short(unit: Unit) -> PeriodPhrase:
    return unit_at("day", 1) if unit == "day" else coming((1, unit))


def calendar(offset: int) -> Builder:
    def build(unit: Unit) -> PeriodPhrase | None:
        return None if unit == "minute" else unit_at(unit, offset)

    return build


def same_in_named(unit: Unit, named: tuple[Unit, int]) -> PeriodPhrase | None:
    return same_unit(unit, named[0]) if named[1] == -1 else None


def same_unit(unit: Unit, longer: Unit) -> PeriodPhrase | None:
    """ "The same month last year"."""
    between = _PER_UNIT.get((unit, longer))
    return None if between is None else unit_at(unit, -between)


def year(value: int) -> PeriodPhrase:
    return PeriodPhrase("year", year=value)


def month(value: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("month", month=value, of=of)


def iso_week(number: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("week", number=number, of=of)


def day_month(day: int, value: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("date", day=day, month=value, of=of)


def month_day(value: int, day: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return day_month(day, value, of)


def written_date(parts: tuple[int, int, int]) -> PeriodPhrase:
    return day_month(parts[2], parts[1], year(parts[0]))


def dotted_date(parts: tuple[int, int]) -> PeriodPhrase:
    return day_month(*parts)


def day_of_month(day: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    # Without a month it floats over months; a date floats over years, so the day is an nth part.
    return PeriodPhrase("nth", unit="day", number=day, of=of)


def day_of_this_month(day: int, offset: int) -> PeriodPhrase:
    return day_of_month(day, unit_at("month", offset))


def days(first: int, last: int, value: int, of: PeriodPhrase | None = None) -> PeriodPhrase | None:
    """From one day of a month to a later one."""
    if last <= first:
        return None
    end = day_month(last, value, of)
    return PeriodPhrase("range", start=replace(end, day=first), end=end)


def days_after_month(
    value: int, first: int, last: int, of: PeriodPhrase | None
) -> PeriodPhrase | None:
    return days(first, last, value, of)


def two_days(first: int, last: int, value: int, of: PeriodPhrase | None) -> PeriodPhrase | None:
    """ "The fifth and sixth" are one stretch, the fifth and the ninth are none."""
    return days(first, last, value, of) if last == first + 1 else None


def impossible_above(most: int) -> Builder:
    """What would be a time if its number were not too large: "25 o'clock", "week 60"."""
    return lambda value, *_rest: IMPOSSIBLE if value > most else None


def impossible_day(day: int, _month: int, _of: PeriodPhrase | None) -> PeriodPhrase | None:
    return IMPOSSIBLE if day > LONGEST_MONTH else None


def weekday(value: int, of: PeriodPhrase | None = None) -> PeriodPhrase:
    return PeriodPhrase("weekday", weekday=value, of=of)


def weekday_in_week(offset: int, value: int) -> PeriodPhrase:
    return weekday(value, unit_at("week", offset))


def weekday_weeks_ago(value: int, length: Amount) -> PeriodPhrase | None:
    return weekday_in_week(-length[0], value) if length[1] == "week" else None


def sought(build: Callable[..., PeriodPhrase], seek: Any, offset: int = 0) -> Builder:
    return lambda *values: replace(build(*values), seek=seek, offset=offset)


def weekend() -> PeriodPhrase:
    return PeriodPhrase("weekend")


def weekend_in_week(offset: int) -> PeriodPhrase:
    return PeriodPhrase("weekend", of=unit_at("week", offset))


def weekend_of(day: PeriodPhrase) -> PeriodPhrase:
    return PeriodPhrase("weekend", of=week_of(day))


def day_beside(offset: int) -> Builder:
    """The day before or after a day."""
    return lambda day: PeriodPhrase("unit", unit="day", offset=offset, of=day)


def fortnight(count: int | None) -> Amount:
    return 2 * (count or 1), "week"


def nth_week(number: int, value: int, of: PeriodPhrase | None) -> PeriodPhrase | None:
    return nth(number, 1, "week", month(value, of))


def last_week_of_month(value: int, of: PeriodPhrase | None) -> PeriodPhrase | None:
    return nth_week(-1, value, of)


def nth_of_month(
    number: int, count: int | None, unit: Unit, value: int, of: PeriodPhrase | None
) -> PeriodPhrase | None:
    return nth(number, count, unit, month(value, of))


def week_of(day: PeriodPhrase) -> PeriodPhrase:
    return PeriodPhrase("unit", unit="week", of=day)


def nth(number: int, count: int | None, unit: Unit, of: PeriodPhrase | None) -> PeriodPhrase | None:
    """One of the parts of a stretch; of its like there is none: two quarters that are told one
    after the other are two."""
    if unit in ("minute", "hour", "shift") or (of is not None and of.unit == unit):
        return None
    return PeriodPhrase("nth", unit=unit, number=number, count=count or 1, of=of)


def last_of(count: int | None, unit: Unit, of: PeriodPhrase) -> PeriodPhrase | None:
    return nth(-1, count, unit, of)


def part_of_year(unit: Unit) -> Builder:
    parts = 12 // MONTHS_IN[unit]

    def build(number: int, of: PeriodPhrase | None = None) -> PeriodPhrase | None:
        return nth(number, 1, unit, of) if number <= parts else None

    return build


def half_of(number: int, of: PeriodPhrase) -> PeriodPhrase | None:
    """One half of a year, a quarter, a month or a week."""
    return nth(number, 1, "half", of) if number in (1, 2) else None


def half_of_month(number: int, value: int, of: PeriodPhrase | None) -> PeriodPhrase | None:
    return half_of(number, month(value, of))


def half_of_unit(number: int, unit: Unit) -> PeriodPhrase | None:
    is_long = unit in ("week", "month", "quarter", "year")
    return half_of(number, unit_at(unit, 0)) if is_long else None
