"""Two questions in one sentence, and sentences with an "and" that are one."""

from __future__ import annotations

import pytest

from tests.unit.dialogues import Talk, interpreter_of

ONE = {
    "en-us": [
        "how much energy did compressor one and the boiler use yesterday",
        "compare compressor one and boiler one",
        "compare energy and cost of boiler one and the pump",
        "what is the difference between power and energy",
        "how much energy did we use between monday and wednesday",
        "how much energy did we use yesterday and today",
        "how much gas and electricity did the boiler use yesterday",
        "which are the top and bottom consumers",
        "what are heating and cooling degree days",
        "train a baseline for boiler one gas with production count and outdoor temperature",
        "how much should compressor one use at 500 units and 25 degrees",
        "create an action plan for the boiler to seal leaks and check the status",
        "is boiler one up and running",
        "how many good and bad parts did injection molding one make",
        "what did the european and the demo plant cost yesterday",
        "peak and average power of boiler one yesterday",
        "which machines used more than 50 kilowatts and ran at night",
        "how much energy did boiler one and hvac main and the pump use last week",
        "what does energy baseline and target mean",
        "cost of electricity and gas last month",
        "from october first and november first what did boiler one cost",
        "turn off the boiler and tell me the cost",
        "play some music and tell me a joke",
    ],
    "de-de": [
        "wie viel Energie haben Kompressor eins und der Kessel gestern verbraucht",
        "vergleiche Kompressor eins und Kessel eins",
        "was ist der Unterschied zwischen Leistung und Energie",
        "wie viel Energie haben wir gestern und heute verbraucht",
        "wie viel Gas und Strom hat der Kessel gestern verbraucht",
        "was hat uns Strom und Gas letzten Monat gekostet",
        "wie viel sollte Kompressor eins bei 500 Stück und 25 Grad verbrauchen",
        "trainiere eine Baseline für Kessel eins Gas mit Stückzahl und Außentemperatur",
        "wie viel Energie haben wir zwischen Montag und Mittwoch verbraucht",
        "spiel Musik und erzähl einen Witz",
    ],
}
TWO = {
    "en-us": [
        ("status and cost of the boiler", ["machine_status", "cost"]),
        ("energy and cost", ["energy", "cost"]),
        ("show me the energy and the carbon of boiler one last week", ["energy", "carbon"]),
        ("how much energy did boiler one use and how much did it cost", ["energy", "cost"]),
        ("what did the pump use yesterday and is it running now", ["energy", "machine_status"]),
        ("is the boiler running and what is it drawing", ["machine_status", "power"]),
        ("what did boiler one cost last week and why", ["cost", "root_cause"]),
        ("energy cost and carbon of boiler one", ["cost", "carbon"]),
        ("how much energy did we use today and what will it cost tomorrow", ["energy", "forecast"]),
        ("energy of boiler one as well as the cost", ["energy", "cost"]),
    ],
    "de-de": [
        ("Status und Kosten vom Kessel", ["machine_status", "cost"]),
        ("Energie und Kosten von Kessel eins", ["energy", "cost"]),
        ("was hat die Pumpe gestern verbraucht und was hat das gekostet", ["energy", "cost"]),
        ("was hat Kessel eins letzte Woche gekostet und warum", ["cost", "root_cause"]),
        ("Verbrauch sowie Kosten der Pumpe gestern", ["energy", "cost"]),
    ],
}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in ONE for text in ONE[lang]])
def test_one_question_is_not_parted(lang: str, text: str) -> None:
    assert interpreter_of(lang).understand(text).rest is None


@pytest.mark.parametrize(
    ("lang", "text", "intents"), [(lang, *case) for lang in TWO for case in TWO[lang]]
)
def test_two_questions_are_asked_in_the_order_said(
    lang: str, text: str, intents: list[str]
) -> None:
    heard = Talk(interpreter_of(lang)).hear(text)

    assert [each.question.intent for each in heard if each.question] == intents
    assert {each.outcome for each in heard} == {"answered"}


def test_both_are_about_the_same_machine_at_the_same_time() -> None:
    first, second = Talk(interpreter_of("en-us")).hear("energy and cost of boiler one last week")

    assert first.question is not None
    assert second.question is not None
    assert first.question.scope == second.question.scope
    assert first.question.period == second.question.period


def test_a_machine_that_is_open_is_asked_once_for_both() -> None:
    talk = Talk(interpreter_of("en-us"))
    (asked,) = talk.hear("status and cost of the compressor")
    answers = talk.hear("the first one")

    assert len(asked.choices) == 2
    assert [each.outcome for each in answers] == ["answered", "answered"]
    assert len({each.question.scope for each in answers if each.question}) == 1


def test_three_questions_are_three() -> None:
    heard = Talk(interpreter_of("en-us")).hear("status and energy and cost of the boiler")

    intents = [each.question.intent for each in heard if each.question]
    assert intents == ["machine_status", "energy", "cost"]
