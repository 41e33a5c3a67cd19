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
    said = [words[index].text for index in sorted(found.taken)]
    assert said == ["more", "than", "100", "kg", "of", "co", "2"]


@pytest.mark.parametrize(
    ("lang", "text", "aim"),
    [
        ("en-us", "five percent less electricity", "less 5 %"),
        ("en-us", "reduce it by ten percent", "less 10 %"),
        ("en-us", "cut the boiler by 500 kilowatt hours", "less 500 kWh"),
        ("en-us", "at least three percent savings", "less 3 %"),
        ("en-us", "a target of five percent", "less 5 %"),
        ("en-us", "produce two percent more", "more 2 %"),
        ("en-us", "reduce the pump to 1,200 kilowatt hours", "<= 1200 kWh"),
        ("en-us", "cap it at half a megawatt hour", "<= 0.5 MWh"),
        ("en-us", "a target of two tons", "<= 2 t"),
        ("en-us", "stay under fifty kilowatts", "< 50 kW"),
        ("en-us", "no more than twenty euros", "<= 20 EUR"),
        ("en-us", "fix the savings goal at nine percent", "less 9 %"),
        ("en-us", "raise the savings target to nine percent", "less 9 %"),
        ("en-us", "fix the goal at nine percent down", "less 9 %"),
        ("en-us", "bring the consumption to nine percent", "<= 9 %"),
        ("en-us", "use less", None),
        ("de-de", "zehn Prozent weniger Strom", "less 10 %"),
        ("de-de", "um fünf Prozent senken", "less 5 %"),
        ("de-de", "um zweieinhalb Prozent reduzieren", "less 2.5 %"),
        ("de-de", "mindestens drei Prozent einsparen", "less 3 %"),
        ("de-de", "auf eine halbe Megawattstunde senken", "<= 0.5 MWh"),
        ("de-de", "höchstens 1.200 Kilowattstunden", "<= 1200 kWh"),
        ("de-de", "zwei Prozent mehr", "more 2 %"),
        ("de-de", "das Ziel auf sechs Prozent weniger", "less 6 %"),
        ("de-de", "auf neunzig Prozent senken", "<= 90 %"),
    ],
)
def test_a_target_is_a_change_or_a_bound(lang: str, text: str, aim: str | None) -> None:
    model = language_model(lang)
    reader = ThresholdReader(model.files, model.numbers)

    found = reader.aim(model.numbers.canonical_tokens(tokenize(text)), text)

    bound = None if found is None else found.threshold
    assert aim == (None if bound is None else f"{bound.op} {bound.value:g} {bound.unit}")


@pytest.mark.parametrize(
    ("lang", "text", "bound"),
    [
        ("en-us", "over half a megawatt hour", "> 0.5 MWh"),
        ("en-us", "more than a quarter of a megawatt", "> 0.25 MW"),
        ("en-us", "more than one and a half kilowatts", "> 1.5 kW"),
        ("en-us", "more than two and a half tons", "> 2.5 t"),
        ("en-us", "at least a dozen kilowatt hours", ">= 12 kWh"),
        ("en-us", "more than two dozen kilowatt hours", "> 24 kWh"),
        ("en-us", "over half a million kilowatt hours", "> 500000 kWh"),
        ("en-us", "more than about a hundred kilowatts", "> 100 kW"),
        ("en-us", "as soon as the load passes three hundred kilowatts", "> 300 kW"),
        ("en-us", "if the usage tops a thousand kilowatt hours", "> 1000 kWh"),
        ("en-us", "fifty kilowatts or more", ">= 50 kW"),
        ("en-us", "fifty kilowatts or less", "<= 50 kW"),
        ("de-de", "mehr als zwei Komma fünf Kilowatt", "> 2.5 kW"),
        ("de-de", "mehr als anderthalb Megawattstunden", "> 1.5 MWh"),
        ("de-de", "über zweieinhalb Tonnen", "> 2.5 t"),
        ("de-de", "mindestens eine halbe Megawattstunde", ">= 0.5 MWh"),
        ("de-de", "unter zwölfhundert Kilowattstunden", "< 1200 kWh"),
        ("de-de", "mehr als eine Tonne", "> 1 t"),
        ("de-de", "höchstens 2,5 Kilowatt", "<= 2.5 kW"),
        ("de-de", "die fünfzig Kilowatt überschreiten", "> 50 kW"),
        ("de-de", "fünfzig Kilowatt oder mehr", ">= 50 kW"),
    ],
)
def test_parts_and_multiples_are_amounts_too(lang: str, text: str, bound: str) -> None:
    model = language_model(lang)
    reader = ThresholdReader(model.files, model.numbers)

    found = reader.find(model.numbers.canonical_tokens(tokenize(text)), text)

    assert found is not None
    assert f"{found.threshold.op} {found.threshold.value:g} {found.threshold.unit}" == bound
