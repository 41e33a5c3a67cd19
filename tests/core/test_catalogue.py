"""The registers as a running engine knows them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.catalogue import Catalogue
from enms_core.services.registers import AGAIN_SECONDS, Registers
from enms_core.services.request import Request
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store
from tests.conftest import Asker, run_on
from tests.core.conftest import execute

MakeAsker = Callable[..., Asker]

TWO_SITES = """
INSERT INTO factories (id, name, timezone, currency, created_at) VALUES
('00000000-0000-0000-0000-0000000000f1', 'Zinc Works', 'Europe/Berlin', 'EUR', '2026-01-01Z'),
('00000000-0000-0000-0000-0000000000f2', 'Alloy Works', 'Asia/Tokyo', 'JPY', '2026-01-02Z');
INSERT INTO machines (id, factory_id, name, type, aliases, is_active) VALUES
('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000f1',
 'Lathe-7', 'lathe', '{old betty}', true),
('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-0000000000f2',
 'Kiln-3', 'kiln', '{}', true),
('00000000-0000-0000-0000-0000000000a3', '00000000-0000-0000-0000-0000000000f2',
 'Kiln-4', 'kiln', '{}', false);
"""
METERS = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.id, s.id, 3600, 'interval', 'start', s.unit, '2026-11-01T00:00Z'
FROM machines AS m, energy_sources AS s WHERE s.name = 'electricity';
"""
READINGS = """
INSERT INTO energy_readings (machine_id, time, energy_kwh)
SELECT m.id, hour, 2.0
FROM machines AS m, generate_series('2026-11-15T00:00Z'::timestamptz, '2026-11-18T08:00Z',
                                    '1 hour') AS hour
ON CONFLICT DO NOTHING;
"""
CONVEYOR = """
INSERT INTO machines (factory_id, name, type)
VALUES ('00000000-0000-0000-0000-0000000000f1', 'Conveyor-B', 'motor');
"""


def loaded(url: str, site: str | None = None) -> Catalogue:
    catalogue = run_on(url, lambda store: load_catalogue(store.registers, site))
    assert isinstance(catalogue, Catalogue)
    return catalogue


def test_factories_come_in_the_order_of_their_registration(empty_url: str) -> None:
    execute(empty_url, TWO_SITES)
    catalogue = loaded(empty_url)
    assert [factory.name for factory in catalogue.factories] == ["Zinc Works", "Alloy Works"]
    assert catalogue.zone == ZoneInfo("Europe/Berlin")
    assert [factory.currency for factory in catalogue.factories] == ["EUR", "JPY"]


def test_active_machines_come_with_their_other_names(empty_url: str) -> None:
    execute(empty_url, TWO_SITES)
    machines = [(machine.name, machine.aliases) for machine in loaded(empty_url).machines]
    assert machines == [("Kiln-3", ()), ("Lathe-7", ("old betty",))]


def test_a_machine_uses_the_carriers_that_it_has_a_meter_for(empty_url: str) -> None:
    execute(empty_url, TWO_SITES + METERS)
    catalogue = loaded(empty_url)
    assert [source.name for source in catalogue.sources_of(catalogue.machines[0].id)] == [
        "electricity"
    ]


def test_a_carrier_tells_how_its_rows_convert_to_energy(empty_url: str) -> None:
    steam, gas = loaded(empty_url).source("steam"), loaded(empty_url).source("natural_gas")
    assert steam.content is not None and gas.content is not None
    assert (steam.content.column, steam.content.reference) == ("enthalpy_kj_kg", 376.812)
    assert (gas.content.unit, gas.is_purchased, steam.is_purchased) == ("MJ", True, False)


def test_the_same_registers_are_the_same_catalogue(empty_url: str) -> None:
    execute(empty_url, TWO_SITES)

    async def reloaded(store: Store) -> bool:
        registers = Registers(store, None)
        return await registers.reload() is await registers.reload()

    assert run_on(empty_url, reloaded) is True


