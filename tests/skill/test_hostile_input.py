"""Hostile strings through OVOS: over the message bus and as utterances, nothing falls over."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from ovos_bus_client.message import Message

from enms_core.domain.question import Outcome
from enms_core.services.reply import Reply
from skill_enms.topics import BUS_ASK
from tests.conftest import PLANT_NOW
from tests.hostile import hostile_strings
from tests.hostile_pieces import PAYLOADS
from tests.logs import errors_logged
from tests.skill.conftest import FALLBACK, PLUGIN, Croft, Heard

STRINGS = hostile_strings()
ASKED = STRINGS[:1_500]
SPOKEN = STRINGS[-80:]  # OVOS itself takes its time for each
QUESTION = "how much energy did compressor one use in october 2026"
NOW = PLANT_NOW.isoformat()
NOT_TEXTS: tuple[object, ...] = (None, 0, -1.5, True, [], ["a"], {}, {"a": {"b": []}}, 10**400)
OF_THE_BUS = {"version", "voice_summary", "error"}
KEYS = frozenset(Reply("", "en-us", "cancelled").contract()) | OF_THE_BUS
OUTCOMES = frozenset(get_args(Outcome)) - {"error"}
UNMATCHED = frozenset({"complete_intent_failure", "ovos.intent.unmatched"})
REPLY_TO = "hostile.answer"


def over_the_bus(croft: Croft, **data: object) -> dict[str, Any]:
    """The answer to another program, as it goes over the wire."""
    request = Message(BUS_ASK, {"reply_to": REPLY_TO, **data})
    response = croft.bus.wait_for_response(request, REPLY_TO, timeout=20)
    assert response is not None, data
    answer: dict[str, Any] = json.loads(json.dumps(response.data))
    return answer


def test_every_hostile_string_over_the_bus_is_answered_by_the_contracts_object(
    croft: Croft,
) -> None:
    with errors_logged() as logged:
        for number, hostile in enumerate(ASKED):
            answer = over_the_bus(croft, utterance=hostile.text, session=str(number % 5), now=NOW)
            assert answer.keys() - {"also"} == KEYS
            assert answer["outcome"] in OUTCOMES, (hostile, answer["issues"])
            assert answer["speech"].strip()

    assert logged == []


@pytest.mark.parametrize("name", ["utterance", "lang", "session", "now"])
def test_a_request_of_hostile_fields_is_answered_or_refused(croft: Croft, name: str) -> None:
    real: dict[str, object] = {"utterance": QUESTION, "session": "fields", "now": NOW}
    values = [*PAYLOADS, *NOT_TEXTS]
    with errors_logged() as logged:
        answers = [over_the_bus(croft, **real | {name: value}) for value in values]

    assert {answer["outcome"] for answer in answers} <= OUTCOMES | {"error"}
    assert all(answer.keys() == KEYS for answer in answers)
    assert logged == []


@pytest.mark.parametrize("route", [PLUGIN, FALLBACK])
def test_a_hostile_utterance_is_answered_once_or_left_to_other_skills(
    croft: Croft, route: tuple[str, ...]
) -> None:
    with errors_logged() as logged:
        heard = {each.text: croft.hear(each.text, route, session="hostile") for each in SPOKEN}

    wrong = {text: each.speech for text, each in heard.items() if not _is_in_order(each)}
    assert wrong == {}
    assert logged == []


def _is_in_order(heard: Heard) -> bool:
    unmatched = UNMATCHED & {message.msg_type for message in heard.messages}
    return len(heard.speech) == (0 if unmatched else 1) and all(heard.speech)


def test_what_is_asked_after_all_that_is_answered_as_before(croft: Croft) -> None:
    assert over_the_bus(croft, utterance=QUESTION, now=NOW)["data"]["energy_kwh"] > 0
