"""From dialogs to text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enms_core.language.files import load_language
from enms_core.language.render import Several, filled, render

FILES = replace(
    load_language("en-us"),
    dialogs={
        "used": ("{scope} used {amount}.", "it was {amount} for {scope}."),
        "sure": ("that is sure.",),
    },
)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("no slot at all", "no slot at all"),
        ("{a}", "one"),
        ("{a}{b}", "onetwo"),
        ("{ a } and {b}!", "one and two!"),
        ("{a}, {a}", "one, one"),
    ],
)
def test_slots_are_filled(line: str, text: str) -> None:
    assert filled(line, {"a": "one", "b": "two"}) == text


def test_braces_in_the_words_are_words() -> None:
    """A machine may be called {b}: its name is no slot."""
    assert filled("{a} and {b}", {"a": "{b}", "b": "}{"}) == "{b} and }{"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{who} {who:is|are} here", "both are here"),
        ("here {who:is|are} {who}", "here are both"),
        ("{one} {one:is|are} here", "{a|b} is here"),
    ],
)
def test_a_verb_agrees_with_its_slot(line: str, said: str) -> None:
    assert filled(line, {"who": Several("both"), "one": "{a|b}"}) == said


def test_a_slot_without_words_is_an_error() -> None:
    with pytest.raises(KeyError, match="scope"):
        filled("{scope} used it", {})


def test_sentences_follow_each_other_with_capitals() -> None:
    dialogs = [("used", {"scope": "boiler one", "amount": "a lot"}), ("sure", {})]

    assert render(dialogs, FILES) == "Boiler one used a lot. That is sure."


def test_the_variant_chooses_the_phrasing() -> None:
    dialogs = [("used", {"scope": "the boiler", "amount": "little"}), ("sure", {})]

    first, second, third = (render(dialogs, FILES, variant) for variant in range(3))

    assert second == "It was little for the boiler. That is sure."
    assert first == third != second


def test_only_the_first_letter_is_made_a_capital() -> None:
    dialogs = [("used", {"scope": "HVAC main", "amount": "five MWh"})]

    assert render(dialogs, FILES) == "HVAC main used five MWh."


def test_nothing_to_say_is_an_empty_text() -> None:
    assert render([], FILES) == ""
