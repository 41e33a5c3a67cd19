"""What the storage benchmarks measure on: a plant of eight machines in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import numpy as np
from numpy.typing import NDArray

from enms_core.domain.catalogue import EnergySource
from enms_core.settings import Settings
from enms_core.storage.bulk import copy_batch
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store

MACHINES = 8
ZONE = ZoneInfo("Europe/Berlin")
END = datetime(2026, 11, 1, tzinfo=ZONE)

# A site with a day rate and a night rate.
REGISTERS = f"""
INSERT INTO factories (name, timezone, currency) VALUES ('Bench', 'Europe/Berlin', 'EUR');
INSERT INTO machines (factory_id, name, type)
SELECT id, 'Machine-' || n, 'motor' FROM factories, generate_series(1, {MACHINES}) AS n;
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from)
SELECT f.id, s.id, t.name, rate, 'EUR', '{{0,1,2,3,4,5,6}}', begun, ended, '1900-01-01Z'
FROM factories AS f, energy_sources AS s,
     (VALUES ('day', 0.2, time '08:00', time '20:00'), ('night', 0.1, '20:00', '08:00'))
     AS t (name, rate, begun, ended)
WHERE s.name = 'electricity'
"""
METERS = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.id, s.id, $1::integer, 'interval', 'start', s.unit, '1900-01-01Z'
FROM machines AS m, energy_sources AS s WHERE s.name = 'electricity'
"""
# Every two hours another status.
STATUSES = """
INSERT INTO machine_status_history (machine_id, time, mode, is_running)
SELECT m.id, t, CASE WHEN n % 2 = 0 THEN 'running' ELSE 'idle' END, n % 2 = 0
FROM machines AS m,
     generate_series($1::timestamptz, $2::timestamptz - interval '2 hours', '2 hours')
     WITH ORDINALITY AS h (t, n)
"""


@dataclass(frozen=True)
class Plant:
    """Readings of eight machines up to END, one every `interval_s`."""

    name: str
    days: int
    interval_s: int

    @property
    def rows(self) -> int:
        return MACHINES * self.days * 86_400 // self.interval_s


@dataclass(frozen=True)
class Readings:
    """A batch of electricity of one machine."""

    owner: UUID
    times: NDArray[np.datetime64]
    columns: dict[str, NDArray[np.generic] | list[str | None]]
    table: str = "energy_readings"
    key: str = "machine_id"


@dataclass(frozen=True)
class Opened:
    """A database with the registers, and what is asked about."""

    store: Store
    machines: list[UUID]
    source: EnergySource
    factory_id: UUID


def batches(plant: Plant, machines: list[UUID], days: range) -> Iterator[Readings]:
    """Days before END, 90 at a time."""
    chance = np.random.default_rng(50001)
    per_day = 86_400 // plant.interval_s
    end = np.datetime64(END.astimezone(timezone.utc).replace(tzinfo=None), "s")
    for first in range(days.start, days.stop, 90):
        last = min(first + 90, days.stop)
        count = (last - first) * per_day
        start = end - np.timedelta64(last, "D")
        times = start + np.arange(count) * np.timedelta64(plant.interval_s, "s")
        for machine in machines:
            energy_kwh = chance.uniform(0.1, 1.0, count)
            power_kw = energy_kwh * 3600 / plant.interval_s
            yield Readings(machine, times, {"energy_kwh": energy_kwh, "power_kw": power_kw})


async def opened(folder: Path, interval_s: int) -> Opened:
    """A new database without readings."""
    store = Store(Settings(data_dir=folder, statement_timeout_seconds=300))
    await store.prepare()
    async with store.readings.connection() as connection:
        await connection.execute(REGISTERS)
        await connection.execute(METERS, interval_s)
    catalogue = await load_catalogue(store.registers)
    machines = [machine.id for machine in catalogue.machines]
    factory_id = catalogue.factories[0].id
    return Opened(store, machines, catalogue.source("electricity"), factory_id)


async def fill(
    connection: asyncpg.Connection,
    plant: Plant,
    machines: list[UUID],
    days: range,
    statuses: bool = True,
) -> None:
    """Readings, and statuses too, of some days before END."""
    for batch in batches(plant, machines, days):
        await copy_batch(connection, batch)
    if not statuses:
        return
    end = utc(END)
    since, until = (end - timedelta(days=count) for count in (days.stop, days.start))
    await connection.execute(STATUSES, since, until)


def days_back(days: int) -> tuple[datetime, datetime]:
    """Whole local days up to END; the wall clock counts them."""
    return utc(END - timedelta(days=days)), utc(END)


def utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc)
