"""Spoken numbers, in any language that num2words speaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from enms_core.language.number_words import number_words
from enms_core.language.numbers import Number, NumberReader, digits_value
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


@pytest.mark.parametrize("lang", ["en-us", "de-de", "fr-fr", "es-es"])
@given(st.integers(0, 999_999_999))
@settings(deadline=None, max_examples=200)
def test_every_cardinal_below_a_thousand_million_reads_back(lang: str, value: int) -> None:
    tokens = tokenize(num2words(value, lang=lang))

    assert NumberReader(lang).read(tokens, 0) == (Number(value, "cardinal"), len(tokens))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and fifty thousand", 250_000),
        ("a million", None),
        ("one million", 1_000_000),
        ("million", 1_000_000),
        ("2.5 million", 2_500_000),
        ("3 thousand", 3_000),
        ("one point five million", 1_500_000),
        ("two point twenty five", 2.25),
        ("twelve hundred and fifty", 1_250),
    ],
)
def test_thousands_and_millions_are_read(text: str, value: float | None) -> None:
    found = _read(text)

    assert (found[0].value if found else None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zweihundertfünfzig", 250),
        ("zwölfhundert", 1_200),
        ("hunderteins", 101),
        ("einundzwanzig", 21),
        ("dreitausendfünfhundert", 3_500),
        ("eine Million", 1_000_000),
        ("zwei Millionen", 2_000_000),
        ("zweihunderttausend", 200_000),
        ("eins Komma vier", 1.4),
        ("eins Komma vier Millionen", 1_400_000),
        ("zwei Komma fünfundzwanzig", 2.25),
        ("minus fünf", -5),
        ("1.200", 1_200),
        ("1.000.000", 1_000_000),
        ("1.200,5", 1_200.5),
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("eine", None),
        ("ein Kessel", None),
    ],
)
def test_german_numbers_are_read(text: str, value: float | None) -> None:
    german = NumberReader("de-de", decimal_sign=",")

    found = german.read(tokenize(text), 0)

    assert (found[0].value if found else None) == value


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("1.200", 1.2, 1_200),
        ("1,200", 1_200, 1.2),
        ("1,20", 1.2, 1.2),
        ("1,200.5", 1_200.5, None),
        ("12.5", 12.5, 12.5),
        ("1.2.3", None, None),
    ],
)
def test_a_sign_groups_or_is_decimal_by_the_language(
    text: str, english: float | None, german: float | None
) -> None:
    assert (digits_value(text), digits_value(text, ",")) == (english, german)


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
    number_words.cache_clear()
    started = time.perf_counter()
    NumberReader("en-us")
    first = time.perf_counter() - started
    NumberReader("en-us")

    assert first < 0.3  # twenty times what it takes on two cores
    assert number_words.cache_info().misses == 1


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises_and_every_number_ends_after_it_begins(text: str) -> None:
    tokens = tokenize(text)
    for index in range(len(tokens)):
        found = ENGLISH.read(tokens, index)
        assert found is None or index < found[1] <= len(tokens)
