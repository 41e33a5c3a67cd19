"""What energy cost, against SQL of our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from enms_core.domain.answer import NoReadings, NotBegun, SourceNotUsed
from enms_core.domain.cost import CostAnswer
from enms_core.domain.evidence import RuleEvidence
from enms_core.domain.rated import NoPrice
from enms_core.language.files import load_language
from enms_core.language.money import money_words
from enms_core.language.words import Words
from enms_core.services.cost import answer_cost
from enms_core.settings import Verbosity
from tests.core.answering import Works, works_on
from tests.core.conftest import execute
from tests.core.energy_cases import GAS, LAST_WEEK, OCTOBER, POWER, STEAM, YESTERDAY
from tests.core.rated_asking import counted, name_of, near, noted_queries, told, told_to
from tests.core.rated_cases import OF_PLANT, OF_WORKS, WEEK_45_US
from tests.core.rated_truth import Asked, Rated, truth_of
from tests.core.rated_works import works_database

WORDS = Words(load_language("en-us"))
BOILER = Asked("last week", ("Boiler",), LAST_WEEK)
VERBOSITIES: tuple[Verbosity, ...] = ("brief", "normal", "full")
NO_GAS_PRICE = "UPDATE energy_sources SET cost_per_unit = NULL WHERE name = 'natural_gas'"


@pytest.fixture(scope="module")
def works(server_url: str, empty_template: str) -> Iterator[Works]:
    with works_database(server_url, empty_template) as url:
        yield works_on(url)


@pytest.fixture
def own_works(server_url: str, empty_template: str) -> Iterator[Works]:
    """A works to change the registers of."""
    with works_database(server_url, empty_template) as url:
        yield works_on(url)


def by_currency(rows: Iterable[Rated]) -> dict[str | None, Decimal]:
    found: dict[str | None, Decimal] = {}
    for row in rows:
        if row.amount is not None:
            found[row.currency] = found.get(row.currency, Decimal(0)) + row.amount
    return found


def money(costs: list[dict[str, Any]]) -> dict[str | None, float]:
    return {each["currency"]: each["amount"] for each in costs}


def near_money(rows: Iterable[Rated]) -> dict[str | None, Any]:
    return {currency: near(amount) for currency, amount in by_currency(rows).items()}


def check(works: Works, asked: Asked) -> None:
    answer = told(works, answer_cost, asked)
    truth = truth_of(works.url, asked, "price")
    total = counted(truth)

    assert money(answer.data["costs"]) == near_money(total)
    if len(answer.data["costs"]) == 1:
        (only,) = answer.data["costs"]
        assert (answer.data["cost"], answer.data["currency"]) == (only["amount"], only["currency"])
    check_sources(answer.data["sources"], truth)
    for machine in answer.data["machines"]:
        own = [row for row in total if row.machine == machine["machine"]]
        assert money(machine["costs"]) == near_money(own)
    for currency, amount in by_currency(total).items():
        assert not amount or money_words(WORDS, amount, currency) in answer.speech


def check_sources(sources: list[dict[str, Any]], truth: list[Rated]) -> None:
    assert {each["energy_source"] for each in sources} == {row.source for row in truth}
    for each in sources:
        own = [row for row in truth if row.source == each["energy_source"]]
        assert each["quantity"] == near(sum(row.quantity for row in own))
        assert money(each["costs"]) == near_money(own)
        missing = [row.quantity for row in own if row.amount is None]
        assert each["missing_quantity"] == near(sum(missing))
        used: dict[tuple[object, ...], Decimal] = {}
        for row in own:
            if row.amount is not None:
                key = row.name, row.currency, row.rate
                used[key] = used.get(key, Decimal(0)) + row.quantity
        assert {
            (t["name"], t["currency"], t["rate_per_unit"]): t["quantity"] for t in each["tariffs"]
        } == {key: near(quantity) for key, quantity in used.items()}


@pytest.mark.parametrize("asked", OF_WORKS, ids=name_of)
def test_cost_is_each_reading_at_the_price_of_its_local_time(works: Works, asked: Asked) -> None:
    check(works, asked)


@pytest.mark.parametrize("asked", OF_PLANT, ids=name_of)
def test_the_demo_plants_cost_is_each_reading_at_its_price(plant_url: str, asked: Asked) -> None:
    check(works_on(plant_url), asked)


def test_readings_count_at_the_price_of_their_start(works: Works) -> None:
    """The winter's price begins at seven past twelve: the quarter hour from noon is still cheap."""
    noon = Asked(
        "on the 28th of October 2026 from 12:00 to 12:30",
        ("Lathe",),
        "2026-10-28T12:00+01:00/2026-10-28T12:30+01:00",
    )

    (source,) = told(works, answer_cost, noon).data["sources"]

    first, second = truth_of(works.url, noon, "price")
    assert {first.name, second.name} == {"day", "winter"}
    assert {each["name"]: each["quantity"] for each in source["tariffs"]} == {
        row.name: near(row.quantity) for row in (first, second)
    }


def test_no_use_costs_nothing(works: Works) -> None:
    idle = told(works, answer_cost, Asked("yesterday", ("Idler",), YESTERDAY))

    assert idle.data["cost"] == 0.0
    assert idle.speech == "Electricity for idler cost zero euros yesterday."


def test_a_price_as_written_is_multiplied_exactly(own_works: Works) -> None:
    """At 0.1, and not at the double next to it, of which a float's product would be."""
    execute(own_works.url, "UPDATE natural_gas_readings SET consumption_m3 = 0.1")
    execute(
        own_works.url, "UPDATE energy_sources SET cost_per_unit = 0.1 WHERE name = 'natural_gas'"
    )
    hours = Asked("yesterday", ("Boiler",), YESTERDAY, sources=(GAS,))

    answer = told(own_works, answer_cost, hours).answer

    assert isinstance(answer, CostAnswer)
    (sum_,) = answer.total
    (source,) = answer.sources
    assert sum_.amount == Decimal(repr(source.quantity)) * Decimal("0.1")


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


def test_what_is_produced_answers_by_name_and_is_not_added(works: Works) -> None:
    alone = told(works, answer_cost, Asked("yesterday", ("Boiler",), sources=(STEAM,)))
    asked = Asked("yesterday", ("Boiler",), YESTERDAY, sources=(POWER, STEAM))
    beside = told(works, answer_cost, asked)

    assert "Steam is produced here" in alone.speech
    rows = truth_of(works.url, asked, "price")
    steam = sum(row.amount or 0 for row in rows if row.source == STEAM)
    assert alone.data["cost"] == near(steam)
    power = [row for row in rows if row.source == POWER]
    assert money(beside.data["costs"]) == near_money(power)
    assert "is produced here, so it is not in that" in beside.speech
    assert [issue.code for issue in beside.answer.issues] == ["cost.produced"]


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
