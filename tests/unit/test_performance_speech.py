"""How performance is spoken of: short, without jargon, and never surer than the numbers are."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enms_core.domain.answer import Answer
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.speech.performance_words import (
    as_rough_as,
    load_words,
    percent_words,
    roughly,
    running_words,
    several_uses,
    since_words,
    worth_words,
)
from enms_core.language.speech.speaker import Speaker
from enms_core.language.speech.voice import Voice
from tests.unit.answers import CASES
from tests.unit.answers.common import BERLIN, CATALOGUE, PERIOD
from tests.unit.performances import (
    CONVEYOR,
    HVAC,
    LEAK_DAY,
    PUMP,
    STEAM,
    analysis,
    cause,
    euros,
    finding,
    part,
)
from tests.unit.test_say import check_speakable
from tests.unit.trained_models import BOILER, COMPRESSOR

FILES = {lang: load_language(lang) for lang in ("en-us", "de-de")}
VOICES = {lang: Voice(files, CATALOGUE) for lang, files in FILES.items()}
SPEAKERS = {lang: Speaker(LanguageModel(files), CATALOGUE) for lang, files in FILES.items()}
ENGLISH, GERMAN = VOICES["en-us"], VOICES["de-de"]
JARGON = re.compile(r"\b(?:CUSUM|residual\w*|regression|p.value|sigma|SEU|EnPI|nan|inf)\b", re.I)
OURS = ("performance:", "performance_several:", "root_cause:", "recommendations:", "opportunities:")
MOST_WORDS = 90
# What a person asked to hear whole, what pays off beside another thing to do, and a warning.
LONGER = {
    "opportunities: several, in full",
    "recommendations: two things, the first pays off",
    "recommendations: a leak by a weak baseline",
}


def said(answer: Answer, lang: str = "en-us", variant: int = 0) -> str:
    return SPEAKERS[lang].text(SPEAKERS[lang].say(answer), variant)


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "other", "told"),
    [
        (1.734, 1.734, 1.7),
        (287.0, 287.0, 290.0),
        (-1.75, -1.75, -1.8),
        (0.0, 12.0, 0.0),
        (41.0, 290.0, 40.0),
        (4.13, 290.0, 4.1),
        (41.0, 0.0, 41.0),
    ],
)
def test_an_estimate_is_told_with_two_digits(value: float, other: float, told: float) -> None:
    assert as_rough_as(value, other) == pytest.approx(told)
    assert roughly(value) == as_rough_as(value, value)


@pytest.mark.parametrize(
    ("percent", "told"),
    [(8.41, "eight percent"), (-8.5, "nine percent"), (0.94, "zero point nine percent")],
)
def test_a_deviation_is_told_in_whole_percents(percent: float, told: str) -> None:
    assert percent_words(percent, ENGLISH) == told


@pytest.mark.parametrize(
    ("unit", "told"), [("kWh", "twelve kilowatts"), ("m³", "twelve cubic meters per hour")]
)
def test_a_load_is_a_power_where_the_unit_is_one_of_energy(unit: str, told: str) -> None:
    assert load_words(-12.04, unit, ENGLISH) == told


@pytest.mark.parametrize(
    ("since", "english", "german"),
    [
        (LEAK_DAY, "since the third of November", "seit dem dritten November"),
        (
            datetime(2025, 11, 3, tzinfo=BERLIN),
            "since the third of November twenty twenty-five",
            "seit dem dritten November zweitausendfünfundzwanzig",
        ),
        (None, "for as long as I can see", "in allen Messwerten"),
    ],
)
def test_the_day_of_a_change_is_told(since: datetime | None, english: str, german: str) -> None:
    assert since_words(since, COMPRESSOR, PERIOD.end, ENGLISH) == english
    assert since_words(since, COMPRESSOR, PERIOD.end, GERMAN) == german


def test_the_day_of_a_change_is_that_of_the_factory() -> None:
    """At midnight in Berlin it is still the day before in universal time."""
    midnight = datetime.fromisoformat("2026-11-02T23:00:00+00:00")

    assert since_words(midnight, COMPRESSOR, PERIOD.end, ENGLISH) == "since the third of November"


@pytest.mark.parametrize(
    ("minutes", "english", "german"),
    [
        (0.5, "today after less than one minute", "heute nach weniger als einer Minute"),
        (1, "today after one minute", "heute nach einer Minute"),
        (30, "today after thirty minutes", "heute nach dreißig Minuten"),
        (60, "today after one hour", "heute nach einer Stunde"),
        (420, "today after seven hours", "heute nach sieben Stunden"),
        (3 * 1_440, "today after three days", "heute nach drei Tagen"),
    ],
)
def test_a_running_period_tells_how_long_it_has_been(
    minutes: float, english: str, german: str
) -> None:
    period = Period(PERIOD.start, PERIOD.start + timedelta(minutes=minutes))

    assert running_words(period, "today", ENGLISH) == english
    assert running_words(period, "heute", GERMAN) == german


def test_uses_of_one_source_are_told_together() -> None:
    uses = (COMPRESSOR, BOILER, HVAC)

    told = several_uses(uses, ENGLISH)

    assert told == "electricity of compressor one and HVAC main and natural gas of boiler one"


def test_many_uses_are_counted_unless_all_are_wanted() -> None:
    uses = (COMPRESSOR, HVAC, PUMP, CONVEYOR)

    short, whole = several_uses(uses, ENGLISH), several_uses(uses, ENGLISH, whole=True)

    assert short == "electricity of compressor one, HVAC main, hydraulic pump one and one more"
    assert whole == "electricity of compressor one, HVAC main, hydraulic pump one and conveyor A"


def test_worth_without_money_or_emissions_is_nothing_to_say() -> None:
    assert worth_words((), None, ENGLISH) is None
    assert worth_words(euros("0"), 0.0, ENGLISH) is None


# --- answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith(OURS)])
@pytest.mark.parametrize("lang", SPEAKERS)
def test_an_answer_is_short_and_has_no_jargon(name: str, lang: str) -> None:
    for variant in range(2):
        speech = said(CASES[name].answer, lang, variant)
        assert not JARGON.search(speech)
        assert len(speech.split()) <= MOST_WORDS or name in LONGER, speech


@pytest.mark.parametrize("confidence", [0.95, 0.7, 0.3])
def test_a_suspicion_is_told_as_sure_as_it_is(confidence: float) -> None:
    shown = part(cause=cause(finding(confidence=confidence)))

    speech = said(analysis(shown, asks_why=True))

    assert ("clearly points" in speech) == (confidence >= 0.9)
    assert ("may point" in speech) == (confidence < 0.6)
    assert "not sure" not in speech or confidence < 0.6


def test_why_repeats_no_amount_that_was_said() -> None:
    shown = part(cause=cause(finding()))

    first, why = said(analysis(shown)), said(analysis(shown, asks_why=True))

    assert "one thousand and thirty kilowatt hours" in first
    assert "one thousand and thirty" not in why
    assert "normal scatter" not in why


def test_the_machines_that_stand_out_are_what_why_is_about() -> None:
    everything = CASES["performance_several: more"].answer

    assert [CATALOGUE.machine(id_).name for id_ in everything.told] == ["Compressor-1"]


def test_a_source_with_one_seu_is_not_told_a_second_time() -> None:
    speech = said(CASES["performance_several: a machine with several sources"].answer)

    assert "stands out" not in speech


def test_a_doubtful_baseline_makes_no_pattern() -> None:
    shown = replace(part(cause=cause(finding())), extent="outside")

    speech = said(analysis(shown))

    assert "leak" not in speech


AMOUNTS = st.floats(min_value=0.0, max_value=1e7)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actual=AMOUNTS, expected=st.floats(-10.0, 1e7), half=st.none() | st.floats(0.0, 1e5))
def test_whatever_the_numbers_the_significance_is_told_as_it_is(
    actual: float, expected: float, half: float | None
) -> None:
    shown = part(actual, expected, half)

    speech = said(analysis(shown))

    check_speakable(speech)
    is_significant = shown.deviation.is_significant
    assert ("normal range" in speech) == (is_significant is False)
    assert ("more than its normal scatter" in speech or "real saving" in speech) == (
        is_significant is True
    )
    assert ("is not known" in speech or "just as expected" in speech) or is_significant is not None
    check_speakable(said(analysis(shown), "de-de"))


@settings(max_examples=100, deadline=None)
@given(per_hour=st.floats(-1e4, 1e4), per_week=st.floats(-1e6, 1e6), half=st.floats(0.0, 1e6))
def test_whatever_was_found_can_be_spoken(per_hour: float, per_week: float, half: float) -> None:
    found = finding(per_hour=per_hour, per_week=per_week, half=half)
    asked: Question | None = None

    for lang in SPEAKERS:
        answer = analysis(part(of=STEAM, cause=cause(found)), asked=asked, asks_why=True)
        check_speakable(said(answer, lang))
