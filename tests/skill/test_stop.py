"""Stop: no answer any more to what was asked, no reply waited for."""

from __future__ import annotations

import threading

import psycopg
from ovos_bus_client.message import Message
from ovos_bus_client.session import Session

from skill_enms.topics import ASK
from tests.skill.conftest import SPEAK, Croft

AMBIGUOUS = "how much energy did the compressor use in october 2026"
QUESTION = "how much energy did compressor one use in october 2026"


def of_session(topic: str, session: str, **data: object) -> Message:
    return Message(topic, data, {"session": Session(session, lang="en-US").serialize()})


def test_with_nothing_open_there_is_nothing_to_stop(croft: Croft) -> None:
    croft.hear(QUESTION, session="calm")

    assert not croft.skill.can_stop(of_session("stop", "calm"))
    assert not croft.skill.stop_session(Session("calm"))


def test_a_question_back_is_dropped_and_the_last_answer_stays(croft: Croft) -> None:
    said = croft.hear(QUESTION, session="dropped")
    croft.hear(AMBIGUOUS, session="dropped")
    open_before = croft.skill.can_stop(of_session("stop", "dropped"))

    stopped = croft.skill.stop_session(Session("dropped"))

    assert open_before and stopped
    assert not croft.skill.can_stop(of_session("stop", "dropped"))
    assert croft.hear("say that again", session="dropped").speech == said.speech


def test_stopping_one_session_leaves_the_others_alone(croft: Croft) -> None:
    croft.hear(AMBIGUOUS, session="stopped")
    croft.hear(AMBIGUOUS, session="going on")

    croft.skill.stop_session(Session("stopped"))

    assert croft.skill.can_stop(of_session("stop", "going on"))
    assert croft.hear("the european one", session="going on").speech[0].startswith("Compressor E U")


def test_an_answer_on_its_way_is_not_spoken_any_more(croft: Croft, plant_url: str) -> None:
    spoken: list[Message] = []
    for topic in SPEAK:
        croft.bus.on(topic, spoken.append)
    asking = threading.Thread(
        target=croft.skill.handle_ask, args=(of_session(ASK, "slow", utterance=QUESTION),)
    )

    with psycopg.connect(plant_url) as connection:
        connection.execute("LOCK TABLE energy_readings IN ACCESS EXCLUSIVE MODE")
        asking.start()
        while not croft.skill.can_stop(of_session("stop", "slow")):
            asking.join(0.01)
        stopped = croft.skill.stop_session(Session("slow"))
        asking.join(5)

    assert stopped
    assert not asking.is_alive()
    assert spoken == []
