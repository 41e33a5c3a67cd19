"""Comparisons on the demo plant against SQL of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import psycopg
import pytest

from enms_core.domain.intents import NOW, YESTERDAY
from enms_core.domain.question import Question, Scope
from enms_core.services.comparison import answer_comparison
from enms_core.services.power import answer_power
from enms_core.services.ranking import answer_ranking
from tests.core.answering import Told, Works, works_on
from tests.core.comparison_cases import CASES, SITES, Compared
from tests.core.measure_truth import Asked, Known, known_of
from tests.core.service_desk import phrase

GROWS = ("energy", "total", "cost", "carbon", "production")


@pytest.fixture(scope="module")
def works(plant_url: str) -> Works:
    return works_on(plant_url)


def scope_of(machines: tuple[str, ...], works: Works) -> Scope:
    if len(machines) == len(works.catalogue.machines):
        return works.scope()
    return works.site(SITES[machines]) if machines in SITES else works.scope(*machines)


def question_of(case: Compared, works: Works) -> Question:
    scopes = [scope_of(side.machines, works) for side in case.sides]
    return works.question(
        scope=scopes[0],
        parts=() if case.other else tuple(scopes),
        period=phrase(case.period),
        compared_to=phrase(case.other) if case.other else None,
        metric=case.metric,
        sources=case.sides[0].sources,
    )


def answered(case: Compared, works: Works) -> Told:
    now = datetime.fromisoformat(case.now)
    return works.ask(answer_comparison, question_of(case, works), now)


def truth_of(side: Asked, metric: str, connection: psycopg.Connection) -> dict[str, Any]:
    """A side's figure by currency (None: no money), per day, and its coverage."""
    known = list(known_of(side, connection).values())
    currencies = sorted({each.currency for each in known}) if metric == "cost" else [None]
    of_currency = {
        currency: [each for each in known if currency in (None, each.currency)]
        for currency in currencies
    }
    return {
        "values": {key: together(mine, metric, side) for key, mine in of_currency.items()},
        "per_day": {key: per_day(mine, metric, side) for key, mine in of_currency.items()},
        "coverage": coverage(known),
    }


def together(known: list[Known], metric: str, side: Asked) -> float:
    if metric == "efficiency":
        counted = [each for each in known if each.units_of_hours]
        energy = sum(each.energy_of_hours_kwh for each in counted)
        return energy / sum(each.units_of_hours or 0 for each in counted)
    return sum(each.value(metric, side.sources) or 0 for each in known)


def per_day(known: list[Known], metric: str, side: Asked) -> float | None:
    if metric not in GROWS:
        return None
    return sum((each.value(metric, side.sources) or 0) * 24 / each.hours for each in known)


def coverage(known: list[Known]) -> float:
    uses = [use for each in known for use in each.uses.values()]
    return 100 * sum(use.covered_s for use in uses) / sum(use.expected_s for use in uses)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_comparison_is_what_the_database_holds(
    case: Compared, works: Works, plant_connection: psycopg.Connection
) -> None:
    metric = "energy" if case.metric in (None, "total") else str(case.metric)

    told = answered(case, works)

    truths = [truth_of(side, metric, plant_connection) for side in case.sides]
    assert told.answer.outcome == "answered"
    assert told.data["metric"] == metric
    assert told.data["is_same_hours"] == case.is_same_hours
    assert told.data["is_so_far"] == (case.is_uneven and case.other is not None)
    assert [item["machines"] for item in told.data["items"]] == [
        list(works_order(side, works)) for side in case.sides
    ]
    for item, side, truth in zip(told.data["items"], case.sides, truths, strict=True):
        check_item(item, side, truth, metric)
    check_difference(told.data, truths, case)


def works_order(side: Asked, works: Works) -> tuple[str, ...]:
    """Machines as their scope has them."""
    ids = scope_of(side.machines, works).machine_ids
    return tuple(works.catalogue.machine(id_).name for id_ in ids)


def check_item(item: dict[str, Any], side: Asked, truth: dict[str, Any], metric: str) -> None:
    values, days = truth["values"], truth["per_day"]
    amounts = {each.get("currency"): each for each in item["amounts"]}
    assert {key: each["value"] for key, each in amounts.items()} == near(values)
    assert {key: each["per_day"] for key, each in amounts.items()} == near(days)
    if metric != "production":
        assert item["coverage_percent"] == pytest.approx(truth["coverage"])
        assert item["is_incomplete"] == (truth["coverage"] < 90)
    case = side.case()
    start, end = case.stretches(case.machines[0])[0]
    assert datetime.fromisoformat(item["period"]["start"]) == start
    assert datetime.fromisoformat(item["period"]["end"]) == end


def check_difference(data: dict[str, Any], truths: list[dict[str, Any]], case: Compared) -> None:
    """Of two sides in one currency: first minus second, per day where their days differ."""
    table = "per_day" if case.is_per_day else "values"
    currencies = dict.fromkeys(key for truth in truths for key in truth["values"])
    expected: dict[str | None, object] = {}
    for currency in currencies:
        figures = [truth[table].get(currency) for truth in truths]
        expected[currency] = None
        if len(figures) == 2 and None not in figures and not case.is_uneven:
            difference = figures[0] - figures[1]
            expected[currency] = pytest.approx((difference, 100 * difference / figures[1]))
    told = {each.get("currency"): difference_of(each) for each in data["differences"]}
    assert told == expected
    if len(currencies) == 1:
        assert difference_of(data) == next(iter(told.values()))
        assert data["is_per_day"] == case.is_per_day


