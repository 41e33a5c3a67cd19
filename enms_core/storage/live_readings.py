"""Storing readings that come one message at a time: each once, none over another.

Readings of many machines go in one statement. What is stored already stays: the same value again
changes nothing, another one is refused, or takes the place of an estimate.
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
from enms_core.domain.messages import LiveReason
from enms_core.storage.faults import VALUE_REFUSED
from enms_core.storage.imports import readings_table as sql
from enms_core.storage.imports.readings_table import ReadingsTable

# What became of a reading: stored now, there already with the same value, or refused.
Fate: TypeAlias = Literal["stored", "same"] | Reason | LiveReason


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
    except VALUE_REFUSED:
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
    places = _without_overlaps(readings, _first_of_each_time(readings), interval)
    across = await connection.fetch(
        table.filled(sql.MANY_ACROSS_STORED), *_columns(readings, places), interval
    )
    places = sorted({*places} - {row["place"] for row in across})
    fates: dict[int, Fate] = {}
    for statement in (sql.STORE_MANY, sql.GIVE_WAY_TO_MANY):
        left = [place for place in places if place not in fates]
        if left:
            rows = await connection.fetch(table.filled(statement), *_columns(readings, left))
            written = {(row["machine_id"], row["time"]) for row in rows}
            fates |= {place: "stored" for place in left if _key(readings[place]) in written}
    others = [place for place in range(len(readings)) if place not in fates]
    rows = await connection.fetch(table.filled(sql.MANY_STORED), *_columns(readings, others))
    for row in rows:
        fates[row["place"]] = Reason.CONTRADICTS_STORED if row["contradicts"] else "same"
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
    """The rows of a statement of many."""
    chosen = [readings[place] for place in places]
    return (
        places,
        [reading.machine_id for reading in chosen],
        [reading.start for reading in chosen],
        [reading.quantity for reading in chosen],
        [reading.is_estimated for reading in chosen],
    )
