"""Opportunities over the demo plant: the planted truths, what they save, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import fsum

import pytest

from enms_core.domain.advice import Advice
from enms_core.domain.answer import NotBegun
from enms_core.domain.baseline_answers import NoSeu
from enms_core.domain.intents import LAST_30_DAYS
from enms_core.domain.opportunity import OpportunityList
from enms_core.domain.period import PeriodPhrase
from enms_core.services.opportunities import answer_opportunities
from tests.conftest import PLANT_NOW, forget_baselines
from tests.core.performance_works import YESTERDAY, answered, train_all

PLANTED = {
    ("schedule", "HVAC-Main electricity"),
    ("wear", "Boiler-1 natural gas"),
    ("extra_load", "Compressor-1 electricity"),
    ("idle", "Hydraulic-Pump-1 electricity"),
}


@pytest.fixture(scope="module")
def trained_url(plant_url: str) -> Iterator[str]:
    train_all(plant_url, PLANT_NOW)
    yield plant_url
    forget_baselines(plant_url)


def found(
    url: str,
    machines: tuple[str, ...] = (),
    period: PeriodPhrase = LAST_30_DAYS,
    **settings: object,
) -> OpportunityList:
    answer = answered(
        url, answer_opportunities, "opportunities", period, PLANT_NOW, machines, **settings
    )
    assert isinstance(answer, OpportunityList)
    return answer


def advised(url: str, machine: str, period: PeriodPhrase = YESTERDAY) -> object:
    return answered(
        url, answer_opportunities, "opportunities", period, PLANT_NOW, (machine,), is_follow_up=True
    )


def test_the_planted_truths_are_found_and_nothing_else(trained_url: str) -> None:
    answer = found(trained_url)

    assert {(each.kind, each.of.seu.name) for each in answer.opportunities} == PLANTED
    assert answer.without == ()
    assert {of.source.name for of in answer.examined} == {"electricity", "natural_gas"}


def test_they_are_ranked_by_what_a_week_costs(trained_url: str) -> None:
    costs = [each.savings.costs[0].amount for each in found(trained_url).opportunities]

    assert costs == sorted(costs, reverse=True)
    assert all(cost > 0 for cost in costs)


def test_each_lies_in_its_interval_and_is_no_more_than_was_used(trained_url: str) -> None:
    for each in found(trained_url).opportunities:
        savings = each.savings
        assert savings.lower is not None and savings.upper is not None
        assert savings.lower < savings.quantity < savings.upper
        assert 0.0 < each.percent < 100.0
        assert each.value > each.threshold
        assert savings.carbon_kg is not None and savings.carbon_kg > 0.0


def test_the_totals_are_those_of_the_sources_once(trained_url: str) -> None:
    answer = found(trained_url)

    for source in answer.sources:
        same = [
            each.savings.quantity
            for each in answer.opportunities
            if each.of.source.name == source.energy_source
        ]
        assert source.savings.quantity <= fsum(same) * (1 + 1e-12)
    assert answer.costs[0].amount == pytest.approx(
        sum((each.savings.costs[0].amount for each in answer.sources), Decimal(0))
    )
    assert answer.carbon_kg == pytest.approx(
        fsum(each.savings.carbon_kg or 0.0 for each in answer.sources)
    )


def test_running_at_night_is_priced_at_the_night_rate(trained_url: str) -> None:
    [schedule] = found(trained_url, ("HVAC-Main",)).opportunities

    assert float(schedule.savings.costs[0].amount) == pytest.approx(
        0.10 * schedule.savings.quantity
    )


def test_without_a_baseline_the_rest_is_not_looked_at_and_that_is_told(plant_url: str) -> None:
    forget_baselines(plant_url)

    answer = found(plant_url, ("Compressor-1", "HVAC-Main"))

    assert {of.seu.name for of in answer.without} == {
        "Compressor-1 electricity",
        "HVAC-Main electricity",
    }
    assert [each.kind for each in answer.opportunities] == ["schedule"]
    train_all(plant_url, PLANT_NOW)


def test_settings_move_the_thresholds(trained_url: str) -> None:
    answer = found(trained_url, ("Hydraulic-Pump-1",), idle_percent=50.0)

    assert answer.opportunities == ()
    assert (answer.sources, answer.costs) == ((), ())


def test_a_peak_is_worth_the_demand_charge_that_it_lowers(trained_url: str) -> None:
    """9 €/kW and month, by the week: 12 months are 365.25 / 7 weeks."""
    peaks = [
        each for each in found(trained_url, peak_percent=0.0).opportunities if each.kind == "peak"
    ]

    assert peaks
    for each in peaks:
        assert each.peak_kw is not None and each.savings.quantity == 0.0
        weekly = 9 * Decimal(repr(each.peak_kw)) * 12 * 7 / Decimal("365.25")
        assert each.savings.costs[0].amount == pytest.approx(weekly)
        shaved = each.evidence["peak_kw"] - each.evidence["reached_kw"]
        assert each.peak_kw == pytest.approx(shaved)


def test_what_to_do_about_a_machine_is_told_with_the_offer_of_a_plan(trained_url: str) -> None:
    advice = advised(trained_url, "Compressor-1")

    assert isinstance(advice, Advice)
    assert (advice.outcome, advice.need) == ("clarify", "offer")
    assert [each.suspicion for each in advice.part.recommendations] == ["leak"]
    assert advice.opportunities == ()  # the leak is told once
    assert advice.question.intent == "action_plan_create"
    assert advice.question.scope.machine_ids == advice.part.of.seu.machine_ids
    assert advice.question.sources == ("electricity",)


def test_where_there_is_nothing_to_do_no_plan_is_offered(trained_url: str) -> None:
    advice = advised(trained_url, "Conveyor-A")

    assert isinstance(advice, Advice)
    assert (advice.has_any, advice.outcome) == (False, "answered")
    assert advice.question.intent == "opportunities"


def test_what_to_do_without_a_baseline_is_what_rules_find_in_weeks(plant_url: str) -> None:
    forget_baselines(plant_url)

    answer = advised(plant_url, "HVAC-Main")

    assert isinstance(answer, OpportunityList)
    assert [each.kind for each in answer.opportunities] == ["schedule"]
    assert answer.question.period == LAST_30_DAYS
    train_all(plant_url, PLANT_NOW)


def test_a_future_period_has_not_begun(trained_url: str) -> None:
    tomorrow = PeriodPhrase("unit", unit="day", offset=1)

    answer = answered(trained_url, answer_opportunities, "opportunities", tomorrow, PLANT_NOW)

    assert isinstance(answer, NotBegun)


def test_a_machine_of_no_significant_use_is_told_so(workshop_url: str) -> None:
    answer = answered(workshop_url, answer_opportunities, "opportunities", LAST_30_DAYS)

    assert isinstance(answer, NoSeu)
