"""What is wasted, by voice on the demo plant: one cause by name, and going on with one machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from enms_core.services.reply import Reply
from tests.conftest import PLANT_NOW, Asker, forget_baselines, forget_plans
from tests.core.conftest import rows
from tests.core.performance_works import train_all

LANGS = ("en-us", "de-de")
WASTE = {"en-us": "are we wasting energy anywhere", "de-de": "wo verschwenden wir energie"}


@pytest.fixture(scope="module")
def asker(plant_url: str) -> Iterator[Asker]:
    train_all(plant_url, PLANT_NOW)
    asker = Asker(plant_url)
    for lang in LANGS:
        asker.loop.run(asker.engine.warm_up(lang), 300)
    yield asker
    asker.close()
    forget_plans(plant_url)
    forget_baselines(plant_url)


def talk(asker: Asker, lang: str, *said: str) -> list[Reply]:
    session = f"{lang} {said}"
    return [asker.ask(text, PLANT_NOW, session, lang) for text in said]


def told_of(reply: Reply) -> list[tuple[object, object]]:
    found = reply.data["opportunities"]
    assert isinstance(found, list)
    return [(each["machines"], each["suspicion"]) for each in found]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en-us", "how much did the leak cost us last month"),
        ("en-us", "is there a leak anywhere"),
        ("de-de", "was kostet uns das leck"),
    ],
)
def test_a_cause_that_is_named_is_the_only_one_told(asker: Asker, lang: str, question: str) -> None:
    """Never the cost of everything: only what the leak is found to use."""
    [reply] = talk(asker, lang, question)

    assert told_of(reply) == [(["Compressor-1"], "leak")]
    (source,) = reply.data["sources"]  # type: ignore[misc]
    (only,) = reply.data["opportunities"]  # type: ignore[misc]
    assert source["savings_per_week"]["quantity"] == only["savings_per_week"]["quantity"]
    assert source["energy_source"] == "electricity"


@pytest.mark.parametrize(
    ("lang", "question", "said"),
    [
        ("en-us", "is the boiler leaking", "leak"),
        ("de-de", "ist der kessel undicht", "Leck"),
    ],
)
def test_no_sign_of_it_is_said(asker: Asker, lang: str, question: str, said: str) -> None:
    """The boiler is fouled, which was not asked."""
    [reply] = talk(asker, lang, question)

    assert (reply.outcome, told_of(reply)) == ("answered", [])
    assert said in reply.speech


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en-us", "how much carbon did the leak emit yesterday"),
        ("de-de", "wie viel co2 kommt vom leck"),
    ],
)
def test_no_figure_of_everything_stands_for_a_cause(asker: Asker, lang: str, question: str) -> None:
    [reply] = talk(asker, lang, question)

    is_asked_back = reply.outcome in ("clarify", "not_understood")
    assert is_asked_back or told_of(reply) == [(["Compressor-1"], "leak")]


@pytest.mark.parametrize(
    ("lang", "more", "plan"),
    [
        ("en-us", "tell me more about the second one", "create a plan for it"),
        ("en-us", "details about the boiler", "create a plan for it"),
        ("de-de", "und beim zweiten", "mach einen plan dafür"),
        ("de-de", "mehr zum kessel", "ja"),
    ],
)
def test_a_plan_is_for_the_machine_just_told_of(
    asker: Asker, lang: str, more: str, plan: str
) -> None:
    _, advice, proposed = talk(asker, lang, WASTE[lang], more, plan)

    assert advice.slots["machines"] == proposed.slots["machines"] == ["Boiler-1"]
    assert (proposed.intent, proposed.outcome) == ("action_plan_create", "clarify")


@pytest.mark.parametrize(
    ("lang", "other"), [("en-us", "and compressor one"), ("de-de", "und kompressor eins")]
)
def test_another_machine_beside_an_offer_is_told_of_with_an_offer_of_its_own(
    asker: Asker, plant_url: str, lang: str, other: str
) -> None:
    more = {"en-us": "more about the boiler", "de-de": "mehr zum kessel"}[lang]
    *_, told, proposed = talk(
        asker, lang, WASTE[lang], more, other, "yes" if "en" in lang else "ja"
    )

    assert (told.outcome, told.slots["machines"]) == ("clarify", ["Compressor-1"])
    assert proposed.slots["machines"] == ["Compressor-1"]
    assert rows(plant_url, "SELECT count(*) FROM action_plans") == [(0,)]


def test_another_period_after_a_list_is_of_all_machines(asker: Asker) -> None:
    _, again = talk(asker, "en-us", WASTE["en-us"], "and last month")

    assert again.intent == "opportunities"
    assert len(told_of(again)) > 1


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en-us", "how much energy would fixing the leak on hvac main save if it costs 2000 euros"),
        (
            "de-de",
            "wie viel spart es das leck an der hauptlüftung zu beheben wenn es 2000 euro kostet",
        ),
    ],
)
def test_a_cost_of_one_cause_is_no_other_ones(asker: Asker, lang: str, question: str) -> None:
    """The main air handler runs at night, which is no leak and does not pay off as one."""
    [reply] = talk(asker, lang, question)

    assert "payback" not in reply.data
    assert reply.outcome == "clarify" or told_of(reply) == []


def test_when_a_cause_pays_off_is_asked_of_that_cause(asker: Asker) -> None:
    _, pays = talk(
        asker, "en-us", "how much does the leak cost", "when does it pay off at 300 euros"
    )

    assert pays.slots["machines"] == ["Compressor-1"]
    payback = pays.data["payback"]
    assert isinstance(payback, dict) and payback["cost"] == 300.0


def test_what_one_measure_costs_is_no_other_ones(asker: Asker) -> None:
    *_, told, other = talk(
        asker,
        "en-us",
        WASTE["en-us"],
        "more about compressor one",
        "it costs five hundred euros",
        "and boiler one",
    )

    assert "payback" in told.data
    assert other.slots["machines"] == ["Boiler-1"] and "payback" not in other.data


@pytest.mark.parametrize(
    "question",
    [
        "is the cost per unit of hvac main above two euros last month",
        "which machines have a cost per unit above two euros last month",
    ],
)
def test_a_bound_per_unit_is_not_held_against_the_total(asker: Asker, question: str) -> None:
    [reply] = talk(asker, "en-us", question)

    assert reply.intent == "kpi"
    assert "yes" not in reply.speech.casefold()
    figures = [*reply.data["kpis"], *reply.data["by_machine"]]  # type: ignore[misc]
    assert not any(each.get("is_beyond") for each in figures if each["name"] == "cost")
