"""Instants in the words of the assistant."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.catalogue import Catalogue
from enms_core.language.clock import moment_words, past_words, time_words
from enms_core.language.files import load_language
from enms_core.language.speech.voice import Voice

VOICE = Voice(load_language("en-us"), Catalogue())
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, 7, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-18T02:15", "at two fifteen a m"),
        ("2026-11-18T00:00", "at midnight"),
        ("2026-11-18T10:05:59", "at ten zero five a m"),
        ("2026-11-17T14:15", "yesterday at two fifteen p m"),
        ("2026-11-17T12:00", "yesterday at noon"),
        ("2026-11-03T09:00", "on Tuesday the third of November at nine a m"),
        ("2026-01-01T23:45", "on Thursday the first of January at eleven forty-five p m"),
        ("2025-12-31T23:45", "on Wednesday the thirty-first of December twenty twenty-five"
                             " at eleven forty-five p m"),
        ("2026-11-19T08:00", "on Thursday the nineteenth of November at eight a m"),
    ],
)  # fmt: skip
def test_a_moment_is_said_with_its_day_where_that_is_not_today(moment: str, said: str) -> None:
    assert moment_words(VOICE, datetime.fromisoformat(moment).replace(tzinfo=BERLIN), NOW) == said


def test_yesterday_is_that_of_the_moments_own_zone() -> None:
    """At one in the morning in Berlin it is still the evening before in Chicago."""
    now = datetime(2026, 11, 18, 1, tzinfo=BERLIN)
    chicago = ZoneInfo("America/Chicago")

    assert moment_words(VOICE, datetime(2026, 11, 17, 9, tzinfo=chicago), now) == "at nine a m"
    assert moment_words(VOICE, datetime(2026, 11, 17, 9, tzinfo=BERLIN), now) == (
        "yesterday at nine a m"
    )


def test_a_time_of_day_needs_no_day() -> None:
    assert time_words(VOICE, datetime(2024, 2, 29, 16, 30, tzinfo=BERLIN)) == "at four thirty p m"


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(minutes=16), "sixteen minutes ago"),
        (timedelta(hours=2), "two hours ago"),
        (timedelta(hours=23, minutes=59), "twenty four hours ago"),
        (timedelta(hours=24), "yesterday at ten zero seven a m"),
        (timedelta(days=9), "on Monday the ninth of November at ten zero seven a m"),
    ],
)
def test_what_was_within_a_day_is_told_by_its_age(age: timedelta, said: str) -> None:
    assert past_words(VOICE, NOW - age, NOW) == said


def test_an_age_is_counted_as_it_passed_when_the_clocks_change() -> None:
    """From half past one to half past three in the night that loses an hour it is one hour."""
    before, after = (datetime(2026, 3, 29, hour, 30, tzinfo=BERLIN) for hour in (1, 3))

    assert past_words(VOICE, before, after) == "one hour ago"
    assert past_words(VOICE, before.astimezone(timezone.utc), after) == "one hour ago"
