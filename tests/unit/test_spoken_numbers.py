"""Numbers as words of a language that num2words does not know."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.domain.errors import LanguageIncomplete
from enms_core.language.numbers import NumberReader
from enms_core.language.spoken_numbers import Spoken, SpokenNumbers, spoken_numbers
from enms_core.language.tokens import tokenize
from tests.unit.made_up_language import VOCABULARY

OWN = SpokenNumbers("tx-xx", tuple(map(str.strip, VOCABULARY["number_word"].strip().splitlines())))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nul"),
        (10, "dek"),
        (13, "dek tri"),
        (40, "kardek"),
        (95, "nondek pen"),
        (100, "cent"),
        (207, "bi cent sep"),
        (1_000, "mil"),
        (2_130, "bi mil cent tridek"),
        (45_000, "kardek pen mil"),
        (-5, "malpli pen"),
        (2.5, "bi punto pen"),
        (Decimal("41.30"), "kardek un punto tri nul"),
        (Decimal("200"), "bi cent"),
        (Decimal("2.00"), "bi"),
    ],
)
def test_a_number_is_said_by_the_greatest_words_that_go_into_it(value: Spoken, words: str) -> None:
    assert OWN(value) == words


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en-us", "minus zero point five"),
        ("de-de", "minus null Komma fünf"),
        ("fr-fr", "moins zéro virgule cinq"),
        ("es-es", "menos cero punto cinco"),
    ],
)
def test_a_number_without_a_whole_part_keeps_its_sign(lang: str, words: str) -> None:
    """Half a degree of frost was once said as half a degree."""
    assert SpokenNumbers(lang)(Decimal("-0.5")) == words


def test_ordinals_and_years() -> None:
    assert OWN(2, "ordinal") == "bima"
    assert OWN(12, "ordinal") == "dek bima"
    assert OWN(2026, "year") == "bi mil bidek hex"


def test_a_list_goes_before_the_words_of_num2words() -> None:
    assert SpokenNumbers("de-de", ("0 null", "1 een", "2 twee"))(2) == "twee"
    assert SpokenNumbers("de-de")(2) == "zwei"


def test_a_language_that_num2words_does_not_know_needs_a_list() -> None:
    with pytest.raises(LanguageIncomplete, match=r"number_word\.voc"):
        spoken_numbers("tx-xx", {})


@given(st.integers(0, 9_999))
def test_what_is_said_is_read_again(value: int) -> None:
    tokens = tokenize(OWN(value))
    number = NumberReader("tx-xx", spoken=OWN).read(tokens, 0)

    assert number is not None
    assert (number[0].value, number[1]) == (value, len(tokens))
