"""Phrases that name machines, as data: tests/sentences/<lang>/machines.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from enms_core.domain.catalogue import Catalogue
from enms_core.language.mentions import Mention
from enms_core.language.model import language_model
from enms_core.language.tokens import tokenize
from tests.unit.catalogues import demo_catalogue

FOLDER = Path(__file__).parents[1] / "sentences"
CATALOGUE = demo_catalogue()
SHORT = {
    "C": "Compressor-1",
    "E": "Compressor-EU-1",
    "M": "HVAC-Main",
    "N": "HVAC-EU-North",
    "A": "Conveyor-A",
    "P": "Hydraulic-Pump-1",
    "I": "Injection-Molding-1",
    "B": "Boiler-1",
}
SITES = {"demo": "Demo Manufacturing Plant", "europe": "European Production Facility"}
LANGS = ("en-us", "de-de")
LEAST_PHRASES = 120


def read(lang: str) -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / lang / "machines.yaml").read_text(encoding="utf-8")))


def cases(kind: str) -> list[tuple[str, str, str]]:
    return [
        (lang, phrase, str(meant)) for lang in LANGS for phrase, meant in read(lang)[kind].items()
    ]


def spotted(lang: str, text: str, catalogue: Catalogue = CATALOGUE) -> list[tuple[Mention, str]]:
    """Mentions with the words that they stand for."""
    model = language_model(lang)
    spotter = model.spotter(catalogue, frozenset(model.classifier.known_words))
    found = spotter.read(tokenize(text)).machines
    return [(each.mention, text[each.start : each.end]) for each in found]


def names(mention: Mention) -> list[str]:
    return [CATALOGUE.machine(id_).name for id_ in mention.machine_ids]


def of_short(meant: str) -> list[str]:
    return [SHORT[letter] for letter in meant.split()]


@pytest.mark.parametrize(("lang", "phrase", "meant"), cases("machines"))
def test_a_phrase_names_its_machines(lang: str, phrase: str, meant: str) -> None:
    found = [mention for mention, _ in spotted(lang, phrase)]

    assert [mention.kind for mention in found] == ["machine"] * len(found)
    assert [name for mention in found for name in names(mention)] == of_short(meant)


@pytest.mark.parametrize(("lang", "phrase", "meant"), cases("groups"))
def test_a_phrase_names_a_group(lang: str, phrase: str, meant: str) -> None:
    ((mention, _),) = spotted(lang, phrase)

    assert (mention.kind, names(mention)) == ("group", of_short(meant))


@pytest.mark.parametrize(("lang", "phrase", "meant"), cases("choices"))
def test_a_phrase_leaves_a_choice(lang: str, phrase: str, meant: str) -> None:
    ((mention, _),) = spotted(lang, phrase)

    assert (mention.kind, names(mention)) == ("choice", of_short(meant))


@pytest.mark.parametrize(("lang", "phrase", "meant"), cases("sites"))
def test_a_phrase_names_a_site_or_all_of_them(lang: str, phrase: str, meant: str) -> None:
    ((mention, _),) = spotted(lang, phrase)

    assert (mention.kind, mention.label) == (
        "site" if meant in SITES else "everything",
        SITES.get(meant),
    )


@pytest.mark.parametrize(("lang", "phrase", "meant"), cases("unknown"))
def test_a_phrase_names_a_machine_that_is_not_here(lang: str, phrase: str, meant: str) -> None:
    ((mention, words),) = spotted(lang, phrase)

    assert (mention.kind, words) == ("unknown", meant)


@pytest.mark.parametrize(
    ("lang", "phrase"), [(lang, phrase) for lang in LANGS for phrase in read(lang)["nothing"]]
)
def test_a_phrase_without_a_machine_names_none(lang: str, phrase: str) -> None:
    assert spotted(lang, phrase) == []


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_enough_phrases(lang: str) -> None:
    assert sum(map(len, read(lang).values())) >= LEAST_PHRASES
