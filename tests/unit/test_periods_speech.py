"""Periods in the words of the assistant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.period import DayPart, Period, PeriodPhrase, Unit, resolve_all
from enms_core.language.files import load_language
from enms_core.language.numbers import NumberReader
from enms_core.language.period_speech import Said, period_words
from enms_core.language.periods import PeriodReader
from enms_core.language.tokens import tokenize

LANG = "en-us"
FILES = load_language(LANG)
READER = PeriodReader(FILES.vocabulary, NumberReader(LANG))
BERLIN = ZoneInfo("Europe/Berlin")
ANSWERS_ABOUT_PERIODS = {
    "period_impossible",
    "period_just_begun",
    "period_not_begun",
    "period_not_begun_at",
}
NOW = datetime(2026, 11, 18, 14, 20, tzinfo=BERLIN)


def _said(phrase: PeriodPhrase) -> Said:
    periods = resolve_all(phrase, NOW, BERLIN)
    whole = Period(periods[0].start, periods[-1].end)
    return period_words(phrase, whole, LANG, FILES.vocabulary)


def _rendered(said: Said) -> str:
    dialog, slots = said
    return FILES.dialogs[dialog][0].format(**slots)


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("today so far", "today"),
        ("the week before last", "two weeks ago"),
        ("last twelve months", "over the last twelve months"),
        ("last hour", "over the past hour"),
        ("march 2018", "in March twenty eighteen"),
        ("for 2024", "in twenty twenty-four"),
        ("on monday", "on Monday, the sixteenth of November"),
        ("2026-03-01", "on Sunday, the first of March twenty twenty-six"),
        ("q3 2025", "in the third quarter of twenty twenty-five"),
        ("h1 2025", "in the first half of twenty twenty-five"),
        ("overnight", "last night"),
        (
            "from noon to 1:05 pm",
            "from noon to one zero five p m on Wednesday, the eighteenth of November",
        ),
        (
            "early shift on 14 march 2018",
            "in the early shift of Wednesday, the fourteenth of March twenty eighteen",
        ),
        ("from march to may 2025", "from March to May twenty twenty-five"),
        (
            "from november to february",
            "from November twenty twenty-five to February twenty twenty-six",
        ),
        (
            "first week of march",
            "from the first of March to the seventh of March twenty twenty-six",
        ),
        ("since 8 this morning", "since eight a m on Wednesday, the eighteenth of November"),
        ("until friday", "until Friday, the twentieth of November twenty twenty-six"),
        (
            "between 8 and 6 for the last three days",
            "between eight a m and six p m of the three days together, from Monday, the sixteenth"
            " of November twenty twenty-six, to Wednesday, the eighteenth of November"
            " twenty twenty-six",
        ),
    ],
)
def test_a_period_is_said_as_people_say_it(asked: str, spoken: str) -> None:
    (match,) = READER.find(tokenize(asked))

    assert _rendered(_said(match.phrase)) == spoken


NIGHTS = {"from_minute": 22 * 60, "to_minute": 6 * 60}


@pytest.mark.parametrize(
    ("days", "minutes", "spoken"),
    [
        (
            PeriodPhrase("unit", unit="week", offset=-1),
            NIGHTS,
            "between ten p m and six a m of the seven nights together, from Monday, the ninth of"
            " November twenty twenty-six, to Monday, the sixteenth of November twenty twenty-six",
        ),
        (
            PeriodPhrase("unit", unit="week", offset=-1),
            {"from_minute": 18 * 60, "to_minute": 0},
            "between six p m and midnight of the seven nights together, from Monday, the ninth of"
            " November twenty twenty-six, to Sunday, the fifteenth of November twenty twenty-six",
        ),
        (
            PeriodPhrase("unit", unit="day", offset=-1),
            NIGHTS,
            "from ten p m to six a m on Tuesday, the seventeenth of November",
        ),
        (
            PeriodPhrase("past", unit="day", count=2),
            {"from_minute": 8 * 60, "to_minute": 10 * 60},
            "between eight a m and ten a m of the two days together, from Tuesday, the seventeenth"
            " of November twenty twenty-six, to Wednesday, the eighteenth of November"
            " twenty twenty-six",
        ),
        (
            PeriodPhrase("past", unit="day", count=2),
            {"from_minute": 13 * 60, "to_minute": 12 * 60},
            "between one p m and noon of the two nights together, from Tuesday, the seventeenth"
            " of November twenty twenty-six, to Wednesday, the eighteenth of November"
            " twenty twenty-six",
        ),
    ],
)
def test_hours_of_several_days_are_said_to_be_those_of_all_together(
    days: PeriodPhrase, minutes: dict[str, int], spoken: str
) -> None:
    """A sum over seven nights must not sound like that of one: "daily from ten p m"."""
    assert _rendered(_said(PeriodPhrase("daily", of=days, **minutes))) == spoken


def _sayable() -> Iterator[PeriodPhrase]:
    """Phrases of every kind, unit, part and shape that is said in its own way."""
    yield PeriodPhrase("now")
    yield PeriodPhrase("year", year=2025)
    yield PeriodPhrase("week", number=45)
    yield from _units()
    yield from _days()
    yield from _ranges()


def _units() -> Iterator[PeriodPhrase]:
    units: tuple[Unit, ...] = ("minute", "hour", "shift", "day", "week", "month", "quarter", "year")
    for unit in units:
        for count in (1, 3):
            yield PeriodPhrase("past", unit=unit, count=count)
            yield PeriodPhrase("coming", unit=unit, count=count)
        if unit != "minute":
            yield from (PeriodPhrase("unit", unit=unit, offset=n) for n in range(-3, 4))
        if unit not in ("minute", "hour"):
            yield PeriodPhrase("rest", unit=unit)
    for unit in ("day", "month", "quarter", "half"):
        yield PeriodPhrase("nth", unit=unit)


def _days() -> Iterator[PeriodPhrase]:
    day = PeriodPhrase("date", day=14, month=3)
    yield from (day, PeriodPhrase("weekday"), PeriodPhrase("weekend"))
    yield PeriodPhrase("month", month=3)
    for of in (None, day, *(PeriodPhrase("unit", unit="day", offset=n) for n in (-1, 0))):
        yield PeriodPhrase("clock", from_minute=8 * 60, of=of)
        yield PeriodPhrase("hours", from_minute=8 * 60, to_minute=9 * 60, of=of)
        parts: tuple[DayPart, ...] = get_args(DayPart)
        for part in parts:
            yield PeriodPhrase("hours", from_minute=6 * 60, to_minute=9 * 60, part=part, of=of)


def _ranges() -> Iterator[PeriodPhrase]:
    january, march, weekday = (
        PeriodPhrase("month", month=1),
        PeriodPhrase("month", month=3),
        PeriodPhrase("weekday"),
    )
    date, clock = PeriodPhrase("date", day=14, month=3), PeriodPhrase("clock", from_minute=480)
    dated_clock = PeriodPhrase("clock", from_minute=540, of=date)
    december = PeriodPhrase("month", month=12)
    for start, end in (
        (january, march),
        (december, march),
        (weekday, weekday),
        (PeriodPhrase("year", year=2024), PeriodPhrase("year", year=2025)),
        (january, date),
        (december, date),
        (PeriodPhrase("clock", from_minute=0, of=weekday), clock),
        (date, dated_clock),
    ):
        yield PeriodPhrase("range", start=start, end=end)
    for point in (date, clock, dated_clock):
        yield PeriodPhrase("since", of=point)
        yield PeriodPhrase("until", of=point)
    week = PeriodPhrase("unit", unit="week", offset=-1)
    yield PeriodPhrase("daily", from_minute=480, to_minute=600, of=week)
    yield PeriodPhrase("daily", from_minute=600, to_minute=480, of=week)


def test_every_phrase_has_a_dialog_with_room_for_its_words() -> None:
    for phrase in _sayable():
        dialog, slots = _said(phrase)
        for line in FILES.dialogs[dialog]:
            assert not any(character.isdigit() for character in line.format(**slots)), phrase
            assert all(f"{{{slot}}}" in line for slot in slots), phrase


def test_no_dialog_is_left_unsaid() -> None:
    said = {_said(phrase)[0] for phrase in _sayable()}

    period_dialogs = {name for name in FILES.dialogs if name.startswith("period_")}
    assert period_dialogs - ANSWERS_ABOUT_PERIODS == said


def test_a_language_without_halves_of_the_day_counts_to_twenty_four() -> None:
    german = {
        "clock_oclock": ("Uhr",),
        "weekday_wednesday": ("Mittwoch",),
        "month_november": ("November",),
    }
    phrase = PeriodPhrase("clock", from_minute=14 * 60 + 5)
    period = Period(NOW.replace(minute=5), NOW.replace(hour=15, minute=5))

    _, slots = period_words(phrase, period, "de-de", german)

    assert slots["time"] == "vierzehn Uhr null fünf"
