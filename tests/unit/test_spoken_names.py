"""Names as they are said, and understood again."""

from __future__ import annotations

import time

import pytest

from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.language.files import load_language
from enms_core.language.model import language_model
from enms_core.language.words import Words
from tests.unit.catalogues import demo_catalogue, machine, small_catalogue
from tests.unit.test_machine_phrases import spotted

LANGS = ("en-us", "de-de")
MANY_SECONDS = 0.02  # of finding names among 200 machines; ten times what is usual
SENTENCES = 50
BAKERY = small_catalogue(
    machine("Oven-1", "oven"),
    machine("Oven-2", "oven"),
    machine("Main-Mixer", "mixer"),
    machine("Freezer-South", "freezer"),
    machine("Dough-Divider", ""),
    machine("Packer", "packer"),
    machine("AHU-Roof-3", "hvac"),
)
SERIAL = small_catalogue(
    machine("Saw-00417", "saw"),
    machine("M-0815", ""),
    machine("Press 2.5", "press"),
    machine("Robot-12345", "robot"),
    machine("Vacuum-Pump-3", "pump"),
    machine("XJ-7", ""),
)
HALLS = small_catalogue(
    *(
        machine(f"Line-{line}-{kind}-{number}", kind.lower())
        for line in range(1, 11)
        for kind in ("Robot", "Press", "Conveyor", "Fan")
        for number in range(1, 6)
    )
)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Compressor-1", "Kompressor eins"),
        ("HVAC-Main", "Hauptlüftung"),
        ("Conveyor-A", "Förderband A"),
        ("Hydraulic-Pump-1", "Hydraulikpumpe eins"),
        ("Injection-Molding-1", "Spritzgussmaschine eins"),
        ("Boiler-1", "Kessel eins"),
        ("Compressor-EU-1", "Kompressor E U eins"),
        ("HVAC-EU-North", "Lüftung E U Nord"),
        ("Main-Conveyor", "Hauptförderband"),
        ("Compressor-Main-2", "Hauptkompressor zwei"),
        ("Line-3-Robot-12", "Linie drei Roboter zwölf"),
        ("Verdichter-4", "Verdichter vier"),
        ("Hauptlüftung-2", "Hauptlüftung zwei"),
        ("Boiler-1 natural gas", "Kessel eins Erdgas"),
        ("Dough-Divider", "Dough Divider"),
        ("M-0815", "M null acht eins fünf"),
        ("", ""),
    ],
)
def test_a_name_is_said_in_german_words(name: str, said: str) -> None:
    assert Words(load_language("de-de")).name(name) == said


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "catalogue", [demo_catalogue(), BAKERY, HALLS], ids=["demo", "bakery", "halls"]
)
def test_a_name_that_is_said_is_understood_as_that_machine(lang: str, catalogue: Catalogue) -> None:
    words = Words(load_language(lang))
    for each in catalogue.machines:
        ((mention, _),) = spotted(lang, words.name(each.name), catalogue)

        assert (mention.kind, mention.machine_ids) == ("machine", (each.id,)), each.name


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("each", SERIAL.machines, ids=lambda each: each.name)
def test_a_serial_number_is_understood_digit_by_digit(lang: str, each: Machine) -> None:
    ((mention, _),) = spotted(lang, Words(load_language(lang)).name(each.name), SERIAL)

    assert mention.machine_ids == (each.id,)


@pytest.mark.parametrize("lang", LANGS)
def test_numbers_that_are_one_as_they_are_written_are_a_choice(lang: str) -> None:
    """Saw-417 and Saw-00417 are both typed as saw 417."""
    saws = small_catalogue(machine("Saw-00417", "saw"), machine("Saw-417", "saw"))

    ((mention, _),) = spotted(lang, "Saw-00417", saws)

    assert (mention.kind, len(mention.machine_ids)) == ("choice", 2)


@pytest.mark.parametrize("lang", LANGS)
def test_names_are_found_quickly_among_two_hundred_machines(lang: str) -> None:
    model = language_model(lang)
    spotter = model.spotter(HALLS, frozenset(model.classifier.known_words))
    tokens = ["how", "much", "energy", "did", "line", "7", "robot", "3", "use", "periodslot"]
    started = time.perf_counter()
    for _ in range(SENTENCES):
        found = spotter._machines.find(tokens)
    seconds = (time.perf_counter() - started) / SENTENCES

    assert len(HALLS.machines) == 200
    assert len(found) == 1
    assert seconds < MANY_SECONDS
