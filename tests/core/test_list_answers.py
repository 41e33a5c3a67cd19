"""What there is: machines, energy sources and their significant uses."""

from __future__ import annotations

import pytest

from enms_core.domain.question import Scope
from enms_core.services.machine_list import answer_machine_list
from enms_core.services.sources import answer_energy_source_list, answer_seu_list
from tests.core.adopted.databases import ONE_TABLE, TABLE_PER_CARRIER
from tests.core.answering import Works, adopted, lathe, works_on
from tests.core.conftest import execute, rows

DEMO_SITE = "Demo Manufacturing Plant"
HOSTILE = "x'); DROP TABLE machines; --"


@pytest.fixture(scope="module")
def plant(plant_url: str) -> Works:
    return works_on(plant_url)


MACHINES = """
SELECT m.name, m.type, f.name FROM machines AS m JOIN factories AS f ON f.id = m.factory_id
WHERE m.is_active
"""


def test_all_machines_are_listed_with_their_sites(plant: Works) -> None:
    told = plant.ask(answer_machine_list, plant.question())

    found = {(m["machine"], m["type"], m["factory"]) for m in told.data["machines"]}
    assert found == set(rows(plant.url, MACHINES))
    assert told.data["count"] == len(found) == 11
    assert told.speech == (
        "I know eleven machines: six at demo manufacturing plant, two at european production"
        " facility and three at american assembly plant."
        " They are boiler one, compressor one, compressor E U one and eight more."
    )
    assert told.answer.evidence().registers


@pytest.mark.parametrize("kind", ["compressor", "hvac", "motor"])
def test_machines_of_a_kind_are_those_of_its_type(plant: Works, kind: str) -> None:
    ids = tuple(machine.id for machine in plant.catalogue.machines if machine.type == kind)

    told = plant.ask(answer_machine_list, plant.question(scope=Scope("group", ids, kind)))

    found = {(m["machine"], m["type"], m["factory"]) for m in told.data["machines"]}
    assert found == {row for row in rows(plant.url, MACHINES) if row[1] == kind}


def test_the_factory_is_the_devices_own_site(plant_url: str) -> None:
    home = works_on(plant_url, site=DEMO_SITE)

    told = home.ask(answer_machine_list, home.question(in_full=True))

    assert told.data["count"] == 6
    assert told.speech == (
        "I know six machines: boiler one, compressor one, conveyor A, HVAC main, hydraulic pump one"
        " and injection molding one."
    )


def test_a_site_has_its_machines(plant: Works) -> None:
    scope = plant.site("European Production Facility")

    told = plant.ask(answer_machine_list, plant.question(scope=scope))

    assert [m["machine"] for m in told.data["machines"]] == ["Compressor-EU-1", "HVAC-EU-North"]
    assert told.speech.startswith("European production facility has two machines: ")


def test_a_database_without_machines_says_so(empty_url: str) -> None:
    empty = works_on(empty_url)

    told = empty.ask(answer_machine_list, empty.question())

    assert told.data == {"count": 0, "machines": []}
    assert told.speech.startswith("There are no machines")


def test_machines_with_a_source_are_those_alone(plant: Works) -> None:
    """Who asks which machines use gas does not want to hear of all machines."""
    gas = plant.ask(answer_machine_list, plant.question(sources=("natural_gas",)))
    both = plant.ask(answer_machine_list, plant.question(sources=("steam", "compressed_air")))
    none = plant.ask(answer_machine_list, plant.question("Conveyor-A", sources=("steam",)))

    assert gas.speech == "With natural gas, I know one machine: boiler one."
    assert {m["machine"] for m in both.data["machines"]} == {"Boiler-1", "Compressor-1"}
    assert none.answer.outcome == "no_data"


def test_a_machine_of_any_name_is_listed(workshop_url: str) -> None:
    execute(workshop_url, lathe(HOSTILE, 1) + lathe("{scope} 🔥 7", 2))
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_machine_list, workshop.question())

    assert {m["machine"] for m in told.data["machines"]} == {HOSTILE, "{scope} 🔥 7", "Lathe-7"}
    assert told.data["count"] == 3
    assert not any(character.isdigit() for character in told.speech)


# Machine, source, unit and whether it is bought, by meters and SEUs.
USERS = """
SELECT DISTINCT s.name, s.unit, s.is_purchased, m.name
FROM energy_sources AS s
JOIN (SELECT machine_id, energy_source_id FROM meters
      UNION SELECT unnest(machine_ids), energy_source_id FROM seus) AS u
    ON u.energy_source_id = s.id
JOIN machines AS m ON m.id = u.machine_id
"""


