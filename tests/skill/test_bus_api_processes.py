"""Requests of other programs over a real websocket, to a skill in a process of its own."""

from __future__ import annotations

import getpass
import json
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from ovos_bus_client import Message
from ovos_workshop.skills.api import SkillApi

from enms_core.services.request_fields import NAMES, RequestName
from skill_enms.topics import BUS_ASK, SKILL_ID
from tests.conftest import PLANT_NOW, Asker, forget_baselines, forget_plans
from tests.core.performance_works import train_all
from tests.core.request_desk import sent_raw
from tests.skill.bus_desk import LEAST, NOW, checked, hostile_values, last_writer
from tests.skill.conftest import LANG, SPEAK
from tests.skill.database_gate import DatabaseGate
from tests.skill.docs_client import code_blocks, run_client
from tests.skill.real_bus import RealBus, running_bus
from tests.skill.test_bus_api import stored

COMPRESSOR = "Compressor-1 electricity"
CONDITIONS = '{{"now": "{now}", "seu": "{seu}", "conditions": {{"production_count": {number}}}}}'
# The sum of all readings of the day, whatever is made of them elsewhere.
USED_YESTERDAY = """
SELECT sum(energy_kwh) FROM energy_readings JOIN machines ON id = machine_id
WHERE name = 'Compressor-1'
  AND time >= '2026-11-17T00:00+01:00' AND time < '2026-11-18T00:00+01:00'
"""


@pytest.fixture(scope="module")
def gate(plant_url: str) -> Iterator[DatabaseGate]:
    """The way of the skill to the plant, which has a baseline of one compressor."""
    train_all(plant_url, PLANT_NOW, (COMPRESSOR,))
    gate = DatabaseGate(plant_url)
    yield gate
    gate.close()
    forget_plans(plant_url)
    forget_baselines(plant_url)


@pytest.fixture(scope="module")
def bus(gate: DatabaseGate) -> Iterator[RealBus]:
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(prefix="enms-bus-") as folder,
    ):
        patch.setenv("ENMS_DATABASE_URL", gate.url)
        with running_bus(Path(folder)) as bus:
            yield bus


@pytest.fixture(autouse=True)
def silence(bus: RealBus) -> Iterator[None]:
    """Whatever a program sends, nothing is spoken."""
    spoken: list[Message] = []
    for topic in SPEAK:
        bus.client.on(topic, spoken.append)
    yield
    for topic in SPEAK:
        bus.client.remove(topic, spoken.append)
    assert spoken == []


def by_engine(asker: Asker, name: RequestName, given: dict[str, object]) -> dict[str, Any]:
    """The response without bus and skill."""
    if name == BUS_ASK:
        told: dict[str, Any] = asker.ask(str(given["utterance"]), lang=LANG).contract()
        return told
    return sent_raw(asker, name, given, LANG)


# --- right ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_request_gets_what_the_engine_gives(
    bus: RealBus, plant_asker: Asker, name: RequestName
) -> None:
    given = {"now": NOW, **LEAST.get(name, {})}

    response = bus.requested(name, given)

    needs_yes = name in ("enms.baseline.train", "enms.plan.create")
    assert response["outcome"] == ("clarify" if needs_yes else "answered"), response["error"]
    told = by_engine(plant_asker, name, given)
    same = [key for key in told if key != "elapsed_ms"]
    assert {key: response[key] for key in same} == {key: told[key] for key in same}


def test_the_use_that_is_told_is_the_sum_of_the_readings(bus: RealBus, plant_url: str) -> None:
    response = bus.asked(BUS_ASK, utterance="how much electricity did compressor 1 use yesterday")

    with psycopg.connect(plant_url) as connection:
        row = connection.execute(USED_YESTERDAY).fetchone()
    assert row is not None
    assert response["data"]["energy_kwh"] == pytest.approx(float(row[0]), rel=1e-9)


def test_a_method_of_the_public_api_gives_what_the_request_gives(
    bus: RealBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SkillApi, "bus", bus.client)
    skill = SkillApi.get(SKILL_ID, api_timeout=60)
    words = LEAST[BUS_ASK]["utterance"]

    by_method = skill.kpi(now=NOW, machines="Boiler-1"), skill.ask(words, now=NOW)
    by_message = bus.asked("enms.kpi", machines="Boiler-1"), bus.asked(BUS_ASK, utterance=words)

    for response in (*by_method, *by_message):
        del response["elapsed_ms"]
    assert by_method == by_message


