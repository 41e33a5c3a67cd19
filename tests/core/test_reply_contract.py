"""The shape of a reply: the keys of the contract, periods and instants in it."""

from __future__ import annotations

from datetime import datetime

from tests.conftest import Asker

CONTRACT_KEYS = """
utterance lang outcome intent confidence slots choices unknown dialogs speech data issues elapsed_ms
"""
SLOT_KEYS = """
machines energy_source period compared_to metric count drivers conditions horizon severity threshold
plan person date progress topic kind
"""
SOURCE_KEYS = {
    "energy_source",
    "quantity",
    "unit",
    "energy_kwh",
    "is_purchased",
    "readings",
    "coverage_percent",
    "first_reading",
    "last_reading",
}


def test_every_reply_has_the_keys_of_the_contract(plant_asker: Asker) -> None:
    for said in (
        "what did boiler one consume yesterday",
        "play some jazz",
        "the compressor's gas",
    ):
        told = plant_asker.ask(said).contract()
        assert list(told) == CONTRACT_KEYS.split()
        slots = told["slots"]
        assert isinstance(slots, dict)
        assert list(slots) == SLOT_KEYS.split()


def test_data_tells_each_source_with_all_its_facts(plant_asker: Asker) -> None:
    data = plant_asker.ask("what did boiler one consume yesterday").data
    sources = data["sources"]
    assert isinstance(sources, list)
    assert [source["energy_source"] for source in sources] == ["electricity", "natural_gas"]
    assert all(set(source) == SOURCE_KEYS for source in sources)


def test_a_period_that_was_not_said_is_marked_as_the_default(plant_asker: Asker) -> None:
    period = plant_asker.ask("consumption of boiler one").slots["period"]
    assert period == {
        "start": "2026-11-18T00:00:00+01:00",
        "end": "2026-11-18T10:07:30+01:00",
        "said": False,
    }


def test_a_site_in_another_zone_has_its_own_day(plant_asker: Asker) -> None:
    data = plant_asker.ask("what did all conveyors consume yesterday").data
    machines = data["machines"]
    assert isinstance(machines, list)
    assert {each["machine"]: each["period"]["start"] for each in machines} == {
        "Conveyor-A": "2026-11-17T00:00:00+01:00",
        "Conveyor-US-1": "2026-11-17T00:00:00-06:00",
    }


def test_a_naive_instant_is_local_time_of_the_device_s_own_site(plant_asker: Asker) -> None:
    reply = plant_asker.ask("what has boiler one used today", now=datetime(2026, 11, 18, 9, 30))
    period = reply.slots["period"]
    assert isinstance(period, dict)
    assert period["end"] == "2026-11-18T09:30:00+01:00"
