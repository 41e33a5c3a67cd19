"""Misspelt names: understood, or asked back, and hardly ever another machine. `-s` prints."""

from __future__ import annotations

import random
import string
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

import pytest

from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.domain.question import Understanding
from enms_core.language.files import load_language
from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from enms_core.language.words import Words
from tests.unit.catalogues import demo_catalogue, machine, small_catalogue

SENTENCES = {
    "en-us": (
        "how much energy did {} use yesterday",
        "what is the power of {} right now",
        "energy cost of {} last week",
    ),
    "de-de": (
        "wie viel Energie hat {} gestern verbraucht",
        "wie hoch ist die Leistung von {} gerade",
        "Energiekosten von {} letzte Woche",
    ),
}
MOST_WRONG = 0.01
LEAST_RIGHT = 0.5
SHOP = small_catalogue(
    *(machine(f"Pump-{n}", "pump") for n in range(1, 13)),
    *(machine(f"Press-{n}", "press") for n in range(1, 5)),
    machine("Chiller-North", "chiller"),
    machine("Chiller-South", "chiller"),
    machine("Robot-A", "robot"),
    machine("Robot-B", "robot"),
    machine("Mixer-1", "mixer"),
    machine("Mill-1", "mill"),
)


def mutations(text: str, chance: random.Random) -> Iterator[str]:
    """A letter lost, doubled, exchanged, and two swapped, each at some place of a word."""
    places = [i for i, letter in enumerate(text) if letter.isalpha() and text[i - 1 : i] != " "]
    at = chance.choice(places[1:])
    other = chance.choice(string.ascii_lowercase)
    yield text[:at] + text[at + 1 :]
    yield text[:at] + text[at] + text[at:]
    yield text[:at] + other + text[at + 1 :]
    yield text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    yield text[:at] + other + text[at:]


def taken_for(understanding: Understanding, meant: Machine, catalogue: Catalogue) -> str:
    """What became of a sentence about one machine."""
    question = understanding.question
    if understanding.outcome != "answered" or question is None:
        return "asked"
    ids: tuple[UUID, ...] = question.scope.machine_ids
    if ids == (meant.id,):
        return "right"
    return "factory" if len(ids) == len(catalogue.machines) else "wrong"


def outcomes(lang: str, catalogue: Catalogue) -> Counter[str]:
    chance = random.Random(f"{lang}{len(catalogue.machines)}")
    understand = Interpreter(language_model(lang), catalogue).understand
    words = Words(load_language(lang))
    return Counter(
        taken_for(understand(sentence.format(name)), each, catalogue)
        for each in catalogue.machines
        for sentence in SENTENCES[lang]
        for name in mutations(words.name(each.name), chance)
    )


@pytest.mark.parametrize("lang", sorted(SENTENCES))
@pytest.mark.parametrize("catalogue", [demo_catalogue(), SHOP], ids=["demo", "shop"])
def test_a_misspelt_name_is_hardly_ever_another_machine(lang: str, catalogue: Catalogue) -> None:
    found = outcomes(lang, catalogue)
    print(lang, dict(found))
    total = sum(found.values())

    assert found["wrong"] <= MOST_WRONG * total
    assert found["factory"] <= MOST_WRONG * total
    assert found["right"] >= LEAST_RIGHT * total
