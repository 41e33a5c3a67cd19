"""German: numbers with their units, verbs that agree, and whole answers."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from enms_core.language.files import LanguageFiles, load_language
from enms_core.language.model import LanguageModel
from enms_core.language.money import money_words
from enms_core.language.render import filled
from enms_core.language.speech.speaker import Speaker
from enms_core.language.words import Words
from tests.unit.answers import CASES
from tests.unit.answers.common import CATALOGUE
from tests.unit.german_answers import SAID
from tests.unit.test_say import NOT_ANSWERED, check_speakable

GERMAN, ENGLISH = load_language("de-de"), load_language("en-us")
WORDS = Words(GERMAN)
MODEL = LanguageModel(GERMAN)
BARE_ONE = re.compile(r"\beins (Prozent|Euro|Cent|Kilo|Mega|Kubik|Stück|Stunde|Tonne)")
DECIMALS = re.compile(r"\w+ Komma( [a-zäöüß]+)+")
WORD = re.compile(r"[^\W\d_]+")
SLOT = re.compile(r"\{[^}]*\}")
# Words that are both German and English.
SHARED = frozenset(
    WORD.findall("""
    also an audit bus celsius euro fair fast form gas i ideal in iso kilowatt last megawatt minus
    minute moment motor normal o online p person plan plant plus real register rest s scope so
    software stand status still training transport trend variable version warm was watt will wind
    winter
    """)
)
# The same words in many languages.
OF_PEOPLE = ("currencies", "driver_units", "units", "unit_symbols")


def words_of(files: LanguageFiles) -> set[str]:
    """Words of all that is said or shown, in lower case and without slots."""
    values = [list(own.values()) for name, own in files.values.items() if name not in OF_PEOPLE]
    lines = [line for each in (*files.dialogs.values(), *values) for line in each]
    return {word for line in lines for word in WORD.findall(SLOT.sub(" ", line).lower())}


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1.0, "kWh", "eine Kilowattstunde"),
        (0.9999, "kWh", "eine Kilowattstunde"),
        (-1.0, "kWh", "minus eine Kilowattstunde"),
        (1.0, "kW", "ein Kilowatt"),
        (1.0, "m³", "ein Kubikmeter"),
        (1.0, "t", "eine Tonne"),
        (1.0, "%", "ein Prozent"),
        (1.0, "units", "ein Stück"),
        (1.0, "t CO2e", "eine Tonne Kohlendioxid"),
        (1.4, "MWh", "eins Komma vier Megawattstunden"),
        (0.0, "kWh", "null Kilowattstunden"),
        (21.0, "kWh", "einundzwanzig Kilowattstunden"),
        (101.0, "kWh", "einhunderteins Kilowattstunden"),
        (1_200.0, "kWh", "eintausendzweihundert Kilowattstunden"),
        (12_400.0, "kWh", "zwölf Komma vier Megawattstunden"),
        (1_000_000.0, "m³", "eine Million Kubikmeter"),
        (12.5, "%", "zwölf Komma fünf Prozent"),
    ],
)
def test_an_amount_has_the_gender_and_the_plural_of_its_unit(
    value: float, unit: str, said: str
) -> None:
    assert WORDS.amount(value, unit) == said


@pytest.mark.parametrize(
    ("amount", "currency", "alone", "as_object"),
    [
        ("1", "EUR", "ein Euro", "einen Euro"),
        ("1.20", "EUR", "ein Euro zwanzig", "einen Euro zwanzig"),
        ("1.05", "EUR", "ein Euro und fünf Cent", "einen Euro und fünf Cent"),
        ("3.01", "CHF", "drei Franken und ein Rappen", "drei Franken und einen Rappen"),
        ("0.01", "EUR", "ein Cent", "einen Cent"),
        ("0.004", "EUR", "weniger als ein Cent", "weniger als einen Cent"),
        ("-1", "EUR", "minus ein Euro", "minus einen Euro"),
        ("1", "SEK", "eine Krone", "eine Krone"),
        ("1", "CAD", "ein kanadischer Dollar", "einen kanadischen Dollar"),
        ("142.3", "EUR", "einhundertzweiundvierzig Euro", "einhundertzweiundvierzig Euro"),
        ("1200", "GBP", "eintausendzweihundert Pfund", "eintausendzweihundert Pfund"),
    ],
)
def test_money_has_the_gender_and_the_case_of_its_place(
    amount: str, currency: str, alone: str, as_object: str
) -> None:
    assert money_words(WORDS, Decimal(amount), currency) == alone
    assert money_words(WORDS, Decimal(amount), currency, is_object=True) == as_object


@pytest.mark.parametrize("currency", sorted(GERMAN.values["currencies"]))
def test_no_currency_is_counted_with_the_bare_number(currency: str) -> None:
    assert re.match(r"eine? ", money_words(WORDS, Decimal(1), currency))


@pytest.mark.parametrize("unit", sorted(GERMAN.values["units"]))
def test_no_unit_is_counted_with_the_bare_number(unit: str) -> None:
    assert re.match(r"eine? [A-ZÄÖÜ]", WORDS.amount(1.0, unit))


@pytest.mark.parametrize(
    ("seconds", "long", "ago"),
    [
        (59, "weniger als eine Minute", "vor weniger als einer Minute"),
        (60, "eine Minute", "vor einer Minute"),
        (900, "fünfzehn Minuten", "vor fünfzehn Minuten"),
        (3_600, "eine Stunde", "vor einer Stunde"),
        (5_400, "eins Komma fünf Stunden", "vor eins Komma fünf Stunden"),
        (7_200, "zwei Stunden", "vor zwei Stunden"),
    ],
)
def test_a_time_that_is_past_stands_in_another_case(seconds: float, long: str, ago: str) -> None:
    assert WORDS.duration(seconds) == long
    assert WORDS.ago(seconds) == ago


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (["a", "b", "c"], "a, b und c"),
        (["a", "b", "c", "d"], "a, b, c und noch eins"),
        (list("abcdefgh"), "a, b, c und noch fünf"),
    ],
)
def test_the_rest_of_a_list_needs_no_gender(items: list[str], said: str) -> None:
    assert WORDS.listed(items) == said


def test_a_choice_is_told_with_its_own_word() -> None:
    assert WORDS.listed(["a", "b", "c"], "list_or") == "a, b oder c"


@pytest.mark.parametrize("name", SAID)
def test_an_answer_is_said_in_these_words(name: str) -> None:
    said = Speaker(MODEL, CASES[name].catalogue)

    assert said.text(said.say(CASES[name].answer)) == SAID[name]


def test_enough_whole_answers_are_kept() -> None:
    assert len(SAID) >= 30


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("variant", range(3))
def test_every_phrasing_of_an_answer_can_be_spoken(name: str, variant: int) -> None:
    said = Speaker(MODEL, CASES[name].catalogue)

    speech = said.text(said.say(CASES[name].answer), variant)

    check_speakable(speech)
    assert not BARE_ONE.search(DECIMALS.sub("", speech))


@pytest.mark.parametrize("outcome", NOT_ANSWERED)
@pytest.mark.parametrize("variant", range(3))
def test_every_outcome_without_an_answer_has_its_sentence(outcome: str, variant: int) -> None:
    said = Speaker(MODEL, CATALOGUE)

    check_speakable(said.text(said.say_not_answered(NOT_ANSWERED[outcome]), variant))


def test_no_english_word_is_left() -> None:
    assert words_of(GERMAN) & words_of(ENGLISH) <= SHARED


@pytest.mark.parametrize("name", sorted(set(GERMAN.dialogs) & set(ENGLISH.dialogs)))
def test_a_sentence_has_the_slots_of_the_english_one(name: str) -> None:
    german, english = (
        {slot for line in files.dialogs[name] for slot in SLOT.findall(line) if ":" not in slot}
        for files in (GERMAN, ENGLISH)
    )

    assert german == english


@pytest.mark.parametrize("name", sorted(GERMAN.dialogs))
def test_a_word_that_agrees_has_a_slot_and_two_forms(name: str) -> None:
    lines = GERMAN.dialogs[name]
    slots = {slot for line in lines for slot in SLOT.findall(line) if ":" not in slot}
    agreeing = {slot[1:-1].partition(":") for line in lines for slot in SLOT.findall(line)}

    for slot, _, choice in (each for each in agreeing if each[1]):
        assert f"{{{slot}}}" in slots
        assert len(set(choice.split("|"))) == 2


def test_a_list_of_machines_takes_a_verb_in_the_plural() -> None:
    line = "{scope} {scope:hat|haben}"

    assert filled(line, {"scope": WORDS.listed(["a"])}) == "a hat"
    assert filled(line, {"scope": WORDS.listed(["a", "b"])}) == "a und b haben"
    assert filled(line, {"scope": WORDS.amount(1, "kWh")}) == "eine Kilowattstunde hat"
    assert filled(line, {"scope": WORDS.amount(2, "kWh")}) == "zwei Kilowattstunden haben"
