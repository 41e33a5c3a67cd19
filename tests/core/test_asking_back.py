"""Questions back and replies to them, and answers that are said again."""

from __future__ import annotations

from datetime import timedelta

from tests.conftest import PLANT_NOW, Asker


def test_a_name_that_fits_several_machines_is_asked_back_and_the_reply_answered(
    plant_asker: Asker,
) -> None:
    asked = plant_asker.ask("what did the compressor consume yesterday", session="hall")
    reply = plant_asker.ask("the second one", session="hall")
    assert asked.outcome == "clarify"
    assert asked.choices == ("Compressor-1", "Compressor-EU-1", "Compressor-US-1")
    direct = plant_asker.ask("what did compressor EU 1 consume yesterday")
    assert (reply.outcome, reply.slots["machines"]) == ("answered", ["Compressor-EU-1"])
    assert reply.data == direct.data


def test_another_session_does_not_reply_to_the_question_back(plant_asker: Asker) -> None:
    plant_asker.ask("what did the compressor consume yesterday", session="office")
    assert plant_asker.ask("the second one", session="gate").outcome == "not_understood"


def test_a_question_back_is_forgotten_after_the_session_has_expired(plant_asker: Asker) -> None:
    plant_asker.ask("what did the compressor consume yesterday", session="lunch")
    later = PLANT_NOW + timedelta(minutes=5)
    assert plant_asker.ask("the second one", now=later, session="lunch").outcome == "not_understood"


def test_the_person_may_give_up_on_a_question_back(plant_asker: Asker) -> None:
    plant_asker.ask("what did the compressor consume yesterday", session="dock")
    assert plant_asker.ask("never mind", session="dock").outcome == "cancelled"
    assert plant_asker.ask("the second one", session="dock").outcome == "not_understood"


def test_an_answer_is_repeated_word_for_word(plant_asker: Asker) -> None:
    first = plant_asker.ask("what did boiler one consume last week", session="desk")
    again = plant_asker.ask("say that again", session="desk")
    assert (again.outcome, again.intent) == ("answered", "repeat")
    assert (again.speech, again.data, again.dialogs) == (
        first.speech,
        first.data,
        first.dialogs,
    )


def test_a_question_back_is_not_the_answer_that_is_repeated(plant_asker: Asker) -> None:
    first = plant_asker.ask("what did boiler one consume last week", session="lab")
    plant_asker.ask("what did the compressor consume yesterday", session="lab")
    assert plant_asker.ask("say that again", session="lab").speech == first.speech


def test_there_is_nothing_to_repeat_before_the_first_answer(plant_asker: Asker) -> None:
    reply = plant_asker.ask("say that again", session="new")
    assert (reply.outcome, reply.dialogs) == ("no_data", (("nothing_to_repeat", {}),))
