"""Existing databases with registers that cannot be worked with, or not be written to."""

from __future__ import annotations

import pytest

from enms_core.domain.errors import AdoptionRefused
from tests.core.adopted.databases import downgrade, found, meters, upgrade
from tests.core.adopted.snapshot import snapshot
from tests.core.conftest import execute, rows

# A machine with six hours of electricity and no meter.
METERLESS = """
CREATE TABLE factories (id uuid PRIMARY KEY, name text, timezone text);
CREATE TABLE machines (id uuid PRIMARY KEY, factory_id uuid, name text);
CREATE TABLE energy_readings (time timestamptz, machine_id uuid, energy_kwh real,
                              UNIQUE (machine_id, time));
INSERT INTO factories
VALUES ('00000000-0000-0000-0000-00000000000f', 'Foundry', 'Europe/Oslo');
INSERT INTO machines
VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-00000000000f', 'Oven');
INSERT INTO energy_readings
SELECT t, '00000000-0000-0000-0000-0000000000a1', 1.5
FROM generate_series('2026-05-01T00:00Z'::timestamptz, '2026-05-01T05:00Z', '1 hour') AS t;
"""


@pytest.mark.parametrize("key", ["serial PRIMARY KEY", "uuid", "text PRIMARY KEY"])
def test_a_database_whose_machines_have_no_uuid_is_refused_and_left_alone(
    bare_url: str, key: str
) -> None:
    execute(bare_url, f"CREATE TABLE machines (id {key}, name text);")
    before = snapshot(bare_url)
    with pytest.raises(AdoptionRefused, match=r"nothing was changed: machines\.id must be"):
        upgrade(bare_url)
    assert snapshot(bare_url) == before


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (
            "energy_tariffs (id serial PRIMARY KEY, factory_id integer, rate numeric)",
            r"energy_tariffs\.factory_id must be of type uuid, found integer",
        ),
        (
            "energy_tariffs (energy_source_id uuid, weekdays text)",
            r"energy_tariffs\.weekdays must be of type integer\[\], found text",
        ),
        (
            "meters (id serial PRIMARY KEY, machine_id integer, label text)",
            r"meters\.machine_id must be of type uuid, found integer",
        ),
        (
            "energy_source_features (energy_source_id integer, feature_name text)",
            r"energy_source_features\.energy_source_id must be of type uuid, found integer",
        ),
        (
            "seus (id uuid PRIMARY KEY, name text, machine_ids text[])",
            r"seus\.machine_ids must be of type uuid\[\], found text\[\]",
        ),
        (
            "carbon_factors (energy_source_id uuid, valid_from date)",
            r"carbon_factors\.valid_from must be of type timestamp with time zone, found date",
        ),
        (
            "energy_sources (id uuid PRIMARY KEY, name text, cost_per_unit money)",
            r"energy_sources\.cost_per_unit must be of type double precision, found money",
        ),
    ],
)
def test_a_register_that_nothing_can_be_read_from_is_named_and_nothing_is_changed(
    bare_url: str, table: str, reason: str
) -> None:
    execute(bare_url, f"CREATE TABLE {table}")
    before = snapshot(bare_url)
    with pytest.raises(AdoptionRefused, match=f"nothing was changed: {reason}"):
        upgrade(bare_url)
    assert snapshot(bare_url) == before


def test_a_register_that_is_a_view_is_refused(bare_url: str) -> None:
    execute(bare_url, "CREATE VIEW meters AS SELECT gen_random_uuid() AS id")
    with pytest.raises(AdoptionRefused, match="meters must be a table, found a view"):
        upgrade(bare_url)


def test_a_domain_is_as_good_as_the_type_that_it_is_made_of(bare_url: str) -> None:
    execute(
        bare_url,
        """
        CREATE DOMAIN site_key AS uuid;
        CREATE TABLE energy_tariffs (id serial PRIMARY KEY, factory_id site_key)
        """,
    )
    upgrade(bare_url)
    assert rows(bare_url, "SELECT * FROM energy_tariffs") == []


def test_a_meter_is_registered_where_theirs_can_be_written_to(bare_url: str) -> None:
    execute(bare_url, f"{METERLESS} CREATE TABLE meters (id serial PRIMARY KEY, label text)")
    before = snapshot(bare_url)
    upgrade(bare_url)
    assert [(row[0], row[2]) for row in meters(bare_url)] == [("Oven", 3600)]
    downgrade(bare_url)
    assert snapshot(bare_url).rows == before.rows


@pytest.mark.parametrize(
    "columns",
    [
        "id serial PRIMARY KEY, serial_number text NOT NULL",
        "id bigint PRIMARY KEY",
        "id uuid DEFAULT gen_random_uuid(), kind text CHECK (kind IN ('electric', 'gas'))",
        "id serial PRIMARY KEY, unit varchar(2)",
        "id serial PRIMARY KEY, stamp integer",
        "label text",
    ],
)
def test_no_meter_is_registered_where_theirs_needs_what_we_do_not_know(
    bare_url: str, columns: str
) -> None:
    execute(bare_url, f"{METERLESS} CREATE TABLE meters ({columns})")
    before = snapshot(bare_url)
    upgrade(bare_url)
    assert rows(bare_url, "SELECT * FROM meters") == []
    downgrade(bare_url)
    assert snapshot(bare_url) == before


def test_what_no_meter_can_be_registered_without_is_said(bare_url: str) -> None:
    execute(
        bare_url, f"{METERLESS} CREATE TABLE meters (id serial PRIMARY KEY, owner int NOT NULL)"
    )
    upgrade(bare_url)
    told = [(each.table, each.code, dict(each.facts)) for each in found(bare_url)]
    assert ("meters", "required_column", {"column": "owner"}) in told


def test_a_source_that_their_rules_forbid_is_not_added(bare_url: str) -> None:
    execute(
        bare_url,
        f"""{METERLESS}
        CREATE TABLE energy_sources (id uuid PRIMARY KEY, name varchar(5), unit text)""",
    )
    upgrade(bare_url)
    assert rows(bare_url, "SELECT * FROM energy_sources") == []
