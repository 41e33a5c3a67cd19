"""The card of every kind of answer: the numbers that were said, with label and unit."""

from __future__ import annotations

import json
import re

import pytest

from enms_core.services.reply import Reply
from skill_enms.card import MOST_ROWS, ROWS, card
from tests.conftest import Asker
from tests.skill.performance_cards import OF_PERFORMANCE, OF_PLANS, Rows
from tests.unit.answers import CASES

# Intent → a question, and the label and unit of the first row of its card.
QUESTIONS = {
    "energy": ("how much energy did boiler one use last week", "electricity", "kWh"),
    "power": ("what is compressor one drawing right now", "power now", "kW"),
    "kpi": ("what was the peak demand of compressor one last week", "peak demand", "kW"),
    "cost": ("what did the boiler cost last week", "cost", "EUR"),
    "carbon": ("how much carbon did boiler one emit last week", "emissions", "kg CO2e"),
    "production": ("how many units did injection molding one make yesterday", "units", ""),
    "ranking": ("top three energy consumers last week", "Boiler-1", "kWh"),
    "comparison": ("compare compressor one and boiler one last week", "Compressor-1", "kWh"),
    "factory_overview": ("give me a factory overview", "electricity", "kWh"),
    "machine_list": ("which machines do you monitor", "Boiler-1", ""),
    "machine_status": ("is boiler one running", "Boiler-1", ""),
    "status_history": ("when was compressor one offline last week", "Compressor-1", "%"),
    "energy_source_list": ("what energy sources does boiler one use", "electricity", "kWh"),
    "seu_list": ("list our significant energy uses", "Boiler-1 electricity", ""),
    "driver_list": ("what drivers are available for electricity", "cooling degree days", ""),
    "system_health": ("is the energy system online", "latest reading", ""),
}
# Intent → an answer of it, and the label, value and unit of rows of its card.
OF_BASELINES: dict[str, tuple[str, list[tuple[str, object, str]]]] = {
    "baseline_train": (
        "baseline_train: good",
        [
            ("version", 5, ""),
            ("variation explained", 87.0, "%"),
            ("usual error", 6.2, "%"),
            ("hours or days used", 8_612, ""),
            ("fixed use", 21.0, "kWh"),
            ("production count", 0.0071, "kWh"),
            ("outdoor temperature", 0.07, "kWh"),
        ],
    ),
    "baseline_explain": (
        "baseline_model: of another program",
        [
            ("version", 0, ""),
            ("fixed use", 21.0, "kWh"),
            ("production count", 0.0071, "kWh"),
            ("outdoor temperature", 0.07, "kWh"),
        ],
    ),
    "baseline_activate": ("baseline_model: made active", [("version", 5, "")]),
    "baseline_list": (
        "baseline_model: several",
        [
            ("Compressor-1 electricity, version 5", 87.0, "%"),
            ("Boiler-1 natural gas, version 2", 6.0, "%"),
            ("HVAC-Main electricity, version 0", "?", ""),
        ],
    ),
    "baseline_predict": (
        "baseline_predict: yesterday, more",
        [
            ("expected", 948.0, "kWh"),
            ("at least", 911.0, "kWh"),
            ("at most", 985.0, "kWh"),
            ("measured", 1_031.0, "kWh"),
            ("hours of running", 24.0, "h"),
        ],
    ),
    "baseline_compare": (
        "baseline_compare: a version and two models",
        [
            ("version 5", 87.0, "%"),
            ("production count", 87.0, "%"),
            ("production count, outdoor humidity", 87.0, "%"),
        ],
    ),
}


def test_every_answer_with_figures_has_a_card_that_is_tested() -> None:
    of_cases = {intent for intent, _ in (*OF_PERFORMANCE, *OF_PLANS)}

    assert set(QUESTIONS) | set(OF_BASELINES) | of_cases | {"evidence"} == set(ROWS)


@pytest.mark.parametrize("intent", QUESTIONS)
def test_a_card_shows_figures_with_label_and_unit(plant_asker: Asker, intent: str) -> None:
    question, label, unit = QUESTIONS[intent]
    reply = plant_asker.ask(question)

    shown = card(reply)

    assert (reply.outcome, reply.intent) == ("answered", intent)
    assert 1 <= len(shown["values"]) <= MOST_ROWS
    assert (shown["values"][0]["label"], shown["values"][0]["unit"]) == (label, unit)
    assert all(row["value"] is not None and "_" not in row["label"] for row in shown["values"])
    assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize("intent", OF_BASELINES)
