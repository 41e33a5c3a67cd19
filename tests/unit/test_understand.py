"""From sentences to questions, over the demo plant without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.question import NOT_UNDERSTOOD, OpenQuestion, Question, Understanding
from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from tests.unit.catalogues import demo_catalogue, ids_of
from tests.unit.held_out import sentences_of

LANG = "en-us"
CATALOGUE = demo_catalogue()
SENTENCES = Path(__file__).parents[1] / "sentences" / LANG / "energy.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
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
    return Interpreter(language_model(LANG), CATALOGUE)


def names(question: Question) -> list[str]:
    return [CATALOGUE.machine(machine_id).name for machine_id in question.scope.machine_ids]


def asked(understanding: Understanding) -> Question:
    assert understanding.question is not None
    return understanding.question


def brief(phrase: PeriodPhrase) -> str:
    """A phrase as the sentence files write it."""
    if phrase.kind == "unit":
        return f"{phrase.unit} {phrase.offset:+d}"
    if phrase.kind in ("past", "coming"):
        return f"{phrase.kind} {phrase.count} {phrase.unit}"
    if phrase.kind in ("year", "month"):
        return f"{phrase.kind} {getattr(phrase, phrase.kind)}"
    return phrase.kind


def test_there_are_sentences_enough() -> None:
    assert len({case["say"] for case in CASES}) >= 80


@pytest.mark.parametrize("case", [pytest.param(case, id=case["say"]) for case in CASES])
def test_a_sentence_about_energy_is_the_question_it_asks(
    case: dict[str, Any], interpreter: Interpreter
) -> None:
    understanding = interpreter.understand(case["say"])
    question = asked(understanding)

    assert understanding.outcome == case.get("outcome", "answered")
    assert question.intent == "energy"
    assert question.sources == tuple(case.get("sources", ()))
    assert question.metric == case.get("metric", "total")
    assert question.period_said is ("period" in case)
    assert brief(question.period) == case.get("period", brief(TODAY))
    assert understanding.choices == ids_of(CATALOGUE, *case.get("choices", ()))
    assert understanding.unknown == case.get("unknown")
    if understanding.outcome == "answered":
        assert sorted(names(question)) == sorted(_expected_machines(case))


def _expected_machines(case: dict[str, Any]) -> list[str]:
    if "machines" in case:
        return list(case["machines"])
    left_out = case.get("all_but", ())
    site = case.get("site")
    return [
        machine.name
        for machine in CATALOGUE.machines
        if machine.name not in left_out
        and site in (None, CATALOGUE.factory(machine.factory_id).name)
    ]


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


@pytest.mark.parametrize("reply", ["the third", "the tenth one", "blue"])
def test_a_reply_that_fits_no_choice_is_none(reply: str, interpreter: Interpreter) -> None:
    open_one = open_question(interpreter, "how much energy did the compressor use yesterday")

    assert interpreter.understand(reply, open_one) == interpreter.understand(reply)


def test_a_reply_without_a_question_means_nothing(interpreter: Interpreter) -> None:
    assert interpreter.understand("the second one") == NOT_UNDERSTOOD
    assert interpreter.understand("3") == NOT_UNDERSTOOD


def test_what_is_meant_for_other_skills_is_left_to_them(interpreter: Interpreter) -> None:
    taken = {
        text: understanding.question.intent
        for text in sentences_of("other")
        if (understanding := interpreter.understand(text)).question is not None
    }

    assert "energy" not in taken.values()
    assert len(taken) <= 10, taken


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


WORDS = [word for case in CASES for word in case["say"].split()]


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


@pytest.mark.parametrize("text", [case["say"] for case in CASES[:20]])
def test_an_empty_database_is_no_obstacle(text: str) -> None:
    understanding = Interpreter(language_model(LANG), Catalogue()).understand(text)

    assert understanding.question is None or understanding.question.scope.machine_ids == ()


def test_every_process_understands_the_same() -> None:
    """Sets have another order in each process; understanding must not."""
    texts = [case["say"] for case in CASES] + list(sentences_of("other"))

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
