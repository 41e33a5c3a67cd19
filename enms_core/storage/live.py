"""Storing readings that come one message at a time: each once, none over another.

Readings of many machines go in one statement. What is stored already stays: the same value again
changes nothing, another one is refused.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias
from uuid import UUID

import asyncpg

from enms_core.domain.imports import Reason
from enms_core.domain.live import LiveReason
from enms_core.storage.imports.readings_table import ReadingsTable

# What became of a reading: stored now, there already with the same value, or refused.
Fate: TypeAlias = Literal["stored", "same"] | Reason | LiveReason

# What a column's type or a check of the table refuses.
UNSTORABLE = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError)

# Rows that arrive, as `f`.
ARRIVING = """
unnest($1::integer[], $2::uuid[], $3::timestamptz[], $4::float8[], $5::boolean[])
    AS f (place, machine_id, time, quantity, is_estimated)
"""
# Rows whose interval would lie across intervals that are stored: both would count its energy.
ACROSS_STORED = """
SELECT DISTINCT f.place FROM {arriving}
JOIN {table} AS r ON r.machine_id = f.machine_id AND r.time > f.time - $6::interval
                 AND r.time < f.time + $6::interval AND r.time <> f.time{carrier}
"""
STORE = """
INSERT INTO {table} AS r (machine_id, time, {columns})
SELECT f.machine_id, f.time, {values} FROM {arriving} ORDER BY f.machine_id, f.time
ON CONFLICT DO NOTHING RETURNING r.machine_id, r.time
"""
# Of rows whose time is stored, whether with their value: with what the column would hold of it.
STORED_BEFORE = """
SELECT f.place, r.{quantity} IS NOT DISTINCT FROM CAST(f.quantity AS {type}) AS is_same
FROM {arriving} JOIN {table} AS r ON r.machine_id = f.machine_id AND r.time = f.time{carrier}
"""


@dataclass(frozen=True)
class Reading:
    """An amount of one interval, in the unit of its source; start in UTC."""

    machine_id: UUID
    start: datetime
    quantity: float
    is_estimated: bool = False


async def merge(
    connection: asyncpg.Connection,
    table: ReadingsTable,
    interval: timedelta,
    readings: Sequence[Reading],
) -> list[Fate]:
    """Store readings of one source and interval; what became of each, in their order.

    Where the database cannot take a value at all, the others are stored without it.
    """
    try:
        async with connection.transaction():  # a savepoint
            return await _merged(connection, table, interval, readings)
    except UNSTORABLE:
        if len(readings) == 1:
            return [LiveReason.UNSTORABLE]
    return [
        fate for reading in readings for fate in await merge(connection, table, interval, [reading])
    ]


async def _merged(
    connection: asyncpg.Connection,
    table: ReadingsTable,
    interval: timedelta,
    readings: Sequence[Reading],
) -> list[Fate]:
    firsts = _first_of_each_time(readings)
    columns = _columns(readings, _without_overlaps(readings, firsts, interval))
    rows = await connection.fetch(_filled(ACROSS_STORED, table), *columns, interval)
    across = {row["place"] for row in rows}
    columns = _columns(readings, [place for place in columns[0] if place not in across])
    rows = await connection.fetch(_filled(STORE, table), *columns)
    stored = {(row["machine_id"], row["time"]) for row in rows}
    fates: dict[int, Fate] = {
        place: "stored" for place in columns[0] if _key(readings[place]) in stored
    }
    others = [place for place in range(len(readings)) if place not in fates]
    columns = _columns(readings, others)
    for row in await connection.fetch(_filled(STORED_BEFORE, table), *columns):
        fates[row["place"]] = "same" if row["is_same"] else Reason.CONTRADICTS_STORED
    return [fates.get(place, Reason.ACROSS_STORED) for place in range(len(readings))]


def _first_of_each_time(readings: Sequence[Reading]) -> list[int]:
    places: dict[tuple[UUID, datetime], int] = {}
    for place, reading in enumerate(readings):
        places.setdefault(_key(reading), place)
    return list(places.values())


def _without_overlaps(
    readings: Sequence[Reading], places: Iterable[int], interval: timedelta
) -> list[int]:
    """Of readings at different times those that lie across none that came before them."""
    kept: list[int] = []
    starts: defaultdict[UUID, list[datetime]] = defaultdict(list)
    for place in places:
        start, known = readings[place].start, starts[readings[place].machine_id]
        at = bisect_left(known, start)
        if all(abs(near - start) >= interval for near in known[max(at - 1, 0) : at + 1]):
            known.insert(at, start)
            kept.append(place)
    return kept


def _key(reading: Reading) -> tuple[UUID, datetime]:
    return reading.machine_id, reading.start


def _columns(readings: Sequence[Reading], places: Sequence[int]) -> tuple[Sequence[Any], ...]:
    """The values of ARRIVING."""
    chosen = [readings[place] for place in places]
    return (
        places,
        [reading.machine_id for reading in chosen],
        [reading.start for reading in chosen],
        [reading.quantity for reading in chosen],
        [reading.is_estimated for reading in chosen],
    )


def _filled(statement: str, table: ReadingsTable) -> str:
    return table.filled(statement, arriving=ARRIVING)
