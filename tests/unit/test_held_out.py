"""How often the right question is understood, on sentences that nobody trained on."""

from __future__ import annotations

from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from tests.unit.catalogues import demo_catalogue
from tests.unit.held_out import intents, sentences_of

LEAST_ACCURACY = 0.75
LEAST_ENERGY_ACCURACY = 0.85


def test_most_sentences_of_other_hands_are_understood() -> None:
    interpreter = Interpreter(language_model("en-us"), demo_catalogue())
    right = {
        intent: [_intent(interpreter, text) == intent for text in sentences_of(intent)]
        for intent in intents()
        if intent != "other"
    }

    asked = sum(map(len, right.values()))
    accuracy = sum(map(sum, right.values())) / asked
    energy = sum(right["energy"]) / len(right["energy"])
    print(f"\nright intent of {asked} held-out sentences: {accuracy:.3f}; energy: {energy:.3f}")
    assert accuracy >= LEAST_ACCURACY
    assert energy >= LEAST_ENERGY_ACCURACY


def _intent(interpreter: Interpreter, text: str) -> str | None:
    question = interpreter.understand(text).question
    return question.intent if question is not None else None
