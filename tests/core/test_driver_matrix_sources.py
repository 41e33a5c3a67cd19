"""Hours of sources that nobody thought of, of carriers that share a table, and of days ahead."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest

from enms_core.analysis.hourly_table import DriverSpec
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.planned_hours import load_planned_hours, readings_span
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.adopted.databases import FOLDER, ONE_TABLE, upgrade
from tests.core.conftest import execute
from tests.core.matrix_asking import hours_of, use_of
from tests.core.matrix_works import (
    LATHE,
    SAW,
    SECOND,
    equal,
    feature,
    five_hours,
    value,
    weather,
)

WATER = f"""
CREATE TABLE water_counts (
    time timestamptz, machine_id uuid, litres_thousand numeric, inlet_c real,
    PRIMARY KEY (machine_id, time)
);
INSERT INTO energy_sources (name, unit, is_purchased, readings_table, consumption_column)
VALUES ('cooling_water', 'm3', true, 'water_counts', 'litres_thousand');
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT '{LATHE}', id, 1800, 'interval', 'start', unit, '2026-11-01T00:00+01:00'
FROM energy_sources WHERE name = 'cooling_water';
INSERT INTO seus (name, energy_source_id, machine_ids)
SELECT 'Lathe cooling', id, ARRAY['{LATHE}']::uuid[]
FROM energy_sources WHERE name = 'cooling_water';
INSERT INTO water_counts (machine_id, time, litres_thousand, inlet_c)
SELECT '{LATHE}', t, 0.5, extract(hour FROM t AT TIME ZONE 'Europe/Berlin')
FROM generate_series('2026-11-17T00:00+01:00'::timestamptz, '2026-11-17T04:30+01:00',
                     '30 minutes') AS t;
