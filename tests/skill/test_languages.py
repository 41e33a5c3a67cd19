"""Sessions in several languages on one device: each is answered in its own, from files alone."""

from __future__ import annotations

import pytest

from enms_core.services.request import Request
from enms_core.settings import Settings
from skill_enms.backend import Backend
from tests.skill.conftest import FALLBACK, PLUGIN, STOCK, Croft

QUESTION = "wie viel energie hat kompressor eins am sechzehnten november 2026 verbraucht"
GERMAN = "de-DE"


@pytest.mark.parametrize("route", [PLUGIN, FALLBACK, (*STOCK, *PLUGIN)])
def test_a_german_session_is_answered_in_german(croft: Croft, route: tuple[str, ...]) -> None:
    heard = croft.hear(QUESTION, route, f"german {route}", GERMAN)

    assert len(heard.speech) == 1
    assert "Kompressor eins" in heard.speech[0]
    assert "Kilowattstunden Strom" in heard.speech[0]
    assert heard.values()["title"] == "Kompressor eins"


def test_a_german_conversation_goes_on_in_german(croft: Croft) -> None:
    croft.hear(QUESTION, session="gespräch", lang=GERMAN)
    asked = croft.hear("und der kompressor", session="gespräch", lang=GERMAN)
    answered = croft.hear("der erste", session="gespräch", lang=GERMAN)

    assert "Kompressor eins" in asked.speech[0] and "Kompressor E U eins" in asked.speech[0]
    assert len(answered.speech) == 1
    assert "Kompressor eins" in answered.speech[0]


def test_sessions_in_two_languages_do_not_disturb_each_other(croft: Croft) -> None:
    croft.hear(QUESTION, session="deutsch", lang=GERMAN)
    croft.hear("how much energy did boiler one use yesterday", session="english")
    german = croft.hear("und am siebzehnten november", session="deutsch", lang=GERMAN)
    english = croft.hear("and on the seventeenth of november", session="english")

    assert "Kompressor eins" in german.speech[0]
    assert "boiler one" in english.speech[0].lower()


def test_another_region_is_answered_from_the_files_of_its_language(croft: Croft) -> None:
    heard = croft.hear(QUESTION, session="austrian", lang="de-AT")

    assert "Kompressor eins" in heard.speech[0]


@pytest.mark.parametrize("route", [PLUGIN, FALLBACK])
def test_a_language_without_files_is_left_to_other_skills(
    croft: Croft, route: tuple[str, ...]
) -> None:
    heard = croft.hear("consommation du compresseur hier", route, f"french {route}", "fr-FR")

    assert heard.speech == []


def test_a_question_in_the_other_language_is_not_taken_for_this_one(croft: Croft) -> None:
    heard = croft.hear("wie spät ist es in tokio", session="mixed")

    assert heard.speech == []


def test_a_device_whose_language_has_no_files_starts_and_stays_silent(plant_url: str) -> None:
    """It may still be asked over the bus in a language that there is."""
    backend = Backend(lambda _catalogue: None)
    backend.open(Settings(database_url=plant_url), ["fr-FR"])

    french = backend.ask(Request("combien", "fr-FR"))
    english = backend.ask(Request("which machines do you know", "en-US"))
    backend.close()

    assert french is not None and french.outcome == "not_understood"
    assert english is not None and english.outcome == "answered"
