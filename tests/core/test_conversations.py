"""Conversations through the engine, over the demo plant: what is taken from the answer before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from enms_core.services.reply import Reply
from enms_core.services.request import Request
from tests.conftest import PLANT_NOW, Asker

MakeAsker = Callable[..., Asker]
Say = Callable[[str], Reply]


@pytest.fixture
def say(plant_asker: Asker, request: pytest.FixtureRequest) -> Say:
    """Says a sentence in a session of the test's own."""
    return lambda text: plant_asker.ask(text, session=request.node.name)


def same_answer(reply: Reply, whole: Reply) -> bool:
    """Whether a short question got what the whole question gets; the cost beside energy is told
    once only."""
    return (reply.intent, reply.slots, _figures(reply)) == (
        whole.intent,
        whole.slots,
        _figures(whole),
    )


def _figures(reply: Reply) -> dict[str, object]:
    beside = {"cost", "costs", "currency"} if reply.intent == "energy" else set[str]()
    return {name: value for name, value in reply.data.items() if name not in beside}


def test_the_cost_beside_energy_is_not_told_again_to_who_asks_on(say: Say) -> None:
    first = say("how much energy did compressor one use yesterday")
    second = say("and last week")
    by_itself = say("how much energy did compressor one use last week")

    assert first.data["cost"] is not None
    assert (second.slots["period"], second.data["cost"]) == (by_itself.slots["period"], None)
    assert by_itself.data["cost"] is not None


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (["and last week?"], "how much energy did compressor one use last week"),
        (["what about the boiler"], "how much energy did boiler one use yesterday"),
        (["what about the boiler", "how about gas"], "natural gas use of boiler one yesterday"),
        (["and the cost"], "what did compressor one cost yesterday"),
        (["and the carbon"], "how much carbon did compressor one emit yesterday"),
        (["and the average"], "average energy of compressor one yesterday"),
        (["and for HVAC main last week"], "how much energy did HVAC main use last week"),
        (["what did it cost last week"], "what did compressor one cost last week"),
        (["how much power is it drawing"], "what is compressor one drawing right now"),
        (["compare it with boiler one"], "compare compressor one and boiler one yesterday"),
        (["when was it offline"], "when was compressor one offline yesterday"),
    ],
)
def test_a_short_question_gets_what_the_whole_one_gets(
    turns: list[str], whole: str, plant_asker: Asker, request: pytest.FixtureRequest
) -> None:
    session = request.node.name
    plant_asker.ask("how much energy did compressor one use yesterday", session=session)

    replies = [plant_asker.ask(text, session=session) for text in turns]

    expected = plant_asker.ask(whole)
    assert replies[-1].outcome == expected.outcome == "answered"
    assert replies[-1].intent == expected.intent
    assert _figures(replies[-1]) == _figures(expected)
    assert replies[-1].slots["machines"] == expected.slots["machines"]


def test_the_second_of_a_ranking_is_the_second_that_was_told(say: Say) -> None:
    ranked = say("which three machines used the most energy last week")
    second = ranked.data["items"][1]["machine"]  # type: ignore[index]

    reply = say("how much energy did the second one use")

    assert reply.slots["machines"] == [second]
    assert reply.slots["period"] == ranked.slots["period"]


def test_the_rest_of_a_list_is_told(say: Say) -> None:
    three = say("which three machines used the most energy last week")
    every = say("and the others?")

    assert len(every.data["items"]) > len(three.data["items"]) == 3  # type: ignore[arg-type]
    assert every.data["items"][:3] == three.data["items"]  # type: ignore[index]


def test_sessions_know_nothing_of_each_other(plant_asker: Asker) -> None:
    """Two people who speak in turns each hear of their own machine."""
    plant_asker.ask("how much energy did compressor one use yesterday", session="hall")
    plant_asker.ask("what did boiler one cost last week", session="office")

    hall = plant_asker.ask("and last month", session="hall")
    office = plant_asker.ask("and yesterday", session="office")
    third = plant_asker.ask("and yesterday", session="gate")

    assert (hall.intent, hall.slots["machines"]) == ("energy", ["Compressor-1"])
    assert (office.intent, office.slots["machines"]) == ("cost", ["Boiler-1"])
    assert third.outcome == "not_understood"


@pytest.mark.parametrize("text", ["and yesterday", "why", "and the cost", "how much did it use"])
def test_nothing_is_taken_from_a_memory_that_has_expired(
    text: str, plant_asker: Asker, request: pytest.FixtureRequest
) -> None:
    session = request.node.name
    plant_asker.ask("how much energy did compressor one use last week", session=session)

    later = plant_asker.ask(text, now=PLANT_NOW + timedelta(minutes=5), session=session)

    assert later.outcome in ("clarify", "not_understood")
    assert later.data == {}


