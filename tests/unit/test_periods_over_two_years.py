"""What must hold of every phrase at any moment, and that languages mean the same by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from enms_core.domain.period import (
    Period,
    PeriodPhrase,
    ahead_of_now,
    resolve_all,
    utc,
)
from enms_core.language.model import language_model
from enms_core.language.period_speech import period_words
from enms_core.language.render import filled
from enms_core.language.tokens import tokenize
from tests.unit.period_meanings import (
    BERLIN,
    LANGUAGES,
    MOMENTS,
    Meaning,
    all_meanings,
    meant,
    phrase_of,
    read_meanings,
)

# How many days a whole calendar unit can have.
DAYS = {
    "day": {1},
    "week": {7},
    "month": {28, 29, 30, 31},
    "quarter": {90, 91, 92},
    "half": {181, 182, 184},
    "year": {365, 366},
}
MEANINGS = all_meanings()
IDS = [f"{each.kind} {each.name}" for each in MEANINGS]


def _is_midnight(moment: datetime) -> bool:
    return moment.time() == time.min


def _is_whole(period: Period, now: datetime, days: set[int]) -> bool:
    """Whole days between midnights; one that runs ends now."""
    if not _is_midnight(period.start):
        return False
    if utc(period.end) == utc(now):
        return (now.date() - period.start.date()).days < max(days)
    length = (period.end.replace(tzinfo=None) - period.start.replace(tzinfo=None)).days
    return _is_midnight(period.end) and length in days


def _is_elapsed(period: Period, now: datetime, hours: float) -> bool:
    return utc(period.end) == utc(now) and utc(period.start) == utc(now) - timedelta(hours=hours)


def _is_at(period: Period, now: datetime, start: str, end: str) -> bool:
    stop = f"{period.end:%H:%M}"
    is_running = utc(period.end) == utc(now)
    return f"{period.start:%H:%M}" == start and (stop == end or is_running)


def _is_past(period: Period, now: datetime) -> bool:
    return utc(period.start) < utc(period.end) <= utc(now)


def _is_until_now(period: Period, now: datetime) -> bool:
    return _is_past(period, now) and utc(period.end) == utc(now)


CHECKS: dict[str, Callable[[Period, datetime], bool]] = {
    "from midnight to now": lambda p, now: _is_midnight(p.start) and _is_until_now(p, now),
    "rolling": lambda p, now: _is_until_now(p, now) and _has_times_alike(p),
    "since": _is_until_now,
    "days together": lambda p, now: _is_past(p, now) and p.hours <= 25,
    "over": _is_past,
    "ahead": lambda p, now: utc(now) < utc(p.start) < utc(p.end),
    "from now on": lambda p, now: utc(now) == utc(p.start) < utc(p.end),
}


def _has_times_alike(period: Period) -> bool:
    """Days and months back from now begin at its time of day, but for what a change skips."""
    gap = timedelta(hours=abs(period.start.hour - period.end.hour) % 23)
    return period.start.minute == period.end.minute and gap <= timedelta(hours=1)


def _holds(kind: str, period: Period, now: datetime) -> bool:
    name, *details = kind.split()
    if kind in CHECKS:
        return CHECKS[kind](period, now)
    if name == "elapsed":
        return _is_elapsed(period, now, float(details[0]))
    if name == "wall":
        is_begun = utc(period.start) < utc(now)
        return _is_at(period, now, *details) and (not is_begun or _is_past(period, now))
    days = {int(details[0])} if name == "days" else DAYS[name]
    return _is_past(period, now) and _is_whole(period, now, days)


def test_all_languages_say_the_same_meanings() -> None:
    said = {lang: set(read_meanings(lang)) for lang in LANGUAGES}

    assert len(LANGUAGES) >= 2
    assert all(keys == said[LANGUAGES[0]] for keys in said.values())


def test_the_moments_are_four_hundred_and_meet_both_passes_of_a_repeated_hour() -> None:
    repeated = {(now.day, now.hour, now.fold) for now in MOMENTS if now.month == 10}

    assert len(set(map(utc, MOMENTS))) == 400
    assert {(25, 2, 0), (25, 2, 1), (31, 2, 0), (31, 2, 1)} <= repeated


@pytest.mark.parametrize("meaning", MEANINGS, ids=IDS)
def test_a_meaning_holds_at_any_time_and_in_every_language(meaning: Meaning) -> None:
    phrases = list(dict.fromkeys(phrase_of(*said) for said in meaning.said))
    for now in MOMENTS:
        periods = meant(phrases[0], now)
        if isinstance(periods, str):
            assert periods == meaning.kind, now
        else:
            assert all(_holds(meaning.kind, period, now) for period in periods), (now, periods)
        assert all(meant(phrase, now) == periods for phrase in phrases[1:]), now


@pytest.mark.parametrize("meaning", MEANINGS, ids=IDS)
def test_the_wording_tells_past_from_future(meaning: Meaning) -> None:
    is_ahead = meaning.kind in ("ahead", "from now on")
    for lang, words in meaning.said:
        (match,) = language_model(lang).periods.find(tokenize(words))

        assert (match.tense == "future") is is_ahead, words


def _spoken(lang: str, phrase: PeriodPhrase, periods: tuple[Period, ...]) -> str:
    """As an answer says it."""
    files = language_model(lang).files
    whole = Period(periods[0].start, periods[-1].end)
    dialog, slots = period_words(phrase, whole, lang, files.vocabulary)
    return filled(files.dialogs[dialog][0], slots)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("meaning", MEANINGS, ids=IDS)
def test_what_we_say_of_a_period_is_the_same_period_when_we_hear_it(
    meaning: Meaning, lang: str
) -> None:
    phrase = phrase_of(*next(said for said in meaning.said if said[0] == lang))
    for now in MOMENTS[::16]:
        periods = meant(phrase, now)
        if isinstance(periods, str):
            continue
        spoken = _spoken(lang, phrase, periods)
        heard = phrase_of(lang, spoken)
        if utc(periods[0].start) > utc(now):
            heard = ahead_of_now(heard)  # as in a question about the future
        assert _same(resolve_all(heard, now, BERLIN), periods), (now, spoken)


def _same(heard: tuple[Period, ...], meant: tuple[Period, ...]) -> bool:
    """Alike to the minute: seconds are not spoken."""
    return len(heard) == len(meant) and all(
        abs(utc(one.start) - utc(other.start)) < timedelta(minutes=1)
        and abs(utc(one.end) - utc(other.end)) < timedelta(minutes=1)
        for one, other in zip(heard, meant, strict=True)
    )
