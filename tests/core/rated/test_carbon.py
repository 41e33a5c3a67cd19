"""What energy use emitted, against SQL of our own."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from enms_core.domain.answer import NoReadings
from enms_core.domain.evidence import RuleEvidence
from enms_core.domain.rated import NoFactor
from enms_core.language.files import load_language
from enms_core.language.words import Words
from enms_core.services.carbon import answer_carbon
from enms_core.settings import Verbosity
from tests.core.answering import Works
from tests.core.conftest import execute
from tests.core.oracle.case import GAS, OCTOBER, POWER, STEAM, YESTERDAY
from tests.core.rated.asking import counted, name_of, near, noted_queries, told, told_to
from tests.core.rated.cases import MARCH_US, OF_PLANT, OF_WORKS
from tests.core.rated.truth import Asked, Rated, truth_of

WORDS = Words(load_language("en-us"))
VERBOSITIES: tuple[Verbosity, ...] = ("brief", "normal", "full")
OCTOBER_OF_BOILER = Asked("in October 2026", ("Boiler",), OCTOBER)


def emitted(rows: Iterable[Rated]) -> Any:
    """The sum [kg]; None where nothing has a factor."""
    known = [row.amount for row in rows if row.amount is not None]
    return near(sum(known, Decimal(0))) if known else None


def assert_is_the_truth(works: Works, asked: Asked) -> None:
    answer = told(works, answer_carbon, asked)
    truth = truth_of(works.url, asked, "factor")
    total = counted(truth)

    assert answer.data["emissions_kg_co2e"] == emitted(total)
    assert_sources_are_the_truth(answer.data["sources"], truth)
    for machine in answer.data["machines"]:
        own = [row for row in total if row.machine == machine["machine"]]
        assert machine["emissions_kg_co2e"] == emitted(own)
    said = WORDS.amount(answer.data["emissions_kg_co2e"], "kg CO2e")
    assert said in answer.speech
    assert "carbon dioxide" in said


def assert_sources_are_the_truth(sources: list[dict[str, Any]], truth: list[Rated]) -> None:
    assert {each["energy_source"] for each in sources} == {row.source for row in truth}
    for each in sources:
        own = [row for row in truth if row.source == each["energy_source"]]
        assert each["quantity"] == near(sum(row.quantity for row in own))
        assert each["emissions_kg_co2e"] == emitted(own)
        missing = [row.quantity for row in own if row.amount is None]
        assert each["missing_quantity"] == near(sum(missing))
        used: dict[float, Decimal] = {}
        for row in own:
            if row.rate is not None:
                used[row.rate] = used.get(row.rate, Decimal(0)) + row.quantity
        assert {f["factor_kg_per_unit"]: f["quantity"] for f in each["factors"]} == {
            rate: near(quantity) for rate, quantity in used.items()
        }


@pytest.mark.parametrize("asked", OF_WORKS, ids=name_of)
def test_emissions_are_each_reading_by_the_factor_of_its_time(works: Works, asked: Asked) -> None:
    assert_is_the_truth(works, asked)


@pytest.mark.parametrize(
    "asked", [asked for asked in OF_PLANT if asked.sources != (STEAM,)], ids=name_of
)
def test_the_demo_plants_emissions_are_each_reading_by_its_factor(
    plant: Works, asked: Asked
) -> None:
    assert_is_the_truth(plant, asked)


def test_each_year_is_counted_by_its_own_publication(works: Works) -> None:
    answer = told(works, answer_carbon, OCTOBER_OF_BOILER)

    power, gas = answer.data["sources"]
    assert [(each["source"], each["region"], each["basis"]) for each in power["factors"]] == [
        ("Agency 2025", "DE", "factor"),
        ("Agency 2026", "de", "factor"),
    ]
    assert [each["valid_from"] for each in power["factors"]] == [
        "2025-12-31T23:00:00+00:00",
        "2026-10-29T23:00:00+00:00",
    ]
    assert gas["basis"] == ["flat"]
    assert answer.data["method"] == "location_based"
    assert answer.answer.evidence().factors == (
        RuleEvidence(POWER, "Agency 2025", "factor"),
        RuleEvidence(POWER, "Agency 2026", "factor"),
        RuleEvidence(GAS, None, "flat"),
    )


def test_no_use_emits_nothing(works: Works) -> None:
    idle = told(works, answer_carbon, Asked("yesterday", ("Idler",), YESTERDAY))

    assert idle.data["emissions_kg_co2e"] == 0.0
    assert idle.speech == (
        "Electricity for idler emitted zero kilograms of carbon dioxide yesterday."
    )


def test_a_time_without_a_factor_is_told_with_its_share(works: Works) -> None:
    """The only factor for America begins on the seventh of March."""
    march = Asked("in March 2026", ("Press",), chicago=MARCH_US)

    answer = told(works, answer_carbon, march)

    truth = truth_of(works.url, march, "factor")
    missing = sum(row.quantity for row in truth if row.amount is None)
    issue = answer.answer.issues[0]
    assert issue.code == "carbon.missing"
    assert issue.facts["quantity"] == near(missing)
    assert issue.facts["share_percent"] == near(100 * missing / sum(row.quantity for row in truth))
    assert "There is no carbon factor for" in answer.speech


def test_a_source_without_any_factor_is_left_out_and_named(own_works: Works) -> None:
    execute(own_works.url, "UPDATE energy_sources SET carbon_intensity = NULL")

    answer = told(own_works, answer_carbon, Asked("yesterday", ("Boiler",)))

    assert [issue.code for issue in answer.answer.issues] == ["carbon.no_factor"]
    assert [each["energy_source"] for each in answer.data["sources"]] == [POWER, GAS]
    assert answer.speech.endswith(
        "There is no carbon factor for natural gas, so that part is left out."
    )


@pytest.mark.parametrize(
    ("asked", "speech"),
    [
        (
            Asked("yesterday", ("Boiler",), sources=(STEAM,)),
            "There is no carbon factor for steam at works in the energy database.",
        ),
        (
            Asked("on the 6th of March 2026", ("Press",)),
            "The carbon factors for electricity at plant do not cover that time.",
        ),
    ],
    ids=["none at all", "none at that time"],
)
def test_without_any_factor_there_is_one_sentence(works: Works, asked: Asked, speech: str) -> None:
    answer = told(works, answer_carbon, asked)

    assert isinstance(answer.answer, NoFactor)
    assert answer.answer.outcome == "no_data"
    assert answer.speech == speech


def test_what_is_produced_is_counted_by_name_and_not_added(own_works: Works) -> None:
    execute(own_works.url, "UPDATE energy_sources SET carbon_intensity = 0.35 WHERE unit = 'kg'")
    asked = Asked("yesterday", ("Boiler",), YESTERDAY, sources=(POWER, STEAM))

    assert_is_the_truth(own_works, asked)
    answer = told(own_works, answer_carbon, asked)

    assert "is produced here, so it is not in that" in answer.speech
    assert [issue.code for issue in answer.answer.issues] == ["carbon.produced"]


def test_a_gap_is_doubted_as_with_energy(works: Works) -> None:
    answer = told(works, answer_carbon, Asked("on the 5th of November 2026", ("Lathe",)))

    assert answer.speech.endswith(
        "Readings for eight hours are missing, so the true figure may be higher."
    )


def test_without_readings_no_factor_is_asked_for(works: Works) -> None:
    answer = told(works, answer_carbon, Asked("in May 2026", ("Lathe",)))

    assert isinstance(answer.answer, NoReadings)


def test_how_much_is_said_is_the_persons_choice(works: Works) -> None:
    asked = Asked("last week", ("Boiler",))
    brief, normal, full = (told_to(works, answer_carbon, asked, each) for each in VERBOSITIES)

    assert normal.startswith(f"{brief} That is ")
    assert full == (
        f"{normal} It goes by the carbon factors of the place, not of a supply contract."
    )


def test_one_factor_for_the_whole_period_needs_no_query_of_its_own(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    with noted_queries(monkeypatch) as queries:
        told(works, answer_carbon, Asked("last week", ("Boiler", "Lathe", "Press")))

    assert len(queries) == 3  # the use of both sources, and the factors