def test_two_requests_at_once_get_their_own_responses(bus: RealBus) -> None:
    found: dict[str, str] = {}

    def ask(machine: str) -> None:
        topic = f"panel.{machine}"
        data: dict[str, object] = {"now": NOW, "machines": machine, "reply_to": topic}
        response = bus.requested("enms.machines", data, topic)
        found[machine] = response["data"]["machines"][0]["machine"]

    machines = ("Compressor-1", "Boiler-1")
    threads = [threading.Thread(target=ask, args=(machine,)) for machine in machines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {machine: machine for machine in machines}


# --- wrong and hostile ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_field_that_is_wrong_is_named(bus: RealBus, name: str) -> None:
    unknown = bus.asked(name, **LEAST.get(name, {}), machnies="Boiler-1")["error"]
    of_wrong_type = bus.requested(name, {**LEAST.get(name, {}), "now": 5})["error"]
    of_no_language = bus.asked(name, **LEAST.get(name, {}), lang="tlh")["error"]

    assert (unknown["code"], unknown["field"]) == ("field_unknown", "machnies")
    assert (of_wrong_type["code"], of_wrong_type["field"]) == ("field_type", "now")
    assert (of_no_language["code"], of_no_language["field"]) == ("field_value", "lang")
    assert of_no_language["valid_options"] == ["de-de", "en-us"]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_values_are_answered_or_refused(bus: RealBus, name: str) -> None:
    field = "utterance" if name == BUS_ASK else "machines"
    for number, value in enumerate(hostile_values()):
        topic = f"hostile.{name}.{number}"
        data = {"now": NOW, **LEAST.get(name, {}), field: value, "reply_to": topic}

        told = bus.answered_raw(json.dumps({"type": name, "data": data}), topic)

        error = checked(name, told)["error"]
        assert error is None or error["code"] != "failed_inside", str(value)[:50]
        assert error is None or len(error["message"]) < 500
    assert bus.asked("enms.machines")["data"]["count"] == 11


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(bus: RealBus, number: str) -> None:
    name = "enms.baseline.predict"
    data = CONDITIONS.format(now=NOW, seu=COMPRESSOR, number=number)

    told = bus.answered_raw(f'{{"type": "{name}", "data": {data}}}', f"{name}.response")

    assert checked(name, told)["error"]["field"] == "conditions.production_count"


@pytest.mark.parametrize(
    "frame",
    [
        "how much energy did we use",
        '{"type": "enms.kpi", "data": ["machines", "Boiler-1"]}',
    ],
    ids=["no JSON", "data that is a list"],
)
def test_after_a_frame_that_is_no_message_requests_are_answered(bus: RealBus, frame: str) -> None:
    with bus.raw() as connection:
        bus.hear_bad(connection, frame)

    bus.wait_until_up()
    assert bus.asked("enms.machines")["data"]["count"] == 11


def test_a_database_that_is_away_says_when_to_ask_again(bus: RealBus, gate: DatabaseGate) -> None:
    gate.shut()
    try:
        by_fields = bus.asked("enms.kpi", machines="Boiler-1", period="last week")
        in_words = bus.asked(BUS_ASK, utterance="how much energy did boiler one use last week")
    finally:
        gate.open()

    for response in (by_fields, in_words):
        assert response["error"]["code"] == "database_unreachable", response
        assert response["error"]["retry_after_seconds"] > 0
    again = bus.asked("enms.kpi", machines="Boiler-1", period="last week")
    assert again["outcome"] == "answered", again["error"]


# --- writing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "table"),
    [("enms.baseline.train", "energy_baselines"), ("enms.plan.create", "action_plans")],
)
def test_only_a_confirmed_request_writes_and_once(
    bus: RealBus, plant_url: str, name: str, table: str
) -> None:
    given: dict[str, object] = {"now": NOW, **LEAST[name], "period": "last four months"}
    before = stored(plant_url)

    shown = bus.requested(name, given)
    after_showing = stored(plant_url)
    done = bus.requested(name, {**given, "confirmed": True}, skill_id="skill-lamps.acme")

    assert shown["error"]["code"] == "confirmation_required"
    assert after_showing == before
    assert done["outcome"] == "answered", done["error"]
    more = tuple(now - then for now, then in zip(stored(plant_url), before, strict=True))
    assert more == ((1, 0, 1) if table == "energy_baselines" else (0, 1, 1))
    assert last_writer(plant_url) == f"{getpass.getuser()} bus:skill-lamps.acme"


# --- the docs -------------------------------------------------------------------------------------


def test_the_client_of_the_docs_trains_after_a_yes_and_says_how_the_machine_did(
    bus: RealBus, plant_asker: Asker, plant_url: str
) -> None:
    seu = bus.asked("enms.machines")["data"]["machines"][0]["seus"][0]
    lacking = bus.asked("enms.analyze", seu=seu, period="yesterday")
    offered = bus.asked("enms.baseline.train", seu=seu)
    before = stored(plant_url)

    refused = run_client(bus.assistant.port, "no")
    after_no = stored(plant_url)
    printed = run_client(bus.assistant.port, "yes")

    assert lacking["error"]["code"] == "no_baseline"
    assert refused == [offered["voice_summary"], f"yes or no? {lacking['voice_summary']}"]
    assert after_no == before
    assert stored(plant_url)[0] == before[0] + 1
    given: dict[str, object] = {"now": NOW, "seu": seu, "period": "yesterday"}
    told = by_engine(plant_asker, "enms.analyze", given)
    (part,) = told["data"]["parts"]
    assert printed[0] == offered["voice_summary"]
    assert printed[1].startswith("yes or no? ") and len(printed) == 4
    assert printed[2] == told["voice_summary"]
    assert printed[3] == f"{part['seu']} {part['deviation_percent']} {part['iso_status']}"


def test_the_call_of_a_method_in_the_docs_gets_a_response(bus: RealBus) -> None:
    names: dict[str, Any] = {"Message": Message, "bus": bus.client}

    exec(code_blocks()[1], names)

    assert checked("enms.kpi", names["answer"])["request"] == "enms.kpi"
