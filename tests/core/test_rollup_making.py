"""Rollups made anew while others use them: nobody's view is broken, no question fails."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest

from enms_core.domain.errors import QueryFailed, StorageTimeout
from enms_core.storage import rollup_making, schema
from enms_core.storage.rollups import remove
from tests.conftest import Asker, run_on
from tests.core.conftest import execute, rows

QUESTION = "what did lathe seven consume yesterday"
ANOTHER_COLUMN = """
INSERT INTO energy_source_features (energy_source_id, feature_name, data_type, source_table,
                                    source_column, aggregation_function)
SELECT id, 'avg_voltage_v', 'numeric', 'energy_readings', 'voltage_v', 'AVG'
FROM energy_sources WHERE name = 'electricity'
"""
THEIR_VIEW = (
    "CREATE VIEW their_dashboard AS SELECT bucket, energy_kwh_sum FROM energy_readings_1hour"
)
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'enms' AND table_name = 'energy_readings_1hour' AND column_name LIKE 'voltage%'
"""
COUNT = "SELECT count(*) FROM energy_readings_1hour"
TRIGGER_OF_OURS = """
CREATE TRIGGER theirs AFTER INSERT ON mine REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION enms.note_machine_id_change('energy_readings')
"""
THEIR_TRIGGER = """
CREATE FUNCTION theirs() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER enms_note_theirs AFTER INSERT ON machines
FOR EACH STATEMENT EXECUTE FUNCTION theirs()
"""
PARTITION = """
ALTER TABLE energy_readings RENAME TO readings_of_2026;
DROP VIEW IF EXISTS energy_readings_1hour, energy_readings_15min;
CREATE TABLE energy_readings (LIKE readings_of_2026) PARTITION BY RANGE (time);
ALTER TABLE energy_readings ATTACH PARTITION readings_of_2026
    FOR VALUES FROM ('2026-01-01Z') TO ('2027-01-01Z');
"""
REACTIVE = """
INSERT INTO energy_sources (name, unit, readings_table, consumption_column, is_purchased)
VALUES ('reactive', 'kvarh', 'energy_readings', 'reactive_kvarh', false);
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.machine_id, s.id, 60, 'interval', 'start', 'kvarh', '2026-11-02Z'
FROM meters AS m, energy_sources AS s WHERE s.name = 'reactive'
"""
MakeAsker = Callable[..., Asker]


def refresh(url: str) -> None:
    run_on(url, lambda store: store.refresh_rollups())


def test_what_others_built_on_a_rollup_stays_and_so_does_the_rollup(workshop_url: str) -> None:
    refresh(workshop_url)
    execute(workshop_url, THEIR_VIEW)
    execute(workshop_url, ANOTHER_COLUMN)
    execute(workshop_url, "UPDATE energy_source_features SET source_table = 'production_data'")
    refresh(workshop_url)
    execute(workshop_url, "UPDATE energy_source_features SET source_table = 'energy_readings'")
    refresh(workshop_url)
    assert rows(workshop_url, "SELECT count(*), sum(energy_kwh_sum) FROM their_dashboard") == [
        (24, 60.0)
    ]
    assert rows(workshop_url, COLUMNS) == []
    execute(workshop_url, "DROP VIEW their_dashboard")
    refresh(workshop_url)
    assert len(rows(workshop_url, COLUMNS)) == 4


def test_the_other_rollups_follow_where_one_cannot(workshop_url: str) -> None:
    execute(workshop_url, THEIR_VIEW)
    execute(workshop_url, ANOTHER_COLUMN)
    execute(
        workshop_url,
        """
        CREATE TABLE cooling_readings (
            time timestamptz NOT NULL, machine_id uuid NOT NULL, volume_m3 float8,
            PRIMARY KEY (machine_id, time));
        INSERT INTO energy_sources (name, unit, readings_table, consumption_column)
        VALUES ('cooling_water', 'm³', 'cooling_readings', 'volume_m3')
        """,
    )
    refresh(workshop_url)
    assert rows(workshop_url, "SELECT count(*) FROM cooling_readings_1hour") == [(0,)]


def test_a_rollup_made_anew_elsewhere_costs_no_answer(
    workshop_url: str, engine_on: MakeAsker
) -> None:
    refresh(workshop_url)
    asker = engine_on(workshop_url)
    assert asker.ask(QUESTION).data["quantity"] == 60.0
    execute(workshop_url, ANOTHER_COLUMN)
    refresh(workshop_url)
    assert asker.ask(QUESTION).data["quantity"] == 60.0
    execute(workshop_url, "DROP TABLE enms.energy_readings_1hour_data CASCADE")
    execute(workshop_url, "DELETE FROM enms.rollups WHERE readings_table = 'energy_readings'")
    assert asker.ask(QUESTION).data["quantity"] == 60.0


