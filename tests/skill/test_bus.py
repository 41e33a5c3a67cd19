"""Other programs ask over the message bus and get the contract's JSON, nothing is spoken."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from ovos_bus_client.message import Message

from skill_enms.topics import BUS_ASK, SKILL_ID
from tests.conftest import PLANT_NOW
from tests.skill.conftest import SPEAK, Croft

QUESTION = "how much energy did compressor one use in october 2026"


def asked(croft: Croft, **data: object) -> dict[str, Any]:
    """The response to a request of another program, as it goes over the wire."""
    response = croft.bus.wait_for_response(Message(BUS_ASK, data), timeout=20)
    assert response is not None
    answer: dict[str, Any] = json.loads(json.dumps(response.data))
    return answer


def test_a_question_is_answered_with_the_contracts_object(croft: Croft) -> None:
    spoken: list[Message] = []
    for topic in SPEAK:
        croft.bus.on(topic, spoken.append)

    answer = asked(croft, utterance=QUESTION, lang="en-us")

    assert (answer["outcome"], answer["intent"]) == ("answered", "energy")
    assert answer["slots"]["machines"] == ["Compressor-1"]
    assert answer["speech"].startswith("Compressor one used ")
    assert answer["data"]["energy_kwh"] > 0
    assert spoken == []


def test_the_answer_is_the_one_that_is_spoken(croft: Croft) -> None:
    heard = croft.hear(QUESTION, session="spoken")

    assert asked(croft, utterance=QUESTION, session="bus")["speech"] == heard.speech[0]


def test_a_session_is_remembered_and_belongs_to_its_name(croft: Croft) -> None:
    first = asked(croft, utterance=QUESTION, session="panel-1")

    again = asked(croft, utterance="say that again", session="panel-1")
    other = asked(croft, utterance="say that again", session="panel-2")

    assert again["speech"] == first["speech"]
    assert other["outcome"] == "no_data"


def test_the_answer_goes_where_the_request_says(croft: Croft) -> None:
    request = Message(BUS_ASK, {"utterance": QUESTION, "reply_to": "panel.7"})

    response = croft.bus.wait_for_response(request, "panel.7", timeout=20)

    assert response is not None
    assert response.data["outcome"] == "answered"


def test_a_topic_that_is_none_gets_the_answer_on_the_usual_one(croft: Croft) -> None:
    assert asked(croft, utterance=QUESTION, reply_to="panel 7\n")["outcome"] == "answered"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, "utterance: Field required"),
        ({"utterance": 5}, "utterance: Input should be a valid string"),
        ({"utterance": "how much", "lang": "tlh"}, "tlh"),
        ({"utterance": "how much", "lang": ["en"]}, "lang: Input should be a valid string"),
        ({"utterance": "how much", "now": "soon"}, "soon"),
    ],
)
def test_what_is_no_request_is_one_clear_error(
    croft: Croft, data: dict[str, object], reason: str
) -> None:
    answer = asked(croft, **data)

    assert answer["outcome"] == "error"
    assert answer["issues"][0]["code"] == "request.invalid"
    assert reason in answer["issues"][0]["reason"]


def test_the_past_can_be_asked_from(croft: Croft) -> None:
    answer = asked(croft, utterance="how much energy did we use yesterday", now="2026-03-30T12:00")

    assert answer["slots"]["period"]["start"] == "2026-03-29T00:00:00+01:00"
    assert answer["slots"]["period"]["end"] == "2026-03-30T00:00:00+02:00"


def test_what_is_not_ours_is_said_to_be_not_understood(croft: Croft) -> None:
    assert asked(croft, utterance="play some jazz")["outcome"] == "not_understood"


def test_other_skills_find_the_method_in_the_public_api(croft: Croft) -> None:
    listed = croft.bus.wait_for_response(Message(f"{SKILL_ID}.public_api"), timeout=5)
    call = Message(f"{SKILL_ID}.ask", {"args": [QUESTION], "kwargs": {"session": "api"}})

    response = croft.bus.wait_for_response(call, timeout=20)

    assert listed is not None and "ask" in listed.data
    assert response is not None
    assert response.data["result"]["outcome"] == "answered"


def test_programs_that_ask_at_once_get_their_own_answers(croft: Croft) -> None:
    machines = ("compressor one", "boiler one", "conveyor a", "HVAC main", "HVAC EU north")
    answers: dict[str, dict[str, Any]] = {}

    def ask(machine: str) -> None:
        topic = f"answer.{machine.replace(' ', '-')}"
        request = Message(
            BUS_ASK,
            {
                "utterance": f"how much electricity did {machine} use in october 2026",
                "session": machine,
                "reply_to": topic,
            },
        )
        response = croft.bus.wait_for_response(request, topic, timeout=20)
        answers[machine] = response.data

    threads = [threading.Thread(target=ask, args=(machine,)) for machine in machines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for machine in machines:
        named = answers[machine]["slots"]["machines"]
        assert [name.casefold().replace("-", " ") for name in named] == [
            machine.casefold().replace(" one", " 1")
        ]


def test_the_examples_are_offered_to_the_homescreen(croft: Croft) -> None:
    offered: list[Message] = []
    croft.bus.on("homescreen.register.examples", offered.append)

    croft.bus.emit(Message("homescreen.metadata.get"))

    ours = [m.data["utterances"] for m in offered if m.data["skill_id"] == SKILL_ID]
    assert ours and all(example[-1] in "?." for example in ours[0])


def test_every_example_of_the_homescreen_is_answered(croft: Croft) -> None:
    described = Path(croft.skill.res_dir, "locale/en-us/skill.json").read_text(encoding="utf-8")
    examples = json.loads(described)["examples"]

    now = PLANT_NOW.isoformat()
    outcomes = {
        text: asked(croft, utterance=text, session="examples", now=now) for text in examples
    }

    assert {text for text, reply in outcomes.items() if reply["outcome"] != "answered"} == set()
