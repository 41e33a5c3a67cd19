"""An engine that other programs send requests to, for tests."""

from __future__ import annotations

import json
from typing import Any

from enms_core.services.request_fields import RequestName
from enms_core.services.requests import respond
from tests.conftest import PLANT_NOW, Asker

NOW = PLANT_NOW.isoformat()
KEYS = [
    "version",
    "request",
    "outcome",
    "lang",
    "voice_summary",
    "period",
    "data",
    "issues",
    "error",
    "elapsed_ms",
]
ERROR_KEYS = ["code", "message", "field", "valid_options", "retry_after_seconds"]


def sent(asker: Asker, name: RequestName, lang: str = "en-us", **fields: Any) -> dict[str, Any]:
    """The response as it goes over a wire, which has no numbers that are none."""
    return sent_raw(asker, name, {"now": NOW, **fields}, lang)


def sent_raw(asker: Asker, name: RequestName, given: object, lang: str = "en-us") -> dict[str, Any]:
    response = asker.loop.run(respond(asker.engine, name, given, lang), 60)
    wire: dict[str, Any] = json.loads(json.dumps(response, allow_nan=False))
    assert list(wire) == KEYS
    assert wire["version"] == 1 and wire["request"] == name
    assert wire["voice_summary"].strip()
    assert (wire["error"] is None) == (wire["outcome"] == "answered")
    if wire["error"] is not None:
        assert list(wire["error"]) == ERROR_KEYS
    return wire
