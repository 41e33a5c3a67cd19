"""Seeding a database with the demo plant, and topping it up as time passes.

Everything is stored in one transaction: a seeding that is interrupted leaves nothing behind. The
simulator is a pure function of time, so topping up gives the rows that seeding later would give.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.demo.plant import Plant
from enms_core.demo.registers import registers
from enms_core.demo.simulate import simulate
from enms_core.storage.audit import person, record
from enms_core.storage.bulk import copy_batch, driver_connection, merge_batch
from enms_core.storage.registers import DemoPlantRow, MeterRow, register_class
from enms_core.storage.store import Store

HISTORY_MONTHS = 25
MINUTE_DAYS = 2
SEED_LOCK = 7_305_002
QUARTER = timedelta(minutes=15)
PLANT_ZONE = ZoneInfo("Europe/Berlin")

Progress = Callable[[datetime], None]


@dataclass(frozen=True)
class Seeding:
    """What to seed: a plant, from its first reading up to `end`."""

    plant: Plant
    start: datetime
    minute_from: datetime
    end: datetime


def seeding(plant: Plant, now: datetime) -> Seeding:
    """25 months up to now, in local days of the plant's first factory."""
    midnight = datetime(plant.anchor.year, plant.anchor.month, plant.anchor.day)
    years, month = divmod(midnight.year * 12 + midnight.month - 1 - HISTORY_MONTHS, 12)
    first = midnight.replace(year=years, month=month + 1, day=1)
    minute_from = midnight - timedelta(days=MINUTE_DAYS)
    return Seeding(plant, _utc(first), _utc(minute_from), _minute(now))


def plant_instant(moment: datetime | None) -> datetime:
    """The instant up to which to seed: now, or a given one; a naive one is the plant's time."""
    if moment is None:
        return datetime.now(timezone.utc)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=PLANT_ZONE)


def plant_today(now: datetime, seed: int, plain: bool, second_country: bool) -> Plant:
    """The plant whose planted days are counted from today."""
    anchor = now.astimezone(PLANT_ZONE).date()
    return Plant(anchor=anchor, seed=seed, plain=plain, second_country=second_country)


async def seed(store: Store, wanted: Seeding, progress: Progress) -> bool:
    """Seed a database; False, and nothing done, where a demo plant is there already.

    progress is called with the time up to which rows are stored.
    """
    async with store.registers.session() as session:
        await _lock(session)
        if await _seeded(session) is not None:
            return False
        await _add_registers(session, wanted)
        session.add(_row(wanted))
        await session.flush()
        await _write(session, wanted, progress)
        await record(session, person(), "demo.seed", None, _facts(wanted))
    await _analyze(store)
    await store.refresh_rollups()
    await _analyze(store)
    return True


async def _analyze(store: Store) -> None:
    """Tell the planner what is there now."""
    async with store.registers.connection() as connection:
        await connection.execute(text("ANALYZE"))


async def top_up(store: Store, now: datetime) -> bool:
    """Bring a seeded plant up to now; False where no demo plant is seeded."""
    end = _minute(now)
    async with store.registers.session() as session:
        await _lock(session)
        row = await _seeded(session)
        if row is None:
            return False
        if row.filled_to >= end:
            return True
        plant = Plant(row.anchor, row.seed, row.plain, row.second_country)
        connection = await driver_connection(session)
        for start, stop, minute_from in await _missing(session, row, end):
            for batch in simulate(plant, start, stop, minute_from):
                await merge_batch(connection, batch)
            row.minute_from = minute_from
        row.filled_to = end
    return True


async def _lock(session: AsyncSession) -> None:
    await session.exec(text(f"SELECT pg_advisory_xact_lock({SEED_LOCK})"))  # type: ignore[call-overload]


async def _seeded(session: AsyncSession) -> DemoPlantRow | None:
    return (await session.exec(select(DemoPlantRow))).first()


async def _add_registers(session: AsyncSession, wanted: Seeding) -> None:
    rows = registers(wanted.plant, wanted.start, wanted.end, wanted.minute_from)
    for table, values in rows.items():
        for row in values:
            # Merged, because the schema brings the usual energy sources, without prices.
            await session.merge(register_class(table)(**row))
        await session.flush()


def _row(wanted: Seeding) -> DemoPlantRow:
    plant = wanted.plant
    return DemoPlantRow(
        anchor=plant.anchor,
        seed=plant.seed,
        plain=plant.plain,
        second_country=plant.second_country,
        minute_from=wanted.minute_from,
        filled_to=wanted.end,
    )


def _facts(wanted: Seeding) -> dict[str, str | int]:
    """What the audit log tells of a seeding."""
    return {
        "seed": wanted.plant.seed,
        "first": wanted.start.isoformat(),
        "end": wanted.end.isoformat(),
    }


async def _write(session: AsyncSession, wanted: Seeding, progress: Progress) -> None:
    connection = await driver_connection(session)
    for batch in simulate(wanted.plant, wanted.start, wanted.end, wanted.minute_from):
        await copy_batch(connection, batch)
        progress(min(wanted.end, _moment(batch.times[-1])))


async def _missing(
    session: AsyncSession, row: DemoPlantRow, end: datetime
) -> list[tuple[datetime, datetime, datetime]]:
    """What to simulate, as (start, end, from when on by the minute).

    After a long pause only the last days are filled by the minute; the meters are told so.
    """
    start = _quarter(row.filled_to)  # the running quarter hour again: its minutes merge
    if end - row.filled_to <= timedelta(days=MINUTE_DAYS):
        return [(start, end, row.minute_from)]
    coarse_from, finer_from = start + QUARTER, _quarter(end - timedelta(days=MINUTE_DAYS))
    await _coarsen_meters(session, coarse_from, finer_from)
    return [(start, coarse_from, row.minute_from), (coarse_from, end, finer_from)]


async def _coarsen_meters(
    session: AsyncSession, coarse_from: datetime, finer_from: datetime
) -> None:
    """Between these instants the meters that read by the minute read by the quarter hour."""
    open_meters = select(MeterRow).where(
        col(MeterRow.valid_to).is_(None), MeterRow.nominal_interval_seconds == 60
    )
    for meter in (await session.exec(open_meters)).all():
        common = meter.model_dump(exclude={"id", "valid_from", "valid_to"})
        quarterly = {**common, "nominal_interval_seconds": int(QUARTER.total_seconds())}
        session.add(MeterRow(**quarterly, valid_from=coarse_from, valid_to=finer_from))
        session.add(MeterRow(**common, valid_from=finer_from))
        meter.valid_to = coarse_from
    await session.flush()


def _moment(time: np.datetime64) -> datetime:
    naive: datetime = time.astype("datetime64[s]").item()
    return naive.replace(tzinfo=timezone.utc)


def _utc(wall: datetime) -> datetime:
    return wall.replace(tzinfo=PLANT_ZONE).astimezone(timezone.utc)


def _minute(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc).replace(second=0, microsecond=0)


def _quarter(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
