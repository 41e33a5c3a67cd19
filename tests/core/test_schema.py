"""The schema: made from nothing, kept in step with the registers, refused where it is not ours."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlmodel import SQLModel

from enms_core.domain.errors import SchemaMismatch
from enms_core.storage import schema
from enms_core.storage.registers import REGISTERS
from enms_core.storage.store import Store
from tests.conftest import Asker, create_database, drop_database, run_on, url_of

READINGS_TABLES = {
    "energy_readings",
    "natural_gas_readings",
    "steam_readings",
    "compressed_air_end_use_readings",
    "production_data",
    "environmental_data",
    "site_weather",
    "production_plan",
    "machine_status_history",
}
TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema IN ('public', 'enms') AND table_name <> 'alembic_version'
"""
ONE_READING = """
INSERT INTO factories (id, name, timezone)
VALUES ('00000000-0000-0000-0000-00000000000f', 'Workshop', 'Europe/Berlin');
INSERT INTO machines (id, factory_id, name, type)
VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-00000000000f',
        'Lathe-7', 'lathe');
INSERT INTO seus (name, energy_source_id, machine_ids)
SELECT 'Lathe-7 electricity', id, ARRAY['00000000-0000-0000-0000-0000000000a1'::uuid]
FROM energy_sources WHERE name = 'electricity';
INSERT INTO energy_readings (machine_id, time, energy_kwh)
VALUES ('00000000-0000-0000-0000-0000000000a1', '2026-11-17T00:00Z', 2.5);
"""


@pytest.fixture
def bare_url(server_url: str) -> Iterator[str]:
    """A database with nothing in it, not even a schema."""
    name = f"enms_test_{uuid.uuid4().hex[:12]}"
    create_database(server_url, name)
    yield url_of(server_url, name)
    drop_database(server_url, name)


def upgrade(url: str) -> None:
    run_on(url, lambda store: schema.upgrade(store.registers))


def downgrade(url: str) -> None:
    run_on(url, lambda store: schema.downgrade(store.registers, "base"))


def revision(url: str) -> object:
    return run_on(url, lambda store: schema.current(store.registers))


def column(url: str, sql: str) -> list[object]:
    """The first column of a statement's rows."""
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(sql.encode())]


def our_tables() -> set[str]:
    return READINGS_TABLES | {str(register.__tablename__) for register in REGISTERS}


def differences(connection: Connection) -> list[object]:
    """What the registers' classes and the migrated tables disagree on."""

    def is_register(_item: object, name: str | None, kind: str, *_rest: object) -> bool:
        return kind != "table" or name not in {*READINGS_TABLES, "alembic_version"}

    options = {
        "include_schemas": True,
        "include_object": is_register,
        "compare_type": True,
        "compare_server_default": True,
    }
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, SQLModel.metadata))


async def registers_differences(store: Store) -> list[object]:
    async with store.registers.connection() as connection:
        return await connection.run_sync(differences)


def test_a_bare_database_is_brought_to_the_head_with_all_tables(bare_url: str) -> None:
    assert revision(bare_url) is None
    upgrade(bare_url)
    assert revision(bare_url) == schema.head()
    assert set(column(bare_url, TABLES)) == our_tables()


def test_the_usual_carriers_are_there_without_invented_prices(empty_url: str) -> None:
    priced = "SELECT name FROM energy_sources WHERE cost_per_unit IS NOT NULL"
    names = column(empty_url, "SELECT name FROM energy_sources ORDER BY name")
    assert names == ["compressed_air", "electricity", "natural_gas", "steam"]
    assert column(empty_url, priced) == []


def test_a_second_upgrade_changes_nothing(empty_url: str) -> None:
    with psycopg.connect(empty_url) as connection:
        connection.execute(ONE_READING)
    upgrade(empty_url)
    assert revision(empty_url) == schema.head()
    assert column(empty_url, "SELECT energy_kwh FROM energy_readings") == [2.5]


def test_downgrade_to_base_takes_all_tables_away_and_upgrade_brings_them_back(
    empty_url: str,
) -> None:
    with psycopg.connect(empty_url) as connection:
        connection.execute(ONE_READING)
    downgrade(empty_url)
    assert (revision(empty_url), column(empty_url, TABLES)) == (None, [])
    upgrade(empty_url)
    assert set(column(empty_url, TABLES)) == our_tables()
    assert column(empty_url, "SELECT energy_kwh FROM energy_readings") == []
    with psycopg.connect(empty_url) as connection:
        connection.execute(ONE_READING)


def test_the_registers_classes_agree_with_the_migrated_tables(empty_url: str) -> None:
    assert run_on(empty_url, registers_differences) == []


def test_a_column_that_only_the_database_has_is_found_by_the_comparison(empty_url: str) -> None:
    with psycopg.connect(empty_url) as connection:
        connection.execute("ALTER TABLE machines ADD COLUMN colour text")
    found = run_on(empty_url, registers_differences)
    assert isinstance(found, list)
    assert [change[0] for change in found] == ["remove_column"]


def test_two_upgrades_at_once_leave_one_schema(bare_url: str) -> None:
    async def both(store: Store) -> None:
        await asyncio.gather(schema.upgrade(store.registers), schema.upgrade(store.registers))

    run_on(bare_url, both)
    assert revision(bare_url) == schema.head()
    assert column(bare_url, "SELECT version_num FROM enms.alembic_version") == [schema.head()]


@pytest.mark.parametrize("found", [None, "0000"])
def test_a_foreign_server_at_another_schema_is_refused_and_left_alone(
    bare_url: str, found: str | None
) -> None:
    if found is not None:
        upgrade(bare_url)
        with psycopg.connect(bare_url) as connection:
            connection.execute("UPDATE enms.alembic_version SET version_num = %s", (found,))
    before = column(bare_url, TABLES)
    with pytest.raises(SchemaMismatch) as caught:
        run_on(bare_url, lambda store: store.prepare())
    assert (caught.value.found, caught.value.needed) == (found, schema.head())
    assert column(bare_url, TABLES) == before


def test_a_question_to_a_foreign_server_at_another_schema_gets_one_sentence(
    bare_url: str, engine_on: Callable[..., Asker]
) -> None:
    reply = engine_on(bare_url).ask("how much energy did we use yesterday")
    assert (reply.outcome, reply.dialogs) == ("error", (("database_failed", {}),))
