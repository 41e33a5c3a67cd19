"""Action plans by voice on the demo plant: from the advice to what was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from enms_core.services.reply import Reply
from tests.conftest import PLANT_NOW, Asker, forget_baselines, forget_plans
from tests.core.conftest import rows
from tests.core.performance_works import train_all

PLANS = "SELECT title, status, responsible_person, target_date::text FROM action_plans ORDER BY 1"
LOGGED = "SELECT what FROM audit_log WHERE what LIKE 'plan.%' ORDER BY id"
TRAINED = ("Compressor-1 electricity", "HVAC-Main electricity")


@pytest.fixture(scope="module")
def trained_url(plant_url: str) -> Iterator[str]:
    train_all(plant_url, PLANT_NOW, TRAINED)
    yield plant_url
    forget_baselines(plant_url)


@pytest.fixture(scope="module")
def shared_asker(trained_url: str) -> Iterator[Asker]:
    asker = Asker(trained_url)
    for lang in ("en-us", "de-de"):
        asker.loop.run(asker.engine.warm_up(lang), 300)
    yield asker
    asker.close()


@pytest.fixture
def asker(shared_asker: Asker, trained_url: str) -> Iterator[Asker]:
    yield shared_asker
    forget_plans(trained_url)


Talk = Callable[..., list[Reply]]


def talk(
    asker: Asker,
    *said: str,
    session: str = "plans",
    lang: str = "en-us",
    now: datetime = PLANT_NOW,
) -> list[Reply]:
    return [
        asker.ask(text, now + timedelta(seconds=n), session, lang) for n, text in enumerate(said)
    ]


def test_advice_leads_to_a_plan_that_is_stored_after_a_yes(asker: Asker, trained_url: str) -> None:
    replies = talk(
        asker,
        "how did compressor one perform yesterday",
        "what should I do about it",
        "yes",
        session="advice",
    )

    assert replies[-1].outcome == "clarify"
    assert rows(trained_url, PLANS) == []
    assert "leak repair on compressor one" in replies[-1].speech
    (done,) = talk(asker, "yes", session="advice")
    assert done.outcome == "answered", done.speech
    [(title, status, responsible, due)] = rows(trained_url, PLANS)
    assert (title, status, responsible) == ("Leak repair on Compressor-1", "planned", None)
    assert due == "2026-12-30"  # six weeks for something of medium effort
    assert rows(trained_url, LOGGED) == [("plan.create",)]
    plan = done.data["plan"]
    assert isinstance(plan, dict)
    assert plan["content"]["problem"] == "leak"
    assert plan["content"]["target_savings_per_week"] > 0.0


def test_it_is_given_to_somebody_postponed_and_completed(asker: Asker, trained_url: str) -> None:
    replies = talk(
        asker,
        "create an action plan for compressor one",
        "yes",
        "who is responsible?",
        "John Miller is responsible",
        "yes",
        "who is responsible?",
        "postpone it to December",
        "yes",
        "when is it due",
        "mark it completed",
        "yes",
        "what did it save?",
        session="life",
    )
    speech = [reply.speech for reply in replies]
    assert "Nobody is responsible" in speech[2]
    assert "John Miller responsible" in speech[3]
    assert "John Miller" in speech[5]
    assert "December" in speech[8]
    assert "too early" in speech[11] or "one week" in speech[11]
    [(_, status, responsible, due)] = rows(trained_url, PLANS)
    assert (status, responsible, due) == ("completed", "John Miller", "2026-12-31")
    assert [what for (what,) in rows(trained_url, LOGGED)] == ["plan.create", *3 * ["plan.update"]]


def test_a_no_changes_nothing(asker: Asker, trained_url: str) -> None:
    replies = talk(asker, "create an action plan for compressor one", "no", session="no")

    assert [reply.outcome for reply in replies] == ["clarify", "cancelled"]
    assert rows(trained_url, PLANS) == []


def test_a_plan_of_ones_own_title_promises_nothing(asker: Asker, trained_url: str) -> None:
    asked, done = talk(
        asker, "create an action plan called night shutdown for hvac main", "yes", session="own"
    )

    assert "save" not in asked.speech
    assert done.outcome == "answered"
    plan = done.data["plan"]
    assert isinstance(plan, dict)
    assert plan["title"] == "night shutdown"
    assert plan["target_savings_kwh"] is None


def test_in_german_the_title_is_german(asker: Asker, trained_url: str) -> None:
    talk(
        asker,
        "erstelle einen Aktionsplan für Kompressor eins",
        "ja",
        "wer ist verantwortlich?",
        "Hans Müller ist verantwortlich",
        "ja",
        "verschiebe ihn auf Dezember",
        "ja",
        "markiere ihn als erledigt",
        "ja",
        "was hat er gespart",
        "liste die Aktionspläne auf",
        session="german",
        lang="de-de",
    )

    [(title, status, responsible, _)] = rows(trained_url, PLANS)
    assert title == "Beseitigung der Lecks an Compressor-1"
    assert (status, responsible) == ("completed", "Hans Müller")


def test_plans_are_listed_by_status_and_by_machine(asker: Asker) -> None:
    talk(asker, "create an action plan for compressor one", "yes", session="a")
    talk(asker, "create an action plan for hvac main", "yes", session="b")
    replies = [
        asker.ask(text, session=f"list{n}")
        for n, text in enumerate(
            (
                "list the action plans",
                "which action plans are completed",
                "which action plans are overdue",
                "show me the action plans for the boiler",
                "what did the air leak plan save",
                "who is responsible for the first plan",
                "when is the insulation plan due",
            )
        )
    ]

    assert replies[0].speech.startswith("There are two action plans")
    assert [reply.outcome for reply in replies] == [
        "answered", "no_data", "no_data", "no_data", "answered", "answered", "clarify",
    ]  # fmt: skip
    assert "not completed" in replies[4].speech
