"""A hall with two lathes that the tests of the driver matrix change, and features for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from enms_core.analysis.hourly_table import Floats, HourlyTable
from enms_core.storage.driver_matrix import load_hours
from tests.core.conftest import execute
from tests.core.matrix_asking import Loader, hours_of

LATHE = "00000000-0000-0000-0000-0000000000a1"
SAW = "00000000-0000-0000-0000-0000000000a2"
HALL = "00000000-0000-0000-0000-00000000000f"
# The first five hours of the workshop's day.
START, END = "2026-11-17T00:00+01:00", "2026-11-17T05:00+01:00"
# A second machine with a meter of quarter hours, 1 kWh each.
SECOND = f"""
INSERT INTO machines (id, factory_id, name, type) VALUES ('{SAW}', '{HALL}', 'Saw-2', 'saw');
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT '{SAW}', id, 900, 'interval', 'start', unit, '2026-11-01T00:00+01:00'
FROM energy_sources WHERE name = 'electricity';
INSERT INTO energy_readings (machine_id, time, energy_kwh)
SELECT '{SAW}', t, 1.0
FROM generate_series('2026-11-17T00:00+01:00'::timestamptz, '2026-11-17T23:45+01:00',
                     '15 minutes') AS t;
"""
FEATURE = """
INSERT INTO energy_source_features (energy_source_id, feature_name, data_type, source_table,
                                    source_column, aggregation_function, is_regression_feature)
SELECT id, %s, 'numeric', %s, %s, %s, true FROM energy_sources WHERE name = %s
"""
VALUE = """
INSERT INTO {table} ({owner}, time, {column}) VALUES (%s, %s, %s)
ON CONFLICT ({owner}, time) DO UPDATE SET {column} = excluded.{column}
"""


def feature(
    url: str,
    name: str,
    table: str | None,
    column: str | None,
    aggregation: str = "AVG",
    source: str = "electricity",
) -> None:
    """Register a driver."""
    execute(url, FEATURE, name, table, column, aggregation, source)


def value(url: str, table: str, column: str, machine: str, time: str, amount: object) -> None:
    """Store one value; the time is one of 17 November in Berlin, such as 03:15."""
    sql = VALUE.format(table=table, column=column, owner="machine_id")
    execute(url, sql, machine, f"2026-11-17T{time}+01:00", amount)


def weather(url: str, time: str, column: str, amount: float, is_forecast: bool = False) -> None:
    """Store one row of the weather of the hall."""
    sql = f"INSERT INTO site_weather (factory_id, time, {column}, is_forecast) VALUES (%s,%s,%s,%s)"
    execute(url, sql, HALL, f"2026-11-17T{time}+01:00", amount, is_forecast)


def status(url: str, machine: str, time: str, mode: str) -> None:
    sql = "INSERT INTO machine_status_history (machine_id, time, is_running, mode)"
    stamp = f"2026-11-17T{time}+01:00"
    execute(url, f"{sql} VALUES (%s, %s, %s, %s)", machine, stamp, mode == "running", mode)


def five_hours(
    url: str,
    machines: Sequence[str] = ("Lathe-7",),
    drivers: Sequence[str] | None = None,
    source: str = "electricity",
    load: Loader = load_hours,
) -> HourlyTable:
    """The table of the first five hours."""
    return hours_of(url, source, machines, START, END, drivers, load)


def equal(found: Floats, *values: float | None) -> bool:
    """Whether a column has these values, None where it has none."""
    wanted = np.array([np.nan if each is None else each for each in values])
    return bool(np.allclose(found, wanted, rtol=1e-12, equal_nan=True))
