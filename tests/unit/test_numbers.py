"""Spoken numbers, in any language that num2words speaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from enms_core.language import numbers
from enms_core.language.numbers import Number, NumberReader
from enms_core.language.tokens import tokenize

ENGLISH = NumberReader("en-us")


def _read(text: str, reader: NumberReader = ENGLISH) -> tuple[Number, int] | None:
    return reader.read(tokenize(text), 0)


@pytest.mark.parametrize("lang", ["en-us", "de-de", "fr-fr", "es-es"])
def test_every_cardinal_up_to_ten_thousand_reads_back(lang: str) -> None:
    reader = NumberReader(lang)
    for value in range(10_001):
        tokens = tokenize(num2words(value, lang=lang))
        assert reader.read(tokens, 0) == (Number(value, "cardinal"), len(tokens))


@pytest.mark.parametrize(
    ("text", "value", "kind", "length"),
    [
        ("twelve hundred kilowatt hours", 1200, "cardinal", 2),
        ("a hundred", None, "", 0),
        ("hundred and five", 105, "cardinal", 3),
        ("one hundred and a half", 100, "cardinal", 2),
        ("two thousand five", 2005, "cardinal", 3),
        ("twenty one boilers", 21, "cardinal", 2),
        ("twenty twenty four", 2024, "year", 3),
        ("nineteen ninety nine", 1999, "year", 3),
        ("twenty first of march", 21, "ordinal", 2),
        ("3rd", 3, "ordinal", 2),
        ("3 rd", 3, "digits", 1),
        ("zero point zero seven times", 0.07, "cardinal", 4),
        ("one point of", 1, "cardinal", 1),
        ("minus five degrees", -5, "cardinal", 2),
        ("minus the boiler", None, "", 0),
        ("1,200", 1200, "digits", 1),
        ("1,200.5", 1200.5, "digits", 1),
        ("2,5", 2.5, "digits", 1),
        ("-2.5", -2.5, "digits", 1),
        ("1.2.3", None, "", 0),
        ("9" * 40, None, "", 0),
        ("oneself", None, "", 0),
    ],
)
def test_the_longest_number_is_read(text: str, value: float | None, kind: str, length: int) -> None:
    found = _read(text)

    if value is None:
        assert found is None
    else:
        assert found is not None
        assert (found[0].value, found[0].kind, found[1]) == (value, kind, length)


def test_words_written_together_are_read_where_the_language_does_so() -> None:
    german = NumberReader("de-de", ordinal_endings=("n",))

    assert _read("zweitausendachtzehn", german) == (Number(2018, "cardinal"), 1)
    assert _read("vierzehnten", german) == (Number(14, "ordinal"), 1)
    assert _read("zwei Komma fünf", german) == (Number(2.5, "cardinal"), 3)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("compressor one and boiler two", ("compressor", "1", "and", "boiler", "2")),
        ("the second boiler", ("the", "second", "boiler")),
        ("line twenty one in twenty eighteen", ("line", "21", "in", "2018")),
    ],
)
def test_canonical_words_have_digits_for_numbers_but_not_for_ordinals(
    text: str, canonical: tuple[str, ...]
) -> None:
    assert ENGLISH.canonical(tokenize(text)) == canonical


def test_the_table_of_a_language_is_built_fast_and_once() -> None:
    numbers._vocabulary.cache_clear()
    started = time.perf_counter()
    NumberReader("en-us")
    first = time.perf_counter() - started
    NumberReader("en-us")

    assert first < 0.3  # twenty times what it takes on two cores
    assert numbers._vocabulary.cache_info().misses == 1


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises_and_every_number_ends_after_it_begins(text: str) -> None:
    tokens = tokenize(text)
    for index in range(len(tokens)):
        found = ENGLISH.read(tokens, index)
        assert found is None or index < found[1] <= len(tokens)
