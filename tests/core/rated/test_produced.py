"""What is produced here, asked for beside what is purchased, is in no total."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enms_core.services.carbon import answer_carbon
from enms_core.services.comparison import answer_comparison
from enms_core.services.cost import answer_cost
from enms_core.services.overview import answer_factory_overview
from enms_core.services.ranking import answer_ranking
from tests.core.answering import Works
from tests.core.conftest import execute
from tests.core.oracle.case import POWER, STEAM
from tests.core.service_desk import phrase

STEAM_FACTOR = "UPDATE energy_sources SET carbon_intensity = 0.1 WHERE name = 'steam'"


@pytest.fixture
def with_factor(own_works: Works) -> Works:
    execute(own_works.url, STEAM_FACTOR)
    return own_works


@pytest.mark.parametrize("sources", [(POWER, STEAM), (STEAM,)], ids=" and ".join)
def test_money_is_one_figure_by_whichever_question(
    with_factor: Works, sources: tuple[str, ...]
) -> None:
    question = with_factor.question("Boiler", period=phrase("last week"), sources=sources)
    by_cost = replace(question, metric="cost")

    costs = with_factor.ask(answer_cost, question).data["costs"]
    ranked = with_factor.ask(answer_ranking, by_cost).data["items"]
    compared = with_factor.ask(answer_comparison, by_cost).data["items"][0]["amounts"]
    overview = with_factor.ask(answer_factory_overview, question).data["costs"]

    money = {each["currency"]: pytest.approx(each["amount"]) for each in costs}
    assert {each["currency"]: each["amount"] for each in overview} == money
    assert {each["currency"]: each["value"] for each in ranked} == money
    assert {each["currency"]: each["value"] for each in compared} == money


@pytest.mark.parametrize("sources", [(POWER, STEAM), (STEAM,)], ids=" and ".join)
def test_emissions_are_one_figure_by_whichever_question(
    with_factor: Works, sources: tuple[str, ...]
) -> None:
    question = with_factor.question("Boiler", period=phrase("last week"), sources=sources)
    by_carbon = replace(question, metric="carbon")

    emitted_kg = with_factor.ask(answer_carbon, question).data["emissions_kg_co2e"]
    ranked = with_factor.ask(answer_ranking, by_carbon).data["items"]
    compared = with_factor.ask(answer_comparison, by_carbon).data["items"]
    overview = with_factor.ask(answer_factory_overview, question).data["emissions_kg_co2e"]

    told = (ranked[0]["value"], compared[0]["value"], overview)
    assert told == pytest.approx((emitted_kg,) * 3)
