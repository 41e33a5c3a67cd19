"""Analyses are heard to their end: 110 words at most, however much there is to say."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from enms_core.domain.performance import Projection
from enms_core.domain.question import Threshold
from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.speech.speaker import Speaker
from tests.unit.answers import CASES
from tests.unit.answers.common import CATALOGUE
from tests.unit.performances import EXTRA, analysis, cause, finding, part

MOST_WORDS = 110
# With all that can be said of one SEU: hours, money, a cause and where the day ends.
FULL = part(
    hours=20.0,
    missing=2.0,
    rated=EXTRA,
    cause=cause(finding()),
    projection=Projection(2_480.0, 2_310.0, 2_650.0, 8),
)
RUNNING = replace(analysis(FULL), is_running=True)
HELD = replace(
    analysis(replace(FULL, is_beyond=False)),
    is_running=True,
    threshold=Threshold(12.5, "%", ">=", "above"),
)
OTHERS = {
    name: case.answer
    for name, case in CASES.items()
    if name.split(":")[0] in ("performance", "performance_several", "kpi", "beyond", "payback")
}
ANSWERS = {"all of one": RUNNING, "all of one, held against a bound": HELD, **OTHERS}


@pytest.fixture(scope="module", params=["en-us", "de-de"])
def speaker(request: pytest.FixtureRequest) -> Speaker:
    return Speaker(LanguageModel(load_language(request.param)), CATALOGUE)


def test_an_analysis_or_indicator_is_no_longer_than_can_be_listened_to(speaker: Speaker) -> None:
    lengths = {
        (name, variant): len(speaker.text(speaker.say(ANSWERS[name]), variant).split())
        for name, variant in product(ANSWERS, (0, 1))
    }

    assert {name: words for name, words in lengths.items() if words > MOST_WORDS} == {}


def test_where_the_day_ends_is_no_answer_to_a_bound(speaker: Speaker) -> None:
    told, held = ([name for name, _ in speaker.say(each)] for each in (RUNNING, HELD))

    assert told[-1] == "performance_projection_alone"  # its interval is left out beside a cause
    assert held[0] == "bound_no"
    assert not any(name.startswith("performance_projection") for name in held)
