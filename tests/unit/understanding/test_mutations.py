"""Sentences that are understood stay understood with typos, lost and swapped words, fillers."""

from __future__ import annotations

import random

import pytest

from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from tests.unit.understanding.marked import kept_out
from tests.unit.understanding.mutations import mutations
from tests.unit.understanding.scoring import CATALOGUE, verdict

COUNT = 2_000
LEAST_RIGHT = 0.85
MOST_WRONG_MACHINES = 0.01


@pytest.mark.parametrize("lang", ["en-us", "de-de"])
def test_what_is_understood_stays_understood(lang: str) -> None:
    interpreter = Interpreter(language_model(lang), CATALOGUE)
    right = [
        said for said in kept_out(lang) if verdict(said, interpreter.understand(said.text)).whole
    ]
    judged = [
        verdict(said, interpreter.understand(text))
        for said, text in mutations(right, lang, COUNT, random.Random(7))
    ]

    whole = sum(bool(each.whole) for each in judged) / COUNT
    wrong_machines = sum(each.wrong_machine for each in judged) / COUNT
    print(f"\n{lang}: {COUNT} mutations, {whole:.3f} right, {wrong_machines:.4f} wrong machine")
    assert whole >= LEAST_RIGHT
    assert wrong_machines <= MOST_WRONG_MACHINES
