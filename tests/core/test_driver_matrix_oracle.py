"""The hours of energy uses of the demo plant equal those that pandas makes of the rows."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import numpy as np
import psycopg
import pytest

from enms_core.analysis.hourly_table import HourlyTable
from tests.core.matrix_asking import hours_of
from tests.core.matrix_truth import Column, Plain, machine_ids

# With both clock changes, the gaps and the pump's new meter; the last two days are minutely.
START, END = "2026-03-20T00:00+01:00", "2026-11-18T10:00+01:00"
PAST = "AND NOT is_forecast"
WEATHER = {"table": "site_weather", "owner": "factory_id", "only": PAST}

USE = {
    "electricity": Column("energy_readings", "energy_kwh", "electricity"),
    "natural_gas": Column("natural_gas_readings", "consumption_m3", "natural_gas"),
    "steam": Column("steam_readings", "consumption_kg", "steam"),
    "compressed_air": Column("compressed_air_end_use_readings", "consumption_m3", "compressed_air"),
}
MADE = Column("production_data", "production_count")
AVERAGES = {
    "throughput": Column("production_data", "throughput"),
    "indoor_temp_c": Column("environmental_data", "indoor_temp_c"),
    "outdoor_temp_c": Column(name="outdoor_temp_c", **WEATHER),
    "outdoor_humidity_percent": Column(name="outdoor_humidity_percent", **WEATHER),
    "heating_degree_days": Column(name="outdoor_temp_c", **WEATHER),
    "cooling_degree_days": Column(name="outdoor_temp_c", **WEATHER),
    "material_moisture_percent": Column("production_data", "(metadata->>'moisture')"),
    "gas_pressure_bar": Column("natural_gas_readings", "pressure_bar", "natural_gas"),
    "calorific_value": Column("natural_gas_readings", "calorific_value_mj_m3", "natural_gas"),
}
# Of its own name in each source.
PRESSURE = {
    "electricity": Column("environmental_data", "pressure_bar"),
    "compressed_air": Column("compressed_air_end_use_readings", "pressure_bar", "compressed_air"),
}
OTHERS_USE = {"steam_kg": USE["steam"], "electricity_kwh": USE["electricity"]}
CASES = [
    ("electricity", ("Injection-Molding-1",)),
    ("electricity", ("Hydraulic-Pump-1",)),
    ("electricity", ("HVAC-US-1",)),
    ("natural_gas", ("Boiler-1",)),
    ("compressed_air", ("Compressor-1",)),
    ("electricity", ("Compressor-1", "Conveyor-A", "HVAC-Main")),
    ("electricity", ("Compressor-1", "Compressor-US-1")),
]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: " ".join((case[0], *case[1])))
def case(
    request: pytest.FixtureRequest, plant_url: str, plant_connection: psycopg.Connection
) -> tuple[str, HourlyTable, Plain]:
    """Source, what is loaded, and the plain truth."""
    source, machines = request.param
    edges = datetime.fromisoformat(START), datetime.fromisoformat(END)
    truth = Plain(plant_connection, machine_ids(plant_connection, machines), *edges)
    return source, hours_of(plant_url, source, machines, START, END), truth


def test_hours_have_no_gap(case: tuple[str, HourlyTable, Plain]) -> None:
    _, table, truth = case

    assert (table.hours * 3600).tolist() == list(truth.index)
    assert len(table) == 243 * 24 + 10


def test_the_use_and_its_completeness_are_those_of_the_rows(
    case: tuple[str, HourlyTable, Plain],
) -> None:
    source, table, truth = case

    same(table.quantity, truth.summed(USE[source]))
    assert np.array_equal(table.is_complete, truth.complete(USE[source]))
    assert 0 < table.is_complete.sum() <= len(table)
    assert not table.is_backfilled.any()


def test_the_machines_ran_as_their_histories_tell(case: tuple[str, HourlyTable, Plain]) -> None:
    _, table, truth = case

    same(table.running, truth.running("any"))
    assert np.array_equal(table.is_stopped, truth.stopped())
    if "operating_hours" in table.drivers:
        same(table.drivers["operating_hours"], truth.running("sum"))


def test_every_driver_is_what_its_rows_tell(case: tuple[str, HourlyTable, Plain]) -> None:
    source, table, truth = case
    for name, values in table.drivers.items():
        if name == "operating_hours":
            continue
        if name == "production_count":
            same(values, truth.summed(MADE))
        elif name in OTHERS_USE:
            whole = truth.complete(OTHERS_USE[name])
            same(values, truth.summed(OTHERS_USE[name]).where(whole))
        else:
            column = PRESSURE[source] if name == "pressure_bar" else AVERAGES[name]
            same(values, truth.averaged(column))


@pytest.mark.parametrize(
    ("machine", "zone", "short", "long"),
    [
        ("HVAC-Main", "Europe/Berlin", date(2026, 3, 29), date(2026, 10, 25)),
        ("HVAC-US-1", "America/Chicago", date(2026, 3, 8), date(2026, 11, 1)),
    ],
)
def test_days_are_those_of_the_site_also_where_the_clocks_change(
    plant_url: str,
    plant_connection: psycopg.Connection,
    machine: str,
    zone: str,
    short: date,
    long: date,
) -> None:
    edges = "2026-03-01T00:00+00:00", "2026-11-18T00:00+00:00"
    table = hours_of(plant_url, "electricity", [machine], *edges, [])
    truth = Plain(plant_connection, (), *map(datetime.fromisoformat, edges))

    assert table.local_day.tolist() == truth.days(zone)
    lengths = Counter(table.local_day.tolist())
    assert (lengths[short.toordinal()], lengths[long.toordinal()]) == (23, 25)


def same(found: object, truth: object) -> None:
    """Equal but for the order of additions; unknown in the same hours."""
    np.testing.assert_allclose(np.asarray(found), np.asarray(truth), rtol=1e-10, atol=1e-9)