def test_a_card_of_a_baseline_shows_its_figures(intent: str) -> None:
    name, expected = OF_BASELINES[intent]
    reply = Reply("", "en-us", "answered", intent, data=CASES[name].answer.data())

    rows = card(reply)["values"]

    shown = [(row["label"], row["value"], row["unit"]) for row in rows]
    assert shown[: len(expected)] == expected
    assert json.loads(json.dumps(rows)) == rows


@pytest.mark.parametrize(("shown", "expected"), [*OF_PERFORMANCE.items(), *OF_PLANS.items()])
def test_a_card_of_a_performance_or_a_plan_shows_its_figures(
    shown: tuple[str, str], expected: Rows
) -> None:
    intent, name = shown
    reply = Reply("", "en-us", "answered", intent, data=CASES[name].answer.data())

    rows = card(reply)["values"]

    found = [(row["label"], row["value"], row["unit"]) for row in rows]
    assert found[: len(expected)] == [
        (label, pytest.approx(value) if isinstance(value, float) else value, unit)
        for label, value, unit in expected
    ]
    assert bool(found) == bool(expected)
    assert json.loads(json.dumps(rows)) == rows


def test_a_question_back_about_a_baseline_has_no_figures() -> None:
    case = CASES["baseline_asking: shall I, a year"]
    reply = Reply("", "en-us", "clarify", "baseline_train", data=case.answer.data())

    assert card(reply)["values"] == []


def test_usual_hours_are_shown_as_hours(plant_asker: Asker) -> None:
    """A card of usual hours was looked for among those of uptime, and the answer was lost."""
    reply = plant_asker.ask("when does conveyor A usually stand still")

    [row, *_] = card(reply)["values"]

    assert row["label"] == "Conveyor-A"
    assert re.fullmatch(r"\d\d:00-\d\d:00", str(row["value"]))


def test_the_figures_of_a_card_are_those_of_the_answer(plant_asker: Asker) -> None:
    reply = plant_asker.ask("how much energy did boiler one use last week")

    values = {row["label"]: row["value"] for row in card(reply)["values"]}

    electricity, gas = reply.data["sources"]  # type: ignore[misc]
    assert values["electricity"] == electricity["quantity"]
    assert values["natural gas"] == gas["quantity"]
    assert values["purchased energy"] == reply.data["purchased_energy_kwh"]


def test_a_chart_has_a_point_for_each_day(plant_asker: Asker) -> None:
    reply = plant_asker.ask("how much electricity did compressor one use by day last week")

    (series,) = card(reply)["series"]

    assert (series["label"], series["unit"]) == ("electricity", "kWh")
    assert len(series["points"]) == 7
    assert series["points"][0]["time"].startswith("2026-11-09T00:00:00")
    assert sum(point["value"] for point in series["points"]) == pytest.approx(_total(plant_asker))


def test_a_card_tells_its_period_in_words(plant_asker: Asker) -> None:
    shown = card(plant_asker.ask("how much energy did boiler one use last week"))

    assert (shown["title"], shown["subtitle"]) == ("boiler one", "last week")


def test_an_answer_about_an_answer_has_the_card_of_what_it_rests_on(plant_asker: Asker) -> None:
    plant_asker.ask("how much energy did boiler one use last week", session="rests")

    shown = card(plant_asker.ask("how do you know that", session="rests"))

    assert [row["label"] for row in shown["values"]] == [
        "readings",
        "readings present",
        "latest reading",
    ]


def test_a_repeated_answer_has_the_same_card(plant_asker: Asker) -> None:
    first = card(plant_asker.ask("how much energy did boiler one use last week", session="again"))
    again = card(plant_asker.ask("say that again", session="again"))

    assert again["values"] == first["values"]


def test_what_has_no_figures_has_a_text(plant_asker: Asker) -> None:
    shown = card(plant_asker.ask("what is a load factor"))

    assert shown["values"] == []
    assert shown["text"]


def _total(plant_asker: Asker) -> float:
    reply: Reply = plant_asker.ask("how much electricity did compressor one use last week")
    total = reply.data["quantity"]
    assert isinstance(total, float)
    return total