def users_of(plant: Works, *machines: str) -> dict[str, set[str]]:
    """Machines by source, of some machines or of all."""
    found: dict[str, set[str]] = {}
    for source, _unit, _purchased, machine in rows(plant.url, USERS):
        if not machines or machine in machines:
            found.setdefault(str(source), set()).add(str(machine))
    return found


@pytest.mark.parametrize(
    "machines", [("Boiler-1",), ("Compressor-1",), ("HVAC-Main",), ("Boiler-1", "HVAC-US-1"), ()]
)
def test_energy_sources_are_those_with_a_meter_or_an_seu(
    plant: Works, machines: tuple[str, ...]
) -> None:
    told = plant.ask(answer_energy_source_list, plant.question(*machines))

    found = {s["energy_source"]: set(s["machines"]) for s in told.data["sources"]}
    assert found == users_of(plant, *machines)
    units = {(s["energy_source"], s["unit"], s["is_purchased"]) for s in told.data["sources"]}
    assert units <= {(row[0], row[1], row[2]) for row in rows(plant.url, USERS)}


def test_the_boilers_sources_are_said_with_their_units(plant: Works) -> None:
    told = plant.ask(answer_energy_source_list, plant.question("Boiler-1"))

    assert told.speech == (
        "For boiler one I know electricity in kilowatt hours, natural gas in cubic meters and steam"
        " in kilograms. Bought from outside: electricity and natural gas. Produced here: steam."
    )


def test_machines_of_a_source_are_told_where_it_was_named(plant: Works) -> None:
    told = plant.ask(answer_energy_source_list, plant.question(sources=("steam",)))

    assert [(s["energy_source"], s["machines"]) for s in told.data["sources"]] == [
        ("steam", ["Boiler-1"])
    ]
    assert told.speech == "Steam is measured at boiler one."


def test_a_source_that_a_machine_has_not_is_said_with_those_it_has(plant: Works) -> None:
    question = plant.question("Conveyor-A", sources=("steam",))

    told = plant.ask(answer_energy_source_list, question)

    assert told.answer.outcome == "no_data"
    assert told.data == {"available_sources": ["electricity"]}


def test_a_machine_without_any_meter_has_no_energy_source(workshop_url: str) -> None:
    execute(workshop_url, "DELETE FROM meters")
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_energy_source_list, workshop.question("Lathe-7"))

    assert told.answer.outcome == "no_data"
    assert told.speech == "There is no meter registered for lathe seven."


SEUS = """
SELECT u.name, s.name, ARRAY(SELECT m.name FROM machines AS m WHERE m.id = ANY (u.machine_ids))
FROM seus AS u JOIN energy_sources AS s ON s.id = u.energy_source_id
"""


@pytest.mark.parametrize("sources", [(), ("electricity",), ("natural_gas", "steam")])
@pytest.mark.parametrize("machines", [(), ("Boiler-1",), ("Conveyor-A", "Compressor-1")])
def test_seus_are_those_of_the_machines_and_sources(
    plant: Works, machines: tuple[str, ...], sources: tuple[str, ...]
) -> None:
    told = plant.ask(answer_seu_list, plant.question(*machines, sources=sources))

    expected = {
        name: (source, tuple(of))
        for name, source, of in rows(plant.url, SEUS)  # type: ignore[misc]
        if (not sources or source in sources) and (not machines or set(of) & set(machines))
    }
    found = {s["seu"]: (s["energy_source"], tuple(s["machines"])) for s in told.data["seus"]}
    assert found == expected
    assert told.data["count"] == len(expected)


def test_an_seu_over_two_machines_is_one(workshop_url: str) -> None:
    execute(
        workshop_url,
        lathe("Lathe-8", 1)
        + """
        INSERT INTO seus (name, energy_source_id, machine_ids)
        SELECT 'Turning', id, ARRAY(SELECT id FROM machines) FROM energy_sources
        WHERE name = 'electricity'
        """,
    )
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_seu_list, workshop.question("Lathe-8"))

    assert told.speech == "I know one significant energy use: turning."
    assert sorted(told.data["seus"][0]["machines"]) == ["Lathe-7", "Lathe-8"]


@pytest.mark.parametrize("database", [ONE_TABLE, TABLE_PER_CARRIER])
def test_sources_of_an_adopted_database_that_cannot_be_read_are_said(
    bare_url: str, database: str
) -> None:
    theirs = adopted(bare_url, database)

    told = theirs.ask(answer_energy_source_list, theirs.question())

    unreadable = {each.source for each in theirs.catalogue.unreadable}
    told_of = {name for issue in told.answer.issues for name in issue.names["sources"]}
    assert told_of == unreadable
    assert not unreadable & {s["energy_source"] for s in told.data["sources"]}
