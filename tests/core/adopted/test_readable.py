"""What of existing EnMS databases can be used: sources, machines, meters, each once."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, event

from enms_core.domain.catalogue import Carrier, EnergyContent
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.consumption import Segment, consumption
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.adopted.databases import (
    BOILER,
    ONE_TABLE,
    TABLE_PER_CARRIER,
    catalogue,
    found,
    meters,
    upgrade,
)
from tests.core.adopted.snapshot import Snapshot
from tests.core.conftest import execute, rows


@pytest.mark.parametrize("database", [ONE_TABLE])
def test_carriers_of_one_table_are_told_apart(existing: tuple[str, Snapshot]) -> None:
    url, _ = existing
    upgrade(url)
    known = catalogue(url)
    assert [(s.name, s.unit, s.carrier, s.kwh_per_unit) for s in known.sources] == [
        ("electricity", "kWh", Carrier("energy_type", "electricity"), 1.0),
        ("natural_gas", "kWh", Carrier("energy_type", "natural_gas"), 1.0),
    ]
    steam = (
        "SELECT readings_table, carrier_value, is_purchased FROM energy_sources "
        "WHERE name = 'steam'"
    )
    assert rows(url, steam) == [("energy_readings", "STEAM", False)]


@pytest.mark.parametrize("database", [ONE_TABLE])
def test_a_carrier_is_never_summed_with_the_others_of_its_table(
    existing: tuple[str, Snapshot],
) -> None:
    url, _ = existing
    start = datetime(2026, 3, 1, 23, tzinfo=timezone.utc)

    async def used(store: Store) -> list[tuple[float, int]]:
        await store.upgrade()
        known = await load_catalogue(store.registers)
        segments = [Segment(BOILER, start, start + timedelta(days=1))]
        uses = [await consumption(store.readings, source, segments) for source in known.sources]
        return [(float(use.quantity), use.readings) for (use,) in uses]

    assert run_on(url, used) == [(96 * 2.0, 96), (96 * 10.0, 96)]


@pytest.mark.parametrize("database", [ONE_TABLE])
def test_the_catalogue_of_one_table(existing: tuple[str, Snapshot]) -> None:
    url, _ = existing
    upgrade(url)
    known = catalogue(url)
    assert [(f.name, f.timezone, f.currency) for f in known.factories] == [
        ("Paper Mill", "Europe/Vienna", "EUR")
    ]
    assert [(m.name, m.type, m.aliases) for m in known.machines] == [
        ("Boiler-7", "boiler", ()),
        ("Press-2", "", ()),
    ]
    assert [(seu.name, seu.machine_ids) for seu in known.seus] == [
        ("Boiler electricity", (BOILER,)),
        ("Boiler gas", (BOILER,)),
    ]
    start = datetime(2026, 2, 28, 23, tzinfo=timezone.utc)
    assert meters(url) == [
        ("Boiler-7", "Electricity", 900, start, "KWH"),
        ("Boiler-7", "Natural Gas", 900, start, "kWh"),
        ("Press-2", "Electricity", 3600, start, "KWH"),
    ]


@pytest.mark.parametrize("database", [TABLE_PER_CARRIER])
def test_the_catalogue_of_a_table_per_carrier(existing: tuple[str, Snapshot]) -> None:
    url, _ = existing
    upgrade(url)
    known = catalogue(url)
    assert [factory.name for factory in known.factories] == ["North Works"]
    assert [machine.name for machine in known.machines] == ["Fan-4", "Kiln-1"]
    electricity, gas = known.sources
    assert (electricity.name, electricity.readings_table, electricity.carrier) == (
        "electricity",
        "energy_readings",
        None,
    )
    assert (gas.name, gas.unit, gas.readings_table) == ("gas", "m³", "natural_gas_readings")
    assert gas.content == EnergyContent("calorific_value_mj_m3", "MJ", 0.0)
    assert [seu.name for seu in known.seus] == ["Kiln gas"]


@pytest.mark.parametrize("database", [TABLE_PER_CARRIER])
def test_meters_are_registered_for_three_readings_and_more(
    existing: tuple[str, Snapshot],
) -> None:
    url, _ = existing
    upgrade(url)
    start = datetime(2026, 4, 1, 5, tzinfo=timezone.utc)
    assert meters(url) == [
        ("Kiln-1", "electricity", 600, start, "kWh"),
        ("Kiln-1", "gas", 3600, start.replace(microsecond=37_000), "m3"),
        ("Mixer-2", "electricity", 600, start, "kWh"),
    ]


@pytest.mark.parametrize("database", [TABLE_PER_CARRIER])
def test_prices_are_kept_and_none_is_invented(existing: tuple[str, Snapshot]) -> None:
    url, _ = existing
    upgrade(url)
    priced = "SELECT name, cost_per_unit::text, carbon_intensity FROM energy_sources ORDER BY name"
    assert rows(url, priced) == [
        ("compressed_air", None, None),
        ("electricity", "0.12", None),
        ("gas", "0.5", None),
        ("steam", None, None),
    ]


@pytest.mark.parametrize("database", [TABLE_PER_CARRIER])
def test_what_was_mended_is_no_longer_found_and_is_used(existing: tuple[str, Snapshot]) -> None:
    url, _ = existing
    upgrade(url)
    execute(
        url,
        """
        UPDATE factories SET timezone = 'America/Chicago';
        ALTER TABLE compressed_air_end_use_readings
            ALTER COLUMN time TYPE timestamptz USING time AT TIME ZONE 'America/Chicago'
        """,
    )
    codes = {finding.code for finding in found(url)}
    assert not codes & {"time_zone_unknown", "timestamp_without_zone"}
    known = catalogue(url)
    assert [machine.name for machine in known.machines] == [
        "Crusher-1",
        "Fan-4",
        "Kiln-1",
        "Mixer-2",
    ]
    assert "compressed_air" in [source.name for source in known.sources]


def test_readings_of_several_carriers_without_any_register_are_told_apart(bare_url: str) -> None:
    execute(
        bare_url,
        """
        CREATE TABLE energy_readings (time timestamptz, machine_id uuid, energy_type text,
                                      energy_kwh real, UNIQUE (machine_id, time, energy_type));
        INSERT INTO energy_readings VALUES
        ('2026-01-01Z', '00000000-0000-0000-0000-0000000000b1', 'Gas', 5),
        ('2026-01-01Z', '00000000-0000-0000-0000-0000000000b1', 'Steam', 1),
        ('2026-01-01Z', '00000000-0000-0000-0000-0000000000b1', 'steam', 1)
        """,
    )
    upgrade(bare_url)
    known = {source.name: source for source in catalogue(bare_url).sources}
    gas = known["natural_gas"]
    assert (gas.readings_table, gas.unit, gas.carrier) == (
        "energy_readings",
        "kWh",
        Carrier("energy_type", "Gas"),
    )
    # No reading is electricity's; steam is written in two ways and is not taken for either.
    assert "electricity" not in known
    assert known["steam"].readings_table == "steam_readings"
    assert [finding.code for finding in found(bare_url)] == ["carrier_unknown"]


@pytest.mark.parametrize("database", [ONE_TABLE])
def test_a_unit_of_energy_is_known_however_it_is_written(existing: tuple[str, Snapshot]) -> None:
    url, _ = existing
    upgrade(url)
    written = "SELECT unit, kwh_per_unit FROM energy_sources ORDER BY name"
    assert rows(url, written) == [("KWH", 1.0), ("kWh", 1.0), ("kg", None)]


@pytest.mark.parametrize("database", [ONE_TABLE])
def test_readings_are_looked_through_before_any_table_is_locked(
    existing: tuple[str, Snapshot],
) -> None:
    url, _ = existing
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement.strip())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        upgrade(url)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    [scan] = [n for n, each in enumerate(statements) if each.startswith("SELECT DISTINCT")]
    locks = [n for n, each in enumerate(statements) if "TABLE machine" in each]
    assert scan < min(locks)
