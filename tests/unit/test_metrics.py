"""Aspects told in words of no list, and what a number or a strange name may not do."""

from __future__ import annotations

import pytest

from enms_core.language.concepts import Thesaurus
from enms_core.language.metrics import MetricReader
from enms_core.language.model import language_model
from enms_core.language.phrases import PhraseMatch
from enms_core.language.understand import Interpreter
from tests.unit.catalogues import demo_catalogue

INTERPRETER = Interpreter(language_model("en-us"), demo_catalogue())


def test_a_concept_is_found_where_it_is_said() -> None:
    thesaurus = Thesaurus({"word_money": ("shell out", "quid*"), "word_peak": ("spike",)})

    found = thesaurus.matches(["what", "did", "we", "shell", "out"], {"money", "peak"})

    assert found == [PhraseMatch(3, 5, "money")]


def test_a_list_comes_before_the_meaning_of_other_words() -> None:
    words = {"metric_average": ("mean",), "word_peak": ("surge",), "word_minimum": ("trough",)}
    reader = MetricReader(words, language_model("en-us").numbers, Thesaurus(words))

    assert reader.read(["mean", "surge"], "power", by_meaning=True).metric == "average"
    assert reader.read(["the", "surge"], "power", by_meaning=True).metric == "peak"
    assert reader.read(["the", "surge"], "power", by_meaning=False).metric is None


@pytest.mark.parametrize(
    ("text", "intent", "metric"),
    [
        ("has the gas usage of the boiler been creeping upwards this year", "energy", "trend"),
        ("to what did the load of hvac main sink last night", "power", "minimum"),
        ("which machine ran up the biggest invoice last month", "ranking", "cost"),
        ("how much carbon falls on each piece this month", "kpi", "carbon"),
        ("how high will the load climb on friday", "forecast", "peak"),
        ("what will the boiler use on friday", "forecast", "energy"),
    ],
)
def test_an_aspect_is_told_in_words_of_no_list(text: str, intent: str, metric: str) -> None:
    question = INTERPRETER.understand(text).question

    assert question is not None
    assert (question.intent, question.metric) == (intent, metric)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("how much did the pump use yesterday i mean in kilowatt hours", "total"),
        ("good morning how many parts did we make yesterday", "units"),
    ],
)
def test_small_talk_says_no_aspect(text: str, metric: str) -> None:
    found = INTERPRETER.understand(text)

    assert found.question is not None
    assert (found.outcome, found.question.metric) == ("answered", metric)


@pytest.mark.parametrize(
    "text",
    [
        "i have two minutes what are the essentials on energy",
        "the key figures of the demo plant all on one page",
        "the lowest load of the pump yesterday if you have it",
        "put the machines in order of their emissions",
        "we had a spike this morning how high was it",
    ],
)
def test_a_number_or_small_word_that_bears_no_meaning_is_not_asked_back(text: str) -> None:
    assert INTERPRETER.understand(text).outcome == "answered"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("what are the scope one emissions of the boiler", "one"),
        ("how much did hvac main use per shift", "per"),
        ("how much gas did the boiler burn with three operators", "three"),
        # Times told from another, where that cannot be told.
        ("compare this week with the same week last year", "same week"),
        ("energy last month versus the same month a year ago", "same month"),
    ],
)
def test_a_number_or_time_that_narrows_is_still_asked_back(text: str, unknown: str) -> None:
    understood = INTERPRETER.understand(text)

    assert (understood.outcome, understood.unknown) == ("clarify", unknown)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("what is the flurb's power", "flurb"),
        ("energy of mangler two yesterday", "mangler two"),
        ("mean load of machine zeta", "machine zeta"),
        ("is the turbine on", "turbine"),
    ],
)
def test_a_strange_name_is_an_unknown_machine(text: str, name: str) -> None:
    understood = INTERPRETER.understand(text)

    assert (understood.outcome, understood.unknown) == ("unknown_machine", name)


@pytest.mark.parametrize(
    ("text", "plan", "person"),
    [
        ("put change the filters down as a new action", "change the filters", None),
        ("i would like a new action pipe insulation for the boiler", "pipe insulation", None),
        ("assign the lamp plan to peter", "lamp plan", "peter"),
        ("cancel the plan for the new burner", "plan for the new burner", None),
    ],
)
def test_what_is_left_is_the_title_of_a_plan(text: str, plan: str, person: str | None) -> None:
    question = INTERPRETER.understand(text).question

    assert question is not None
    assert (question.plan, question.person) == (plan, person)
