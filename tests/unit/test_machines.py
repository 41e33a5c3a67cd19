"""Machines in a sentence: named, named in part, in groups, by site, ambiguous or unknown."""

from __future__ import annotations

import pytest

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.question import Understanding
from enms_core.language.mentions import Mention
from enms_core.language.model import language_model
from enms_core.language.tokens import tokenize
from enms_core.language.understand import Interpreter
from tests.unit.catalogues import demo_catalogue, ids_of, machine, small_catalogue

LANG = "en-us"
THREE_SITES = demo_catalogue(second_country=True)
TWO_SITES = demo_catalogue()


def mentions(text: str, catalogue: Catalogue = THREE_SITES) -> list[Mention]:
    model = language_model(LANG)
    spotter = model.spotter(catalogue, model.classifier.known_words)
    return [spotted.mention for spotted in spotter.read(tokenize(text)).machines]


def mention(text: str, catalogue: Catalogue = THREE_SITES) -> Mention:
    (only,) = mentions(text, catalogue)
    return only


def names(found: Mention, catalogue: Catalogue = THREE_SITES) -> list[str]:
    return [catalogue.machine(machine_id).name for machine_id in found.machine_ids]


def understood(text: str, catalogue: Catalogue) -> Understanding:
    return Interpreter(language_model(LANG), catalogue).understand(text)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Compressor-1", "Compressor-1"),
        ("compressor one", "Compressor-1"),
        ("compressor number one", "Compressor-1"),
        ("compressor1", "Compressor-1"),
        ("the compressor e u one", "Compressor-EU-1"),
        ("COMPRESSOR EU 1", "Compressor-EU-1"),
        ("compressor u s one", "Compressor-US-1"),
        ("h vac main", "HVAC-Main"),
        ("h. v. a. c. main", "HVAC-Main"),
        ("hvac e u north", "HVAC-EU-North"),
        ("conveyor a", "Conveyor-A"),
        ("hydraulic pump number one", "Hydraulic-Pump-1"),
        ("injection molding one", "Injection-Molding-1"),
    ],
)
def test_a_full_name_is_the_machine_however_it_is_said(said: str, name: str) -> None:
    found = mention(f"energy of {said} please")

    assert (found.kind, names(found)) == ("machine", [name])


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("boyler one", "Boiler-1"),
        ("boilar", "Boiler-1"),
        ("conveyer a", "Conveyor-A"),
        ("compresser e u one", "Compressor-EU-1"),
        ("hydrolic pump one", "Hydraulic-Pump-1"),
        ("injection moulding", "Injection-Molding-1"),
    ],
)
def test_a_misspelt_name_is_still_the_machine(said: str, name: str) -> None:
    found = mention(f"energy of {said} please")

    assert (found.kind, names(found)) == ("machine", [name])


def test_a_word_of_the_language_is_no_misspelt_name() -> None:
    """ "compressed" was once corrected to "compressor", and air became a question back."""
    assert mentions("how much compressed air did we use") == []
    assert names(mention("how much compressed air did compressor one use")) == ["Compressor-1"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("the boiler", "Boiler-1"),
        ("the pump", "Hydraulic-Pump-1"),
        ("pump one", "Hydraulic-Pump-1"),
        ("the injection molding machine", "Injection-Molding-1"),
        ("the main hvac", "HVAC-Main"),
        ("the european compressor", "Compressor-EU-1"),
        ("the american conveyor", "Conveyor-US-1"),
        ("the us conveyor", "Conveyor-US-1"),
        ("the north hvac", "HVAC-EU-North"),
        ("boiler a lot", "Boiler-1"),
    ],
)
def test_a_part_that_only_one_machine_has_names_it(said: str, name: str) -> None:
    found = mention(f"energy of {said}")

    assert (found.kind, names(found)) == ("machine", [name])


@pytest.mark.parametrize(
    ("said", "choices"),
    [
        ("the compressor", ["Compressor-1", "Compressor-EU-1", "Compressor-US-1"]),
        ("the conveyor", ["Conveyor-A", "Conveyor-US-1"]),
        ("the motor", ["Conveyor-A", "Conveyor-US-1"]),
        ("the hvac", ["HVAC-Main", "HVAC-EU-North", "HVAC-US-1"]),
    ],
)
def test_a_part_that_several_machines_have_is_a_choice(said: str, choices: list[str]) -> None:
    found = mention(f"energy of {said}")

    assert (found.kind, names(found)) == ("choice", choices)


@pytest.mark.parametrize(
    "said", ["the compressors", "all compressors", "every compressor", "all the compressors"]
)
def test_a_plural_or_a_quantifier_is_a_group(said: str) -> None:
    found = mention(f"energy of {said}", TWO_SITES)

    assert (found.kind, names(found)) == ("group", ["Compressor-1", "Compressor-EU-1"])


