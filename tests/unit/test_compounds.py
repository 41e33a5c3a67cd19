"""Compound nouns name a carrier, a machine or a day and what is asked of it."""

from __future__ import annotations

import pytest

from enms_core.language.compounds import CompoundSplitter, compound_splitter
from enms_core.language.files import load_language
from enms_core.language.tokens import tokenize

GERMAN = load_language("de-de").vocabulary
NAMED = ("strom", "erdgas", "druckluft", "öl", "kessel", "pumpe", "lüftung")


@pytest.fixture(scope="module")
def splitter() -> CompoundSplitter:
    return compound_splitter(GERMAN, NAMED)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Stromverbrauch", ["strom", "verbrauch"]),
        ("Stromverbrauchs", ["strom", "verbrauchs"]),
        ("Erdgaskosten", ["erdgas", "kosten"]),
        ("Druckluftbedarf", ["druckluft", "bedarf"]),
        ("Ölpreis", ["öl", "preis"]),
        ("Kesselverbrauch", ["kessel", "verbrauch"]),
        ("Pumpenlaufzeit", ["pumpe", "laufzeit"]),
        ("Lüftungskosten", ["lüftung", "kosten"]),
        ("Oktoberkosten", ["oktober", "kosten"]),
        ("Sonntagsverbrauch", ["sonntag", "verbrauch"]),
        ("Gesamtstromverbrauch", ["gesamt", "strom", "verbrauch"]),
    ],
)
def test_a_compound_becomes_its_known_parts(
    splitter: CompoundSplitter, word: str, parts: list[str]
) -> None:
    assert [token.text for token in splitter.split(tokenize(word))] == parts


@pytest.mark.parametrize(
    "word", ["Energieverbrauch", "Verbrauch", "Stromer", "Kessel", "Weltkosten", "Reisekosten"]
)
def test_a_word_whose_first_part_is_nothing_named_stays_whole(
    splitter: CompoundSplitter, word: str
) -> None:
    assert [token.text for token in splitter.split(tokenize(word))] == [word.lower()]


def test_a_name_that_sounds_like_a_compound_stays_a_name() -> None:
    splitter = compound_splitter(GERMAN, (*NAMED, "kesselleistung"))

    assert [token.text for token in splitter.split(tokenize("Kesselleistung"))] == [
        "kesselleistung"
    ]


def test_each_part_keeps_its_place_in_the_text(splitter: CompoundSplitter) -> None:
    text = "der Lüftungsverbrauch heute"
    tokens = splitter.split(tokenize(text))

    assert [text[token.start : token.end] for token in tokens] == [
        "der",
        "Lüftungs",
        "verbrauch",
        "heute",
    ]


def test_parts_of_a_word_with_composed_letters_have_the_whole_word_as_their_place(
    splitter: CompoundSplitter,
) -> None:
    text = "Lu\u0308ftungskosten"  # an umlaut as two characters
    tokens = splitter.split(tokenize(text))

    assert [token.text for token in tokens] == ["lüftung", "kosten"]
    assert {(token.start, token.end) for token in tokens} == {(0, len(text))}


def test_a_language_without_such_lists_splits_nothing() -> None:
    splitter = compound_splitter({}, ("gas",))
    tokens = tokenize("the gasverbrauch")

    assert splitter.split(tokens) == tokens
