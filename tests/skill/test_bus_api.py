"""Requests of other programs over the message bus: right ones, wrong ones, and writing ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest
from ovos_bus_client.message import Message

from skill_enms.topics import SKILL_ID
from tests.conftest import PLANT_NOW, forget_baselines, forget_plans
from tests.core.performance_works import train_all
from tests.skill.bus_desk import BY_FIELDS, LEAST, NOW, asked, called, requested
from tests.skill.conftest import SPEAK, Croft

COMPRESSOR = "Compressor-1 electricity"
METHODS = {name.removeprefix("enms.").replace(".", "_") for name in ("enms.ask", *BY_FIELDS)}


@pytest.fixture(scope="module", autouse=True)
def trained(plant_url: str) -> Iterator[None]:
    """The plant with a baseline of one compressor."""
    train_all(plant_url, PLANT_NOW, (COMPRESSOR,))
    yield
    forget_plans(plant_url)
    forget_baselines(plant_url)


def stored(url: str) -> tuple[int, ...]:
    """How many baselines, plans and entries of the audit log there are."""
    tables = ("energy_baselines", "action_plans", "audit_log")
    with psycopg.connect(url) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {name}") for name in tables]
        return tuple(row[0] for count in counts for row in count.fetchall())


@pytest.mark.parametrize("name", ["enms.ask", *BY_FIELDS])
def test_every_request_gets_a_response_with_a_summary_and_nothing_is_spoken(
    croft: Croft, name: str
) -> None:
    spoken: list[Message] = []
    for topic in SPEAK:
        croft.bus.on(topic, spoken.append)

    response = asked(croft, name, **LEAST.get(name, {}))

    assert response["voice_summary"]
    needs_yes = name in ("enms.baseline.train", "enms.plan.create")
    assert response["outcome"] == ("clarify" if needs_yes else "answered"), response["error"]
    assert spoken == []


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_request_is_a_method_of_the_public_api(croft: Croft, method: str) -> None:
    listed = croft.bus.wait_for_response(Message(f"{SKILL_ID}.public_api"), timeout=5)

    assert listed is not None and listed.data[method]["help"]


def test_a_method_gives_what_the_request_gives(croft: Croft) -> None:
    fields = {"machines": ["Compressor-1"], "period": "yesterday"}

    over_bus, by_method = asked(croft, "enms.analyze", **fields), called(croft, "analyze", **fields)

    for response in (over_bus, by_method):
        del response["elapsed_ms"]
    assert by_method == over_bus


def test_an_analysis_is_the_one_that_is_spoken(croft: Croft) -> None:
    response = asked(
        croft,
        "enms.analyze",
        machines="compressor-1",
        energy_source="electricity",
        period="yesterday",
    )
    question = "how did the electricity of compressor one perform yesterday"
    words = asked(croft, "enms.ask", utterance=question)

    assert words["data"]["parts"] == response["data"]["parts"]
    assert words["voice_summary"] == words["speech"]


def test_the_summary_is_in_the_language_that_is_asked_for(croft: Croft) -> None:
    response = asked(croft, "enms.machines", site="European Production Facility", lang="de-de")

    assert response["lang"] == "de-de"
    assert "Maschinen" in response["voice_summary"]


def test_a_response_goes_where_the_request_says(croft: Croft) -> None:
    data = {"now": NOW, "reply_to": "panel.7"}

    assert requested(croft, "enms.machines", data, "panel.7")["outcome"] == "answered"


@pytest.mark.parametrize("reply_to", ["panel 7\n", 7, None, ["a"]])
def test_a_topic_that_is_none_gets_the_response_on_the_usual_one(
    croft: Croft, reply_to: object
) -> None:
    data = {"now": NOW, "reply_to": reply_to}

    assert requested(croft, "enms.machines", data)["outcome"] == "answered"


# --- writing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["enms.baseline.train", "enms.plan.create"])
@pytest.mark.parametrize("confirmed", [None, False, "true", "yes", 1, [True], {"is": True}])
def test_nothing_is_written_without_a_confirmation(
    croft: Croft, plant_url: str, name: str, confirmed: object
) -> None:
    before = stored(plant_url)
    fields = {} if confirmed is None else {"confirmed": confirmed}

    response = asked(croft, name, **LEAST[name], **fields)

    assert response["error"]["field"] == "confirmed"
    is_asked = confirmed is None or confirmed is False
    assert response["error"]["code"] == ("confirmation_required" if is_asked else "field_type")
    assert stored(plant_url) == before


def test_a_confirmed_training_stores_what_was_shown(croft: Croft, plant_url: str) -> None:
    fields = {"seu": "Conveyor-A electricity", "period": "last six months"}
    shown = asked(croft, "enms.baseline.train", **fields)
    drivers = shown["data"]["drivers"]
    before = stored(plant_url)

    done = asked(croft, "enms.baseline.train", **fields, drivers=drivers, confirmed=True)

    assert done["outcome"] == "answered", done["error"]
    trained = done["data"]["baseline"]["drivers"]
    assert {driver["driver"] for driver in trained} == set(drivers)
    assert stored(plant_url)[0] == before[0] + 1


def test_a_confirmed_plan_is_stored_with_its_owner(croft: Croft, plant_url: str) -> None:
    fields = {**LEAST["enms.plan.create"], "owner": "Ada Miller", "due": "2026-12-15"}
    shown = asked(croft, "enms.plan.create", **fields)

    done = asked(croft, "enms.plan.create", **fields, confirmed=True)

    assert shown["error"]["code"] == "confirmation_required"
    assert done["outcome"] == "answered", done["error"]
    assert done["data"]["plan"]["responsible_person"] == "Ada Miller"
    assert done["data"]["plan"]["target_date"] == "2026-12-15"
    with psycopg.connect(plant_url) as connection:
        rows = connection.execute("SELECT responsible_person FROM action_plans").fetchall()
    assert rows == [("Ada Miller",)]


# --- at once --------------------------------------------------------------------------------------


def test_programs_that_ask_at_once_get_their_own_responses(croft: Croft) -> None:
    machines = ("Compressor-1", "Boiler-1", "Conveyor-A", "HVAC-Main", "HVAC-EU-North")
    found: dict[str, str] = {}

    def ask(machine: str) -> None:
        topic = f"response.{machine}"
        data = {"now": NOW, "machines": machine, "reply_to": topic}
        response = requested(croft, "enms.machines", data, topic)
        found[machine] = response["data"]["machines"][0]["machine"]

    threads = [threading.Thread(target=ask, args=(machine,)) for machine in machines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {machine: machine for machine in machines}
