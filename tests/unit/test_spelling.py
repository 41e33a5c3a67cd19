"""Misspelt words become those of the language, and others stay as they are."""

from __future__ import annotations

import pytest

from enms_core.language.numbers import NumberReader
from enms_core.language.spelling import Speller
from enms_core.language.tokens import tokenize

WORDS = {"electricity": 9, "yesterday": 9, "present": 2, "plant": 5, "plans": 7, "eight": 4}
SPELLER = Speller(WORDS, NumberReader("en-us"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("electrcity", "electricity"),
        ("electtricity", "electricity"),
        ("yseterday", "yesterday"),
        ("yesterdsy", "yesterday"),
        ("planb", "plans"),  # two are as near: the one that sentences use most
        ("president", "president"),
        ("cosr", "cosr"),  # too short to be told from other words
        ("presnt5", "presnt5"),
        ("electricity", "electricity"),
    ],
)
def test_one_letter_is_mended_in_a_long_word(said: str, meant: str) -> None:
    assert SPELLER.word(said) == meant


def test_corrected_words_keep_their_places_and_names_their_letters() -> None:
    tokens = SPELLER.corrected(tokenize("Electrcity of plantt"), frozenset({"plantt"}))

    assert [token.text for token in tokens] == ["electricity", "of", "plantt"]
    assert [(token.start, token.end) for token in tokens] == [(0, 10), (11, 13), (14, 20)]


def test_number_words_are_right_as_they_are() -> None:
    assert [token.text for token in SPELLER.corrected(tokenize("eighty"), frozenset())] == [
        "eighty"
    ]
