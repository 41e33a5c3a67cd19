"""Three machines with readings of electricity from a midnight on."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from uuid import UUID

import psycopg

from tests.core.conftest import execute

A, B, C = (UUID(int=0xA1 + number) for number in range(3))
MIDNIGHT = datetime(2026, 11, 17, tzinfo=timezone.utc)
MACHINES = """
INSERT INTO factories (id, name, timezone) VALUES ('00000000-0000-0000-0000-00000000000f',
                                                   'Works', 'Europe/Berlin');
INSERT INTO machines (id, factory_id, name, type)
SELECT ('00000000-0000-0000-0000-0000000000a' || n)::uuid, f.id, 'Lathe-' || n, 'lathe'
FROM factories AS f, generate_series(1, 3) AS n
"""
METER = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT %s, id, %s, 'interval', 'start', unit, '2026-01-01Z' FROM energy_sources WHERE name = %s
"""
READING = """
INSERT INTO energy_readings (machine_id, time, energy_kwh, power_kw) VALUES (%s, %s, %s, %s)
"""


def at(minute: float) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


def add_meter(url: str, machine: UUID, interval_s: int, source: str = "electricity") -> None:
    execute(url, METER, machine, interval_s, source)


def add(url: str, machine: UUID, step_minutes: float, *energies_kwh: float | None) -> None:
    """Readings from midnight on; None is a gap."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.executemany(
            READING,
            [
                (machine, at(number * step_minutes), energy_kwh, None)
                for number, energy_kwh in enumerate(energies_kwh)
                if energy_kwh is not None
            ],
        )


SHARE_TABLE = """
ALTER TABLE energy_readings ADD energy_type text NOT NULL DEFAULT 'electricity';
ALTER TABLE energy_readings DROP CONSTRAINT energy_readings_pkey;
ALTER TABLE energy_readings ADD UNIQUE (machine_id, time, energy_type);
UPDATE energy_sources SET carrier_column = 'energy_type', carrier_value = name, unit = 'kWh',
       readings_table = 'energy_readings', consumption_column = 'energy_kwh', rate_column = NULL
WHERE name IN ('electricity', 'compressed_air')
"""
