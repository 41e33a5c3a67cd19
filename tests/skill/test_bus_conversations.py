"""Conversations of programs and of people: neither hears the other's, and whose a write was."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from ovos_bus_client.message import Message
from ovos_bus_client.session import Session

from skill_enms.topics import BUS_ASK, SKILL_ID
from tests.conftest import PLANT_NOW, forget_baselines, forget_plans
from tests.core.performance_works import train_all
from tests.skill.bus_desk import LEAST, NOW, checked
from tests.skill.conftest import SPEAK, Croft
from tests.skill.test_bus_api import stored

# Of OVOS, the person at the device.
DEVICE = "default"
QUESTION = "how much energy did boiler one use in october 2026"
REPEAT = "say that again"
TRAIN = "train electricity of conveyor A using production count for last year"
WRITERS = "SELECT DISTINCT who FROM audit_log WHERE what IN ('baseline.train', 'plan.create')"


@pytest.fixture
def hall(croft: Croft, plant_url: str) -> Iterator[Croft]:
    """The plant; what is open at the device, and what was trained, is forgotten afterwards."""
    yield croft
    croft.skill.stop_session(Session(DEVICE))
    forget_plans(plant_url)
    forget_baselines(plant_url)


def said(hall: Croft, utterance: str, **fields: object) -> dict[str, Any]:
    """The response to a program's words, at the moment that a person would hear it."""
    return sent(hall, BUS_ASK, {"utterance": utterance, **fields})


def sent(
    hall: Croft, name: str, data: dict[str, object], context: dict[str, object] | None = None
) -> dict[str, Any]:
    response = hall.bus.wait_for_response(Message(name, data, context), timeout=60)
    assert response is not None
    return checked(name, response.data)


def writers(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(WRITERS).fetchall()]


# --- conversations --------------------------------------------------------------------------------


def test_a_persons_yes_is_none_to_what_a_program_was_asked(hall: Croft, plant_url: str) -> None:
    before = stored(plant_url)
    asked = said(hall, TRAIN, session=DEVICE)

    heard = hall.hear("yes", session=DEVICE)

    assert asked["error"]["code"] == "confirmation_required"
    assert heard.speech == []
    assert stored(plant_url) == before


def test_a_programs_yes_is_none_to_what_a_person_was_asked(hall: Croft, plant_url: str) -> None:
    before = stored(plant_url)
    asked = hall.hear(TRAIN, session="hall-6")

    response = said(hall, "yes", session="hall-6")

    assert asked.speech[0].endswith("?")
    assert response["outcome"] == "not_understood"
    assert stored(plant_url) == before


def test_a_program_does_not_hear_what_a_person_was_told(hall: Croft) -> None:
    heard = hall.hear(QUESTION, session="hall-7")

    assert heard.speech
    assert said(hall, REPEAT, session="hall-7")["outcome"] == "no_data"


def test_a_program_that_means_the_persons_session_takes_part_in_it(hall: Croft) -> None:
    heard = hall.hear(QUESTION, session=DEVICE)

    assert said(hall, REPEAT, ovos_session=DEVICE)["speech"] == heard.speech[0]


def test_a_person_hears_what_a_program_asked_in_their_session(hall: Croft) -> None:
    response = said(hall, QUESTION, ovos_session="hall-8")

    assert hall.hear(REPEAT, session="hall-8").speech == [response["speech"]]


def test_a_person_who_says_stop_stops_no_program(hall: Croft) -> None:
    said(hall, TRAIN, session="hall-9")

    assert not hall.skill.stop_session(Session("hall-9"))
    assert said(hall, "no", session="hall-9")["outcome"] == "cancelled"


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"session": "panel", "ovos_session": DEVICE}, "fields_conflict", "ovos_session"),
        ({"session": "x" * 201}, "field_value", "session"),
        ({"ovos_session": 5}, "field_type", "ovos_session"),
    ],
)
def test_a_conversation_that_is_none_is_an_error(
    hall: Croft, fields: dict[str, object], code: str, field: str
) -> None:
    error = said(hall, QUESTION, **fields)["error"]

    assert (error["code"], error["field"]) == (code, field)


def test_numbers_name_conversations_too(hall: Croft) -> None:
    first = said(hall, QUESTION, session=7)

    assert said(hall, REPEAT, session=7)["speech"] == first["speech"]


