"""The schema: made from nothing, kept in step with the registers, refused where it is not ours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.schema import SchemaItem
from sqlmodel import SQLModel

from enms_core.domain.errors import SchemaMismatch
from enms_core.storage import schema
from enms_core.storage.registers import REGISTERS
from enms_core.storage.store import Store
from tests.conftest import Asker, run_on
from tests.core.adopted.snapshot import snapshot
from tests.core.conftest import WORKSHOP, execute, rows

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
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' OR table_name = 'demo_plant'
"""
# What revision 0001 made before the migrations kept a record of what they make.
FIRST_REVISION = Path(__file__).parent / "adopted" / "first_revision.sql"
# Tables of revisions after the first.
LATER_TABLES = {
    "machine_status",
    "carbon_factors",
    "energy_baselines",
    "anomalies",
    "energy_forecasts",
    "enpi_baselines",
    "enpi_performance",
    "energy_targets",
    "action_plans",
    "audit_log",
}
BASELINE = """
INSERT INTO energy_baselines (seu_id, energy_source_id, model_type, training_start_date,
                              training_end_date, coefficients, feature_names, model_version,
                              is_active)
SELECT id, energy_source_id, 'ols', '2025-01-01Z', '2026-01-01Z', '{}', '{}', %s, %s FROM seus
"""
READINGS = "SELECT count(*), sum(energy_kwh) FROM energy_readings"


def upgrade(url: str) -> None:
    run_on(url, lambda store: schema.upgrade(store.registers))


def downgrade(url: str) -> None:
    run_on(url, lambda store: schema.downgrade(store.registers, "base"))


def revision(url: str) -> object:
    return run_on(url, lambda store: schema.current(store.registers))


def tables(url: str) -> set[object]:
    return {table for (table,) in rows(url, TABLES)}


def our_tables() -> set[str]:
    return READINGS_TABLES | {str(register.__tablename__) for register in REGISTERS}


def differences(connection: Connection) -> list[object]:
    """What the registers' classes and the migrated tables disagree on."""

    def is_register(item: SchemaItem, name: str | None, kind: str, *_rest: object) -> bool:
        is_known = name in {register.__tablename__ for register in REGISTERS}
        is_ours = getattr(item, "schema", None) == "enms"
        return kind != "table" or is_known or not (is_ours or name in READINGS_TABLES)

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
    assert tables(bare_url) == our_tables()


def test_the_usual_carriers_are_there_without_invented_prices(empty_url: str) -> None:
    priced = "SELECT name FROM energy_sources WHERE cost_per_unit IS NOT NULL"
    names = rows(empty_url, "SELECT name FROM energy_sources ORDER BY name")
    assert names == [("compressed_air",), ("electricity",), ("natural_gas",), ("steam",)]
    assert rows(empty_url, priced) == []


def test_a_second_upgrade_changes_nothing(empty_url: str) -> None:
    execute(empty_url, WORKSHOP)
    upgrade(empty_url)
    assert revision(empty_url) == schema.head()
    assert rows(empty_url, READINGS) == [(24, 60.0)]


def test_downgrade_to_base_takes_all_tables_away_and_upgrade_brings_them_back(
    empty_url: str,
) -> None:
    execute(empty_url, WORKSHOP)
    downgrade(empty_url)
    assert (revision(empty_url), tables(empty_url)) == (None, set())
    upgrade(empty_url)
    assert tables(empty_url) == our_tables()
    assert rows(empty_url, READINGS) == [(0, None)]
    execute(empty_url, WORKSHOP)


def test_the_registers_classes_agree_with_the_migrated_tables(empty_url: str) -> None:
    assert run_on(empty_url, registers_differences) == []


def test_a_column_that_only_the_database_has_is_found_by_the_comparison(empty_url: str) -> None:
    execute(empty_url, "ALTER TABLE machines ADD COLUMN colour text")
    found = run_on(empty_url, registers_differences)
    assert isinstance(found, list)
    assert [change[0] for change in found] == ["remove_column"]


def test_two_upgrades_at_once_leave_one_schema(bare_url: str) -> None:
    async def both(store: Store) -> None:
        await asyncio.gather(schema.upgrade(store.registers), schema.upgrade(store.registers))

    run_on(bare_url, both)
    assert revision(bare_url) == schema.head()
    assert rows(bare_url, "SELECT version_num FROM enms.alembic_version") == [(schema.head(),)]


