"""Another program on the message bus: sends requests and hears the responses."""

from __future__ import annotations

import json
from typing import Any

import psycopg
from ovos_bus_client.message import Message

from enms_core.services.request_fields import NAMES
from enms_core.services.request_schemas import ErrorShape, ResponseShape
from skill_enms.topics import BUS_ASK, SKILL_ID
from tests.conftest import PLANT_NOW
from tests.skill.conftest import Croft

NOW = PLANT_NOW.isoformat()
BY_FIELDS = tuple(name for name in NAMES if name != BUS_ASK)
# The least that a request needs to be answered.
LEAST: dict[str, dict[str, object]] = {
    "enms.ask": {"utterance": "which machines do you monitor"},
    "enms.baseline.train": {"seu": "Compressor-1 electricity"},
    "enms.baseline.predict": {"seu": "Compressor-1 electricity", "period": "yesterday"},
    "enms.plan.create": {"seu": "Compressor-1 electricity", "period": "last week"},
}


def requested(
    croft: Croft, name: str, data: dict[str, object], topic: str | None = None
) -> dict[str, Any]:
    """The response as it goes over the wire, checked against its schema."""
    topic = topic or f"{name}.response"
    request = Message(name, data)
    response = croft.bus.wait_for_response(request, topic, timeout=60)
    assert response is not None, (name, data)
    return checked(name, response.data)


def checked(name: str, data: object) -> dict[str, Any]:
    """A response as it goes over the wire: of its schema, and with something to say."""
    wire: dict[str, Any] = json.loads(json.dumps(data, allow_nan=False))
    if name == BUS_ASK:
        assert wire["version"] == 1 and wire["voice_summary"] == wire["speech"]
        assert (wire["error"] is None) == (wire["outcome"] == "answered")
        if wire["error"] is not None:
            ErrorShape.model_validate(wire["error"])
    else:
        ResponseShape.model_validate(wire)
    assert wire["voice_summary"].strip()
    return wire


def asked(croft: Croft, name: str, **fields: object) -> dict[str, Any]:
    """The response to some fields, at the plant's now."""
    return requested(croft, name, {"now": NOW, **fields})


def called(croft: Croft, method: str, **fields: object) -> dict[str, Any]:
    """What a method of the skill's public API gives."""
    call = Message(f"{SKILL_ID}.{method}", {"args": [], "kwargs": {"now": NOW, **fields}})
    response = croft.bus.wait_for_response(call, timeout=60)
    assert response is not None
    result: dict[str, Any] = json.loads(json.dumps(response.data["result"], allow_nan=False))
    return result


def hostile_values() -> list[object]:
    """A strong one of each kind, as a frame of JSON can carry it."""
    deep: object = "Boiler-1"
    for _ in range(400):
        deep = [deep]
    return [
        "x" * 1_000_000,
        deep,
        "\ud800 how much \udfff",
        "\x00\x07\x1b[31m\x7f\u202e",
        "'; DROP TABLE machines; --",
        {"$ne": None},
        10**400,
    ]


def last_writer(url: str) -> str:
    """Who is told in the newest entry of the audit log."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT who FROM audit_log ORDER BY time DESC, id DESC").fetchone()
    assert row is not None
    return str(row[0])
