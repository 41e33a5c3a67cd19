"""What of existing EnMS databases cannot be used is said, and nothing else is."""

from __future__ import annotations

import pytest

from tests.core.adopted.databases import (
    BOTH,
    ONE_TABLE,
    TABLE_PER_CARRIER,
    catalogue,
    found,
    upgrade,
)
from tests.core.adopted.snapshot import Snapshot
from tests.core.conftest import execute

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


def test_a_table_in_partitions_has_no_rollup_and_that_is_said(bare_url: str) -> None:
    execute(
        bare_url,
        """
        CREATE TABLE energy_readings (
            time timestamptz NOT NULL, machine_id uuid NOT NULL, energy_kwh double precision,
            PRIMARY KEY (machine_id, time)
        ) PARTITION BY RANGE (time);
        CREATE TABLE readings_of_2026 PARTITION OF energy_readings
        FOR VALUES FROM ('2026-01-01Z') TO ('2027-01-01Z')
        """,
    )
    upgrade(bare_url)
    told = [(finding.code, finding.table) for finding in found(bare_url)]
    assert told == [("not_rolled_up", "energy_readings")]


@pytest.mark.parametrize(
    ("columns", "column"),
    [
        ("time timestamptz, machine_id uuid, is_running integer, mode text", "is_running"),
        ("time timestamptz, machine_id integer, is_running boolean, mode text", "machine_id"),
        ("time date, machine_id uuid, is_running boolean, mode text", "time"),
    ],
)
def test_a_history_with_a_column_of_another_kind_is_said(
    bare_url: str, columns: str, column: str
) -> None:
    execute(bare_url, f"CREATE TABLE machine_status_history ({columns}, UNIQUE (machine_id, time))")
    upgrade(bare_url)
    [finding] = found(bare_url)
    assert (finding.code, finding.facts["column"]) == ("wrong_type", column)
