"""Conversations of our own, turn by turn, over the demo plant without a database."""

from __future__ import annotations

from pathlib import Path

import pytest

from enms_core.language.files import languages
from tests.unit.dialogues import Dialogue, dialogues_in, interpreter_of, wrong_turns

SENTENCES = Path(__file__).parents[1] / "sentences"
# How many conversations there are at least, per language.
LEAST = 25
# Of the turns of conversations that nothing was built with; aimed at is 0.92.
LEAST_RIGHT = {"en-us": 0.92, "de-de": 0.92}
DIALOGUES = {
    lang: dialogues_in(SENTENCES / lang / "dialogues_own.txt")
    for lang in languages()
    if (SENTENCES / lang / "dialogues_own.txt").exists()
}
CASES = [(lang, dialogue) for lang, dialogues in DIALOGUES.items() for dialogue in dialogues]


@pytest.mark.parametrize(("lang", "dialogue"), CASES, ids=[f"{la}: {d.name}" for la, d in CASES])
def test_each_turn_is_the_question_it_asks(lang: str, dialogue: Dialogue) -> None:
    assert wrong_turns(dialogue, interpreter_of(lang)) == []


@pytest.mark.parametrize("lang", languages())
def test_each_language_has_conversations(lang: str) -> None:
    assert len(DIALOGUES[lang]) >= LEAST


@pytest.mark.parametrize("lang", languages())
def test_conversations_of_other_writers_are_understood(lang: str) -> None:
    dialogues = dialogues_in(SENTENCES / lang / "dialogues_kept_out.txt")
    wrong = sum(len(wrong_turns(each, interpreter_of(lang), leaves_out=True)) for each in dialogues)
    turns = sum(len(dialogue.turns) for dialogue in dialogues)

    print(f"\n{lang}: {turns - wrong} of {turns} turns of kept-out conversations right")
    assert turns - wrong >= LEAST_RIGHT[lang] * turns
