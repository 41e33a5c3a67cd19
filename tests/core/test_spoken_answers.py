"""Answers as they sound: fit for a voice, read aloud by espeak-ng, and kept in docs/."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from enms_core.services.features import ANSWERED
from enms_core.services.reply import Reply
from tests.conftest import Asker, forget_baselines, forget_plans
from tests.sound import seconds, spoken
from tests.spoken_answers import COMMAND, DOCUMENT, Asked, answer, document, questions

QUESTIONS = questions()
FEWEST_QUESTIONS = 60
# Needs an answer to say again, which this list has word for word.
NOT_ASKED = {"repeat"}
MOST_WORDS = 80
# One question gives a whole analysis: actual, expected, what it is worth, and what it points to.
MOST_WORDS_OF_ANALYSES = 110
ANALYSES = {"performance", "root_cause", "opportunities"}
# Capitals that stand in names, of machines and of the standard, and are said as they are.
IN_NAMES = ("HVAC", "ISO")
SECONDS_PER_WORD = (0.15, 0.8)
# What is wrong with a text → how it is found. A voice reads none of these as people say them.
FAULTS = {
    "digit": r"\d",
    "unit symbol": r"\b(?:[kMGT]?Wh?|[kMG]?J|N?m[³3]|kg|CO[₂2]e?|kVA|kVArh?)\b|[€$£%°²³₂]",
    "abbreviation": r"[A-Z]{2,}|\b(?:e\.g|i\.e|approx|avg|max|min|no)\.",
    "name of our files": r"[_{}\[\]<>/\\|=]|\.dialog|\.voc",
    "value of a program": r"\b(?:None(?! of)|True|False|null|nan|inf)\b",
    "statistician's word": r"(?i)\b(?:r squared|rmse|cvrmse|nmbe|cusum|uuid|coefficient)\b",
    "space too many": r"\s\s|^\s|\s$|\s[.,;?!]",
    "doubled mark": r"[.,;]{2}",
    "no end": r"[^.?!]$|^$",
}


@pytest.fixture(scope="module")
def replies(plant_url: str) -> Iterator[dict[Asked, Reply]]:
    asker = Asker(plant_url)
    yield {asked: answer(asker, asked) for asked in QUESTIONS}
    asker.close()
    forget_baselines(plant_url)
    forget_plans(plant_url)


@pytest.fixture(params=QUESTIONS, ids=lambda asked: asked.said)
def asked(request: pytest.FixtureRequest) -> Asked:
    question: Asked = request.param
    return question


@pytest.fixture
def reply(replies: dict[Asked, Reply], asked: Asked) -> Reply:
    return replies[asked]


def test_the_question_is_answered_by_what_it_asks_for(asked: Asked, reply: Reply) -> None:
    assert (reply.intent if reply.outcome == "answered" else reply.outcome) == asked.section


def test_what_is_said_is_fit_for_a_voice(asked: Asked, reply: Reply) -> None:
    most = MOST_WORDS_OF_ANALYSES if asked.section in ANALYSES else MOST_WORDS
    assert _faults(reply.speech) == []
    assert len(reply.speech.split()) <= most


def test_espeak_reads_the_answer_aloud(reply: Reply, tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    spoken(reply.speech, path)
    shortest, longest = SECONDS_PER_WORD
    assert shortest < seconds(path) / len(reply.speech.split()) < longest


def test_the_page_holds_these_questions_and_answers(replies: dict[Asked, Reply]) -> None:
    page = DOCUMENT.read_text(encoding="utf-8")
    assert page == document(replies), f"to write it anew: {COMMAND}"


def test_every_intent_that_is_answered_is_asked_for() -> None:
    assert {asked.section for asked in QUESTIONS} >= ANSWERED - NOT_ASKED


def test_there_are_sixty_questions_and_none_twice() -> None:
    times = Counter(asked.said for asked in QUESTIONS)
    assert len(times) >= FEWEST_QUESTIONS
    assert set(times.values()) == {1}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("It used 12 kilowatt hours.", "digit"),
        ("It used twelve kWh.", "unit symbol"),
        ("It used twelve kW of power.", "unit symbol"),
        ("That is five m³ of gas.", "unit symbol"),
        ("That cost five €.", "unit symbol"),
        ("It is at twelve °C.", "unit symbol"),
        ("Its SEC is low.", "abbreviation"),
        ("It is low, e.g. at night.", "abbreviation"),
        ("Boiler-one used natural_gas.", "name of our files"),
        ("It used {amount}.", "name of our files"),
        ("It used None.", "value of a program"),
        ("The r squared is high.", "statistician's word"),
        ("It used  nothing.", "space too many"),
        ("It used nothing .", "space too many"),
        ("It used nothing..", "doubled mark"),
        ("It used nothing", "no end"),
        ("", "no end"),
    ],
)
def test_what_a_voice_cannot_say_is_found(text: str, fault: str) -> None:
    assert fault in _faults(text)


def test_a_plain_sentence_has_no_faults() -> None:
    said = "Compressor E U one used nine hundred and fifty kilowatt hours. That's a lot, isn't it?"
    assert _faults(said) == []


def _faults(text: str) -> list[str]:
    said = text
    for name in IN_NAMES:
        said = said.replace(name, name.title())
    return [fault for fault, pattern in FAULTS.items() if re.search(pattern, said)]
