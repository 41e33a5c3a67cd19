"""Periods in the words of the assistant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.period import DayPart, Period, PeriodPhrase, Unit, resolve_all
from enms_core.language.clock import moment_words
from enms_core.language.model import language_model
from enms_core.language.period_clock_builders import daily, daily_office_hours, workdays
from enms_core.language.period_speech import Said, period_words
from enms_core.language.render import filled
from enms_core.language.speech.voice import Voice
from tests.unit.period_meanings import LANGUAGES, phrase_of

LANG = "en-us"
BERLIN = ZoneInfo("Europe/Berlin")
ANSWERS_ABOUT_PERIODS = {
    "period_impossible",
    "period_just_begun",
    "period_not_begun",
    "period_not_begun_at",
}
NOW = datetime(2026, 11, 18, 14, 20, tzinfo=BERLIN)


def _said(phrase: PeriodPhrase, lang: str = LANG) -> Said:
    periods = resolve_all(phrase, NOW, BERLIN)
    whole = Period(periods[0].start, periods[-1].end)
    return period_words(phrase, whole, lang, language_model(lang).files.vocabulary)


def _rendered(phrase: PeriodPhrase, lang: str = LANG) -> str:
    dialog, slots = _said(phrase, lang)
    return filled(language_model(lang).files.dialogs[dialog][0], slots)


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
    assert _rendered(phrase_of(LANG, asked)) == spoken


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("heute", "heute"),
        ("der gestrige", "gestern"),
        ("am Montag", "am Montag, dem sechzehnten November"),
        ("am fünften November", "am Donnerstag, dem fünften November zweitausendsechsundzwanzig"),
        ("am 1.3.2025", "am Samstag, dem ersten März zweitausendfünfundzwanzig"),
        ("letzte Woche", "letzte Woche"),
        ("vorletzte Woche", "vor zwei Wochen"),
        ("letzten Monat", "letzten Monat"),
        ("im letzten Quartal", "im letzten Quartal"),
        ("letztes Jahr", "letztes Jahr"),
        ("im Oktober letzten Jahres", "im Oktober zweitausendfünfundzwanzig"),
        ("im dritten Quartal", "im dritten Quartal zweitausendsechsundzwanzig"),
        ("im ersten Halbjahr 2025", "im ersten Halbjahr zweitausendfünfundzwanzig"),
        ("KW 45", "in der Kalenderwoche fünfundvierzig des Jahres zweitausendsechsundzwanzig"),
        ("in den letzten sieben Tagen", "in den letzten sieben Tagen"),
        ("seit einer Woche", "in den letzten sieben Tagen"),
        ("letzte Stunde", "in der letzten Stunde"),
        ("vor einer halben Stunde", "vor dreißig Minuten"),
        ("vor drei Tagen", "vor drei Tagen"),
        ("gestern Abend", "gestern Abend"),
        ("heute früh", "heute Vormittag"),
        ("heute Nacht", "in der Nacht vom Dienstag, dem siebzehnten November"),
        ("letzte Nacht", "letzte Nacht"),
        ("am Freitagabend", "am Freitagabend, dem dreizehnten November"),
        ("in der Nachtschicht gestern", "in der gestrigen Nachtschicht"),
        ("Spätschicht am Montag", "in der Spätschicht vom Montag, dem sechzehnten November"),
        (
            "gestern von eins bis sechzehn Uhr",
            "am Dienstag, dem siebzehnten November, von ein Uhr bis sechzehn Uhr",
        ),
        (
            "von Montag bis Mittwoch",
            "von Montag, dem sechzehnten November, bis Mittwoch, den achtzehnten November",
        ),
        (
            "vom ersten bis fünfzehnten Oktober",
            "vom ersten Oktober bis zum fünfzehnten Oktober zweitausendsechsundzwanzig",
        ),
        ("am Wochenende", "am Wochenende von Samstag, dem vierzehnten November"),
        ("seit neun Uhr", "seit Mittwoch, dem achtzehnten November, neun Uhr"),
        ("bis Freitag", "bis Freitag, den zwanzigsten November zweitausendsechsundzwanzig"),
        (
            "bis zum Monatsende",
            "bis einschließlich Montag, den dreißigsten November zweitausendsechsundzwanzig",
        ),
        ("den Rest der Woche", "für den Rest der Woche"),
        ("nächste Woche", "nächste Woche"),
        (
            "werktags letzte Woche",
            "an den fünf Werktagen zusammen, von Montag, dem neunten November"
            " zweitausendsechsundzwanzig, bis Freitag, den dreizehnten November"
            " zweitausendsechsundzwanzig",
        ),
    ],
)
def test_a_period_is_said_as_germans_say_it(asked: str, spoken: str) -> None:
    assert _rendered(phrase_of("de-de", asked), "de-de") == spoken


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 18, 10, 5), "um zehn Uhr fünf"),
        (datetime(2026, 11, 18, 1, 0), "um ein Uhr"),
        (datetime(2026, 11, 17, 0, 0), "gestern um Mitternacht"),
        (datetime(2026, 11, 3, 12, 0), "am Dienstag, dem dritten November, um zwölf Uhr"),
        (
            datetime(2025, 12, 31, 21, 45),
            "am Mittwoch, dem einunddreißigsten Dezember zweitausendfünfundzwanzig,"
            " um einundzwanzig Uhr fünfundvierzig",
        ),
    ],
)
def test_a_moment_is_said_as_germans_say_it(moment: datetime, said: str) -> None:
    voice = Voice(language_model("de-de").files, Catalogue())

    assert moment_words(voice, moment.replace(tzinfo=BERLIN), NOW) == said


NIGHT = (22 * 60, 6 * 60)


@pytest.mark.parametrize(
    ("days", "minutes", "spoken"),
    [
        (
            PeriodPhrase("unit", unit="week", offset=-1),
            NIGHT,
            "between ten p m and six a m of the seven nights together, from Monday, the ninth of"
            " November twenty twenty-six, to Monday, the sixteenth of November twenty twenty-six",
        ),
        (
            PeriodPhrase("unit", unit="week", offset=-1),
            (18 * 60, 0),
            "between six p m and midnight of the seven nights together, from Monday, the ninth of"
            " November twenty twenty-six, to Sunday, the fifteenth of November twenty twenty-six",
        ),
        (
            PeriodPhrase("unit", unit="day", offset=-1),
            NIGHT,
            "from ten p m to six a m on Tuesday, the seventeenth of November",
        ),
        (
            PeriodPhrase("past", unit="day", count=2),
            (8 * 60, 10 * 60),
            "between eight a m and ten a m of the two days together, from Tuesday, the seventeenth"
            " of November twenty twenty-six, to Wednesday, the eighteenth of November"
            " twenty twenty-six",
        ),
        (
            PeriodPhrase("past", unit="day", count=2),
            (13 * 60, 12 * 60),
            "between one p m and noon of the two nights together, from Tuesday, the seventeenth"
            " of November twenty twenty-six, to Wednesday, the eighteenth of November"
            " twenty twenty-six",
        ),
    ],
)
def test_hours_of_several_days_are_said_to_be_those_of_all_together(
    days: PeriodPhrase, minutes: tuple[int, int], spoken: str
) -> None:
    """A sum over seven nights must not sound like that of one: "daily from ten p m"."""
    assert _rendered(daily(minutes, days)) == spoken


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
        if unit == "minute":
            yield from (PeriodPhrase("unit", unit=unit, offset=n) for n in (-1, -30))
        else:
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
        yield PeriodPhrase("until", number=-1, of=point)
    week = PeriodPhrase("unit", unit="week", offset=-1)
    yield PeriodPhrase("daily", from_minute=480, to_minute=600, of=week)
    yield PeriodPhrase("daily", from_minute=600, to_minute=480, of=week)
    yield from (workdays(week), daily_office_hours(week))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_phrase_has_a_dialog_with_room_for_its_words(lang: str) -> None:
    for phrase in _sayable():
        dialog, slots = _said(phrase, lang)
        for line in language_model(lang).files.dialogs[dialog]:
            assert not any(character.isdigit() for character in filled(line, slots)), phrase
            assert all(f"{{{slot}}}" in line for slot in slots), phrase


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_dialog_is_left_unsaid(lang: str) -> None:
    said = {_said(phrase, lang)[0] for phrase in _sayable()}

    dialogs = {name for name in language_model(lang).files.dialogs if name.startswith("period_")}
    assert dialogs - ANSWERS_ABOUT_PERIODS == said


def test_a_language_without_halves_of_the_day_counts_to_twenty_four() -> None:
    words = {
        "clock_oclock": ("Uhr",),
        "weekday_wednesday": ("Mittwoch",),
        "month_november": ("November",),
    }
    phrase = PeriodPhrase("clock", from_minute=14 * 60 + 5)
    period = Period(NOW.replace(minute=5), NOW.replace(hour=15, minute=5))

    _, slots = period_words(phrase, period, "de-de", words)

    assert slots["time"] == "vierzehn Uhr fünf"
