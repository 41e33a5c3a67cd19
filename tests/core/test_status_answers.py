"""The state of machines at an instant, against SQL of its own."""

from __future__ import annotations

from datetime import datetime

import pytest

from enms_core.domain.question import Scope
from enms_core.services.machine_status import answer_machine_status
from tests.conftest import PLANT_NOW
from tests.core.answering import Works, works_on
from tests.core.conftest import execute
from tests.core.oracle.case import ALL
from tests.core.status_cases import CHANGE, HOUR, LATHE, MIDNIGHT, alive, history
from tests.core.status_truth import NOW, SINCE, asked


@pytest.fixture(scope="module")
def plant(plant_url: str) -> Works:
    return works_on(plant_url)


@pytest.mark.parametrize("hours", [0, -7, -24, -100.5])
def test_the_status_of_all_machines_is_that_of_their_history(plant: Works, hours: float) -> None:
    now = PLANT_NOW + hours * HOUR

    told = plant.ask(answer_machine_status, plant.question(), now)

    assert told.data["count"] == len(ALL)
    for state in told.data["machines"]:
        ((mode, is_running),) = asked(plant.url, NOW, machine=state["machine"], now=now)
        ((since,),) = asked(plant.url, SINCE, machine=state["machine"], now=now)
        assert (state["mode"], state["is_running"]) == (mode, is_running)
        assert datetime.fromisoformat(state["since"]) == since
        assert state["duration_seconds"] == (now - since).total_seconds()
    assert told.data["running"] == sum(s["is_running"] for s in told.data["machines"])
    assert told.answer.evidence().status_changes == len(ALL)


def test_one_machine_is_told_with_since_when(plant: Works) -> None:
    told = plant.ask(answer_machine_status, plant.question("Compressor-1"))

    assert told.data["machines"][0]["mode"] == "running"
    assert told.speech.startswith("Compressor one is running. That began ")


def test_the_present_register_is_not_asked(workshop_url: str) -> None:
    """It may be of another time than the history: now is what the history tells of it."""
    alive(workshop_url)
    execute(workshop_url, CHANGE, LATHE, MIDNIGHT, "off", False)
    execute(
        workshop_url,
        "INSERT INTO machine_status (machine_id, is_running, current_mode)"
        " VALUES (%s, true, 'running')",
        LATHE,
    )
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_machine_status, workshop.question("Lathe-7"))

    assert told.data["machines"][0]["mode"] == "off"
    assert told.speech == "Lathe seven is switched off. That began yesterday at midnight."


def test_a_change_after_now_is_not_there_yet(workshop_url: str) -> None:
    execute(workshop_url, CHANGE, LATHE, MIDNIGHT, "idle", False)
    execute(workshop_url, CHANGE, LATHE, PLANT_NOW + HOUR, "fault", False)
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_machine_status, workshop.question("Lathe-7"))

    assert told.data["machines"][0]["mode"] == "idle"


@pytest.mark.parametrize("later", [None, 1])
def test_a_machine_whose_history_has_not_begun_has_no_status(
    workshop_url: str, later: int | None
) -> None:
    if later is not None:
        execute(workshop_url, CHANGE, LATHE, PLANT_NOW + later * HOUR, "running", True)
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_machine_status, workshop.question("Lathe-7"))

    assert told.answer.outcome == "no_data"
    assert told.speech == "I have no status of lathe seven."
    assert told.answer.issues[0].data() == {"code": "status.none", "machines": "Lathe-7"}


@pytest.mark.parametrize(
    ("mode", "is_running", "said"),
    [
        ("fault", False, "Lathe seven is out of order."),
        ("maintenance", False, "Lathe seven is in maintenance."),
        ("Setup_2", False, "Lathe seven is not running, in mode setup two."),
        ("warm-up", True, "Lathe seven is running, in mode warm up."),
        ("idle", True, "Lathe seven is running, in mode idle."),
        (
            "x'); DROP TABLE machines; --",
            False,
            "Lathe seven is not running, in mode x DROP TABLE machines.",
        ),
        ("{machine}", False, "Lathe seven is not running, in mode machine."),
    ],
)
def test_a_mode_of_an_adopted_database_is_said_as_it_is_written(
    workshop_url: str, mode: str, is_running: bool, said: str
) -> None:
    execute(
        workshop_url,
        "ALTER TABLE machine_status_history DROP CONSTRAINT machine_status_history_mode_check",
    )
    alive(workshop_url)
    execute(workshop_url, CHANGE, LATHE, MIDNIGHT, mode, is_running)
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_machine_status, workshop.question("Lathe-7"))

    assert told.data["machines"][0]["mode"] == mode
    assert told.speech.startswith(said)


def test_no_machine_is_no_status(empty_url: str) -> None:
    empty = works_on(empty_url)

    told = empty.ask(answer_machine_status, empty.question())

    assert told.answer.outcome == "no_data"
    assert told.speech.startswith("There are no machines")


TWINS = """
INSERT INTO factories (id, name, timezone)
VALUES ('00000000-0000-0000-0000-0000000000e0', 'Annex', 'America/Chicago');
INSERT INTO machines (id, factory_id, name, type)
VALUES ('00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-0000000000e0', 'Lathe-7',
        'lathe');
"""


def test_machines_of_one_name_are_told_apart_by_their_site(workshop_url: str) -> None:
    execute(workshop_url, TWINS)
    execute(workshop_url, CHANGE, "00000000-0000-0000-0000-0000000000c1", MIDNIGHT, "off", False)
    workshop = history(workshop_url, (0, "running"))
    ids = tuple(machine.id for machine in workshop.catalogue.machines)

    told = workshop.ask(
        answer_machine_status, workshop.question(scope=Scope("group", ids, "lathe"))
    )

    assert "lathe seven at workshop is running" in told.speech.casefold()
    assert "lathe seven at annex is switched off" in told.speech.casefold()


def test_a_status_is_not_the_present_where_nothing_was_heard_since(workshop_url: str) -> None:
    """The last reading ends with 17 November; three of its hours are given to the meter."""
    workshop = history(workshop_url, (0, "running"))
    question, end = workshop.question("Lathe-7"), MIDNIGHT + 24 * HOUR

    told = workshop.ask(answer_machine_status, question, end + 3 * HOUR)
    stale = workshop.ask(answer_machine_status, question, end + 3.5 * HOUR)

    assert told.speech == "Lathe seven is running. That began yesterday at midnight."
    assert told.data["machines"][0]["last_sign"] is None
    assert stale.speech == (
        "I last heard of lathe seven at midnight, so this is only what I knew then."
        " Lathe seven is running. That began yesterday at midnight."
    )
    assert stale.data["machines"][0]["last_sign"] == "2026-11-18T00:00:00+01:00"
    assert [issue.code for issue in stale.answer.issues] == ["status.stale"]


def test_a_row_of_the_history_is_a_sign_of_life_too(workshop_url: str) -> None:
    workshop = history(workshop_url, (0, "running"), (33.5, "running"))

    told = workshop.ask(answer_machine_status, workshop.question("Lathe-7"))

    assert told.answer.issues == ()