def test_memory_lasts_from_the_latest_turn(plant_asker: Asker) -> None:
    session = "slow talk"
    for minutes in (0, 4, 8):
        now = PLANT_NOW + timedelta(minutes=minutes)
        text = "and last week" if minutes else "how much energy did boiler one use yesterday"
        reply = plant_asker.ask(text, now=now, session=session)

    assert (reply.outcome, reply.slots["machines"]) == ("answered", ["Boiler-1"])


@pytest.mark.parametrize(
    ("between", "outcome"),
    [
        ("what is the compressor drawing right now", "clarify"),
        ("what is the weather", "not_understood"),
        ("how much did turbine two use", "unknown_machine"),
        ("what is a load factor", "answered"),
        ("how do you know that", "answered"),
        ("help me with energy costs", "answered"),
    ],
)
def test_what_is_no_answer_about_the_factory_does_not_replace_the_last(
    between: str, outcome: str, plant_asker: Asker, request: pytest.FixtureRequest
) -> None:
    session = request.node.name
    plant_asker.ask("how much energy did boiler one use yesterday", session=session)

    assert plant_asker.ask(between, session=session).outcome == outcome
    reply = plant_asker.ask("and last week", session=session)

    assert (reply.intent, reply.slots["machines"]) == ("energy", ["Boiler-1"])


def test_an_answer_without_data_replaces_the_last(say: Say) -> None:
    say("how much energy did boiler one use yesterday")
    assert say("what did compressor one cost in May 2019").outcome == "no_data"

    reply = say("and last week")

    assert (reply.intent, reply.slots["machines"]) == ("cost", ["Compressor-1"])


def test_why_and_what_to_do_build_on_an_answer(say: Say) -> None:
    say("how much energy did boiler one use yesterday")
    cause = say("why")
    remedy = say("what should I do about it")

    assert (cause.intent, cause.slots["machines"]) == ("root_cause", ["Boiler-1"])
    assert (remedy.intent, remedy.slots["machines"]) == ("opportunities", ["Boiler-1"])


def test_a_question_that_is_not_answered_yet_may_be_built_on(say: Say) -> None:
    ahead = say("how much energy will boiler one need tomorrow")
    other = say("and compressor one")

    assert (ahead.outcome, other.outcome) == ("not_yet", "not_yet")
    assert (other.intent, other.slots["machines"]) == ("forecast", ["Compressor-1"])


def test_what_is_not_answered_yet_is_neither_repeated_nor_proved(say: Say) -> None:
    answer = say("how much energy did boiler one use yesterday")
    say("how much energy will boiler one need tomorrow")

    assert say("say that again").speech == answer.speech
    assert say("how do you know that").data["readings"]


class TestCorrections:
    def test_a_machine_is_exchanged_in_the_same_question(self, say: Say) -> None:
        say("how much energy did compressor one use yesterday")
        reply = say("no, compressor E U one")
        by_itself = say("how much energy did compressor E U one use yesterday")

        assert same_answer(reply, by_itself)

    def test_a_time_is_exchanged_in_a_question_that_is_open(self, say: Say) -> None:
        asked = say("how much energy did the compressor use")
        again = say("I meant last week")
        reply = say("compressor one")

        assert (asked.outcome, again.outcome, reply.outcome) == ("clarify", "clarify", "answered")
        assert again.choices == asked.choices
        whole = say("how much energy did compressor one use last week")
        assert reply.slots["period"] == whole.slots["period"]

    def test_an_unknown_machine_is_exchanged(self, say: Say) -> None:
        unknown = say("how much energy did boiler two use yesterday")
        reply = say("the boiler")

        assert unknown.outcome == "unknown_machine"
        assert (reply.outcome, reply.slots["machines"]) == ("answered", ["Boiler-1"])
        assert reply.slots["period"] == unknown.slots["period"]

    def test_words_that_fit_nothing_are_asked_again(self, say: Say) -> None:
        asked = say("what did the compressor cost yesterday")
        again = say("the big one")

        assert (again.outcome, again.choices) == ("clarify", asked.choices)


