"""Drivers, conditions, plans and needs: what only a few intents take."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from enms_core.domain.catalogue import Catalogue, Driver
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import Question, Recalled, Scope, Understanding
from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from tests.unit.catalogues import demo_catalogue, ids_of
from tests.unit.sentence_files import asked

CATALOGUE = demo_catalogue()
WITH_WIND = replace(
    CATALOGUE,
    drivers=(*CATALOGUE.drivers, Driver(CATALOGUE.source("electricity").id, "dew_point", "AVG")),
)
EXPECTED = {
    "en-us": "according to the baseline how much energy should injection molding one use",
    "de-de": "wie viel sollte Spritzgussmaschine eins laut Modell verbrauchen",
}
TRAIN = "train the electricity baseline of compressor one using"


@lru_cache
def _interpreter(lang: str, catalogue: Catalogue) -> Interpreter:
    return Interpreter(language_model(lang), catalogue)


def understood(
    text: str, lang: str = "en-us", recalled: Recalled | None = None, **changed: Catalogue
) -> Understanding:
    catalogue = changed.get("catalogue", CATALOGUE)
    return _interpreter(lang, catalogue).understand(text, recalled=recalled)


def question(text: str, lang: str = "en-us") -> Question:
    return asked(understood(text, lang))


@pytest.mark.parametrize(
    ("said", "drivers"),
    [
        ("production count", ["production_count"]),
        ("humidity and outdoor temperature", ["outdoor_humidity_percent", "outdoor_temp_c"]),
        ("the outside temperature plus the production", ["outdoor_temp_c", "production_count"]),
        ("degree days, running hours and pressure", None),
        ("temperature temperature", ["outdoor_temp_c"]),
    ],
)
def test_drivers_are_told_once_in_the_order_said(said: str, drivers: list[str] | None) -> None:
    expected = drivers or ["heating_degree_days", "operating_hours", "pressure_bar"]

    assert list(question(f"{TRAIN} {said}").drivers) == expected


def test_a_feature_of_the_database_alone_is_called_by_its_own_name() -> None:
    known = understood(f"{TRAIN} dew point", catalogue=WITH_WIND)
    unknown = understood(f"{TRAIN} dew point")

    assert asked(known).drivers == ("dew_point",)
    assert (unknown.outcome, unknown.unknown) == ("clarify", "dew point")


def test_pressure_is_that_of_the_energy_source() -> None:
    """Gas has a pressure of its own."""
    of_gas = question("train the gas baseline of boiler one using pressure")
    of_electricity = question(f"{TRAIN} pressure")

    assert of_gas.drivers == ("gas_pressure_bar",)
    assert of_electricity.drivers == ("pressure_bar",)


def test_a_driver_of_another_source_is_asked_back() -> None:
    """Electricity has no calorific value."""
    found = understood(f"{TRAIN} calorific value")

    assert (found.outcome, found.unknown) == ("clarify", "calorific value")


def test_a_carrier_among_the_drivers_is_no_source_of_the_question() -> None:
    found = question("train the natural gas model of boiler one using steam and production")

    assert found.sources == ("natural_gas",)
    assert found.drivers == ("steam_kg", "production_count")


def test_carriers_that_drive_nothing_are_sources() -> None:
    found = question("train the boiler for electricity and steam using production count")

    assert found.sources == ("electricity", "steam")
    assert found.drivers == ("production_count",)


@pytest.mark.parametrize(
    ("lang", "said", "conditions"),
    [
        ("en-us", "at minus five degrees", {"outdoor_temp_c": -5}),
        ("en-us", "when it is thirty degrees outside", {"outdoor_temp_c": 30}),
        ("en-us", "if outside it is 30 degrees", {"outdoor_temp_c": 30}),
        ("en-us", "at 20 degrees indoors", {"indoor_temp_c": 20}),
        ("en-us", "with humidity at 80 percent", {"outdoor_humidity_percent": 80}),
        ("en-us", "with 80 percent humidity", {"outdoor_humidity_percent": 80}),
        ("en-us", "at seven bar", {"pressure_bar": 7}),
        (
            "en-us",
            "for temperature 25 production 500 and humidity 60 percent",
            {"outdoor_temp_c": 25, "production_count": 500, "outdoor_humidity_percent": 60},
        ),
        ("en-us", "at two and a half bar", {"pressure_bar": 2.5}),
        ("en-us", "with three percent moisture", {"material_moisture_percent": 3}),
        ("de-de", "bei minus fünf Grad", {"outdoor_temp_c": -5}),
        ("de-de", "bei einer Luftfeuchte von 60 Prozent", {"outdoor_humidity_percent": 60}),
        (
            "de-de",
            "bei fünfhundert Stück, fünfundzwanzig Grad und sieben bar",
            {"production_count": 500, "outdoor_temp_c": 25, "pressure_bar": 7},
        ),
        ("de-de", "bei 2,5 bar", {"pressure_bar": 2.5}),
    ],
)
def test_values_of_drivers_are_conditions(
    lang: str, said: str, conditions: dict[str, float]
) -> None:
    assert dict(question(f"{EXPECTED[lang]} {said}", lang).conditions) == conditions


def test_a_value_is_no_time_and_no_part_of_a_name() -> None:
    found = question("how much should compressor one use at seven bar")

    assert not found.period_said
    assert found.conditions == (("pressure_bar", 7),)


def test_a_value_of_what_drives_nothing_is_asked_back() -> None:
    """Boiler one has no moisture of a material among the drivers of its gas."""
    found = understood("how much gas should boiler one use at 5 percent moisture")

    assert (found.outcome, found.unknown) == ("clarify", "5 percent moisture")


@pytest.mark.parametrize(
    ("said", "plan", "person", "progress"),
    [
        ("give anna the hvac plan", "hvac plan", "anna", None),
        ("put susan in charge of the boiler plan", "boiler plan", "susan", None),
        ("the owner of the leak plan is now mister smith", "leak plan", "mister smith", None),
        ("the hvac plan is three quarters done", "hvac plan", None, "75 %"),
        ("the hvac plan was called off", "hvac plan", None, "cancelled"),
        ("set action plan 2 to done", "action plan 2", None, "completed"),
        ("the plan to fix the leak is in progress", "plan to fix the leak", None, "in_progress"),
    ],
)
def test_plans_persons_and_progress_are_read(
    said: str, plan: str, person: str | None, progress: str | None
) -> None:
    found = question(said)

    assert (found.plan, found.person, found.progress) == (plan, person, progress)


def test_what_is_needed_is_asked_one_at_a_time() -> None:
    """The machine comes first, and then the source that it leaves open."""
    nothing = understood("train a baseline")
    machine = understood("train a baseline for boiler one")
    everything = understood("train a gas baseline for boiler one")

    assert [each.need for each in (nothing, machine, everything)] == [
        "machine",
        "energy_source",
        None,
    ]
    assert machine.source_choices == ("electricity", "natural_gas", "steam")


def test_only_machines_with_the_source_are_offered() -> None:
    found = understood("train a steam baseline")

    assert found.choices == ids_of(CATALOGUE, "Boiler-1")


def test_the_only_source_of_a_machine_is_taken() -> None:
    assert question("train hvac main").sources == ("electricity",)


def test_the_plan_of_the_answer_before_is_meant() -> None:
    before = question("mark the hvac plan as completed")

    found = understood("mark the plan as cancelled", recalled=Recalled(before))

    assert (found.outcome, asked(found).plan) == ("answered", "hvac plan")


def test_a_time_that_is_over_is_no_forecast() -> None:
    found = understood("forecast the consumption of last week")

    assert found.outcome == "clarify"
    assert found.unknown is not None
    assert "last week" in found.unknown


@pytest.mark.parametrize(
    ("text", "machines", "threshold"),
    [
        ("target for the boiler ten percent less by friday", ["Boiler-1"], "less 10 %"),
        ("boiler 500 kilowatt hours target", ["Boiler-1"], "<= 500 kWh"),
    ],
)
def test_an_amount_behind_a_machine_is_no_part_of_its_name(
    text: str, machines: list[str], threshold: str
) -> None:
    """Boiler ten was an unknown machine, whatever stood behind the number."""
    found = question(text)

    assert found.scope.machine_ids == ids_of(CATALOGUE, *machines)
    assert found.threshold is not None
    bound = found.threshold
    assert f"{bound.op} {bound.value:g} {bound.unit}" == threshold


def test_an_unknown_number_before_a_time_stays_one() -> None:
    found = understood("consumption of boiler two hour by hour")

    assert (found.outcome, found.unknown) == ("unknown_machine", "boiler two")


def test_two_sources_side_by_side_need_nothing_else() -> None:
    found = understood("compare electricity and natural gas of boiler one yesterday")

    assert found.outcome == "answered"
    assert asked(found).compares_sources
    assert asked(found).scope == Scope("machines", ids_of(CATALOGUE, "Boiler-1"))


@pytest.mark.parametrize(
    "text",
    ["Frühschicht gegen Spätschicht gestern", "gestern Frühschicht gegen Spätschicht"],
)
def test_a_day_said_of_one_of_two_shifts_is_that_of_both(text: str) -> None:
    question = asked(understood(text, "de-de"))
    assert question.compared_to is not None
    assert [question.period.part, question.compared_to.part] == ["early_shift", "late_shift"]
    assert question.period.of == question.compared_to.of == PeriodPhrase("unit", "day", -1)


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("don't train the conveyor on production count for 2025", "en-us"),
        ("do not retrain the boiler", "en-us"),
        ("Trainiere nicht den Kessel", "de-de"),
        ("Trainiere den Kessel nicht", "de-de"),
    ],
)
def test_a_training_that_shall_not_be_is_none(said: str, lang: str) -> None:
    assert understood(said, lang).outcome == "not_understood"


def test_of_two_machines_of_which_one_is_not_meant_neither_is_trained() -> None:
    both = "Trainiere nicht Förderband A sondern Hydraulikpumpe eins mit Produktionsmenge"

    known = understood(both, "de-de")

    assert (known.outcome, known.unknown) == ("clarify", "nicht")


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("train conveyor a with all drivers", "en-us"),
        ("train conveyor a on everything you have", "en-us"),
        ("train conveyor a, use all drivers", "en-us"),
        ("Trainiere Förderband A mit allen Treibern", "de-de"),
        ("Trainiere Förderband A mit allem was du hast", "de-de"),
    ],
)
def test_all_drivers_are_those_of_the_energy_source(said: str, lang: str) -> None:
    electricity = CATALOGUE.source("electricity").id
    names = [each.name for each in CATALOGUE.drivers if each.energy_source_id == electricity]

    known = question(said, lang)

    assert list(known.drivers) == names
    assert known.scope.machine_ids == ids_of(CATALOGUE, "Conveyor-A")


def test_all_drivers_of_several_energy_sources_are_asked_back() -> None:
    known = understood("train the boiler with all drivers")

    assert (known.outcome, known.unknown) == ("clarify", "all drivers")
