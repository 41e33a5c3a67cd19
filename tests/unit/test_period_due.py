"""The day that something is due, as it is said in plans and targets."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from enms_core.domain.period import resolve
from enms_core.language.period_due import due_day
from tests.unit.period_meanings import BERLIN, MOMENTS, phrase_of

NOW = datetime(2026, 11, 18, 10, 30, tzinfo=BERLIN)  # a Wednesday


def _due(lang: str, words: str, now: datetime = NOW) -> date | None:
    day = due_day(phrase_of(lang, words))
    return None if day is None else resolve(day, now, BERLIN).start.date()


@pytest.mark.parametrize(
    ("lang", "words", "due"),
    [
        ("en-us", "by the end of the month", date(2026, 11, 30)),
        ("en-us", "end of the month", date(2026, 11, 30)),
        ("en-us", "by december 15th", date(2026, 12, 15)),
        ("en-us", "by the end of next quarter", date(2027, 3, 31)),
        ("en-us", "end of next quarter", date(2027, 3, 31)),
        ("en-us", "by year end", date(2026, 12, 31)),
        ("en-us", "by friday", date(2026, 11, 20)),
        ("en-us", "until friday", date(2026, 11, 20)),
        ("en-us", "no later than march 1 2027", date(2027, 3, 1)),
        ("en-us", "due on the 30th", date(2026, 11, 30)),
        ("en-us", "tomorrow", date(2026, 11, 19)),
        ("en-us", "by 5 pm tomorrow", date(2026, 11, 19)),
        ("en-us", "by the end of november", date(2026, 11, 30)),
        ("en-us", "by march", date(2027, 3, 31)),
        ("en-us", "by the end of q1 2027", date(2027, 3, 31)),
        ("en-us", "by the end of the day", date(2026, 11, 18)),
        ("en-us", "within 30 days", date(2026, 12, 18)),
        ("en-us", "within two weeks", date(2026, 12, 2)),
        ("en-us", "next week", date(2026, 11, 29)),
        ("en-us", "for the rest of the year", date(2026, 12, 31)),
        ("en-us", "from monday to the end of january", date(2027, 1, 31)),
        ("en-us", "2026-12-31", date(2026, 12, 31)),
        ("en-us", "last week", None),
        ("en-us", "since monday", None),
        ("en-us", "right now", None),
        ("en-us", "last friday", None),
        ("de-de", "bis Jahresende", date(2026, 12, 31)),
        ("de-de", "bis zum Ende des Monats", date(2026, 11, 30)),
        ("de-de", "bis Freitag", date(2026, 11, 20)),
        ("de-de", "bis zum 15. Dezember", date(2026, 12, 15)),
        ("de-de", "spätestens am fünfzehnten Dezember", date(2026, 12, 15)),
        ("de-de", "Ende des nächsten Quartals", date(2027, 3, 31)),
        ("de-de", "bis Ende März", date(2027, 3, 31)),
        ("de-de", "innerhalb von zwei Wochen", date(2026, 12, 2)),
    ],
)
def test_a_deadline_is_a_day_to_come(lang: str, words: str, due: date | None) -> None:
    assert _due(lang, words) == due


@pytest.mark.parametrize("words", ["by friday", "by the end of the month", "by december 15th"])
def test_a_deadline_is_never_over_and_less_than_a_year_and_a_day_off(words: str) -> None:
    for now in MOMENTS:
        due = _due("en-us", words, now)
        assert due is not None
        assert timedelta(0) <= due - now.date() <= timedelta(days=366)