def difference_of(data: dict[str, Any]) -> tuple[float, float] | None:
    if data["difference"] is None:
        assert data["difference_percent"] is None
        return None
    return data["difference"], data["difference_percent"]


def near(values: dict[str | None, float | None]) -> dict[str | None, object]:
    return {
        key: None if value is None else pytest.approx(value, rel=1e-9)
        for key, value in values.items()
    }


def test_two_machines_are_told_with_the_answer_first(works: Works) -> None:
    said = answered(
        Compared("energy", parts("Compressor-1", "Boiler-1"), "last week"), works
    ).speech

    assert said == (
        "Compressor one used eighty four point five percent less energy than boiler one last week:"
        " four thousand eight hundred and thirty kilowatt hours against thirty one point two"
        " megawatt hours."
    )


def test_two_currencies_are_said_side_by_side_and_not_compared(works: Works) -> None:
    question = works.question(
        period=phrase("last week"),
        metric="cost",
        parts=(works.site("European Production Facility"), works.site("American Assembly Plant")),
    )

    told = works.ask(answer_comparison, question)

    assert told.data["difference"] is None
    assert "euros" in told.speech and "dollars" in told.speech
    assert "percent" not in told.speech
    assert "can't be compared" in told.speech


def test_no_percentage_is_spoken_where_a_day_lacks_readings(works: Works) -> None:
    question = works.question(
        "Compressor-1",
        period=phrase("on the 22nd of July 2026"),
        compared_to=phrase("on the 21st of July 2026"),
    )

    told = works.ask(answer_comparison, question)

    assert [item["is_incomplete"] for item in told.data["items"]] == [False, True]
    assert " percent " not in told.speech
    assert "so I give no percentage." in told.speech


def test_the_machines_of_a_group_are_compared_one_by_one(works: Works) -> None:
    names = ("Compressor-1", "Compressor-EU-1", "Compressor-US-1")
    question = works.question(*names, period=YESTERDAY, metric="energy")

    told = works.ask(answer_comparison, question)

    assert [item["label"] for item in told.data["items"]] == list(names)
    values = [item["value"] for item in told.data["items"]]
    assert told.data["spread"] == pytest.approx(max(values) - min(values))


def test_machines_over_two_periods_are_four_sides(works: Works) -> None:
    question = works.question(
        "Compressor-1",
        "Boiler-1",
        parts=parts_of(works, "Compressor-1", "Boiler-1"),
        period=phrase("this week"),
        compared_to=phrase("last week"),
    )

    told = works.ask(answer_comparison, question)

    ends = [item["period"]["end"] for item in told.data["items"]]
    assert [item["label"] for item in told.data["items"]] == ["Compressor-1"] * 2 + ["Boiler-1"] * 2
    assert ends == ["2026-11-18T10:00:00+01:00", "2026-11-11T10:00:00+01:00"] * 2
    assert told.data["difference"] is None


def test_the_power_of_two_machines_is_compared_right_now(works: Works) -> None:
    question = works.question(
        period=NOW, metric="power", parts=parts_of(works, "Compressor-1", "HVAC-Main")
    )

    told = works.ask(answer_comparison, question)

    first, second = (item["value"] for item in told.data["items"])
    assert told.data["difference_percent"] == pytest.approx(100 * (first - second) / second)
    assert "right now" in told.speech


def test_a_period_without_readings_is_said_instead_of_a_difference(works: Works) -> None:
    question = works.question(
        "Compressor-1", period=phrase("last week"), compared_to=phrase("in 2019")
    )

    told = works.ask(answer_comparison, question)

    assert told.answer.outcome == "no_data"
    assert told.answer.question.period == phrase("in 2019")


def test_one_machine_without_a_second_has_nothing_to_be_compared_with(works: Works) -> None:
    told = works.ask(answer_comparison, works.question("Boiler-1", period=YESTERDAY))

    assert len(told.data["items"]) == 1
    assert told.speech.endswith("There is nothing to compare it with.")


def parts(*names: str) -> tuple[Asked, ...]:
    return tuple(Asked((name,)) for name in names)


def parts_of(works: Works, *names: str) -> tuple[Scope, ...]:
    return tuple(works.scope(name) for name in names)


MEAN_POWER = ("last week", "this week", "in the last three hours")


@pytest.mark.parametrize("period", MEAN_POWER)
def test_mean_power_is_one_figure_by_whichever_question(works: Works, period: str) -> None:
    """Asked for by itself, ranked and compared: also where the edges cut a meter's interval."""
    machines = ("Compressor-1", "HVAC-Main", "Compressor-US-1")
    question = works.question(*machines, period=phrase(period), period_said=True)

    asked = works.ask(answer_power, replace(question, metric="average"))
    ranked = works.ask(answer_ranking, replace(question, metric="power"))
    compared = works.ask(answer_comparison, replace(question, metric="power"))

    means = {each["machine"]: pytest.approx(each["rate"]) for each in asked.data["machines"]}
    assert set(means) == {*machines}
    assert {each["machine"]: each["value"] for each in ranked.data["items"]} == means
    assert {each["label"]: each["value"] for each in compared.data["items"]} == means
