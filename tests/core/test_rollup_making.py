"""Rollups made anew while others use them: nobody's view is broken, no question fails."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from enms_core.domain.errors import StorageTimeout
from enms_core.storage import rollup_making
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
    workshop_url: str, engine_on: Callable[..., Asker]
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
