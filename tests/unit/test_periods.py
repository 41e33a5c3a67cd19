"""Periods as people say them, from words to exact stretches of time and back to words."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from enms_core.domain.errors import EmptyPeriod, ImpossiblePeriod
from enms_core.domain.period import (
    Kind,
    Period,
    PeriodPhrase,
    SeveralPeriods,
    ahead_of_now,
    is_future,
    looks_ahead,
    resolve,
    resolve_all,
)
from enms_core.language.model import language_model
from enms_core.language.numbers import NumberReader
from enms_core.language.periods import PeriodMatch, PeriodReader
from enms_core.language.tokens import tokenize

LANG = "en-us"
READERS = {lang: language_model(lang).periods for lang in ("en-us", "de-de")}
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 14, 20, tzinfo=BERLIN)
SENTENCES = Path(__file__).parents[1] / "sentences"


def _cases(lang: str) -> list[Any]:
    text = (SENTENCES / lang / "periods.yaml").read_text(encoding="utf-8")
    return [
        pytest.param(
            lang, sentence, expected, group["now"], group["zone"], id=f"{group['now']} {sentence}"
        )
        for group in yaml.safe_load(text)
        for sentence, expected in group["sentences"].items()
    ]


def _all_said() -> tuple[str, ...]:
    return tuple(dict.fromkeys(case.values[1] for case in _cases(LANG)))


def _find(text: str, lang: str = LANG) -> list[PeriodMatch]:
    return READERS[lang].find(tokenize(text))


def _only(text: str) -> PeriodPhrase:
    (match,) = _find(text)
    return match.phrase


def _meant(phrase: PeriodPhrase, now: datetime, zone: ZoneInfo) -> list[str]:
    try:
        periods = resolve_all(phrase, now, zone)
    except EmptyPeriod:
        return ["empty"]
    except ImpossiblePeriod:
        return ["impossible"]
    return [f"{p.start:%Y-%m-%d %H:%M} to {p.end:%Y-%m-%d %H:%M}" for p in periods]


@pytest.mark.parametrize(
    ("lang", "sentence", "expected", "now", "zone"), [*_cases("en-us"), *_cases("de-de")]
)
def test_a_sentence_means_its_stretches(
    lang: str, sentence: str, expected: list[str], now: datetime | str, zone: str
) -> None:
    local = ZoneInfo(zone)
    instant = datetime.fromisoformat(str(now)).replace(tzinfo=local)

    meant = [
        said for match in _find(sentence, lang) for said in _meant(match.phrase, instant, local)
    ]

    assert meant == expected


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("how much did boiler one use in the last seven days please", "in the last seven days"),
        ("train a baseline for the whole of 2024 please", "for the whole of 2024"),
        ("what about yesterday", "yesterday"),
        ("show yesterday's consumption", "yesterday"),
        ("what happened on the 14th of March?", "on the 14th of March"),
        ("energy of boiler one", None),
    ],
)
def test_a_match_covers_the_prepositions_and_nothing_else(sentence: str, span: str | None) -> None:
    tokens = tokenize(sentence)
    matches = READERS[LANG].find(tokens)

    covered = [sentence[tokens[m.first_token].start : tokens[m.end_token - 1].end] for m in matches]

    assert covered == ([] if span is None else [span])


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("yesterday", "past"),
        ("this week", "past"),
        ("right now", "now"),
        ("tomorrow morning", "future"),
        ("next 7 days", "future"),
        ("next friday", "future"),
        ("the rest of the day", "future"),
        ("from tomorrow to friday", "future"),
        ("until friday", "future"),
        ("from monday to wednesday", "past"),
    ],
)
def test_the_wording_has_a_tense(sentence: str, tense: str) -> None:
    assert _find(sentence)[0].tense == tense


def test_a_question_about_the_future_turns_a_weekday_round() -> None:
    monday = _only("on monday")

    coming = resolve(ahead_of_now(monday), NOW, BERLIN)

    assert coming.start == datetime(2026, 11, 23, tzinfo=BERLIN)
    assert is_future(ahead_of_now(monday), NOW, BERLIN)
    assert not is_future(monday, NOW, BERLIN)


def test_the_same_phrase_is_another_day_in_another_zone() -> None:
    chicago = ZoneInfo("America/Chicago")
    early = datetime(2026, 11, 18, 3, 0, tzinfo=BERLIN)  # 20:00 on the 17th in Chicago
    phrase = _only("today")

    assert resolve(phrase, early, BERLIN).start.day == 18
    assert resolve(phrase, early, chicago).start.day == 17
    assert resolve(phrase, early, BERLIN).end == resolve(phrase, early, chicago).end


@pytest.mark.parametrize(
    ("said", "now", "hours"),
    [
        ("yesterday", datetime(2026, 3, 30, 10), 23.0),
        ("yesterday", datetime(2026, 10, 26, 10), 25.0),
        ("last night", datetime(2026, 3, 29, 10), 7.0),
        ("last night", datetime(2026, 10, 25, 10), 9.0),
        ("last 24 hours", datetime(2026, 10, 25, 10), 24.0),
        ("past day", datetime(2026, 10, 25, 10), 25.0),
        ("between 2 am and 3 am yesterday", datetime(2026, 10, 26, 10), 2.0),
    ],
)
def test_clock_changes_lengthen_and_shorten_what_people_call_a_day(
    said: str, now: datetime, hours: float
) -> None:
    assert resolve(_only(said), now.replace(tzinfo=BERLIN), BERLIN).hours == hours


def test_now_in_the_repeated_hour_stays_the_instant_it_is() -> None:
    second_pass = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)

    today = resolve(_only("today"), second_pass, BERLIN)
    hour = resolve(_only("this hour"), second_pass, BERLIN)

    assert today.end.astimezone(timezone.utc) == second_pass.astimezone(timezone.utc)
    assert today.hours == 3.5
    assert hour.hours == 0.5


def test_the_week_starts_where_the_setting_says() -> None:
    sunday_weeks = resolve(_only("this week"), NOW, BERLIN, week_start=6)

    assert sunday_weeks.start == datetime(2026, 11, 15, tzinfo=BERLIN)
    weekend = resolve(_only("last weekend"), NOW, BERLIN, week_start=6)
    assert (weekend.start.day, weekend.end.day) == (14, 16)


def test_finding_periods_takes_a_fraction_of_a_millisecond() -> None:
    tokens = tokenize("how much energy did compressor one use from monday to wednesday last week")

    started = time.perf_counter()
    for _ in range(50):
        READERS[LANG].find(tokens)

    assert (time.perf_counter() - started) / 50 < 0.003  # twenty times what it takes on two cores


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    _find(text)


VOCABULARY = sorted({word for said in _all_said() for word in said.split()})
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(VOCABULARY), max_size=12), MOMENTS)
def test_whatever_is_understood_is_half_open_and_ends_by_now_unless_it_is_future(
    said: list[str], wall: datetime
) -> None:
    now = wall.replace(tzinfo=BERLIN)
    for match in _find(" ".join(said)):
        try:
            periods = resolve_all(match.phrase, now, BERLIN)
        except ImpossiblePeriod:
            continue
        for period in periods:
            assert period.hours > 0
            assert period.start.tzinfo is BERLIN
            if not looks_ahead(match.phrase) and not is_future(match.phrase, now, BERLIN):
                assert period.end.timestamp() <= now.timestamp()


@pytest.mark.parametrize("said", _all_said())
def test_a_phrase_survives_json(said: str) -> None:
    adapter = TypeAdapter(PeriodPhrase)
    for match in _find(said):
        assert adapter.validate_json(adapter.dump_json(match.phrase)) == match.phrase


def test_every_kind_of_phrase_is_among_the_sentences() -> None:
    kinds = {match.phrase.kind for said in _all_said() for match in _find(said)}

    assert kinds == set(get_args(Kind))


def test_long_hostile_text_is_read_quickly() -> None:
    hostile = "from monday to the last " * 4_000

    started = time.perf_counter()
    _find(hostile)

    assert time.perf_counter() - started < timedelta(seconds=2).total_seconds()


def test_daily_hours_are_several_periods_and_never_one() -> None:
    phrase = _only("between 8 and 6 for the last three days")

    with pytest.raises(SeveralPeriods):
        resolve(phrase, NOW, BERLIN)

    assert [period.start.day for period in resolve_all(phrase, NOW, BERLIN)] == [16, 17, 18]


def test_daily_hours_of_next_week_are_all_in_the_future() -> None:
    phrase = _only("between 8 and 10 am next week")

    assert len(resolve_all(phrase, NOW, BERLIN)) == 7
    assert is_future(phrase, NOW, BERLIN)


def test_daily_hours_of_a_thousand_years_are_refused() -> None:
    with pytest.raises(ImpossiblePeriod):
        resolve_all(_only("between 8 and 10 am for the last 1000 years"), NOW, BERLIN)


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        resolve(_only("today"), datetime(2026, 11, 18), BERLIN)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 1, 1), datetime(2026, 1, 2)),
        (NOW, NOW),
        (NOW, NOW - timedelta(hours=1)),
        # 02:30 in the first pass of the repeated hour is not after 02:10 in the second
        (
            datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1),
            datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0),
        ),
    ],
)
def test_a_period_is_aware_and_ends_after_its_start(start: datetime, end: datetime) -> None:
    with pytest.raises(ValueError, match="period"):
        Period(start, end)


GERMAN_WORDS: dict[str, tuple[str, ...]] = {
    "period_yesterday": ("gestern",),
    "period_last": ("letzte", "letzten", "letzter", "letztes"),
    "period_ago": ("vor",),
    "period_since": ("seit",),
    "period_from": ("von", "vom"),
    "period_to": ("bis", "bis zum"),
    "period_between": ("zwischen",),
    "period_and": ("und",),
    "period_preposition": ("in", "im", "am"),
    "period_article": ("den", "die", "der"),
    "period_of": ("des", "der"),
    "daypart_night_shift": ("Nachtschicht",),
    "month_march": ("M\u00e4rz",),
    "month_october": ("Oktober",),
    "weekday_monday": ("Montag",),
    "weekday_wednesday": ("Mittwoch",),
    "unit_day": ("Tag", "Tage", "Tagen"),
    "unit_week": ("Woche",),
    "unit_year": ("Jahr", "Jahres"),
}


@pytest.mark.parametrize(
    ("sentence", "english"),
    [
        ("letzte Woche", "last week"),
        ("in den letzten sieben Tagen", "in the last seven days"),
        ("vor drei Tagen", "three days ago"),
        ("am vierzehnten M\u00e4rz", "on the 14th of march"),
        ("im Oktober letzten Jahres", "october last year"),
        ("seit Montag", "since monday"),
        ("von Montag bis Mittwoch", "from monday to wednesday"),
        ("gestern zwischen acht und zehn", "yesterday between eight and ten"),
        ("in der Nachtschicht", "night shift"),
    ],
)
def test_another_language_needs_word_lists_only(sentence: str, english: str) -> None:
    german = PeriodReader(GERMAN_WORDS, NumberReader("de-de", ordinal_endings=("n", "r", "s")))

    (match,) = german.find(tokenize(sentence))

    assert match.phrase == _only(english)
