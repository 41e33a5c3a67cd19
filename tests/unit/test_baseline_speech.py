"""How baselines are spoken of: numbers that keep their meaning, no jargon whatever the model."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enms_core.domain.answer import Answer
from enms_core.domain.baseline import (
    Baseline,
    Equation,
    Model,
    ModelWarning,
    RuleBroken,
    Sampling,
    Term,
    Verdict,
)
from enms_core.domain.baseline_answers import (
    BaselineExplanation,
    BaselineList,
    BaselinesOfSeu,
    Influence,
    Trained,
)
from enms_core.domain.baseline_prediction import Prediction
from enms_core.domain.period import Period
from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.speech.baseline_formula import say_formula
from enms_core.language.speech.baseline_scale import Scale
from enms_core.language.speech.baseline_words import (
    condition_words,
    samples_words,
    share_words,
    training_period,
    version_words,
)
from enms_core.language.speech.speaker import Speaker
from enms_core.language.speech.voice import Voice
from tests.unit.answers.baseline_train import ASKED
from tests.unit.answers.common import BERLIN, CATALOGUE
from tests.unit.test_say import check_speakable
from tests.unit.trained_models import (
    COMPRESSOR,
    PRODUCTION,
    TEMPERATURE,
    YEAR_2024,
    baseline,
    driver_statistics,
    statistics,
)

FILES = {lang: load_language(lang) for lang in ("en-us", "de-de")}
VOICES = {lang: Voice(files, CATALOGUE) for lang, files in FILES.items()}
SPEAKERS = {lang: Speaker(LanguageModel(files), CATALOGUE) for lang, files in FILES.items()}
ENGLISH, GERMAN = VOICES["en-us"], VOICES["de-de"]
JARGON = re.compile(
    r"R²|\b(?:R squared|CV|RMSE|VIF|p.values?|p.Werte?|[ck]ollinear\w*|nan)\b", re.I
)

# --- the equation -------------------------------------------------------------------------------


def formula(voice: Voice, intercept: float, *terms: Term) -> str:
    said = say_formula(COMPRESSOR, Equation("hour", intercept, terms), voice)
    return said[0][1]["formula"]


@pytest.mark.parametrize(
    ("coefficient", "said"),
    [
        (0.0071, "two plus zero point zero zero seven one times production count"),
        (0.007149, "two plus zero point zero zero seven one five times production count"),
        (-0.0071, "two minus zero point zero zero seven one times production count"),
        (1.0, "two plus production count"),
        (-1.0, "two minus production count"),
        (0.9999, "two plus production count"),
        (1_234.5, "two plus one thousand two hundred and thirty times production count"),
        (
            0.00071,
            "two plus zero point seven one times production count divided by one thousand",
        ),
        (
            -4.2e-7,
            "two minus zero point four two times production count divided by one million",
        ),
        (3e-30, "two plus zero times production count"),
    ],
)
def test_a_coefficient_keeps_its_meaning(coefficient: float, said: str) -> None:
    assert formula(ENGLISH, 2.0, Term(PRODUCTION, coefficient)) == said


def test_an_equation_without_an_intercept_begins_with_its_first_driver() -> None:
    terms = (Term(PRODUCTION, -0.5), Term(TEMPERATURE, 2.0))

    assert formula(ENGLISH, 0.0, *terms) == (
        "minus zero point five times production count plus two times outdoor temperature"
    )
    assert formula(GERMAN, 0.0, *terms) == (
        "minus null Komma fünf mal Produktionsmenge plus zwei mal Außentemperatur"
    )


def test_an_intercept_below_zero_is_said_as_minus() -> None:
    assert formula(ENGLISH, -12.0, Term(PRODUCTION, 2.0)) == (
        "minus twelve plus two times production count"
    )


def test_a_driver_that_no_language_knows_is_said_by_its_name() -> None:
    assert (
        formula(ENGLISH, 3.0, Term("rotor_speed_2", 2.0)) == "three plus two times rotor speed two"
    )


# --- shares, amounts, times ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "english", "german"),
    [
        (-3.0, "zero percent", "null Prozent"),
        (0.0, "zero percent", "null Prozent"),
        (0.04, "less than zero point one percent", "weniger als null Komma eins Prozent"),
        (0.46, "zero point five percent", "null Komma fünf Prozent"),
        (1.2, "one percent", "ein Prozent"),
        (6.5, "seven percent", "sieben Prozent"),
        (86.7, "eighty seven percent", "siebenundachtzig Prozent"),
        (99.4, "ninety nine percent", "neunundneunzig Prozent"),
        (99.6, "more than ninety nine percent", "mehr als neunundneunzig Prozent"),
        (100.0, "one hundred percent", "einhundert Prozent"),
    ],
)
def test_a_share_that_is_not_all_never_sounds_like_all(
    percent: float, english: str, german: str
) -> None:
    assert share_words(percent, ENGLISH) == english
    assert share_words(percent, GERMAN) == german


@pytest.mark.parametrize(
    ("count", "english", "german"),
    [
        (1, "one hour", "eine Stunde"),
        (2, "two hours", "zwei Stunden"),
        (999, "nine hundred and ninety nine hours", "neunhundertneunundneunzig Stunden"),
        (8_612, "eight thousand six hundred and ten hours", "achttausendsechshundertzehn Stunden"),
    ],
)
def test_hours_are_counted_with_their_plural(count: int, english: str, german: str) -> None:
    assert samples_words(count, "hour", ENGLISH) == english
    assert samples_words(count, "hour", GERMAN) == german


@pytest.mark.parametrize(
    ("value", "beside", "said"),
    [
        (3.161, 44.17, "3.2"),
        (3.161, 948.0, "3"),
        (0.2, 948.0, "0.2"),
        (61.7, 12_345.0, "100"),
        (1e20, 1e-9, "100000000000000000000"),
        (3.161, 0.0, "3.16"),
    ],
)
def test_a_margin_is_no_finer_than_what_it_belongs_to(
    value: float, beside: float, said: str
) -> None:
    assert f"{Scale('kWh', 1.0).as_fine_as(value, beside):f}" == said


@pytest.mark.parametrize(
    ("driver", "value", "english", "german"),
    [
        (PRODUCTION, 1.0, "production count at one unit", "Produktionsmenge ein Stück"),
        (TEMPERATURE, -1.5, "outdoor temperature at minus one point five degrees", None),
        ("gas_pressure_bar", 7.0, "gas pressure at seven bar", "Gasdruck sieben Bar"),
        ("heating_degree_days", 6.0, "heating degree days at six", "Heizgradtage sechs"),
        ("rotor_speed", 1.0, "rotor speed at one", None),
    ],
)
def test_a_condition_has_its_unit(
    driver: str, value: float, english: str, german: str | None
) -> None:
    assert condition_words(driver, value, ENGLISH) == english
    assert german is None or condition_words(driver, value, GERMAN) == german


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ((2024, 1, 1), (2025, 1, 1), "in twenty twenty-four"),
        ((2024, 1, 1), (2026, 1, 1), "from twenty twenty-four to twenty twenty-five"),
        ((2024, 2, 1), (2024, 3, 1), "in February twenty twenty-four"),
        ((2024, 2, 1), (2024, 4, 1), "from February to March twenty twenty-four"),
        (
            (2024, 2, 1),
            (2025, 2, 1),
            "from February twenty twenty-four to January twenty twenty-five",
        ),
        (
            (2024, 2, 2),
            (2024, 4, 1),
            "from the second of February to the thirty-first of March twenty twenty-four",
        ),
        ((2024, 2, 2), (2024, 2, 3), "on Friday, the second of February twenty twenty-four"),
    ],
)
def test_a_period_of_training_is_told_by_its_dates(
    start: tuple[int, int, int], end: tuple[int, int, int], said: str
) -> None:
    period = Period(datetime(*start, tzinfo=BERLIN), datetime(*end, tzinfo=BERLIN))

    assert training_period(COMPRESSOR, period, ENGLISH) == said


def test_the_version_of_another_program_has_no_number() -> None:
    assert version_words(0, ENGLISH) == "the version of another program"
    assert version_words(12, GERMAN) == "Version zwölf"


# --- whatever the model -------------------------------------------------------------------------

KNOWN = sorted(FILES["en-us"].values["drivers"])
NAMES = st.one_of(
    st.sampled_from(KNOWN),
    st.from_regex(r"[a-z]{2,8}(_[a-z]{1,6}){0,2}(_[0-9]{1,3})?", fullmatch=True),
)
FLOATS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)
KINDS = st.sampled_from(("value", "heating", "cooling"))
TERMS = st.lists(
    st.builds(
        lambda driver, coefficient, kind, base: Term(
            driver, coefficient, kind, None if kind == "value" else base
        ),
        NAMES,
        FLOATS,
        KINDS,
        st.floats(-30, 40),
    ),
    max_size=4,
    unique_by=lambda term: term.driver,
)
REASONS = st.sampled_from(("not_running", "stopped", "incomplete", "backfill", "driver_missing"))
OF_DRIVERS = ("driver_p_value", "driver_range")


@st.composite
def verdicts(draw: st.DrawFn, drivers: tuple[str, ...]) -> Verdict:
    rules = draw(
        st.lists(
            st.sampled_from(
                ("f_test", "driver_p_value", "one_driver_p_value", "r2", "driver_range")
            ),
            unique=True,
        )
    )
    kinds = (
        "negative_coefficient",
        "negative_intercept",
        "no_production_driver",
        "collinear",
        "few_samples",
        "base_at_edge",
    )
    warnings = draw(st.lists(st.sampled_from(kinds), unique=True))
    one = drivers[0] if drivers else None
    return Verdict(
        tuple(RuleBroken(rule, driver=one if rule in OF_DRIVERS else None) for rule in rules),
        tuple(ModelWarning(kind, one) for kind in warnings if drivers or kind == "few_samples"),
    )


@st.composite
def baselines(draw: st.DrawFn) -> Baseline:
    terms = tuple(draw(TERMS))
    drivers = tuple(term.driver for term in terms)
    figures = replace(
        statistics(draw(st.floats(0, 1)), draw(st.integers(0, 20_000))),
        cvrmse_percent=draw(st.floats(0, 1e6)),
        out_of_time_cvrmse_percent=draw(st.none() | st.floats(0, 1e6)),
    )
    left_out = draw(st.dictionaries(REASONS, st.integers(0, 9_000)))
    made = Model(
        Equation(draw(st.sampled_from(("hour", "day"))), draw(FLOATS), terms),
        figures,
        tuple(driver_statistics(name, -draw(st.floats(0, 1e6)), 5.0) for name in drivers),
        verdict=draw(verdicts(drivers)),
        sampling=Sampling(9_000, figures.samples, left_out),
    )
    return baseline(draw(st.integers(0, 500)), made, is_active=draw(st.booleans()))


def check_plain(answer: Answer, drivers: tuple[str, ...]) -> None:
    """In both languages and all phrasings: no digit, no jargon, no name as it is stored."""
    for speaker in SPEAKERS.values():
        dialogs = speaker.say(answer)
        for variant in range(2):
            speech = speaker.text(dialogs, variant)
            check_speakable(speech)
            assert not JARGON.search(speech), speech
            assert not [name for name in drivers if "_" in name and name in speech], speech


def relaxed(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )


@relaxed(120)
@given(baselines(), st.none() | st.integers(0, 400))
def test_a_trained_model_is_told_in_plain_words(made: Baseline, active: int | None) -> None:
    drivers = made.model.equation.drivers
    answer = Trained(
        question=ASKED,
        period=YEAR_2024,
        of=COMPRESSOR,
        baseline=made,
        active_version=made.version if made.is_active else active,
        insignificant=drivers[1:],
    )

    check_plain(answer, drivers)


@relaxed(80)
@given(baselines(), st.booleans(), st.booleans())
def test_an_explained_model_is_told_in_plain_words(
    made: Baseline, in_full: bool, has_statistics: bool
) -> None:
    if not has_statistics:
        made = replace(made, model=Model(made.model.equation), period=None, created_at=None)
    terms = made.model.equation.terms
    share = 1 / len(terms) if terms and has_statistics else None
    answer = BaselineExplanation(
        question=replace(ASKED, in_full=in_full),
        of=COMPRESSOR,
        baseline=made,
        influences=tuple(Influence(term.driver, share, term.coefficient) for term in terms),
    )

    check_plain(answer, made.model.equation.drivers)


@relaxed(80)
@given(baselines(), FLOATS, st.floats(0, 1e12), st.none() | FLOATS, st.floats(0, 30))
def test_a_prediction_is_told_in_plain_words(
    made: Baseline, expected: float, half: float, actual: float | None, hours: float
) -> None:
    drivers = made.model.equation.drivers
    over = Prediction(
        question=ASKED,
        period=YEAR_2024,
        of=COMPRESSOR,
        baseline=made,
        expected=expected,
        lower=expected - half,
        upper=expected + half,
        confidence_percent=90.0,
        extent="outside",
        outside=drivers,
        hours=hours,
        hours_missing=hours,
        actual=actual,
        is_negative=expected < 0,
    )
    conditions = dict.fromkeys(drivers, 12.5)
    at = replace(over, period=None, actual=None, conditions=conditions, assumed=drivers[1:])

    check_plain(over, drivers)
    check_plain(at, drivers)


@relaxed(40)
@given(st.lists(baselines(), min_size=1, max_size=6))
def test_a_list_is_told_in_plain_words(made: list[Baseline]) -> None:
    drivers = tuple(name for each in made for name in each.model.equation.drivers)
    trained = tuple(BaselinesOfSeu(COMPRESSOR, (each,)) for each in made)

    for in_full in (False, True):
        asked = replace(ASKED, in_full=in_full)
        check_plain(BaselineList(question=asked, trained=trained, without=()), drivers)
