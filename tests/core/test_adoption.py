"""Existing EnMS databases: taken as they are, given what they lack, and given back unchanged.

tests/core/adopted/ has two, as their developers would have written them, each broken in its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from enms_core.domain.catalogue import Carrier, Catalogue, EnergyContent
from enms_core.domain.errors import AdoptionRefused, QueryFailed
from enms_core.storage import schema
from enms_core.storage.adoption import findings
from enms_core.storage.adoption_finding import Finding
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.consumption import Segment, consumption
from enms_core.storage.management import EnergyBaselineRow
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.adopted.snapshot import Snapshot, snapshot
from tests.core.conftest import execute, rows

ADOPTED = Path(__file__).parent / "adopted"
ONE_TABLE, TABLE_PER_CARRIER = "one_table", "table_per_carrier"
BOTH = pytest.mark.parametrize("database", [ONE_TABLE, TABLE_PER_CARRIER])
BOILER = UUID("00000000-0000-0000-0000-0000000000b1")
# The one constraint that is replaced, and the index that it is made of.
REPLACED = {
    ONE_TABLE: {
        ("relation", "public", "uq_machine_model_version", "i", None),
        (
            "constraint",
            "energy_baselines",
            "uq_machine_model_version",
            "UNIQUE (machine_id, model_version)",
        ),
        (
            "index",
            "CREATE UNIQUE INDEX uq_machine_model_version ON public.energy_baselines "
            "USING btree (machine_id, model_version)",
        ),
    },
    TABLE_PER_CARRIER: {
        ("relation", "public", "baselines_by_machine", "i", None),
        (
            "index",
            "CREATE UNIQUE INDEX baselines_by_machine ON public.energy_baselines "
            "USING btree (model_version, machine_id)",
        ),
    },
}
FOUND = {
    ONE_TABLE: {
        ("anomalies", "required_column", "alert_code"),
        ("energy_sources", "required_column", "icon"),
        ("seus", "timestamp_without_zone", "trained_at"),
        ("seus", "statistics_unknown", "Boiler gas"),
        ("seus", "unknown_machines", "00000000-0000-0000-0000-0000000000bb"),
        ("energy_source_features", "feature_is_consequence", "power_kw"),
        ("energy_source_features", "feature_column_missing", "production_data.humidity"),
        ("energy_source_features", "feature_column_missing", "weather_station.temp"),
        ("energy_readings", "unit_contradicted", "kg"),
        (
            "public.calculate_sec(machine uuid, since timestamp with time zone, "
            "until timestamp with time zone)",
            "function_kept",
            None,
        ),
        ("public.calculate_all_kpis(machine uuid)", "function_kept", None),
    },
    TABLE_PER_CARRIER: {
        ("factories", "time_zone_unknown", "not told"),
        ("factories", "time_zone_unknown", "Mars/Olympus"),
        ("machines", "machines_without_factory", "Spare-1"),
        ("machines", "wrong_type", "double precision"),
        ("machines", "wrong_type", "text[]"),
        ("energy_sources", "source_without_readings", "steam"),
        ("energy_readings", "key_missing", "machine_id, time"),
        ("compressed_air_end_use_readings", "timestamp_without_zone", "time"),
        ("energy_readings_1hour", "relation_kept", None),
        ("energy_baselines", "baselines_without_seu", 1),
    },
}


@pytest.fixture
def existing(bare_url: str, database: str) -> Iterator[tuple[str, Snapshot]]:
    """A database of theirs, and what it has before we touch it."""
    execute(bare_url, (ADOPTED / f"{database}.sql").read_text())
    yield bare_url, snapshot(bare_url)


def upgrade(url: str, revision: str = "head") -> None:
    run_on(url, lambda store: schema.upgrade(store.registers, revision))


def downgrade(url: str, revision: str = "base") -> None:
    run_on(url, lambda store: schema.downgrade(store.registers, revision))


def catalogue(url: str) -> Catalogue:
    loaded = run_on(url, lambda store: load_catalogue(store.registers))
    assert isinstance(loaded, Catalogue)
    return loaded


def found(url: str) -> list[Finding]:
    listed = run_on(url, findings)
    assert isinstance(listed, tuple)
    return list(listed)


def meters(url: str) -> list[tuple[object, ...]]:
    return rows(
        url,
        "SELECT m.name, s.name, k.nominal_interval_seconds, k.valid_from, k.unit FROM meters AS k "
        "JOIN machines AS m ON m.id = k.machine_id "
        "JOIN energy_sources AS s ON s.id = k.energy_source_id ORDER BY 1, 2",
    )


@BOTH
def test_everything_of_theirs_is_kept_but_the_one_constraint(
    existing: tuple[str, Snapshot], database: str
) -> None:
    url, before = existing
    upgrade(url)
    after = snapshot(url, like=before)
    assert before.objects - after.objects - sequences(before) == REPLACED[database]
    if database == ONE_TABLE:
        assert after.rows == before.rows
    else:  # one usual source was added to theirs: its readings were there
        added = ("public", "energy_sources")
        assert {k for k in before.rows if before.rows[k] != after.rows[k]} == {added}
        execute(url, "DELETE FROM energy_sources WHERE name = 'compressed_air'")
        assert snapshot(url, like=before).rows == before.rows


def sequences(taken: Snapshot) -> set[tuple[object, ...]]:
    return {item for item in taken.objects if item[0] == "sequence"}


@BOTH
def test_downgrade_gives_the_original_back(existing: tuple[str, Snapshot], database: str) -> None:
    url, before = existing
    upgrade(url)
    downgrade(url)
    after = snapshot(url)
    assert after.objects == before.objects
    assert after.rows == before.rows


@pytest.mark.parametrize("database", [TABLE_PER_CARRIER])
def test_a_source_that_we_added_goes_even_where_it_was_used_since(
    existing: tuple[str, Snapshot],
) -> None:
    url, before = existing
    upgrade(url)
    execute(
        url,
        """
        INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp,
                            unit, valid_from)
        SELECT '00000000-0000-0000-0000-0000000000c2', id, 60, 'interval', 'start', unit, now()
        FROM energy_sources WHERE name = 'compressed_air'
        """,
    )
    downgrade(url)
    assert snapshot(url) == before


@BOTH
def test_rollups_of_an_adopted_database_go_with_the_rest(
    existing: tuple[str, Snapshot], database: str
) -> None:
    url, before = existing
    run_on(url, lambda store: store.upgrade())
    downgrade(url)
    assert snapshot(url) == before


@BOTH
def test_a_second_upgrade_changes_nothing_and_one_after_a_downgrade_makes_the_same(
    existing: tuple[str, Snapshot], database: str
) -> None:
    url, _ = existing
    upgrade(url)
    once = snapshot(url)
    upgrade(url)
    assert snapshot(url) == once
    known = meters(url)
    downgrade(url)
    upgrade(url)
    assert snapshot(url).objects - sequences(once) == once.objects - sequences(once)
    assert meters(url) == known


@BOTH
def test_the_findings_are_what_is_broken_and_nothing_else(
    existing: tuple[str, Snapshot], database: str
) -> None:
    url, _ = existing
    upgrade(url)
    listed = found(url)
    told = {
        (finding.table, finding.code, value)
        for finding in listed
        for value in [*finding.facts.values(), None]
    }
    assert FOUND[database] <= told
    assert len(listed) == len(FOUND[database]), [str(finding) for finding in listed]
    assert all(str(finding).startswith(f"{finding.table}: ") for finding in listed)


def test_nothing_is_found_in_a_database_of_ours_nor_at_another_schema(
    empty_url: str, bare_url: str
) -> None:
    assert found(empty_url) == []
    assert found(bare_url) == []


def test_nothing_is_found_in_the_demo_plant(plant_url: str) -> None:
    assert [str(finding) for finding in found(plant_url)] == []


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


@pytest.mark.parametrize("database", [ONE_TABLE])
def test_three_seus_of_one_boiler_have_a_first_version_each(
    existing: tuple[str, Snapshot],
) -> None:
    url, _ = existing
    upgrade(url)

    async def train(store: Store) -> list[tuple[str, int]]:
        async with store.registers.session() as session:
            for name, seu in (("gas", 0xD2), ("steam", 0xD3)):
                session.add(baseline(name, UUID(int=seu)))
            await session.commit()
            stored = await session.exec(select(EnergyBaselineRow))
            return sorted((str(row.model_name), row.model_version) for row in stored)

    assert run_on(url, train) == [("boiler", 1), ("gas", 1), ("steam", 1)]
    with pytest.raises(QueryFailed, match="energy_baselines_seu_id_model_version_key"):
        run_on(url, train)
    downgrade(url)
    collided = "SELECT count(*), count(DISTINCT machine_id) FROM energy_baselines"
    assert rows(url, collided) == [(3, 1)]
    constraints = "SELECT conname FROM pg_constraint WHERE conrelid = 'energy_baselines'::regclass"
    assert ("uq_machine_model_version",) not in rows(url, constraints)


def baseline(name: str, seu_id: UUID) -> EnergyBaselineRow:
    return EnergyBaselineRow(
        machine_id=BOILER,
        seu_id=seu_id,
        energy_source_id=UUID(int=0xE2),
        model_name=name,
        model_type="ols",
        model_version=1,
        training_start_date=datetime(2025, 1, 1, tzinfo=timezone.utc),
        training_end_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
        training_samples=365,
        coefficients={"outdoor": -3.5},
        feature_names=["outdoor"],
        is_active=True,
    )


@BOTH
def test_an_upgrade_that_fails_half_way_leaves_nothing(
    existing: tuple[str, Snapshot], database: str
) -> None:
    url, _ = existing
    # Revision 0002 makes an index of this name, after all of revision 0001 and its own tables.
    execute(url, "CREATE TABLE energy_baselines_one_active (x integer)")
    before = snapshot(url)
    with pytest.raises(QueryFailed, match="energy_baselines_one_active"):
        upgrade(url)
    assert snapshot(url) == before


@pytest.mark.parametrize("key", ["serial PRIMARY KEY", "uuid", "text PRIMARY KEY"])
def test_a_database_whose_machines_have_no_uuid_is_refused_and_left_alone(
    bare_url: str, key: str
) -> None:
    execute(bare_url, f"CREATE TABLE machines (id {key}, name text);")
    before = snapshot(bare_url)
    with pytest.raises(AdoptionRefused, match=r"nothing was changed: machines\.id must be"):
        upgrade(bare_url)
    assert snapshot(bare_url) == before


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


def test_a_source_that_several_carriers_hide_behind_is_not_used(empty_url: str) -> None:
    execute(
        empty_url,
        """
        ALTER TABLE energy_readings ADD COLUMN energy_type text DEFAULT 'electricity';
        ALTER TABLE energy_readings DROP CONSTRAINT energy_readings_pkey;
        """,
    )
    assert "electricity" not in [source.name for source in catalogue(empty_url).sources]
    told = [(finding.code, finding.table) for finding in found(empty_url)]
    assert told == [("carrier_unknown", "energy_readings"), ("key_missing", "energy_readings")]
