"""From sentences to questions, over the demo plant without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS
from enms_core.domain.question import NOT_UNDERSTOOD, OpenQuestion, Understanding
from enms_core.language.metrics import metric_words
from enms_core.language.model import language_model
from enms_core.language.said_back import MOST_CHARACTERS
from enms_core.language.understand import Interpreter
from tests.unit.catalogues import demo_catalogue
from tests.unit.sentence_files import (
    CASES,
    CATALOGUE,
    LANG,
    LANGUAGES,
    asked,
    brief,
    brief_of,
    cases_of,
    expected_of,
    names,
)
from tests.unit.understanding.marked import foreign

ENERGY = [case["say"] for case in CASES["energy"]]
CASES_OF = {lang: cases_of(lang) for lang in LANGUAGES}
EACH = [
    pytest.param(lang, intent, case, id=f"{lang} {intent}: {case['say']}")
    for lang, files in CASES_OF.items()
    for intent, cases in files.items()
    for case in cases
]
LEAST_SENTENCES = 15
UNDERSTOOD_ALONE = """
import json, sys
from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from tests.unit.catalogues import demo_catalogue
interpreter = Interpreter(language_model("en-us"), demo_catalogue())
for text in json.load(sys.stdin):
    print(interpreter.understand(text))
"""


@pytest.fixture(scope="module")
def interpreter() -> Interpreter:
    return _interpreter(LANG)


@lru_cache
def _interpreter(lang: str) -> Interpreter:
    return Interpreter(language_model(lang), CATALOGUE)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("intent", INTENTS)
def test_there_are_sentences_enough(intent: str, lang: str) -> None:
    assert len({case["say"] for case in CASES_OF[lang][intent]}) >= LEAST_SENTENCES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("intent", "metric"),
    [(name, metric) for name, known in INTENTS.items() for metric in known.metrics],
)
def test_every_aspect_has_words(intent: str, metric: str, lang: str) -> None:
    assert metric_words(intent, metric, language_model(lang).files.vocabulary)


@pytest.mark.parametrize(("lang", "intent", "case"), EACH)
def test_a_sentence_is_the_question_it_asks(lang: str, intent: str, case: dict[str, Any]) -> None:
    understanding = _interpreter(lang).understand(case["say"])

    assert brief_of(understanding) == expected_of(intent, case)


def test_everything_may_be_meant_without_a_word_or_by_one(interpreter: Interpreter) -> None:
    """What needs a machine asks back where none was said, and answers for all where that was."""
    silent = asked(interpreter.understand("how much energy did we use yesterday")).scope
    said = asked(interpreter.understand("uptime of all machines last week")).scope

    assert (silent.kind, silent.is_said) == ("all", False)
    assert (said.kind, said.is_said) == ("all", True)


def test_the_scope_says_how_the_machines_were_named(interpreter: Interpreter) -> None:
    kinds = {
        said: asked(interpreter.understand(f"how much energy did {said} use yesterday")).scope.kind
        for said in ("boiler one", "all compressors", "the european plant", "the factory")
    }

    assert kinds == {
        "boiler one": "machines",
        "all compressors": "group",
        "the european plant": "site",
        "the factory": "all",
    }


def test_all_sites_are_all_of_them_where_one_is_the_usual() -> None:
    """The setting names the site that is meant where nothing is said."""
    catalogue = demo_catalogue(site="European Production Facility")
    here = Interpreter(language_model(LANG), catalogue)

    silent, said = (
        asked(here.understand(f"how much energy did {said} use yesterday")).scope
        for said in ("we", "all sites")
    )

    assert set(silent.machine_ids) == {machine.id for machine in catalogue.home_machines}
    assert set(said.machine_ids) == {machine.id for machine in catalogue.machines}
    assert len(said.machine_ids) > len(silent.machine_ids)


def test_a_second_period_is_what_the_first_is_compared_to(interpreter: Interpreter) -> None:
    question = asked(
        interpreter.understand("compare the energy of boiler one last month with this month")
    )

    assert question.intent == "comparison"
    assert question.compared_to is not None
    assert (brief(question.period), brief(question.compared_to)) == ("month -1", "month +0")


def test_an_excluded_group_that_is_everything_leaves_nothing(interpreter: Interpreter) -> None:
    question = asked(interpreter.understand("energy use of all conveyors except conveyor a"))

    assert (question.scope.kind, question.scope.machine_ids) == ("group", ())


def open_question(interpreter: Interpreter, text: str) -> OpenQuestion:
    understanding = interpreter.understand(text)
    assert understanding.outcome == "clarify"
    return OpenQuestion(asked(understanding), understanding.choices)


@pytest.mark.parametrize(
    ("reply", "name"),
    [
        ("compressor one", "Compressor-1"),
        ("Compressor-EU-1, please", "Compressor-EU-1"),
        ("the first", "Compressor-1"),
        ("the first one", "Compressor-1"),
        ("the second one please", "Compressor-EU-1"),
        ("the 2nd", "Compressor-EU-1"),
        ("the european one", "Compressor-EU-1"),
        ("the last one", "Compressor-EU-1"),
        ("number two", "Compressor-EU-1"),
        ("the one in the demo plant", "Compressor-1"),
    ],
)
def test_a_reply_names_counts_or_describes_the_choice(
    reply: str, name: str, interpreter: Interpreter
) -> None:
    """The question that was open is completed: what else was said in it stays."""
    open_one = open_question(interpreter, "how much electricity did the compressor use yesterday")

    understanding = interpreter.understand(reply, open_one)
    question = asked(understanding)

    assert understanding.outcome == "answered"
    assert names(question) == [name]
    assert (question.intent, question.sources) == ("energy", ("electricity",))
    assert brief(question.period) == "day -1"


def test_a_reply_completes_a_list_of_machines(interpreter: Interpreter) -> None:
    open_one = open_question(
        interpreter, "how much energy was consumed by boiler one, hvac main and the compressor"
    )

    understanding = interpreter.understand("the second", open_one)

    assert sorted(names(asked(understanding))) == ["Boiler-1", "Compressor-EU-1", "HVAC-Main"]


def test_a_reply_says_which_machine_to_leave_out(interpreter: Interpreter) -> None:
    """The chosen machine was once the one that was added."""
    open_one = open_question(interpreter, "how much energy did everything but the compressor use")

    question = asked(interpreter.understand("the first one", open_one))

    everything = {machine.name for machine in CATALOGUE.machines}
    assert everything - set(names(question)) == {"Compressor-1"}


@pytest.mark.parametrize("reply", ["never mind", "cancel", "oh forget it", "stop"])
def test_a_person_may_give_up(reply: str, interpreter: Interpreter) -> None:
    open_one = open_question(interpreter, "how much energy did the compressor use yesterday")

    assert interpreter.understand(reply, open_one) == Understanding("cancelled", 1.0)


def test_a_new_question_is_not_taken_for_a_reply(interpreter: Interpreter) -> None:
    open_one = open_question(interpreter, "how much energy did the compressor use yesterday")
    text = "how much natural gas did boiler one burn last week"

    assert interpreter.understand(text, open_one) == interpreter.understand(text)


def test_a_reply_that_fits_no_choice_is_none(interpreter: Interpreter) -> None:
    open_one = open_question(interpreter, "how much energy did the compressor use yesterday")

    assert interpreter.understand("blue", open_one) == interpreter.understand("blue")


@pytest.mark.parametrize("reply", ["the third", "the tenth one", "the big one"])
def test_what_was_not_offered_is_asked_again(reply: str, interpreter: Interpreter) -> None:
    open_one = open_question(interpreter, "how much energy did the compressor use yesterday")

    again = interpreter.understand(reply, open_one)

    assert (again.outcome, again.choices) == ("clarify", open_one.choices)
    assert again.question == open_one.question


def test_a_reply_without_a_question_means_nothing(interpreter: Interpreter) -> None:
    assert interpreter.understand("the second one") == NOT_UNDERSTOOD
    assert interpreter.understand("3") == NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "text",
    [
        "turn off compressor one",
        "power down the boiler",
        "set a timer for the boiler",
        "could you switch on hvac main please",
        "remind me to check compressor one tomorrow",
    ],
)
def test_commands_that_we_do_not_do_are_not_ours(text: str, interpreter: Interpreter) -> None:
    assert interpreter.understand(text) == NOT_UNDERSTOOD


HOSTILE = (
    "",
    " \t\n",
    "?!…",
    "\x00\x01",
    "💥" * 300,
    "energy " * 2_000,
    "1" * 5_000,
    "1 2 3 4 " * 500,
    "é" * 3 + "\u0301" * 500,
    "'; DROP TABLE machines; --",
    "how much energy did {machine} use {period}",
    "machineslot periodslot sourceslot numberslot horizonslot",
    "except except but the the of compressor one",
    "how much energy did " + "compressor " * 300 + "use",
    "the last last last next week ago of the previous day before",
    "ﬁ ½ ² ٣ Ⅷ how much energy",
    "\u202ehow much energy\u202c",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_understood_or_not_but_never_fails(
    text: str, interpreter: Interpreter
) -> None:
    understanding = interpreter.understand(text)

    assert 0.0 <= understanding.confidence <= 1.0
    assert (understanding.question is None) == (understanding.outcome == "not_understood")


WORDS = [word for cases in CASES.values() for case in cases for word in case["say"].split()]


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(WORDS),
        ),
        max_size=14,
    )
)
def test_no_text_makes_understanding_fail(words: list[str]) -> None:
    interpreter = Interpreter(language_model(LANG), CATALOGUE)
    text = " ".join(words)

    understanding = interpreter.understand(text)

    assert understanding == interpreter.understand(text)
    if understanding.unknown is not None:
        assert understanding.unknown


@pytest.mark.parametrize("text", ENERGY[:20])
def test_an_empty_database_is_no_obstacle(text: str) -> None:
    understanding = Interpreter(language_model(LANG), Catalogue()).understand(text)

    assert understanding.question is None or understanding.question.scope.machine_ids == ()


def test_every_process_understands_the_same() -> None:
    """Sets have another order in each process; understanding must not."""
    texts = [*ENERGY, *foreign(LANG)[:100]]

    first, second = (_understood_in_a_process(texts, seed) for seed in ("1", "2"))

    assert first.count("\n") == len(texts)
    assert first == second


def _understood_in_a_process(texts: list[str], hash_seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", UNDERSTOOD_ALONE],
        input=json.dumps(texts),
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_sentence_without_end_is_said_back_in_few_words(interpreter: Interpreter) -> None:
    """Twenty thousand characters were, when nobody knew the machine, and so the terms."""
    long = "tell me about " + "the fourth " * 300
    number = f"how much energy did machine {'9' * 3_000} use"
    unknown = [interpreter.understand(text).unknown for text in (long, number)]
    loose = interpreter.understand(f"and the cost {'on mondays ' * 200}").unknown

    assert all(text is None or 0 < len(text) <= MOST_CHARACTERS for text in (*unknown, loose))
    assert unknown[1] is not None
