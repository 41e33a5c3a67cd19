"""What energy cost, against SQL of our own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from enms_core.domain.cost import CostAnswer
from enms_core.language.files import load_language
from enms_core.language.money import money_words
from enms_core.language.words import Words
from enms_core.services.cost import answer_cost
from tests.core.answering import Works
from tests.core.conftest import execute
from tests.core.oracle.case import GAS, POWER, STEAM, YESTERDAY
from tests.core.rated.asking import counted, name_of, near, told
from tests.core.rated.cases import OF_PLANT, OF_WORKS
from tests.core.rated.money import by_currency, money, near_money
from tests.core.rated.truth import Asked, Rated, truth_of

WORDS = Words(load_language("en-us"))


def assert_is_the_truth(works: Works, asked: Asked) -> None:
    answer = told(works, answer_cost, asked)
    truth = truth_of(works.url, asked, "price")
    total = counted(truth)

    assert money(answer.data["costs"]) == near_money(total)
    if len(answer.data["costs"]) == 1:
        (only,) = answer.data["costs"]
        assert (answer.data["cost"], answer.data["currency"]) == (only["amount"], only["currency"])
    assert_sources_are_the_truth(answer.data["sources"], truth)
    for machine in answer.data["machines"]:
        own = [row for row in total if row.machine == machine["machine"]]
        assert money(machine["costs"]) == near_money(own)
    for currency, amount in by_currency(total).items():
        assert not amount or money_words(WORDS, amount, currency) in answer.speech


def assert_sources_are_the_truth(sources: list[dict[str, Any]], truth: list[Rated]) -> None:
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
    assert_is_the_truth(works, asked)


@pytest.mark.parametrize("asked", OF_PLANT, ids=name_of)
def test_the_demo_plants_cost_is_each_reading_at_its_price(plant: Works, asked: Asked) -> None:
    assert_is_the_truth(plant, asked)


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
