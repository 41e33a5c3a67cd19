"""Periods that are told by where they begin and end, and what a wording points to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from enms_core.domain.period import TODAY, PeriodPhrase, Unit
from enms_core.language.period_builders import Amount, Builder, ago, rolling, unit_at
from enms_core.language.period_clock_builders import Clock, clock, hours


def since(point: PeriodPhrase) -> PeriodPhrase:
    return PeriodPhrase("since", of=point)


def since_clock(time: Clock) -> PeriodPhrase:
    return since(clock(time))


def since_ago(length: Amount) -> PeriodPhrase:
    """ "Since two days ago" begins at a midnight, "since two hours ago" at no full hour."""
    return rolling(length) if length[1] in ("minute", "hour") else since(ago(length))


def until(point: PeriodPhrase) -> PeriodPhrase | None:
    return None if point.kind == "now" else PeriodPhrase("until", of=point)


def through(last: PeriodPhrase) -> PeriodPhrase:
    """From now to the end of a stretch."""
    return PeriodPhrase("until", number=-1, of=last)


def by(last: PeriodPhrase) -> PeriodPhrase | None:
    """What is to be done by a day is done by its end; "by last week" is no such day."""
    if last.kind in ("now", "past", "since") or last.offset < 0 or last.seek == "previous":
        return None
    if last.of is not None and last.of.kind == "unit" and last.of.offset < 0:
        return None
    return through(last)


def last_day_of_unit(offset: int) -> Builder:
    """The last day of a unit that is not over: "the end of next quarter"."""

    def build(unit: Unit) -> PeriodPhrase | None:
        if unit not in ("week", "month", "quarter", "year"):
            return None
        return PeriodPhrase("nth", unit="day", number=-1, of=unit_at(unit, offset))

    return build


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


def from_named_to(
    build: Callable[[int], PeriodPhrase],
) -> Callable[[int, PeriodPhrase], PeriodPhrase]:
    """The same, where only what it begins with is such a name."""
    return lambda first, last: from_to(build(first), last)


def from_to_each(build: Callable[[int], PeriodPhrase]) -> Callable[[int, int], PeriodPhrase]:
    """A range between names that are everyday words too: joined, they are months or days."""
    return lambda first, last: from_to(build(first), build(last))


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
    if phrase.part == "night" and phrase.of == TODAY:
        return True  # tonight
    if phrase.kind == "unit" and phrase.of is None:
        return phrase.offset > 0
    return any(points_ahead(inner) for inner in (phrase.of, phrase.end) if inner is not None)
