"""Bounds, paybacks and beginnings by voice on the demo plant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from enms_cli.main import main
from enms_core.services.reply import Reply
from tests.conftest import PLANT_NOW, Asker, forget_baselines, forget_plans
from tests.core.conftest import rows
from tests.core.performance_works import train_all

TRAINED = ("Compressor-1 electricity", "HVAC-Main electricity")
STORED = "SELECT status, metadata->'content'->'payback' FROM action_plans"


@pytest.fixture(scope="module")
def trained_url(plant_url: str) -> Iterator[str]:
    train_all(plant_url, PLANT_NOW, TRAINED)
    yield plant_url
    forget_baselines(plant_url)


@pytest.fixture(scope="module")
def shared_asker(trained_url: str) -> Iterator[Asker]:
    asker = Asker(trained_url)
    yield asker
    asker.close()


@pytest.fixture
def asker(shared_asker: Asker, trained_url: str) -> Iterator[Asker]:
    yield shared_asker
    forget_plans(trained_url)


def talk(asker: Asker, *said: str, session: str, lang: str = "en-us") -> list[Reply]:
    return [
        asker.ask(text, PLANT_NOW + timedelta(seconds=n), session, lang)
        for n, text in enumerate(said)
    ]


def payback_in(reply: Reply) -> dict[str, Any]:
    """The payback of an answer's data: of an advice, or of a plan."""
    data: Any = reply.data
    found: dict[str, Any] = data.get("payback") or data["plan"]["content"]["payback"]
    return found


def weeks_of(cost: float, reply: Reply) -> float:
    """By hand of the same answer: what it costs by the money that its first step saves a week."""
    data: Any = reply.data
    return cost / float(data["recommendations"][0]["savings"]["cost"])


def test_a_cost_that_is_told_pays_off(asker: Asker) -> None:
    *_, told = talk(
        asker,
        "how did compressor one perform last week",
        "what should I do about it",
        "what is the payback if the repair costs two thousand euros",
        session="payback",
    )

    found = payback_in(told)
    assert (found["cost"], found["currency"], found["reason"]) == (2000.0, "EUR", None)
    assert found["weeks"] == pytest.approx(weeks_of(2000.0, told))
    assert found["earliest_weeks"] < found["weeks"] < found["latest_weeks"]
    assert "pays" in told.speech
    assert told.outcome == "clarify"


def test_the_cost_stays_with_the_plan_until_it_is_stored_and_told(
    asker: Asker, trained_url: str
) -> None:
    *_, proposed, stored = talk(
        asker,
        "how did compressor one perform last week",
        "when does it pay off if it costs 500 euros",
        "yes",
        "yes",
        session="kept",
    )

    assert "five hundred euros" in proposed.speech
    assert stored.outcome == "answered"
    [(status, payback)] = rows(trained_url, STORED)
    assert (status, payback["cost"]["amount"]) == ("planned", "500.0")
    (listed,) = talk(asker, "list the action plans", session="kept")
    assert "five hundred euros" in listed.speech


def test_a_payback_without_a_cost_asks_for_it(asker: Asker) -> None:
    *_, lacking, told = talk(
        asker,
        "how did compressor one perform last week",
        "what is the payback",
        "eight hundred euros",
        session="lacking",
    )

    assert "costs" in lacking.speech
    assert payback_in(told)["cost"] == 800.0


def test_a_cost_in_another_currency_is_said(asker: Asker) -> None:
    (told,) = talk(
        asker,
        "create an action plan for compressor one, it costs three hundred dollars",
        session="dollars",
    )

    assert (payback_in(told)["reason"], payback_in(told)["weeks"]) == ("currency", None)
    assert "dollars" in told.speech


def test_a_plan_that_was_stored_is_begun(asker: Asker, trained_url: str) -> None:
    *_, asked, done = talk(
        asker,
        "create an action plan for compressor one, it costs five hundred euros",
        "yes",
        "start it",
        "yes",
        session="begun",
    )

    assert "in progress" in asked.speech
    assert done.outcome == "answered"
    assert [status for status, _ in rows(trained_url, STORED)] == ["in_progress"]


def test_in_german_it_is_begun_too(asker: Asker, trained_url: str) -> None:
    talk(
        asker,
        "erstelle einen Aktionsplan für Kompressor eins, er kostet fünfhundert Euro",
        "ja",
        "fang damit an",
        "ja",
        session="begonnen",
        lang="de-de",
    )

    assert [status for status, _ in rows(trained_url, STORED)] == ["in_progress"]


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("which machines were more than three percent above their baseline last week", "en-us"),
        ("welche Maschinen lagen letzte Woche mehr als drei Prozent über dem Soll", "de-de"),
    ],
)
def test_only_what_is_beyond_the_bound_is_told(asker: Asker, said: str, lang: str) -> None:
    (told,) = talk(asker, said, session=f"bound {lang}", lang=lang)

    data: Any = told.data
    assert data["threshold"] == {"value": 3.0, "unit": "%", "op": ">", "side": "above"}
    assert len(data["parts"]) == len(TRAINED)
    for part in data["parts"]:
        assert part["is_beyond"] is (part["deviation_percent"] > 3.0)
    beyond = [part["machines"][0] for part in data["parts"] if part["is_beyond"]]
    assert beyond == ["Compressor-1"]
    assert "two" in told.speech or "zwei" in told.speech


def test_where_none_is_beyond_it_is_said_of_how_many(asker: Asker) -> None:
    (told,) = talk(
        asker,
        "which machines were more than sixty percent above their baseline last week",
        session="none",
    )

    data: Any = told.data
    assert not any(part["is_beyond"] for part in data["parts"])
    assert "two significant energy uses" in told.speech


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("was compressor one more than three percent above its baseline last week", "Yes"),
        ("was compressor one more than fifty percent above its baseline last week", "No"),
        ("was the load factor of hvac main above five percent last week", "Yes"),
        ("was the load factor of hvac main above ninety nine percent last week", "No"),
        ("was the peak demand of compressor one above five megawatts last week", "No"),
        ("was the load factor of hvac main above fifty kilowatts last week", "A limit"),
        ("was compressor one more than fifty kilowatts above expected last week", "A limit"),
    ],
)
def test_yes_or_no_comes_first(asker: Asker, said: str, first: str) -> None:
    (told,) = talk(asker, said, session=said)

    assert told.speech.startswith(first)


def test_at_the_terminal_a_cost_is_in_the_currency_of_the_site(
    trained_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENMS_DATABASE_URL", trained_url)
    create = ["plan", "create", "Compressor-1", "--cost", "500", "--dry-run", "--json"]

    assert main([*create, "--now", PLANT_NOW.isoformat()]) == 0

    found = json.loads(capsys.readouterr().out)["content"]["payback"]
    assert (found["cost"], found["currency"]) == (500.0, "EUR")
    assert found["earliest_weeks"] < found["weeks"] < found["latest_weeks"]


@pytest.mark.parametrize("cost", ["0", "-5", "much", "nan"])
def test_at_the_terminal_a_cost_is_an_amount(cost: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["plan", "create", "Compressor-1", f"--cost={cost}"])
    assert ended.value.code == 2