# --- who has written ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ({}, "bus"),
        ({"source": "panel"}, "bus:panel"),
        ({"skill_id": "skill-lamps.acme", "source": "audio"}, "bus:skill-lamps.acme"),
        ({"skill_id": "two words\n", "source": "panel"}, "bus:panel"),
        ({"skill_id": "x" * 65, "source": ["a"]}, "bus"),
        ({"skill_id": "'; DROP TABLE audit_log; --", "source": "\x00"}, "bus"),
    ],
)
def test_the_audit_log_tells_the_bus_and_the_program(
    hall: Croft, plant_url: str, context: dict[str, object], told: str
) -> None:
    data = {**LEAST["enms.baseline.train"], "now": NOW, "confirmed": True}

    done = sent(hall, "enms.baseline.train", data, context)

    assert done["outcome"] == "answered", done["error"]
    assert writers(plant_url) == [f"{getpass.getuser()} {told}"]


def test_a_plan_tells_its_program(hall: Croft, plant_url: str) -> None:
    train_all(plant_url, PLANT_NOW, ("Compressor-1 electricity",))
    forget_log(plant_url)
    data = {**LEAST["enms.plan.create"], "now": NOW, "confirmed": True}

    sent(hall, "enms.plan.create", data, {"skill_id": "skill-lamps.acme"})

    assert writers(plant_url) == [f"{getpass.getuser()} bus:skill-lamps.acme"]


def test_a_yes_in_words_and_a_method_tell_it_too(hall: Croft, plant_url: str) -> None:
    context = {"source": "panel"}
    for words in (TRAIN, "yes"):
        sent(hall, BUS_ASK, {"utterance": words, "session": "panel"}, context)
    fields = {**LEAST["enms.baseline.train"], "now": NOW, "confirmed": True}
    call = Message(f"{SKILL_ID}.baseline_train", {"args": [], "kwargs": fields}, context)

    hall.bus.wait_for_response(call, timeout=60)

    assert stored(plant_url)[0] == 2
    assert writers(plant_url) == [f"{getpass.getuser()} bus:panel"]


def test_what_a_person_says_is_of_the_user_alone(hall: Croft, plant_url: str) -> None:
    for words in (TRAIN, "yes"):
        hall.hear(words, session="spoken-training")

    assert writers(plant_url) == [getpass.getuser()]


def forget_log(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM audit_log WHERE what = 'baseline.train'")


# --- what a program always gets -------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [{}, {"utterance": 5}, {"utterance": "how much", "lang": "tlh"}, {"utterence": "x"}]
)
def test_what_is_no_question_has_a_summary_too(hall: Croft, data: dict[str, object]) -> None:
    response = sent(hall, BUS_ASK, data)

    assert response["outcome"] == "error"
    assert "another program" in response["voice_summary"].casefold()


def test_the_method_of_words_takes_all_fields_and_names_wrong_ones(hall: Croft) -> None:
    words = {"utterance": "how much energy did we use yesterday", "now": "2026-03-30T12:00"}

    told = by_method(hall, **words)
    lacking, unknown = by_method(hall), by_method(hall, **words, machnies=1)

    assert told["slots"]["period"]["start"] == "2026-03-29T00:00:00+01:00"
    assert (lacking["error"]["code"], lacking["error"]["field"]) == ("field_required", "utterance")
    assert (unknown["error"]["code"], unknown["error"]["field"]) == ("field_unknown", "machnies")


def by_method(hall: Croft, **fields: object) -> dict[str, Any]:
    call = Message(f"{SKILL_ID}.ask", {"args": [], "kwargs": fields})
    response = hall.bus.wait_for_response(call, timeout=20)
    assert response is not None
    return checked(BUS_ASK, response.data["result"])


def test_halves_of_surrogate_pairs_are_not_sent_back(hall: Croft) -> None:
    response = sent(hall, BUS_ASK, {"utterance": "\ud800 how much"}, {"source": "\udfff"})

    assert response["utterance"] == "? how much"


def test_a_fault_at_a_programs_request_is_not_spoken(
    hall: Croft, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[Message] = []
    for topic in SPEAK:
        hall.bus.on(topic, spoken.append)
    sendings: list[object] = []

    def fail(*sent: object) -> None:
        sendings.append(sent)
        raise RecursionError

    monkeypatch.setattr(hall.skill, "_send", fail)
    for name in (BUS_ASK, "enms.machines"):
        hall.bus.emit(Message(name, {"utterance": "which machines are there"}))

    assert len(sendings) == 2
    assert spoken == []
