"""The worked example of docs/kpis.md: a lathe on the morning of 1 June 2026, by hand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tests.core.conftest import execute
from tests.core.kpi_workshop import LATHE, WORKS, Workshop

SIX, TEN = "2026-06-01 06:00+02", "2026-06-01 10:00+02"
MORNING = "from 6 am on 1 June 2026 to 10 am on 1 June 2026"
NOW = datetime.fromisoformat("2026-06-01T10:00+02:00")
# kWh in each quarter hour: 3.5 + 20 + 25 + 4 = 52.5.
USED = [0.5, 1, 1, 1, 5, 5, 5, 5, 10, 5, 5, 5, 1, 1, 1, 1]
MADE = [0, 40, 60, 0]  # units in each hour
DID = (("06:00", "idle"), ("07:00", "running"), ("09:00", "idle"), ("09:30", "maintenance"),
       ("09:45", "off"))  # fmt: skip
MILL = "00000000-0000-0000-0000-0000000000a2"
STATUS = """
INSERT INTO machine_status_history (machine_id, time, is_running, mode) VALUES (%s, %s, %s, %s)
"""
SECOND = f"""
INSERT INTO machines (id, factory_id, name, type) VALUES ('{MILL}', '{WORKS}', 'Mill', 'mill');
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT '{MILL}', id, 900, 'interval', 'start', unit, '2020-01-01 00:00Z'
FROM energy_sources WHERE name = 'electricity';
INSERT INTO energy_readings (machine_id, time, energy_kwh)
SELECT '{MILL}', '{SIX}'::timestamptz + n * interval '15 minutes', kwh
FROM unnest(ARRAY[8, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]) WITH ORDINALITY AS u (kwh, m),
     LATERAL (SELECT m - 1) AS p (n);
INSERT INTO production_data (machine_id, time, production_count)
SELECT '{MILL}', '{SIX}'::timestamptz + n * interval '1 hour', 25 FROM generate_series(0, 3) AS n;
"""


def status(workshop: Workshop, clock: str, mode: str | None, machine: str = LATHE) -> None:
    moment = f"2026-06-01 {clock}+02"
    execute(workshop.url, STATUS, UUID(machine), moment, mode == "running", mode)


def worked_example(workshop: Workshop) -> None:
    """The lathe with its readings, production, status, tariff and carbon factor."""
    workshop.meter(900)
    workshop.read(SIX, USED)
    workshop.make(SIX, MADE, 60)
    for clock, mode in DID:
        status(workshop, clock, mode)
    workshop.tariff(0.10, "00:00", "08:00")
    workshop.tariff(0.20, "08:00", "00:00")
    workshop.factor(0.4, None, "2020-01-01 00:00Z")


def second_machine(workshop: Workshop) -> None:
    """A mill with its peak in the first quarter hour: 8 kWh, then 2 kWh each; 25 units an hour."""
    execute(workshop.url, SECOND)