def test_a_group_can_be_narrowed_by_its_site() -> None:
    assert names(mention("energy of all european hvacs")) == ["HVAC-EU-North"]


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("boiler two", "boiler two"),
        ("boiler number two", "boiler number two"),
        ("compressor three", "compressor three"),
        ("pump a", "pump a"),
        ("Pump-A", "pump a"),
        ("hvac two", "hvac two"),
        ("machine 1", "machine 1"),
        ("line seven", "line seven"),
        ("the european boiler", "european boiler"),
    ],
)
def test_a_known_kind_with_what_no_machine_has_is_unknown(said: str, label: str) -> None:
    outcome = understood(f"how much energy did {said} use yesterday", THREE_SITES)

    assert outcome.outcome == "unknown_machine"
    assert outcome.unknown is not None
    assert outcome.unknown.lower().replace("-", " ") == label


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "is the european hvac more efficient than the main one",
            [["HVAC-EU-North"], ["HVAC-Main"]],
        ),
        ("compare the main hvac and the north one", [["HVAC-Main"], ["HVAC-EU-North"]]),
        ("compare compressor eu one and boiler one", [["Compressor-EU-1"], ["Boiler-1"]]),
        ("compare the boiler and the best one", [["Boiler-1"]]),
    ],
)
def test_one_behind_what_narrows_it_is_of_the_kind_named_before(
    text: str, found: list[list[str]]
) -> None:
    assert [names(each) for each in mentions(text, TWO_SITES)] == found


def test_one_of_a_kind_that_is_not_there_is_unknown() -> None:
    outcome = understood("how much did compressor one and the main one use", TWO_SITES)

    assert (outcome.outcome, outcome.unknown) == ("unknown_machine", "main one")


def test_what_somebody_did_is_no_machine() -> None:
    assert understood("what was the highest load we saw today", TWO_SITES).outcome == "answered"
    assert (
        understood("how much energy did the saw use today", TWO_SITES).outcome == "unknown_machine"
    )


def test_machines_of_a_kind_are_a_group_too() -> None:
    found = mention("energy of the hvac units", TWO_SITES)

    assert (found.kind, names(found)) == ("group", ["HVAC-Main", "HVAC-EU-North"])


@pytest.mark.parametrize(
    "said",
    [
        "make the boiler a monthly report",
        "which indicators are there for the boiler k p i wise",
        "which of the two boiler models is better",
        "show me the boiler i mean its energy",
    ],
)
def test_letters_and_numbers_of_other_words_are_none_of_a_name(said: str) -> None:
    found = mention(said)

    assert (found.kind, names(found)) == ("machine", ["Boiler-1"])


@pytest.mark.parametrize("noun", ["turbine", "dishwasher", "turbine two", "lathe", "robots"])
def test_a_kind_that_is_not_here_is_unknown_and_never_the_factory(noun: str) -> None:
    outcome = understood(f"how much energy did the {noun} use yesterday", THREE_SITES)

    assert (outcome.outcome, outcome.unknown) == ("unknown_machine", noun)


def test_a_word_that_nobody_knows_in_the_place_of_a_machine_is_unknown() -> None:
    outcome = understood("how much energy did the flurbinator use yesterday", THREE_SITES)

    assert (outcome.outcome, outcome.unknown) == ("unknown_machine", "flurbinator")


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("what did the quimper plant use yesterday", "quimper plant"),
        ("give me the morning briefing for the quimper plant", "quimper plant"),
        ("an overview of the plant in quimper please", "the plant in quimper"),
        ("show me the dashboard for plant three", "plant three"),
    ],
)
def test_a_site_of_another_name_is_not_the_whole_factory(text: str, site: str) -> None:
    outcome = understood(text, TWO_SITES)

    assert (outcome.outcome, outcome.unknown) == ("unknown_machine", site)


@pytest.mark.parametrize(
    "text",
    [
        "does compressor one use more than the one in the european plant",
        "compare compressor one with that of the european plant",
        "does the compressor of the european plant use more than the one in the demo plant",
    ],
)
def test_the_one_at_a_site_is_of_the_kind_named_before(text: str) -> None:
    question = understood(text, TWO_SITES).question

    assert question is not None
    assert question.scope.kind == "machines"
    names = {TWO_SITES.machine(id_).name for id_ in question.scope.machine_ids}
    assert names == {"Compressor-1", "Compressor-EU-1"}


@pytest.mark.parametrize(
    ("text", "machines"),
    [
        ("cost of the compressors and hvacs in europe", {"Compressor-EU-1", "HVAC-EU-North"}),
        (
            "energy of compressor one and the hvacs in the european plant",
            {"Compressor-1", "HVAC-EU-North"},
        ),
    ],
)
def test_a_site_cuts_all_the_kinds_joined_before_it(text: str, machines: set[str]) -> None:
    question = understood(text, TWO_SITES).question

    assert question is not None
    assert {TWO_SITES.machine(id_).name for id_ in question.scope.machine_ids} == machines


def test_an_unknown_machine_is_said_as_it_was_written() -> None:
    outcome = understood("How much energy did Boiler-2, please, use?", THREE_SITES)

    assert outcome.unknown == "Boiler-2"