class TestTwoQuestions:
    def test_both_are_answered_in_one_reply(self, say: Say) -> None:
        reply = say("energy and cost of boiler one last week")
        energy = say("how much energy did boiler one use last week")
        cost = say("what did boiler one cost last week")

        (second,) = reply.also
        assert (reply.intent, second.intent) == ("energy", "cost")
        assert same_answer(reply, energy)
        assert second.data == cost.data
        assert reply.speech.endswith(second.speech)
        assert reply.dialogs[-len(second.dialogs) :] == second.dialogs

    def test_the_second_of_them_is_remembered(self, say: Say) -> None:
        say("energy and cost of boiler one last week")
        reply = say("and yesterday")

        assert (reply.intent, reply.slots["machines"]) == ("cost", ["Boiler-1"])

    def test_the_contract_has_the_second_beside_the_first(self, say: Say) -> None:
        told = say("energy and cost of boiler one last week").contract()
        one = say("energy of boiler one last week").contract()

        (also,) = told["also"]  # type: ignore[misc]
        assert (told["intent"], also["intent"]) == ("energy", "cost")
        assert "also" not in one

    def test_they_are_answered_without_a_session(self, plant_asker: Asker) -> None:
        reply = plant_asker.ask("what did the pump use yesterday and what did it cost")

        (second,) = reply.also
        assert second.slots["machines"] == reply.slots["machines"] == ["Hydraulic-Pump-1"]

    def test_a_machine_that_is_open_is_asked_once_for_both(self, say: Say) -> None:
        asked = say("status and cost of the compressor")
        reply = say("the first one")

        assert (asked.outcome, asked.also) == ("clarify", ())
        assert [reply.outcome, *(each.outcome for each in reply.also)] == ["answered", "answered"]
        assert {reply.intent, *(each.intent for each in reply.also)} == {"cost", "machine_status"}

    def test_the_one_with_the_most_is_the_one_of_the_second_question(self, say: Say) -> None:
        """Whom "it" means is known when the first question is answered, and not before."""
        reply = say("which machine used the most energy yesterday and what did it cost")

        (second,) = reply.also
        most = reply.data["items"][0]["machine"]  # type: ignore[index]
        assert second.slots["machines"] == [most]


@pytest.mark.parametrize(
    "text", ["and last week", "what did it cost", "compare it with hvac main", "and the weather"]
)
def test_understanding_alone_takes_a_sentence_for_the_same_question(
    text: str, plant_asker: Asker, request: pytest.FixtureRequest
) -> None:
    session = request.node.name
    plant_asker.ask("how much energy did boiler one use yesterday", session=session)
    asked = Request(text, "en-us", session, PLANT_NOW)

    understood = plant_asker.loop.run(plant_asker.engine.understand(asked), 60)
    answered = plant_asker.ask(text, session=session)

    assert (understood.intent, understood.slots) == (answered.intent, answered.slots)


class TestEvidence:
    def test_it_is_that_of_the_last_answer(self, say: Say) -> None:
        energy = say("how much electricity did compressor one use yesterday")
        proof = say("how do you know that")

        (source,) = energy.data["sources"]  # type: ignore[misc]
        assert proof.data["readings"] == source["readings"]
        assert proof.data["coverage_percent"] == 100.0
        assert proof.data["last_reading"] == "2026-11-17T23:59:00+01:00"

    def test_evidence_of_evidence_is_the_same_again(self, say: Say) -> None:
        say("what did compressor one cost last week")

        assert say("how do you know that").data == say("how do you know that").data

    def test_after_it_the_answer_is_repeated_and_not_the_evidence(self, say: Say) -> None:
        answer = say("what did compressor one cost last week")
        say("how do you know that")

        assert say("say that again").speech == answer.speech

    def test_it_follows_the_conversation(self, say: Say) -> None:
        say("how much energy did compressor one use last week")
        first = say("how do you know that")
        say("and yesterday")

        assert say("how do you know that").data != first.data

    def test_there_is_none_where_nothing_was_said(self, say: Say) -> None:
        reply = say("how do you know that")

        assert reply.outcome == "no_data"
        assert reply.dialogs == (("nothing_to_prove", {}),)

    def test_who_wants_it_hears_it_with_each_answer(
        self, engine_on: MakeAsker, plant_url: str
    ) -> None:
        full = engine_on(plant_url, verbosity="full")
        reply = full.ask("how much electricity did compressor one use yesterday", session="full")
        said = [name for name, _slots in reply.dialogs]

        assert said[0] == "energy_used"
        assert "evidence_readings" in said
        assert "evidence_readings" not in [
            name for name, _slots in full.ask("what is a load factor").dialogs
        ]


class TestTopics:
    def test_a_term_is_explained(self, say: Say) -> None:
        reply = say("what is a load factor")

        assert (reply.outcome, reply.data) == ("answered", {"term": "load_factor"})
        assert reply.dialogs == (("term_load_factor", {}),)

    def test_a_term_that_is_not_in_the_glossary_is_said_so(self, say: Say) -> None:
        reply = say("what does energy fairness quotient mean")

        assert reply.outcome == "clarify"
        assert [name for name, _slots in reply.dialogs] == ["term_unknown"]

    def test_help_names_a_machine_that_there_is(self, say: Say) -> None:
        reply = say("help me with energy costs")

        assert reply.data == {"topic": "cost"}
        assert dict(reply.dialogs)["help_cost"] == {"machine": "boiler one"}
