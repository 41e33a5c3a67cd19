"""What stock engines of OVOS get of our language files."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from enms_core.language.files import languages, load_language
from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from enms_core.services.features import ANSWERED
from skill_enms.entities import machine_names
from skill_enms.offered import FEWEST_WORDS, SLOT, SLOTS, TEMPLATES, few, offered_resources
from skill_enms.typical import Typical
from tests.unit.catalogues import demo_catalogue

LEAST_UNDERSTOOD = 0.9
SENTENCES = {
    "energy": (
        "how much energy did we use",
        "how much energy did {machine} use",
        "how much did {machine} use",
        "the energy we used",
    ),
    "cost": ("how much did {machine} cost", "what did the energy cost", "the cost of the energy"),
    "other": ("how much did it rain", "how much is that", "what did you say"),
}


@cache
def offered(lang: str) -> Mapping[str, Sequence[str]]:
    return few(load_language(lang), sorted(ANSWERED))


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_each_answered_intent_is_offered_with_a_few_sentences(tmp_path: Path) -> None:
    folder = offered_resources(ANSWERED, tmp_path)

    for lang in languages():
        found = {path.stem: lines(path) for path in (folder / "locale" / lang).rglob("*.intent")}
        assert set(found) == set(ANSWERED)
        assert all(1 <= len(sentences) <= TEMPLATES for sentences in found.values())


def test_word_lists_are_kept_from_the_stock_engines(tmp_path: Path) -> None:
    folder = offered_resources(ANSWERED, tmp_path)

    assert not list(folder.rglob("*.voc"))
    assert list(folder.rglob("*.dialog"))
    assert list(folder.rglob("skill.json"))


def test_the_folder_is_made_once_for_the_same_files(tmp_path: Path) -> None:
    first = offered_resources(ANSWERED, tmp_path)
    again = offered_resources(ANSWERED, tmp_path)
    fewer = offered_resources({"energy"}, tmp_path)

    assert first == again != fewer
    assert sorted(tmp_path.iterdir()) == sorted([first, fewer])


@pytest.mark.parametrize("lang", languages())
def test_no_slot_could_be_anything(lang: str) -> None:
    slots = {slot for texts in offered(lang).values() for slot in SLOT.findall(" ".join(texts))}

    assert slots == SLOTS


@pytest.mark.parametrize("lang", languages())
def test_sentences_have_enough_words_of_their_own(lang: str) -> None:
    """Beside its slots: "{machine} please" is said to other skills too."""
    short = [
        text
        for texts in offered(lang).values()
        for text in texts
        if len(SLOT.sub(" ", text).split()) < FEWEST_WORDS
    ]

    assert short == []


@pytest.mark.parametrize("lang", languages())
def test_what_is_offered_is_understood_as_what_it_is_offered_for(lang: str) -> None:
    files, catalogue = load_language(lang), demo_catalogue()
    interpreter = Interpreter(language_model(lang), catalogue)
    example = {name: texts[0] for name, texts in files.entities.items()}
    example["machine"] = machine_names(catalogue, lang)[0]

    taken = {}
    for intent, texts in offered(lang).items():
        for text in texts:
            filled = SLOT.sub(lambda slot: example[slot[1]], text)
            question = interpreter.understand(filled).question
            taken[filled] = (intent, question.intent if question is not None else None)

    wrong = {text: intents for text, intents in taken.items() if len(set(intents)) > 1}
    assert len(wrong) <= (1 - LEAST_UNDERSTOOD) * len(taken), wrong


def test_the_order_of_the_sentences_in_their_file_makes_no_difference() -> None:
    chance = random.Random(6)
    shuffled = {name: chance.sample(texts, len(texts)) for name, texts in SENTENCES.items()}

    chosen = Typical(SENTENCES).chosen("energy", SENTENCES["energy"], 3)

    assert Typical(shuffled).chosen("energy", shuffled["energy"], 3) == chosen


def test_a_sentence_that_could_be_of_any_intent_is_the_last_to_be_chosen() -> None:
    chosen = Typical(SENTENCES).chosen("energy", SENTENCES["energy"], 4)

    assert chosen[-1] == "how much did {machine} use"


def test_sentences_that_are_alike_are_not_all_chosen() -> None:
    told = [f"tell me the energy of {{machine}} {word}" for word in ("please", "now")]
    asked = [f"how many kilowatt hours did {{machine}} {verb}" for verb in ("use", "burn")]
    sentences = {"energy": [*told, *asked], "other": ["tell me a joke", "how are you"]}

    chosen = Typical(sentences).chosen("energy", sentences["energy"], 2)

    assert len(set(told) & set(chosen)) == len(set(asked) & set(chosen)) == 1


def test_a_slot_that_ovos_does_not_know_is_filled_with_an_example() -> None:
    explained = offered("en-us")["explain_term"]

    assert explained
    assert not re.search(r"[{}]", " ".join(explained))