"""


@pytest.fixture
def water_url(workshop_url: str) -> str:
    """The hall with a source that only rows tell of."""
    execute(workshop_url, WATER)
    feature(workshop_url, "inlet", "water_counts", "inlet_c", "AVG", "cooling_water")
    feature(workshop_url, "water", "water_counts", "litres_thousand", "SUM", "cooling_water")
    feature(workshop_url, "power", "energy_readings", "energy_kwh", "SUM", "cooling_water")
    return workshop_url


def test_a_source_is_added_by_rows_alone(water_url: str) -> None:
    """Before its rollup is made, and after."""
    for _ in range(2):
        table = five_hours(water_url, source="cooling_water")

        assert equal(table.quantity, 1, 1, 1, 1, 1)
        assert table.is_complete.all()
        assert not table.is_backfilled.any()
        assert equal(table.drivers["inlet"], 0, 1, 2, 3, 4)
        assert equal(table.drivers["power"], 2.5, 2.5, 2.5, 2.5, 2.5)
        assert sorted(table.drivers) == ["inlet", "power"]
        run_on(water_url, lambda store: store.refresh_rollups())


def test_the_registered_use_of_a_new_source_has_its_unit(water_url: str) -> None:
    known = run_on(water_url, lambda store: load_catalogue(store.registers))

    [seu] = known.seus  # type: ignore[attr-defined]
    source = known.source("cooling_water")  # type: ignore[attr-defined]
    assert (seu.name, seu.energy_source_id, source.unit) == ("Lathe cooling", source.id, "m³")


def test_carriers_of_one_table_are_told_apart(bare_url: str) -> None:
    """A quarter hour of the boiler: 2 kWh of electricity, 10 of gas, 7 of steam."""
    execute(bare_url, (FOLDER / f"{ONE_TABLE}.sql").read_text())
    upgrade(bare_url)
    execute(bare_url, "ALTER TABLE energy_readings ADD pressure_bar real")
    execute(bare_url, "UPDATE energy_readings SET pressure_bar = energy_kwh / 100")
    feature(bare_url, "gas_pressure", "energy_readings", "pressure_bar", "AVG", "Natural Gas")
    edges = "2026-03-02T00:00+01:00", "2026-03-02T03:00+01:00"
    for _ in range(2):
        power = hours_of(bare_url, "electricity", ["Boiler-7"], *edges)
        gas = hours_of(bare_url, "natural_gas", ["Boiler-7"], *edges)

        assert equal(power.quantity, 8, 8, 8)
        assert equal(gas.quantity, 40, 40, 40)
        assert power.is_complete.all() and gas.is_complete.all()
        assert np.allclose(gas.drivers["gas_pressure"], 0.1)
        run_on(bare_url, lambda store: store.upgrade())
        run_on(bare_url, lambda store: store.refresh_rollups())


def test_a_driver_that_does_not_say_which_carrier_is_refused(bare_url: str) -> None:
    """Added up over all carriers it would be nothing that exists."""
    execute(bare_url, (FOLDER / f"{ONE_TABLE}.sql").read_text())
    upgrade(bare_url)
    execute(bare_url, "CREATE TABLE air (time timestamptz, machine_id uuid, m3 float8)")
    execute(
        bare_url,
        "INSERT INTO energy_sources (name, unit, icon, readings_table, consumption_column) "
        "VALUES ('compressed_air', 'Nm3', 'wind', 'air', 'm3')",
    )
    feature(bare_url, "power", "energy_readings", "energy_kwh", "SUM", "compressed_air")
    known = run_on(bare_url, lambda store: load_catalogue(store.registers))

    refused = {each.name: each.reason for each in known.refused_drivers}  # type: ignore[attr-defined]
    assert refused["power"] == "missing"


class TestAhead:
    @pytest.fixture
    def planned_url(self, workshop_url: str) -> str:
        """Forecasts for three hours; the lathe is to make 8 units in two of the four planned."""
        execute(workshop_url, SECOND)
        feature(workshop_url, "units", "production_data", "production_count", "SUM")
        feature(workshop_url, "good", "production_data", "good_count", "SUM")
        feature(workshop_url, "outdoor", "site_weather", "outdoor_temp_c")
        feature(workshop_url, "heating_degree_days", "site_weather", "outdoor_temp_c", "CUSTOM")
        feature(workshop_url, "operating_hours", None, None, "CUSTOM")
        for hour in range(3):
            weather(workshop_url, f"0{hour}:00", "outdoor_temp_c", 7.0, is_forecast=True)
            weather(workshop_url, f"0{hour}:00", "outdoor_temp_c", 99.0)
        for time, units in (("00:00", 3), ("00:30", 5), ("01:00", 0), ("02:00", 8), ("03:00", 0)):
            value(workshop_url, "production_plan", "planned_count", LATHE, time, units)
        return workshop_url

    def test_are_the_weather_as_forecast_and_the_plan(self, planned_url: str) -> None:
        table = five_hours(planned_url, load=load_planned_hours)

        assert equal(table.drivers["outdoor"], 7, 7, 7, None, None)
        assert equal(table.drivers["heating_degree_days"], 7, 7, 7, None, None)
        assert equal(table.drivers["units"], 8, 0, 8, 0, None)
        assert equal(table.drivers["operating_hours"], 1, 0, 1, 0, None)
        assert equal(table.running, 1, 0, 1, 0, None)
        assert np.isnan(table.drivers["good"]).all()

    def test_know_no_use(self, planned_url: str) -> None:
        table = five_hours(planned_url, load=load_planned_hours)

        assert np.isnan(table.quantity).all()
        assert not table.is_complete.any()
        assert not table.is_stopped.any()
        assert table.specs["units"] == DriverSpec("units", "value", "sum", True, False)

    def test_of_several_machines_are_their_plans_together(self, planned_url: str) -> None:
        for hour in range(5):
            value(planned_url, "production_plan", "planned_count", SAW, f"0{hour}:00", hour % 2)

        table = five_hours(planned_url, ("Lathe-7", "Saw-2"), load=load_planned_hours)

        assert equal(table.drivers["units"], 8, 1, 8, 1, None)
        assert equal(table.drivers["operating_hours"], 1, 1, 1, 1, None)
        assert equal(table.running, 1, 1, 1, 1, None)

    def test_without_a_plan_or_a_forecast_are_unknown(self, workshop_url: str) -> None:
        feature(workshop_url, "outdoor", "site_weather", "outdoor_temp_c")

        table = five_hours(workshop_url, load=load_planned_hours)

        assert np.isnan(table.running).all()
        assert np.isnan(table.drivers["outdoor"]).all()


def test_the_span_of_readings_is_that_before_an_instant(workshop_url: str) -> None:
    execute(workshop_url, SECOND)
    noon = datetime(2026, 11, 17, 11, 10, tzinfo=timezone.utc)

    async def span(store: Store, source: str) -> object:
        known = await load_catalogue(store.registers)
        return await readings_span(store.readings, use_of(known, source, "Lathe-7", "Saw-2"), noon)

    midnight = datetime(2026, 11, 16, 23, tzinfo=timezone.utc)
    assert run_on(workshop_url, lambda store: span(store, "electricity")) == (
        midnight,
        noon.replace(minute=0),
    )
    assert run_on(workshop_url, lambda store: span(store, "steam")) is None
