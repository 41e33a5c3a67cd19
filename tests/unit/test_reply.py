"""The reply as the contract's JSON."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.intents import YESTERDAY
from enms_core.domain.period import Period
from enms_core.domain.question import Question, Scope
from enms_core.services.reply import Reply, slots_of
from tests.unit.catalogues import demo_catalogue, ids_of

CATALOGUE = demo_catalogue()
BERLIN = ZoneInfo("Europe/Berlin")
DAY = Period(datetime(2026, 11, 17, tzinfo=BERLIN), datetime(2026, 11, 18, tzinfo=BERLIN))
SLOTS: dict[str, object] = {
    "machines": [],
    "energy_source": None,
    "period": None,
    "compared_to": None,
    "metric": None,
    "count": None,
    "drivers": [],
    "conditions": {},
    "horizon": None,
    "severity": None,
    "threshold": None,
    "plan": None,
    "person": None,
    "date": None,
    "progress": None,
    "topic": None,
    "kind": None,
}


def question(scope: Scope, *sources: str) -> Question:
    return Question("energy", scope, YESTERDAY, sources, period_said=True, metric="total")


def test_a_reply_is_the_contracts_object() -> None:
    reply = Reply(
        utterance="how much",
        lang="en-us",
        outcome="answered",
        intent="energy",
        confidence=0.123456,
        dialogs=(("energy_used", {"scope": "the boiler"}),),
        speech="The boiler.",
        data={"energy_kwh": 950.4},
        issues=({"code": "readings.gap"},),
        title="the boiler",
        elapsed_ms=12.345,
    )

    assert json.loads(json.dumps(reply.contract())) == {
        "utterance": "how much",
        "lang": "en-us",
        "outcome": "answered",
        "intent": "energy",
        "confidence": 0.1235,
        "slots": SLOTS,
        "choices": [],
        "unknown": None,
        "dialogs": [["energy_used", {"scope": "the boiler"}]],
        "speech": "The boiler.",
        "data": {"energy_kwh": 950.4},
        "issues": [{"code": "readings.gap"}],
        "elapsed_ms": 12.3,
    }


def test_only_what_was_not_understood_is_not_ours() -> None:
    assert not Reply("play music", "en-us", "not_understood").is_ours
    assert Reply("the turbine", "en-us", "unknown_machine").is_ours


def test_slots_name_the_machines_the_period_and_its_offset() -> None:
    asked = question(Scope("group", ids_of(CATALOGUE, "Boiler-1", "HVAC-Main")), "natural_gas")

    assert slots_of(asked, CATALOGUE, DAY, DAY) == SLOTS | {
        "machines": ["Boiler-1", "HVAC-Main"],
        "energy_source": "natural_gas",
        "period": {
            "start": "2026-11-17T00:00:00+01:00",
            "end": "2026-11-18T00:00:00+01:00",
            "said": True,
        },
        "compared_to": {"start": "2026-11-17T00:00:00+01:00", "end": "2026-11-18T00:00:00+01:00"},
        "metric": "total",
    }


def test_everything_is_no_machine_in_particular() -> None:
    everything = Scope("all", tuple(machine.id for machine in CATALOGUE.machines))

    assert slots_of(question(everything), CATALOGUE, None, None)["machines"] == []


@pytest.mark.parametrize(
    ("sources", "said"),
    [((), None), (("steam",), "steam"), (("steam", "electricity"), ["steam", "electricity"])],
)
def test_sources_are_a_name_a_list_or_not_said(sources: tuple[str, ...], said: object) -> None:
    slots = slots_of(question(Scope("all", ()), *sources), CATALOGUE, None, None)

    assert slots["energy_source"] == said