def test_downgrade_to_base_leaves_nothing(bare_url: str) -> None:
    before = snapshot(bare_url)
    run_on(bare_url, lambda store: store.upgrade())
    execute(bare_url, WORKSHOP)
    downgrade(bare_url)
    assert snapshot(bare_url) == before


def test_a_database_of_the_first_revision_arrives_at_the_same_schema(
    bare_url: str, later_url: str
) -> None:
    execute(bare_url, FIRST_REVISION.read_text() + WORKSHOP)
    assert revision(bare_url) == "0001"
    upgrade(bare_url)
    downgrade(later_url)
    upgrade(later_url)
    assert layout(bare_url) == layout(later_url)
    assert run_on(bare_url, registers_differences) == []
    assert rows(bare_url, READINGS) == [(24, 60.0)]


def test_a_database_of_the_first_revision_can_be_taken_down(bare_url: str) -> None:
    before = snapshot(bare_url)
    execute(bare_url, FIRST_REVISION.read_text() + WORKSHOP)
    downgrade(bare_url)
    assert snapshot(bare_url) == before


def test_one_revision_down_and_up_again_keeps_what_the_first_one_made(bare_url: str) -> None:
    upgrade(bare_url)
    execute(bare_url, WORKSHOP)
    made = layout(bare_url)
    run_on(bare_url, lambda store: schema.downgrade(store.registers, "0001"))
    assert tables(bare_url) == our_tables() - LATER_TABLES
    upgrade(bare_url)
    assert layout(bare_url) == made
    assert rows(bare_url, READINGS) == [(24, 60.0)]


def layout(url: str) -> set[tuple[object, ...]]:
    """Objects of the registers and readings."""
    kinds = {"column", "constraint", "index", "trigger"}
    return {item for item in snapshot(url).objects if item[0] in kinds and "enms." not in str(item)}


VALUE_SETS = {
    "machine_status": "INSERT INTO machine_status (machine_id, is_running, current_mode) "
    "SELECT id, true, '{}' FROM machines",
    "anomalies": "INSERT INTO anomalies (machine_id, start_time, anomaly_type, metric_name, "
    "severity) SELECT id, now(), 'spike', 'energy', '{}' FROM machines",
    "action_plans": "INSERT INTO action_plans (title, status) VALUES ('Mend leaks', '{}')",
}


@pytest.mark.parametrize(
    ("table", "known", "unknown"),
    [
        ("machine_status", "maintenance", "sleeping"),
        ("anomalies", "critical", "info"),
        ("action_plans", "in_progress", "done"),
    ],
)
def test_a_value_that_a_register_does_not_know_is_refused(
    workshop_url: str, table: str, known: str, unknown: str
) -> None:
    execute(workshop_url, VALUE_SETS[table].format(known))
    with pytest.raises(psycopg.errors.CheckViolation):
        execute(workshop_url, VALUE_SETS[table].format(unknown))


def test_an_seu_has_versions_of_one_number_once_and_one_of_them_active(workshop_url: str) -> None:
    execute(
        workshop_url,
        "INSERT INTO seus (name, energy_source_id, machine_ids) "
        "SELECT 'Lathe-7 electricity', energy_source_id, ARRAY[machine_id] FROM meters",
    )
    execute(workshop_url, BASELINE, 1, True)
    execute(workshop_url, BASELINE, 2, False)
    for version, is_active in ((2, False), (3, True)):
        with pytest.raises(psycopg.errors.UniqueViolation):
            execute(workshop_url, BASELINE, version, is_active)


@pytest.mark.parametrize("found", [None, "0000"])
def test_a_foreign_server_at_another_schema_is_refused_and_left_alone(
    bare_url: str, found: str | None
) -> None:
    if found is not None:
        upgrade(bare_url)
        execute(bare_url, "UPDATE enms.alembic_version SET version_num = %s", found)
    before = tables(bare_url)
    with pytest.raises(SchemaMismatch) as caught:
        run_on(bare_url, lambda store: store.prepare())
    assert (caught.value.found, caught.value.needed) == (found, schema.head())
    assert tables(bare_url) == before


def test_a_question_to_a_foreign_server_at_another_schema_gets_one_sentence(
    bare_url: str, engine_on: Callable[..., Asker]
) -> None:
    reply = engine_on(bare_url).ask("how much energy did we use yesterday")
    assert (reply.outcome, reply.dialogs) == ("error", (("database_failed", {}),))
