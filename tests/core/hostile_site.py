"""A site whose registers are full of payloads: every name that a person may give is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from uuid import UUID, uuid5

import psycopg

from tests.hostile_pieces import MARKER, PAYLOADS

NOW = datetime(2026, 11, 18, 9, 7, 30, tzinfo=timezone.utc)
BEGAN = NOW.replace(minute=0, second=0) - timedelta(days=10)
NAMESPACE = UUID(int=50001)
LONGEST_NAME = 200
# What a PostgreSQL text can hold, and a person might still type.
NAMES = tuple(
    each for each in PAYLOADS if not {"\0", "\ud800"} & set(each) and len(each) < LONGEST_NAME
)
# Among them the machines that the real questions are about.
PLAIN = (
    *("Compressor-1", "Compressor-EU-1", "Boiler-1", "HVAC-Main", "Conveyor-A"),
    *("Hydraulic-Pump-1", "Injection-Molding-1"),
)
SOURCE = f"fuel'; {{unit}} %s {MARKER}"

TABLE = """
CREATE TABLE fuel_readings (time timestamptz, machine_id uuid, amount double precision,
                            PRIMARY KEY (machine_id, time))
"""
FACTORY = "INSERT INTO factories (id, name, timezone, currency) VALUES (%s, %s, %s, %s)"
MACHINE = "INSERT INTO machines (id, factory_id, name, type, aliases) VALUES (%s, %s, %s, %s, %s)"
FUEL = """
INSERT INTO energy_sources (name, unit, readings_table, consumption_column)
VALUES (%s, %s, 'fuel_readings', 'amount')
"""
METERS = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.id, s.id, 3600, 'interval', 'start', s.unit, %s
FROM machines AS m, energy_sources AS s WHERE s.name IN ('electricity', 'natural_gas', %s)
"""
SEUS = """
INSERT INTO seus (name, energy_source_id, machine_ids)
SELECT m.name || ' {energy_source}', s.id, ARRAY[m.id]
FROM machines AS m, energy_sources AS s WHERE s.name = 'electricity'
"""
FEATURES = """
INSERT INTO energy_source_features (energy_source_id, feature_name, data_type, aggregation_function)
SELECT id, %s, 'numeric', 'CUSTOM' FROM energy_sources
"""
TARIFFS = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from)
SELECT f.id, s.id, %s, 0.2, f.currency, '{0,1,2,3,4,5,6}', '00:00', '00:00', %s
FROM factories AS f, energy_sources AS s
"""
CARBON = """
INSERT INTO carbon_factors (energy_source_id, region, factor_kg_per_unit, valid_from, source)
SELECT id, NULL, 0.4, %s, %s FROM energy_sources
"""
STATUSES = """
INSERT INTO machine_status_history (machine_id, time, is_running, mode)
SELECT id, hour, extract(hour FROM hour)::integer %% 2 = 0,
       CASE WHEN extract(hour FROM hour)::integer %% 2 = 0 THEN 'running' ELSE 'idle' END
FROM machines, generate_series(%s::timestamptz, %s::timestamptz, '1 hour') AS hour
"""
READINGS = """
INSERT INTO energy_readings (machine_id, time, energy_kwh, power_kw)
SELECT id, hour, 2.5, 2.5
FROM machines, generate_series(%s::timestamptz, %s::timestamptz, '1 hour') AS hour
"""
GAS_READINGS = """
INSERT INTO natural_gas_readings (machine_id, time, consumption_m3, calorific_value_mj_m3)
SELECT id, hour, 1.5, 36
FROM machines, generate_series(%s::timestamptz, %s::timestamptz, '1 hour') AS hour
"""
FUEL_READINGS = """
INSERT INTO fuel_readings (machine_id, time, amount)
SELECT id, hour, 1.5
FROM machines, generate_series(%s::timestamptz, %s::timestamptz, '1 hour') AS hour
"""
PRODUCTION = """
INSERT INTO production_data (machine_id, time, production_count, good_count, reject_count)
SELECT id, hour, 10, 9, 1
FROM machines, generate_series(%s::timestamptz, %s::timestamptz, '1 hour') AS hour
"""
# A line a table: how many rows there are, and what all of them hold.
TABLES = """
SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables ORDER BY 1
"""
CONTENTS = "SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} AS t"


def register(url: str) -> None:
    """Two sites, a machine and an SEU of each payload, some of plain names, ten days."""
    with psycopg.connect(url) as connection:
        connection.execute(TABLE)
        connection.execute(FUEL, (SOURCE, f'k"g{{0}} {MARKER}'))
        sites = _sites(connection)
        for number, name in enumerate((*NAMES, *PLAIN)):
            aliases = [f"{{machine}} {name}", NAMES[(number + 1) % len(NAMES)]]
            row = (uuid5(NAMESPACE, name), sites[number % 2], name, name[:40], aliases)
            connection.execute(MACHINE, row)
        connection.execute(METERS, (BEGAN, SOURCE))
        connection.execute(SEUS)
        connection.execute(FEATURES, (f"{{driver}} '; -- {MARKER}",))
        connection.execute(TARIFFS, (f"day' {MARKER} {{tariff}}", BEGAN))
        connection.execute(CARBON, (BEGAN, f"{{source}} '; -- {MARKER}"))
        for statement in (STATUSES, READINGS, GAS_READINGS, FUEL_READINGS, PRODUCTION):
            connection.execute(statement, (BEGAN, NOW))


def contents(url: str) -> dict[str, object]:
    """How many rows each table of a database has, and a checksum of all of them."""
    with psycopg.connect(url) as connection:
        tables = [str(name) for (name,) in connection.execute(TABLES).fetchall()]
        return {
            name: connection.execute(CONTENTS.format(name).encode()).fetchone() for name in tables
        }


def _sites(connection: psycopg.Connection) -> Sequence[UUID]:
    sites = [
        (uuid5(NAMESPACE, "here"), f"Werk \"'; {{factory}} %s\n\u202e{MARKER}", "EUR"),
        (uuid5(NAMESPACE, "there"), f"{{0.__class__}} {MARKER}", "';{c}"),
    ]
    for id_, name, currency in sites:
        connection.execute(FACTORY, (id_, name, "Europe/Berlin", currency))
    return [id_ for id_, _, _ in sites]