@pytest.mark.parametrize(
    ("said", "site"),
    [
        ("the european plant", "European Production Facility"),
        ("the european machines", "European Production Facility"),
        ("the american factory", "American Assembly Plant"),
        ("american machines", "American Assembly Plant"),
        ("Demo Manufacturing Plant", "Demo Manufacturing Plant"),
        ("the demo plant", "Demo Manufacturing Plant"),
    ],
)
def test_a_word_of_a_sites_name_names_the_site(said: str, site: str) -> None:
    found = mention(f"energy of {said}")

    assert (found.kind, found.label) == ("site", site)
    assert {
        THREE_SITES.factory(THREE_SITES.machine(id_).factory_id).name for id_ in found.machine_ids
    } == {site}


@pytest.mark.parametrize(
    "text",
    [
        "the production of compressor one",
        "energy per production unit of compressor one",
        "energy of compressor one at full production",
        "energy for production, compressor one",
    ],
)
def test_what_a_plant_does_is_not_its_name(text: str) -> None:
    """ "production of" was once the European Production Facility, and its machines were added."""
    assert names(mention(text)) == ["Compressor-1"]


@pytest.mark.parametrize(
    "said", ["the factory", "the whole plant", "everything", "all machines", "all of the equipment"]
)
def test_the_factory_is_every_machine(said: str) -> None:
    found = mention(f"energy of {said}")

    assert found.kind == "everything"
    assert len(found.machine_ids) == len(THREE_SITES.machines)


def test_the_factory_is_the_devices_own_site_where_one_is_set() -> None:
    catalogue = demo_catalogue(site="European Production Facility")

    found = mention("energy of the factory", catalogue)

    assert names(found, catalogue) == ["Compressor-EU-1", "HVAC-EU-North"]


def test_an_seu_is_its_machines_and_its_source() -> None:
    found = mention("boiler one natural gas")

    assert (names(found), found.source) == (["Boiler-1"], "natural_gas")


def test_several_machines_are_found_from_left_to_right() -> None:
    found = mentions("boiler one, hvac main and the pump")

    assert [names(each) for each in found] == [["Boiler-1"], ["HVAC-Main"], ["Hydraulic-Pump-1"]]


def test_one_name_at_two_sites_is_a_choice() -> None:
    catalogue = small_catalogue(
        machine("Press-1", "press", factory="Hamburg"),
        machine("Press-1", "press", factory="Porto"),
        factories=("Hamburg", "Porto"),
    )

    found = mention("energy of press one", catalogue)

    assert (found.kind, len(found.machine_ids)) == ("choice", 2)


def test_an_alias_is_a_name() -> None:
    catalogue = small_catalogue(machine("M-0815", "", "old lady", "Big Bertha"))

    assert names(mention("energy of the old lady", catalogue), catalogue) == ["M-0815"]
    assert names(mention("energy of big bertha", catalogue), catalogue) == ["M-0815"]


def test_a_machine_called_like_the_scope_is_found_by_its_name_only() -> None:
    catalogue = small_catalogue(machine("Steel plant", "furnace"), machine("Saw-1", "saw"))

    assert names(mention("energy of the steel plant", catalogue), catalogue) == ["Steel plant"]
    assert mention("energy of the plant", catalogue).kind == "everything"


def test_a_machine_called_by_its_energy_source_does_not_take_the_source() -> None:
    """ "How much gas" was once a question about Gas-Heater-1."""
    catalogue = small_catalogue(machine("Gas-Heater-1", "heater"), machine("Saw-1", "saw"))

    assert mentions("how much gas did we use", catalogue) == []
    assert names(mention("energy of the gas heater", catalogue), catalogue) == ["Gas-Heater-1"]


HOSTILE_NAMES = (
    ".*",
    "(((",
    "[a-z]+\\",
    "💥🔧",
    "x" * 500,
    "' OR 1=1 --",
    "{machine}",
    "%s",
    "\x00",
    "",
)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_breaks_nothing_and_hides_no_other(name: str) -> None:
    catalogue = small_catalogue(machine(name, name, name, "", " "), machine("Saw-1", "saw"))

    found = mention("how much energy did saw one use", catalogue)

    assert names(found, catalogue) == ["Saw-1"]
    assert understood(f"how much energy did {name} use", catalogue) is not None


@pytest.mark.parametrize("name", ["", "💥🔧", "???"])
def test_a_name_without_words_is_never_said(name: str) -> None:
    """ "number" alone was once taken for a machine with an empty alias."""
    catalogue = small_catalogue(machine(name), machine("Saw-1", "saw", "", " "))

    assert mentions("the number of kilowatt hours", catalogue) == []


def test_without_machines_a_kind_of_machine_is_unknown() -> None:
    assert mention("energy of the compressor", Catalogue()).kind == "unknown"


def test_ids_are_those_of_the_catalogue() -> None:
    assert mention("boiler one").machine_ids == ids_of(THREE_SITES, "Boiler-1")
