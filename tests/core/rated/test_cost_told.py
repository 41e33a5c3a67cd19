"""What is told with a cost: where prices come from, what has none, and how much is said."""

from __future__ import annotations

import pytest

from enms_core.domain.answer import NoReadings, NotBegun, SourceNotUsed
from enms_core.domain.evidence import RuleEvidence
from enms_core.domain.rated import NoPrice
from enms_core.services.cost import answer_cost
from enms_core.settings import Verbosity
from tests.core.answering import Works
from tests.core.conftest import execute
from tests.core.oracle.case import GAS, LAST_WEEK, OCTOBER, POWER
from tests.core.rated.asking import near, noted_queries, told, told_to
from tests.core.rated.cases import WEEK_45_US
from tests.core.rated.truth import Asked, truth_of

BOILER = Asked("last week", ("Boiler",), LAST_WEEK)
VERBOSITIES: tuple[Verbosity, ...] = ("brief", "normal", "full")
NO_GAS_PRICE = "UPDATE energy_sources SET cost_per_unit = NULL WHERE name = 'natural_gas'"


def test_a_flat_price_is_told_in_the_data_and_in_the_evidence(works: Works) -> None:
    answer = told(works, answer_cost, BOILER)

    basis = {each["energy_source"]: each["basis"] for each in answer.data["sources"]}
    assert basis == {POWER: ["tariff"], GAS: ["flat"]}
    assert set(answer.answer.evidence().prices) == {
        *(RuleEvidence(POWER, name, "tariff") for name in ("winter", "night", "weekend", "peak")),
        RuleEvidence(GAS, None, "flat"),
    }
    assert answer.answer.evidence().readings == 7 * 96 + 7 * 24


def test_a_time_without_a_price_is_told_with_its_share(works: Works) -> None:
    week = Asked("in week 45 of 2026", ("Press",), chicago=WEEK_45_US)

    answer = told(works, answer_cost, week)

    truth = truth_of(works.url, week, "price")
    missing = sum(row.quantity for row in truth if row.amount is None)
    share = 100 * missing / sum(row.quantity for row in truth)
    (issue,) = answer.answer.issues
    assert issue.code == "cost.missing"
    assert issue.facts["quantity"] == near(missing)
    assert issue.facts["share_percent"] == near(share)
    assert "There is no price for" in answer.speech
    assert answer.data["sources"][0]["basis"] == ["missing", "tariff"]


def test_a_source_without_any_price_is_left_out_and_named(own_works: Works) -> None:
    execute(own_works.url, NO_GAS_PRICE)

    answer = told(own_works, answer_cost, BOILER)

    assert [issue.code for issue in answer.answer.issues] == ["cost.no_price"]
    assert answer.data["cost"] is None or answer.data["currency"] == "EUR"
    assert answer.speech.endswith("There is no price for natural gas, so that part is left out.")


def test_a_site_is_named_where_there_are_several(own_works: Works) -> None:
    execute(own_works.url, "DELETE FROM energy_tariffs WHERE currency = 'USD'")
    execute(own_works.url, "UPDATE energy_sources SET cost_per_unit = NULL")
    both = Asked("on the 24th of October 2026", ("Lathe", "Press"))

    answer = told(own_works, answer_cost, both)

    assert "There is no price for electricity at plant" in answer.speech
    assert answer.data["currency"] == "EUR"


def test_without_any_price_there_is_one_sentence(own_works: Works) -> None:
    execute(own_works.url, NO_GAS_PRICE)

    answer = told(own_works, answer_cost, Asked("yesterday", ("Boiler",), sources=(GAS,)))

    assert isinstance(answer.answer, NoPrice)
    assert answer.answer.outcome == "no_data"
    assert answer.speech == "There is no price for natural gas at works in the energy database."
    assert answer.data == {"sources_without": [GAS], "sites": ["Works"]}


def test_prices_of_another_time_are_no_prices(works: Works) -> None:
    answer = told(works, answer_cost, Asked("yesterday", ("Press",)))

    assert isinstance(answer.answer, NoPrice)
    assert answer.speech == "The prices for electricity at plant do not cover that time."


def test_a_gap_is_doubted_as_with_energy(works: Works) -> None:
    day = Asked("on the 5th of November 2026", ("Lathe",))

    answer = told(works, answer_cost, day)

    (issue,) = answer.answer.issues
    assert issue.code == "readings.coverage_low"
    assert answer.speech.endswith(
        "Readings for eight hours are missing, so the true figure may be higher."
    )


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (Asked("in May 2026", ("Lathe",)), NoReadings),
        (Asked("tomorrow", ("Lathe",)), NotBegun),
        (Asked("yesterday", ("Lathe",), sources=(GAS,)), SourceNotUsed),
    ],
    ids=["no readings", "not begun", "not used"],
)
def test_where_nothing_was_used_no_price_is_asked_for(
    works: Works, asked: Asked, kind: type
) -> None:
    assert isinstance(told(works, answer_cost, asked).answer, kind)


def test_how_much_is_said_is_the_persons_choice(works: Works) -> None:
    asked = Asked("in October 2026", ("Boiler",), OCTOBER)
    brief, normal, full = (
        told_to(works, answer_cost, asked, verbosity) for verbosity in VERBOSITIES
    )

    parts = "That is six hundred and seventy nine euros for electricity and"
    assert parts in normal
    assert [said for said in normal.split(". ") if said.split()[0] != "That"] == brief.split(". ")
    assert full == f"{normal} The demand charge is not in it."


def test_one_price_for_the_whole_period_needs_no_query_of_its_own(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    gas = Asked("last month", ("Boiler",), sources=(GAS,))
    power = Asked("last month", ("Boiler", "Lathe", "Idler"), sources=(POWER,))

    with noted_queries(monkeypatch) as queries:
        told(works, answer_cost, gas)
        flat = len(queries)
        told(works, answer_cost, power)

    assert (flat, len(queries) - flat) == (2, 3)  # the use, the tariffs; and once for each site
