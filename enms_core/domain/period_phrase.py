"""What was said about a stretch of time, before it is placed at an instant in a zone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from enms_core.domain.errors import ImpossiblePeriod

Unit = Literal["minute", "hour", "shift", "day", "week", "month", "quarter", "half", "year"]
Kind = Literal[
    "now",  # the last quarter of an hour, in which a latest reading counts as present
    "unit",  # calendar unit, `offset` from the running one, or from the one that `of` begins in
    "past",  # `count` units up to now
    "coming",  # `count` units from now on
    "rest",  # from now to the end of the running unit
    "year",
    "month",
    "week",  # ISO week `number`
    "weekday",
    "weekend",
    "date",  # `day` of `month`
    "nth",  # `count` units from the `number`-th (negative: from the end) of a longer stretch
    "hours",  # from_minute to to_minute of one day
    "daily",  # the same hours of each day in `of`, or only of its `weekdays`
    "clock",  # the hour that begins at from_minute; as an end point, that instant
    "range",
    "since",
    "impossible",  # named like a time, but in no calendar: "25 o'clock"
    "until",  # from now to the beginning of `of`; to its end where `number` is negative
]
DayPart = Literal[
    "morning", "afternoon", "evening", "night", "early_shift", "late_shift", "night_shift"
]
Seek = Literal["latest", "previous", "next"]


@dataclass(frozen=True)
class PeriodPhrase:
    """A stretch of time as it was said, without an instant or a zone.

    `of` is the longer stretch (or the day, for hours) that the phrase lies in; without it the
    phrase floats and `seek` chooses: the latest that has begun, the previous that is over, or the
    next that has not begun. `offset` moves what was sought by whole longer stretches: the Monday
    before last. Months and weekdays count from January = 1 and Monday = 0.
    """

    kind: Kind
    unit: Unit | None = None
    offset: int = 0
    count: int = 1
    number: int = 1
    year: int = 1
    month: int | None = None
    day: int = 1
    weekday: int = 0
    weekdays: tuple[int, ...] = ()
    from_minute: int = 0
    to_minute: int = 0
    part: DayPart | None = None
    seek: Seek = "latest"
    of: PeriodPhrase | None = None
    start: PeriodPhrase | None = None
    end: PeriodPhrase | None = None


TODAY = PeriodPhrase("unit", unit="day")


class SeveralPeriods(ImpossiblePeriod):
    """The phrase means the same hours on several days: use `resolve_all`."""


def looks_ahead(phrase: PeriodPhrase) -> bool:
    """Whether the phrase by its wording begins now and ends in the future."""
    return phrase.kind in ("coming", "rest", "until")


def ahead_of_now(phrase: PeriodPhrase) -> PeriodPhrase:
    """The same words in a question about the future: "on Monday" is then the next Monday."""
    return replace(
        phrase,
        seek="next" if phrase.seek == "latest" else phrase.seek,
        of=phrase.of and ahead_of_now(phrase.of),
        start=phrase.start and ahead_of_now(phrase.start),
        end=phrase.end and ahead_of_now(phrase.end),
    )


def day_phrase(day: date) -> PeriodPhrase:
    """One day of the calendar."""
    year = PeriodPhrase("year", year=day.year)
    return PeriodPhrase("date", month=day.month, day=day.day, of=year)


def minute_phrase(local: datetime) -> PeriodPhrase:
    """The minute in which a local time lies."""
    return PeriodPhrase("clock", from_minute=60 * local.hour + local.minute, of=day_phrase(local))
