"""Money as words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.money import money_words
from enms_core.language.speech.speaker import Speaker
from enms_core.language.words import Words
from enms_core.services.minds import Minds
from enms_core.settings import Settings
from tests.unit.answers.cost import CASES
from tests.unit.catalogues import demo_catalogue

FILES = load_language("en-us")
WORDS = Words(FILES)


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("142.37", "EUR", "one hundred and forty two euros"),
        ("3.20", "EUR", "three euros twenty"),
        ("3.05", "USD", "three dollars and five cents"),
        ("3.01", "GBP", "three pounds and one penny"),
        ("1", "EUR", "one euro"),
        ("1.10", "EUR", "one euro ten"),
        ("41.27", "EUR", "forty one euros thirty"),  # three digits, as all numbers
        ("99.96", "EUR", "one hundred euros"),
        ("9.999", "EUR", "ten euros"),
        ("0.999", "EUR", "one euro"),
        ("12412.5", "EUR", "twelve thousand four hundred euros"),
        ("1234567", "USD", "one million two hundred and thirty thousand dollars"),
        ("0.05", "EUR", "five cents"),
        ("0.01", "EUR", "one cent"),
        ("0.0449996", "EUR", "four cents"),  # rounded once: by way of 0.045 it would be five
        ("0.004", "EUR", "less than one cent"),
        ("0", "EUR", "zero euros"),
        ("-3.2", "EUR", "minus three euros twenty"),
        ("-0.2", "EUR", "minus twenty cents"),
        ("-0.004", "EUR", "zero euros"),
        ("41.27", "JPY", "forty one yen"),
        ("1.4", "KRW", "one won"),
        ("0.4", "JPY", "less than one yen"),
        ("12345", "HUF", "twelve thousand three hundred forints"),
        ("12.5", "XAU", "twelve point five X A U"),
        ("1", "xau", "one X A U"),
        ("3.5", "eur", "three euros fifty"),
        ("3.2345", None, "three point two three in the currency of the site"),
    ],
)
def test_an_amount_is_said_in_the_words_of_its_currency(
    amount: str, currency: str | None, said: str
) -> None:
    assert money_words(WORDS, Decimal(amount), currency) == said


@pytest.mark.parametrize("currency", sorted(FILES.values["currencies"]))
def test_every_currency_has_words_for_one_and_several(currency: str) -> None:
    forms = WORDS.forms("currencies", currency)

    assert len(forms) in (2, 4)
    assert money_words(WORDS, Decimal(1), currency) == f"one {forms[0]}"
    assert money_words(WORDS, Decimal(200), currency) == f"two hundred {forms[1]}"


@given(
    amount=st.decimals(-(10**9), 10**9, places=6),
    currency=st.sampled_from([None, "XAU", *FILES.values["currencies"]]),
)
def test_any_amount_can_be_spoken(amount: Decimal, currency: str | None) -> None:
    said = money_words(WORDS, amount, currency)

    assert not any(character.isdigit() for character in said)
    assert said == " ".join(said.split())


def test_the_words_of_the_settings_are_those_of_the_speech() -> None:
    minds = Minds(Settings(currency_words={"eur": " buck | bucks "}).currency_words)
    said = minds.get("en-us", demo_catalogue(second_country=True)).speaker

    assert "one hundred and seven bucks" in said.text(said.say(CASES["one source"].answer))


def test_a_currency_without_words_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(currency_words={"EUR": " "})


def test_a_person_may_have_other_words_for_a_currency() -> None:
    model, catalogue = LanguageModel(FILES), demo_catalogue(second_country=True)
    said = Speaker(model, catalogue, {"EUR": "quid | quid | p | p"})

    speech = said.text(said.say(CASES["one source"].answer))

    assert "one hundred and seven quid" in speech
    assert "euro" not in speech