def test_a_writer_that_is_open_for_long_is_not_waited_for(
    workshop_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making triggers would wait for it, and every later writer behind that."""
    monkeypatch.setattr(rollup_making, "WAIT_BRIEFLY", "SET LOCAL lock_timeout = '200ms'")
    execute(workshop_url, ANOTHER_COLUMN)
    with psycopg.connect(workshop_url) as writer:
        writer.execute("UPDATE energy_readings SET energy_kwh = 3")
        with pytest.raises(StorageTimeout):
            refresh(workshop_url)
    refresh(workshop_url)
    assert len(rows(workshop_url, COLUMNS)) == 4


def test_rights_on_a_rollup_outlive_its_making_anew(workshop_url: str) -> None:
    refresh(workshop_url)
    role = f"reader_{uuid4().hex[:8]}"
    execute(workshop_url, f"CREATE ROLE {role}")
    execute(workshop_url, f"GRANT SELECT ON energy_readings_1hour TO {role}")
    try:
        with psycopg.connect(workshop_url) as reader:
            reader.execute(f"SET ROLE {role}")
            assert reader.execute(COUNT).fetchone() == (24,)
        execute(workshop_url, ANOTHER_COLUMN)
        refresh(workshop_url)
        with psycopg.connect(workshop_url) as reader:
            reader.execute(f"SET ROLE {role}")
            assert reader.execute(COUNT).fetchone() == (24,)
    finally:
        execute(workshop_url, f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_nobody_else_makes_triggers_of_our_functions(workshop_url: str) -> None:
    """They run with their owner's rights, on whatever table they are put."""
    role = f"reader_{uuid4().hex[:8]}"
    execute(workshop_url, f"CREATE ROLE {role}; GRANT USAGE ON SCHEMA enms TO {role}")
    try:
        with psycopg.connect(workshop_url) as stranger:
            stranger.execute(f"SET ROLE {role}")
            stranger.execute("CREATE TEMPORARY TABLE mine (machine_id uuid, time timestamptz)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                stranger.execute(TRIGGER_OF_OURS)
    finally:
        execute(workshop_url, f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_without_rollups_a_column_can_be_changed_and_they_come_back(workshop_url: str) -> None:
    refresh(workshop_url)
    with pytest.raises(psycopg.errors.FeatureNotSupported):
        execute(workshop_url, "ALTER TABLE energy_readings ALTER energy_kwh TYPE numeric")
    assert run_on(workshop_url, remove) == ()
    execute(workshop_url, "ALTER TABLE energy_readings ALTER energy_kwh TYPE numeric")
    refresh(workshop_url)
    assert rows(workshop_url, COUNT) == [(24,)]


def test_a_downgrade_leaves_triggers_and_views_of_theirs(workshop_url: str) -> None:
    execute(workshop_url, THEIR_TRIGGER)
    refresh(workshop_url)
    execute(workshop_url, THEIR_VIEW)
    with pytest.raises(QueryFailed, match="their_dashboard"):
        run_on(workshop_url, lambda store: schema.downgrade(store.registers, "0002"))
    execute(workshop_url, "DROP VIEW their_dashboard")
    run_on(workshop_url, lambda store: schema.downgrade(store.registers, "0002"))
    theirs = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    assert rows(workshop_url, theirs) == [("enms_note_theirs",)]


def test_a_partitioned_table_is_read_directly(workshop_url: str, engine_on: MakeAsker) -> None:
    """Rows that are written into a partition fire no trigger of the whole."""
    execute(workshop_url, PARTITION)
    refresh(workshop_url)
    assert rows(workshop_url, "SELECT to_regclass('enms.energy_readings_1hour')") == [(None,)]
    execute(workshop_url, "UPDATE readings_of_2026 SET energy_kwh = 3")
    assert engine_on(workshop_url).ask(QUESTION).data["quantity"] == 72.0


def test_a_session_without_triggers_is_noted_all_the_same(workshop_url: str) -> None:
    refresh(workshop_url)
    execute(
        workshop_url,
        "SET session_replication_role = replica; UPDATE energy_readings SET energy_kwh = 3",
    )
    assert rows(workshop_url, "SELECT sum(energy_kwh_sum) FROM energy_readings_1hour") == [(72.0,)]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("is_refreshed", [False, True])
def test_a_reading_that_is_no_number_is_a_missing_one(
    workshop_url: str, engine_on: MakeAsker, value: str, is_refreshed: bool
) -> None:
    execute(
        workshop_url,
        "UPDATE energy_readings SET energy_kwh = %s WHERE time = '2026-11-17T05:00+01:00'",
        value,
    )
    if is_refreshed:
        refresh(workshop_url)
    reply = engine_on(workshop_url).ask(QUESTION)
    assert (reply.outcome, reply.data["quantity"]) == ("answered", 57.5)
    assert reply.data["coverage_percent"] == pytest.approx(100 * 23 / 24)
    assert [issue["code"] for issue in reply.issues] == ["readings.gap"]


def test_a_limit_of_time_on_the_database_does_not_stop_a_refresh(workshop_url: str) -> None:
    name = rows(workshop_url, "SELECT current_database()")[0][0]
    execute(workshop_url, f"ALTER DATABASE {name} SET statement_timeout = '1ms'")
    refresh(workshop_url)
    with psycopg.connect(workshop_url, options="-c statement_timeout=0") as unlimited:
        assert unlimited.execute("SELECT count(*) FROM enms.dirty_ranges").fetchone() == (0,)


def test_an_upgrade_does_not_hold_up_writers_for_long(
    bare_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "PATIENCE", ("SET LOCAL lock_timeout = '200ms'",))
    run_on(bare_url, lambda store: schema.upgrade(store.registers, "0001"))
    with psycopg.connect(bare_url) as writer:
        writer.execute("UPDATE seus SET name = name")
        with pytest.raises(StorageTimeout, match="did not answer in time"):
            run_on(bare_url, lambda store: schema.upgrade(store.registers))
    run_on(bare_url, lambda store: schema.upgrade(store.registers))


def test_sources_in_columns_of_one_table_keep_their_own_meters(workshop_url: str) -> None:
    """Another column's meter of a minute does not lend its interval."""
    execute(workshop_url, REACTIVE)
    refresh(workshop_url)
    counts = "SELECT DISTINCT expected_count, covered_seconds FROM energy_readings_1hour"
    assert rows(workshop_url, counts) == [(1, 3600.0)]