def test_old_registers_are_refreshed_beside_the_questions(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute(empty_url, TWO_SITES)
    monkeypatch.setattr("enms_core.services.registers.FRESH_SECONDS", -1.0)

    async def counts(store: Store) -> list[int]:
        registers = Registers(store, None)
        first = await registers.current()
        execute(empty_url, CONVEYOR)
        during = await registers.current()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
        return [len(each.machines) for each in (first, during, registers.last_known)]

    assert run_on(empty_url, counts) == [2, 2, 3]


def test_a_machine_that_was_registered_a_moment_ago_is_known_within_seconds(
    empty_url: str, engine_on: MakeAsker
) -> None:
    execute(empty_url, TWO_SITES + METERS + READINGS)
    asker = engine_on(empty_url)
    before = asker.ask("what did conveyor B consume yesterday")
    execute(empty_url, CONVEYOR + METERS + READINGS)
    time.sleep(AGAIN_SECONDS)
    after = asker.ask("what did conveyor B consume yesterday")
    assert before.outcome == "unknown_machine"
    assert (after.outcome, after.data["quantity"]) == ("answered", 48.0)


class Loads:
    """Counts how often the registers are read."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = 0
        patch.setattr("enms_core.services.registers.load_catalogue", self._load)

    async def _load(self, *given: Any) -> Catalogue:
        self.count += 1
        return await load_catalogue(*given)


def test_a_stream_of_strange_names_does_not_hammer_the_database(
    empty_url: str, engine_on: MakeAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each unknown name made all registers be read anew."""
    execute(empty_url, TWO_SITES + METERS + READINGS)
    loads = Loads(monkeypatch)
    asker = engine_on(empty_url)
    started = time.monotonic()
    outcomes = {asker.ask(f"what did turbine {n} consume").outcome for n in range(30)}
    seconds = time.monotonic() - started

    assert outcomes == {"unknown_machine"}
    assert loads.count <= 1 + seconds / AGAIN_SECONDS


def test_all_who_ask_for_a_strange_name_at_once_wait_for_one_load(
    empty_url: str, engine_on: MakeAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute(empty_url, TWO_SITES + METERS + READINGS)
    loads = Loads(monkeypatch)
    engine = (asker := engine_on(empty_url)).engine
    asker.ask("what did lathe seven consume yesterday")
    time.sleep(AGAIN_SECONDS)

    async def together() -> set[str]:
        requests = [Request(f"what did turbine {n} consume", "en-us") for n in range(10)]
        return {reply.outcome for reply in await asyncio.gather(*map(engine.ask, requests))}

    assert asker.loop.run(together(), 60) == {"unknown_machine"}
    assert loads.count == 2


def test_a_machine_answers_to_its_other_name(empty_url: str, engine_on: MakeAsker) -> None:
    execute(empty_url, TWO_SITES + METERS + READINGS)
    reply = engine_on(empty_url).ask("what did old betty consume yesterday")
    assert (reply.outcome, reply.slots["machines"]) == ("answered", ["Lathe-7"])


def test_without_a_site_setting_the_factory_is_all_of_them(
    empty_url: str, engine_on: MakeAsker
) -> None:
    execute(empty_url, TWO_SITES + METERS + READINGS)
    reply = engine_on(empty_url).ask("how much energy did the factory use yesterday")
    assert (reply.data["quantity"], reply.dialogs[0][1]["scope"]) == (96.0, "all sites together")


def test_with_a_site_setting_the_factory_is_that_one_and_the_day_is_its_own(
    empty_url: str, engine_on: MakeAsker
) -> None:
    execute(empty_url, TWO_SITES + METERS + READINGS)
    reply = engine_on(empty_url, site="Alloy Works").ask(
        "how much energy did the factory use today"
    )
    period = reply.slots["period"]
    assert isinstance(period, dict)
    assert period["start"] == "2026-11-18T00:00:00+09:00"
    assert reply.data["quantity"] == 2.0 * 18  # 15:00 to 08:00 UTC, both hours included
