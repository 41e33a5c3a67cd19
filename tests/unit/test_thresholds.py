"""Bounds in sentences: their value, their unit as it is stored, and what they measure."""

from __future__ import annotations

import pytest

from enms_core.language.model import language_model
from enms_core.language.thresholds import ThresholdReader
from enms_core.language.tokens import tokenize

MODEL = language_model("en-us")
READER = ThresholdReader(MODEL.files, MODEL.numbers)


def read(text: str) -> tuple[str, str | None] | None:
    found = READER.find(MODEL.numbers.canonical_tokens(tokenize(text)), text)
    if found is None:
        return None
    bound = found.threshold
    return f"{bound.op} {bound.value:g} {bound.unit}", found.quantity


@pytest.mark.parametrize(
    ("text", "bound", "quantity"),
    [
        ("more than fifty kilowatts", "> 50 kW", "power"),
        ("over 100 kWh", "> 100 kWh", "energy"),
        ("above two point five megawatt hours", "> 2.5 MWh", "energy"),
        ("at least 1,200 k w h", ">= 1200 kWh", "energy"),
        ("less than five percent", "< 5 %", None),
        ("under 5%", "< 5 %", None),
        ("at most twenty euros", "<= 20 EUR", "cost"),
        ("more than €20", None, None),
        ("no more than 20 €", "<= 20 EUR", "cost"),
        ("more than thirty dollars", "> 30 USD", "cost"),
        ("exceeding a hundred kilos of co2", "> 100 kg", "carbon"),
        ("exceeding 100 kilos of co2", "> 100 kg", "carbon"),
        ("more than two tons of carbon dioxide", "> 2 t", "carbon"),
        ("over 300 kilograms", "> 300 kg", None),
        ("more than 40 m³", "> 40 m³", None),
        ("more than forty cubic meters", "> 40 m³", None),
        ("more than 500 units", "> 500 units", None),
        ("more than fifty bananas", None, None),
        ("more than ever", None, None),
        ("fifty kilowatts", None, None),
        ("more than 1.000.000 kilowatts", None, None),
        ("more than 1,000,000,000,000,000,000 kilowatts", None, None),
        (f"more than {'9' * 400} kilowatts", None, None),
        ("more than \u1369 kilowatts", None, None),  # a digit that is no decimal one
        ("more than \u0665\u0660 kilowatts", "> 50 kW", "power"),
    ],
)
def test_a_bound_is_read_with_its_unit(text: str, bound: str | None, quantity: str | None) -> None:
    assert read(text) == (None if bound is None else (bound, quantity))


def test_the_words_of_a_bound_are_its_own() -> None:
    text = "machines that emitted more than 100 kg of co2 yesterday"
    words = MODEL.numbers.canonical_tokens(tokenize(text))

    found = READER.find(words, text)

    assert found is not None
    first, last = words[found.first], words[found.last - 1]
    assert text[first.start : last.end] == "more than 100 kg of co2"
