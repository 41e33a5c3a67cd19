"""Sentences with words that tie them to an answer, said where there was none: complete ones are
answered, others asked back; and times that are meant otherwise than they are worded."""

from __future__ import annotations

import pytest

from enms_core.domain.period import PeriodPhrase
from tests.unit.catalogues import ids_of
from tests.unit.dialogues import CATALOGUE, interpreter_of

GERMAN, ENGLISH = "de-de", "en-us"


@pytest.mark.parametrize(
    ("lang", "text", "intent", "metric"),
    [
        (GERMAN, "und was war so die höchste Leistung heute Nacht", "power", "peak"),
        (GERMAN, "im dritten Quartal wie viel Energie war das", "energy", "total"),
        (GERMAN, "und die Kosten vom Kessel", "cost", None),
        (GERMAN, "wie steht es um die Verfügbarkeit der Hydraulikpumpe", "kpi", "availability"),
        (GERMAN, "wie genau ist das Modell der Hauptlüftung", "baseline_explain", None),
        (GERMAN, "wie lange war das Band gestern an", "status_history", "uptime"),
        (ENGLISH, "the demand charge now what was that in september", "cost", "demand_charge"),
        (ENGLISH, "and what did the boiler cost", "cost", None),
    ],
)
def test_what_names_a_figure_and_what_it_is_of_is_complete(
    lang: str, text: str, intent: str, metric: str | None
) -> None:
    understood = interpreter_of(lang).understand(text)
    question = understood.question

    assert understood.outcome == "answered"
    assert question is not None
    assert (question.intent, question.metric) == (intent, metric)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (GERMAN, "und wie viel war das gestern"),
        (GERMAN, "und gestern"),
        (GERMAN, "und die Kosten"),
        (GERMAN, "seit wann"),
        (ENGLISH, "how much was that yesterday"),
        (ENGLISH, "the energy of that in october"),
        (ENGLISH, "what about the boiler"),
        (ENGLISH, "since when"),
        (ENGLISH, "the second one"),
    ],
)
def test_what_points_at_an_answer_is_not_answered_without_one(lang: str, text: str) -> None:
    assert interpreter_of(lang).understand(text).outcome in ("clarify", "not_understood")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (ENGLISH, "where does that number come from"),
        (ENGLISH, "what is that based on"),
        (GERMAN, "wie sicher ist das"),
    ],
)
def test_evidence_may_be_asked_for_at_any_time(lang: str, text: str) -> None:
    question = interpreter_of(lang).understand(text).question

    assert question is not None
    assert question.intent == "evidence"


def test_a_time_beside_now_is_the_one_that_is_asked_about() -> None:
    understood = interpreter_of(ENGLISH).understand(
        "the demand charge now what was it in september"
    )

    assert understood.question is not None
    assert understood.question.period == PeriodPhrase("month", month=9)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (GERMAN, "soll ich mit dem Kessel bis heute Abend warten"),
        (ENGLISH, "should i wait until this evening with the boiler"),
    ],
)
def test_what_is_waited_for_is_the_time_itself(lang: str, text: str) -> None:
    understood = interpreter_of(lang).understand(text)
    question = understood.question

    assert question is not None
    assert question.intent == "load_shift"
    assert question.scope.machine_ids == ids_of(CATALOGUE, "Boiler-1")
    assert (question.period.kind, question.period.part) == ("hours", "evening")


def test_a_stretch_that_is_not_between_two_times_is_one_time() -> None:
    understood = interpreter_of(ENGLISH).understand("compare the boiler from monday to wednesday")

    assert understood.outcome == "clarify"
    assert understood.need == "comparison"


@pytest.mark.parametrize(
    ("text", "intent", "is_of_now"),
    [
        ("was verbraucht der Kessel grad", "power", True),
        ("was braucht die Hauptlüftung bei zwanzig Grad", "baseline_predict", False),
    ],
)
def test_grad_is_a_time_but_behind_a_number(text: str, intent: str, is_of_now: bool) -> None:
    question = interpreter_of(GERMAN).understand(text).question

    assert question is not None
    assert question.intent == intent
    assert (question.period_said and question.period.kind == "now") is is_of_now


@pytest.mark.parametrize("text", ["Klimabilanz der Hauptlüftung", "Produktionsausstoß heute"])
def test_a_word_that_only_looks_like_a_compound_names_no_machine(text: str) -> None:
    understood = interpreter_of(GERMAN).understand(text)

    assert understood.outcome == "answered"
