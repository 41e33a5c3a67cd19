"""A question reaches the skill by every route, and only our questions do."""

from __future__ import annotations

import psycopg
import pytest

from enms_core.language.files import load_language
from skill_enms.offered import SLOT, few
from skill_enms.pipeline import EnmsPipeline
from skill_enms.topics import UNDERSTAND
from tests.skill.conftest import ROUTES, Croft

DAY = "on the sixteenth of november 2026"
QUESTION = f"how much energy did compressor one use {DAY}"


def energy_on_that_day(url: str) -> float:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            """
            SELECT sum(energy_kwh) FROM energy_readings JOIN machines ON id = machine_id
            WHERE name = 'Compressor-1'
              AND time >= '2026-11-16 00:00+01' AND time < '2026-11-17 00:00+01'
            """
        ).fetchone()
    assert row is not None
    return float(row[0])


def offered_question() -> str:
    """The question in words that stock engines know: the first offered with all the slots."""
    said = {"period": DAY, "machine": "compressor one", "energy_source": "electricity"}
    offered = few(load_language("en-us"), ["energy"])["energy"]
    template = next(text for text in offered if set(SLOT.findall(text)) == set(said))
    return SLOT.sub(lambda slot: said[slot[1]], template)


@pytest.mark.parametrize("route", ROUTES)
def test_a_question_is_answered_once_by_each_route(
    croft: Croft, plant_url: str, route: str
) -> None:
    question = offered_question() if route == "intent_file" else QUESTION

    heard = croft.hear(question, ROUTES[route], session=f"route-{route}")

    assert len(heard.speech) == 1
    assert heard.speech[0].startswith("Compressor one used ")
    assert "kilowatt hours of electricity" in heard.speech[0]
    assert heard.values()["values"][0]["value"] == pytest.approx(
        energy_on_that_day(plant_url), rel=1e-9
    )


@pytest.mark.parametrize("route", ["plugin", "fallback"])
@pytest.mark.parametrize(
    "text", ["what is the weather like", "turn off compressor one", "set a timer for ten minutes"]
)
def test_what_is_not_ours_is_left_to_other_skills(croft: Croft, text: str, route: str) -> None:
    heard = croft.hear(text, ROUTES[route], session="foreign")

    assert heard.speech == []
    unmatched = {"complete_intent_failure", "ovos.intent.unmatched"}
    assert unmatched & {message.msg_type for message in heard.messages}


def test_the_card_shows_what_is_said(croft: Croft) -> None:
    heard = croft.hear(QUESTION, session="card")

    shown = heard.values()
    assert shown["title"] == "compressor one"
    assert shown["text"] == heard.speech[0]
    assert shown["period"]["start"] == "2026-11-16T00:00:00+01:00"
    assert shown["values"][0]["unit"] == "kWh"


def test_the_plugin_does_not_wait_for_a_skill_that_is_not_there(croft: Croft) -> None:
    asked: list[object] = []
    croft.bus.on(UNDERSTAND, asked.append)
    plugin = EnmsPipeline(croft.bus)
    plugin._is_skill_there = False

    croft.bus.remove(UNDERSTAND, asked.append)
    match = EnmsPipeline.match(plugin, ["how much energy did we use"], "en-us", None)  # type: ignore[arg-type]

    assert match is None
    assert asked == []
    plugin.shutdown()
