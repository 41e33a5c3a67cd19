"""Conversations through OVOS: each session has its own memory."""

from __future__ import annotations

import pytest
from ovos_bus_client.message import Message
from ovos_bus_client.session import Session

from skill_enms.topics import SKILL_ID
from tests.skill.conftest import FALLBACK, PLUGIN, Croft

QUESTION = "how much natural gas did boiler one use in october 2026"


@pytest.mark.parametrize("route", [PLUGIN, FALLBACK])
def test_an_answer_is_repeated_word_for_word(croft: Croft, route: tuple[str, ...]) -> None:
    first = croft.hear(QUESTION, route, session="again")
    second = croft.hear("say that again", route, session="again")

    assert len(first.speech) == 1
    assert second.speech == first.speech


def test_another_session_has_nothing_to_repeat(croft: Croft) -> None:
    croft.hear(QUESTION, session="mine")

    heard = croft.hear("say that again", session="yours")

    assert heard.speech == ["I have not told you anything yet that I could repeat."]


def test_an_ambiguous_machine_is_asked_back_and_the_reply_is_understood(croft: Croft) -> None:
    asked = croft.hear("how much energy did the compressor use in october 2026", session="which")
    answered = croft.hear("the european one", session="which")

    assert "compressor one" in asked.speech[0]
    assert "compressor E U one" in asked.speech[0]
    assert len(answered.speech) == 1
    assert answered.speech[0].startswith("Compressor E U one ")


def test_an_unknown_machine_is_said_and_never_answered_for_the_factory(croft: Croft) -> None:
    heard = croft.hear("how much energy did turbine two use in october 2026", session="unknown")

    assert len(heard.speech) == 1
    assert "turbine two" in heard.speech[0]
    assert heard.values() == {}


def test_a_question_that_is_not_built_yet_says_so(croft: Croft) -> None:
    heard = croft.hear("how much energy will we need tomorrow", session="later")

    assert len(heard.speech) == 1
    assert "forecast" in heard.speech[0]


def test_a_lost_database_is_one_sentence_and_comes_back(
    croft: Croft,
) -> None:
    with croft.settings(database_url="postgresql://nobody@127.0.0.1:9/nothing"):
        lost = croft.hear(QUESTION, session="lost")
    back = croft.hear(QUESTION, session="lost")

    assert len(lost.speech) == 1
    assert "energy database" in lost.speech[0]
    assert back.speech[0].startswith("Boiler one ")


def test_a_reply_to_an_open_question_is_taken_before_other_skills(croft: Croft) -> None:
    croft.hear("how much energy did the compressor use in october 2026", session="converse")
    reply = Message(
        "converse",
        {"utterances": ["the first one"]},
        {"session": Session("converse", lang="en-US").serialize()},
    )
    foreign = reply.forward("converse", {"utterances": ["what is the weather like"]})

    assert croft.skill.can_converse(reply)
    assert not croft.skill.can_converse(foreign)
    assert croft.skill.converse(reply) is True
    assert not croft.skill.can_converse(reply)  # it is answered


def test_an_active_skill_answers_the_ping_of_every_utterance(croft: Croft) -> None:
    croft.hear(QUESTION, session="ping")
    pongs: list[Message] = []
    croft.bus.on("skill.converse.pong", pongs.append)

    croft.bus.emit(
        Message(
            f"{SKILL_ID}.converse.ping",
            {"utterances": ["what is the weather like"]},
            {"session": Session("ping").serialize()},
        )
    )

    assert [pong.data["can_handle"] for pong in pongs] == [False]


@pytest.mark.parametrize("route", [PLUGIN, FALLBACK])
def test_two_questions_are_answered_in_one_speech(croft: Croft, route: tuple[str, ...]) -> None:
    heard = croft.hear("energy and cost of boiler one in october 2026", route, session="two")

    assert len(heard.speech) == 1
    assert heard.speech[0].startswith("Boiler one ")
    assert "euro" in heard.speech[0]


def test_a_correction_is_taken_for_the_same_question(croft: Croft) -> None:
    croft.hear("how much energy did the compressor use in october 2026", session="no")
    croft.hear("the first one", session="no")
    heard = croft.hear("no, the european one", session="no")

    assert heard.speech[0].startswith("Compressor E U one ")


def test_another_machine_for_one_that_is_unknown_is_a_reply(croft: Croft) -> None:
    croft.hear("how much energy did boiler two use in october 2026", session="other")
    heard = croft.hear("boiler one", session="other")

    assert len(heard.speech) == 1
    assert heard.speech[0].startswith("Boiler one ")


def test_one_session_does_not_correct_another(croft: Croft) -> None:
    croft.hear(QUESTION, session="left")
    heard = croft.hear("no, compressor one", session="right")

    assert heard.values() == {}
