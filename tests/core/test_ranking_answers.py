"""Rankings of the demo plant against SQL of our own."""

from __future__ import annotations

import operator
from datetime import datetime
from typing import Any

import psycopg
import pytest

from enms_core.domain.intents import NOW, YESTERDAY
from enms_core.domain.question import Question, Threshold
from enms_core.services.ranking import answer_ranking
from tests.core.answering import Told, Works, works_on
from tests.core.measure_truth import Known, known_of
from tests.core.oracle.case import UNITS
from tests.core.ranking_cases import CASES, YESTERDAY_ALL, Ranked
from tests.core.service_desk import phrase

HOLDS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
FACTORS = {"MWh": 1e3, "GWh": 1e6, "W": 1e-3}
UNIT_OF = {
    "energy": "kWh",
    "power": "kW",
    "carbon": "kg",
    "production": "units",
    "efficiency": "kWh/unit",
}


@pytest.fixture(scope="module")
def works(plant_url: str) -> Works:
    return works_on(plant_url)


def question_of(case: Ranked, works: Works) -> Question:
    scope = works.site(case.site) if case.site else works.scope(*case.asked.machines)
    if len(case.asked.machines) == len(works.catalogue.machines):
        scope = works.scope()
    return works.question(
        scope=scope,
        period=phrase(case.period),
        metric=case.metric,
        sources=case.asked.sources,
        order=case.order,
        count=case.count,
        threshold=case.threshold,
        in_full=case.in_full,
    )


def answered(case: Ranked, works: Works) -> Told:
    return works.ask(answer_ranking, question_of(case, works), datetime.fromisoformat(case.now))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_ranking_is_what_the_database_holds(
    case: Ranked, works: Works, plant_connection: psycopg.Connection
) -> None:
    told = answered(case, works)

    known = known_of(case.asked, plant_connection)
    assert told.answer.outcome == "answered"
    assert told.data["items"] == expected_items(case, known)
    assert {each["machine"] for each in told.data["left_out"]} == expected_left_out(case, known)
    assert told.data["metric"] == case.metric
    assert told.data["order"] == case.order


def expected_items(case: Ranked, known: dict[str, Known]) -> list[dict[str, Any]]:
    """Both currencies one after the other, that of the machine registered first in front."""
    values = {name: each.value(case.metric, case.asked.sources) for name, each in known.items()}
    has_total = case.metric == "production" or None not in values.values()
    has_shares = has_total and case.metric != "efficiency"
    items: list[dict[str, Any]] = []
    for currency in ("EUR", "USD") if case.metric == "cost" else (None,):
        mine = {
            name: value
            for name, value in values.items()
            if value is not None and currency in (None, known[name].currency)
        }
        items += ranked(case, currency, mine, known, has_shares)
    return items


def ranked(
    case: Ranked,
    currency: str | None,
    values: dict[str, float],
    known: dict[str, Known],
    has_shares: bool,
) -> list[dict[str, Any]]:
    first_is_high = (case.order == "highest") != (case.metric == "efficiency")
    names = sorted(values, key=lambda name: (values[name], name), reverse=first_is_high)
    doubtful = {name for name in values if is_doubtful(case, known[name])}
    total = sum(values.values()) if has_shares and not doubtful else None
    unit = UNITS[case.asked.sources[0]] if case.asked.sources else UNIT_OF.get(case.metric)
    if case.metric == "power" and case.asked.sources:
        unit = f"{unit}/h"
    count = case.count or (None if case.in_full or case.threshold else 3)
    kind = {"currency": currency} if currency else {"unit": unit}
    if case.asked.sources:
        kind["energy_source"] = case.asked.sources[0]
    items = [
        {
            "rank": rank,
            "machine": name,
            "value": pytest.approx(values[name], rel=1e-9),
            **kind,
            "share_percent": pytest.approx(100 * values[name] / total) if total else None,
            "is_incomplete": name in doubtful,
        }
        for rank, name in enumerate(names, 1)
        if is_within(case.threshold, values[name], currency)
    ]
    return items[:count]


def is_doubtful(case: Ranked, known: Known) -> bool:
    return case.metric != "production" and known.coverage_percent < 90


def is_within(threshold: Threshold | None, value: float, currency: str | None) -> bool:
    if threshold is None:
        return True
    if currency is not None and threshold.unit != currency:
        return False
    return HOLDS[threshold.op](value, threshold.value * FACTORS.get(threshold.unit, 1.0))


def expected_left_out(case: Ranked, known: dict[str, Known]) -> set[str]:
    """Machines without a figure, and those that a bound in euros cannot be held against."""
    left_out = {
        name for name, each in known.items() if each.value(case.metric, case.asked.sources) is None
    }
    if case.threshold is not None and case.metric == "cost":
        left_out |= {name for name, each in known.items() if each.currency != case.threshold.unit}
    return left_out


def test_the_totals_of_two_currencies_are_never_one(
    works: Works, plant_connection: psycopg.Connection
) -> None:
    told = answered(Ranked("cost", YESTERDAY_ALL, "yesterday"), works)

    sums = dict.fromkeys(("EUR", "USD"), 0.0)
    for known in known_of(YESTERDAY_ALL, plant_connection).values():
        sums[known.currency] += known.cost
    assert {each["currency"]: each["total"] for each in told.data["rankings"]} == pytest.approx(
        sums
    )
    assert told.data["total"] is None
    assert "can't be compared" in told.speech


def test_power_right_now_is_that_of_the_latest_readings(
    works: Works, plant_connection: psycopg.Connection
) -> None:
    told = works.ask(answer_ranking, works.question(period=NOW, metric="power", in_full=True))

    rows = plant_connection.execute(
        b"""SELECT DISTINCT ON (name) name, power_kw
            FROM energy_readings JOIN machines ON machines.id = machine_id
            WHERE time < '2026-11-18T10:07:30+01:00' ORDER BY name, time DESC"""
    ).fetchall()
    expected = sorted(((value, name) for name, value in rows), reverse=True)
    assert [(each["value"], each["machine"]) for each in told.data["items"]] == expected


def test_a_bound_in_another_unit_is_said_and_not_bent(works: Works) -> None:
    bound = Threshold(50, "kW", ">")

    told = works.ask(answer_ranking, works.question(period=YESTERDAY, threshold=bound))

    assert told.answer.outcome == "no_data"
    assert told.data["fits"] == [{"unit": "kWh"}]
    assert "kilowatt hours" in told.speech


def test_machines_cannot_be_ranked_by_how_they_changed(works: Works) -> None:
    bound = Threshold(5, "%", "less")

    told = works.ask(answer_ranking, works.question(period=YESTERDAY, threshold=bound))

    assert told.answer.outcome == "no_data"
    assert told.speech.startswith("I can't rank machines by how much they changed.")
