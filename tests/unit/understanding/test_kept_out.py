"""How often people are understood, on sentences that understanding was not built with.

The sentences were written by people who did not see each other's, and each of whom has other
sentences among those that the classifier learned. Rates are printed, also when they are good.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from tests.unit.understanding.marked import kept_out
from tests.unit.understanding.scoring import CATALOGUE, Verdict, rates, verdict

# What must be reached: of the sentences that say a part, the share in which it is right.
LEAST = {
    "intent": 0.95,
    "machine": 0.98,
    "period": 0.97,
    "whole": 0.92,
    "unknown": 0.98,
    "asked": 0.95,
    "foreign": 0.98,
}
LEAST_SENTENCES = {"en-us": 400, "de-de": 250}
LEAST_FOREIGN = 200


@pytest.fixture(scope="module", params=sorted(LEAST_SENTENCES))
def judged(request: pytest.FixtureRequest) -> tuple[str, Sequence[Verdict]]:
    lang = request.param
    interpreter = Interpreter(language_model(lang), CATALOGUE)
    return lang, [verdict(said, interpreter.understand(said.text)) for said in kept_out(lang)]


def test_the_sentences_of_other_writers_are_understood(
    judged: tuple[str, Sequence[Verdict]],
) -> None:
    lang, verdicts = judged
    found = rates(verdicts)
    for part, (right, asked) in found.items():
        print(f"\n{lang} {part}: {right} of {asked} right, {right / asked:.3f}", end="")

    assert found["intent"][1] >= LEAST_SENTENCES[lang]
    assert found["foreign"][1] >= LEAST_FOREIGN
    missed = {part: right / asked for part, (right, asked) in found.items()}
    assert {part: rate for part, rate in missed.items() if rate < LEAST[part]} == {}
