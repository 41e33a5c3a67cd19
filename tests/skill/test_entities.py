"""The machines' names reach the engines that OVOS brings, also those registered while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from ovos_bus_client.message import Message

from enms_core.services import registers
from skill_enms.entities import machine_names, registrations
from tests.core.conftest import execute
from tests.skill.conftest import Croft
from tests.unit.catalogues import demo_catalogue, small_catalogue

ENTITY = "skill-enms.enms:machine_"
PATIENCE_SECONDS = 30.0
WORKS = """
INSERT INTO factories (id, name, timezone, currency) VALUES
('00000000-0000-0000-0000-0000000000f1', 'Zinc Works', 'Europe/Berlin', 'EUR');
"""
MIXER = """
INSERT INTO machines (factory_id, name, type)
VALUES ('00000000-0000-0000-0000-0000000000f1', 'Mixer-7', 'mixer');
"""


def waited_for(happened: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened() and time.monotonic() < until:
        time.sleep(0.1)
    return happened()


def test_names_are_told_as_they_are_said_and_as_they_are_written() -> None:
    names = machine_names(demo_catalogue(), "en-us")

    assert "compressor e u one" in names
    assert "compressor eu 1" in names
    assert "hauptlüftung" in machine_names(demo_catalogue(), "de-de")


def test_a_language_without_files_gets_no_names() -> None:
    told = list(registrations(demo_catalogue(), ["en-US", "xx-XX"]))

    assert {message.data["lang"] for message in told} == {"en-US"}


def test_a_catalogue_without_machines_registers_nothing() -> None:
    """OVOS logs an error for an entity without samples."""
    assert list(registrations(small_catalogue(), ["en-US"])) == []


def test_names_are_told_under_another_name_each_time_as_padacioso_takes_none_twice() -> None:
    one, _ = registrations(demo_catalogue(), ["en-US"])
    other, _ = registrations(demo_catalogue(), ["en-US"])

    assert one.data["name"] != other.data["name"]
    assert one.data["name"].startswith(ENTITY)


def test_a_machine_registered_while_ovos_runs_reaches_its_engines_unasked(
    croft: Croft, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registers, "WATCH_SECONDS", 0.2)
    told: list[Message] = []
    croft.bus.on("padatious:register_entity", told.append)
    execute(empty_url, WORKS)

    with croft.settings(database_url=empty_url):
        execute(empty_url, MIXER)
        is_told = waited_for(lambda: any("mixer seven" in each.data["samples"] for each in told))
    croft.bus.remove("padatious:register_entity", told.append)

    assert is_told
    assert {each.context["skill_id"] for each in told} == {"skill-enms.enms"}


def test_a_machine_registered_while_ovos_runs_is_understood(croft: Croft, empty_url: str) -> None:
    execute(empty_url, WORKS)

    with croft.settings(database_url=empty_url):
        before = croft.hear("is mixer seven running", session="before").speech
        execute(empty_url, MIXER)
        time.sleep(registers.AGAIN_SECONDS)
        after = croft.hear("is mixer seven running", session="after").speech

    assert "mixer seven" in before[0]
    assert before != after
