"""An energy source that nobody has thought of is a row: it is trained and said without code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

import pytest

from tests.conftest import Asker
from tests.core.conftest import WORKSHOP, execute, rows

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=timezone.utc)
# An hour of the lathe takes 2 m³ of cooling water, and 0.3 m³ more for each piece.
COOLING_WATER = """
CREATE TABLE cooling_water_readings (
    time timestamptz NOT NULL, machine_id uuid NOT NULL REFERENCES machines (id),
    volume_m3 double precision, PRIMARY KEY (machine_id, time)
);
INSERT INTO energy_sources (name, unit, is_purchased, readings_table, consumption_column)
VALUES ('cooling_water', 'm³', false, 'cooling_water_readings', 'volume_m3');
INSERT INTO energy_source_features (energy_source_id, feature_name, data_type, source_table,
                                    source_column, aggregation_function, is_regression_feature)
SELECT id, f.name, 'numeric', f.place, f.read, f.how, true
FROM energy_sources, (VALUES
    ('production_count', 'production_data', 'production_count', 'SUM'),
    ('outdoor_temp_c', 'site_weather', 'outdoor_temp_c', 'AVG'),
    ('own_volume', 'cooling_water_readings', 'volume_m3', 'SUM')
) AS f (name, place, read, how) WHERE energy_sources.name = 'cooling_water';
INSERT INTO seus (name, energy_source_id, machine_ids)
SELECT 'Lathe-7 cooling water', id, ARRAY['00000000-0000-0000-0000-0000000000a1'::uuid]
FROM energy_sources WHERE name = 'cooling_water';
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT '00000000-0000-0000-0000-0000000000a1', id, 3600, 'interval', 'start', unit,
       '2025-01-01T00:00Z'
FROM energy_sources WHERE name = 'cooling_water';
INSERT INTO machine_status_history (time, machine_id, is_running, mode)
VALUES ('2025-01-01T00:00Z', '00000000-0000-0000-0000-0000000000a1', true, 'running');
INSERT INTO production_data (time, machine_id, production_count)
SELECT hour, '00000000-0000-0000-0000-0000000000a1',
       50 + 30 * sin(extract(epoch FROM hour) / 86400)
FROM generate_series('2025-11-18T00:00Z'::timestamptz, '2026-11-18T08:00Z', '1 hour') AS hour;
INSERT INTO site_weather (time, factory_id, outdoor_temp_c, is_forecast)
SELECT hour, '00000000-0000-0000-0000-00000000000f',
       10 + 10 * sin(extract(epoch FROM hour) / 5000000), false
FROM generate_series('2025-11-18T00:00Z'::timestamptz, '2026-11-18T08:00Z', '1 hour') AS hour;
INSERT INTO cooling_water_readings (time, machine_id, volume_m3)
SELECT time, machine_id,
       2 + 0.3 * production_count + 0.4 * sin(7 * extract(epoch FROM time) / 3600)
FROM production_data;
"""


@pytest.fixture
def lathe(empty_url: str, engine_on: Callable[..., Asker]) -> Asker:
    execute(empty_url, WORKSHOP + COOLING_WATER)
    return engine_on(empty_url)


def trained(lathe: Asker) -> dict[str, object]:
    lathe.ask("train the cooling water of lathe seven using production count", NOW, "water")
    lathe.ask("the last twelve months", NOW, "water")
    reply = lathe.ask("yes", NOW, "water")
    assert reply.outcome == "answered", reply.speech
    return reply.data


def test_a_source_that_is_a_row_is_trained_and_its_truth_is_found(
    empty_url: str, lathe: Asker
) -> None:
    data = trained(lathe)

    baseline = data["baseline"]
    assert isinstance(baseline, dict)
    assert data["unit"] == "m³"
    assert baseline["is_active"] is True
    assert baseline["intercept"] == pytest.approx(2, abs=0.05)
    [driver] = baseline["drivers"]
    assert driver["driver"] == "production_count"
    assert driver["coefficient"] == pytest.approx(0.3, abs=0.001)
    assert rows(empty_url, "SELECT model_version, is_active FROM energy_baselines") == [(1, True)]


def test_it_is_predicted_and_said_in_its_own_unit(lathe: Asker) -> None:
    trained(lathe)

    reply = lathe.ask("how much cooling water would lathe seven use at 50 units", NOW, "water")

    assert reply.outcome == "answered", reply.speech
    assert reply.data["expected"] == pytest.approx(2 + 0.3 * 50, abs=0.1)
    assert "cubic meters" in reply.speech
    assert "cooling water" in reply.speech


def test_its_own_volume_is_no_driver_whatever_its_flag(lathe: Asker) -> None:
    reply = lathe.ask("train the cooling water of lathe seven using own volume", NOW, "water")

    assert reply.outcome == "clarify"
    assert "own volume" in reply.speech
    assert lathe.ask("never mind", NOW, "water").outcome == "cancelled"
