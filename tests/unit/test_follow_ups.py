"""Sentences that build on what was said before, over the demo plant without a database."""

from __future__ import annotations

from typing import Any

import pytest

from enms_core.domain.question import Recalled
from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from tests.unit.catalogues import ids_of
from tests.unit.dialogues import Talk
from tests.unit.sentence_files import CATALOGUE, LANG, asked, brief_of, expected_of, read_cases
from tests.unit.understanding.marked import foreign

DIALOGUES = read_cases("follow_ups")
# "Why is that", said to somebody else, is taken up after an answer of ours.
MOST_MORE = 0.02


@pytest.fixture(scope="module")
def interpreter() -> Interpreter:
    return Interpreter(language_model(LANG), CATALOGUE)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["name"])
def test_each_turn_of_a_conversation_is_the_question_it_asks(
    dialogue: dict[str, Any], interpreter: Interpreter
) -> None:
    talk = Talk(interpreter)

    for turn in dialogue["turns"]:
        told = ids_of(CATALOGUE, *turn["told"]) if "told" in turn else None
        (heard,) = talk.hear(turn["say"], told)
        if turn.get("outcome") == "not_understood":
            assert heard.outcome == "not_understood", turn["say"]
        else:
            assert brief_of(heard) == expected_of(turn["intent"], turn), turn["say"]


@pytest.mark.parametrize(
    "before",
    [
        "how much energy did compressor one use yesterday",
        "compare compressor one and boiler one last week",
        "which machines used more than fifty kilowatts",
    ],
)
def test_a_conversation_makes_no_sentence_of_other_skills_ours(
    before: str, interpreter: Interpreter
) -> None:
    question = asked(interpreter.understand(before))
    recalled = Recalled(question, question.scope.machine_ids[:2])
    others = foreign(LANG)

    taken = {text for text in others if interpreter.understand(text, None, recalled).question}

    alone = {text for text in others if interpreter.understand(text).question}
    assert len(taken - alone) <= MOST_MORE * len(others), sorted(taken - alone)
