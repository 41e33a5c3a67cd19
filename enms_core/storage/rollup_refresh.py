"""Bringing rollups up to date: the hours noted as changed are replaced from the readings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from enms_core.storage.rollup_register import known_rollups, locked_rollup
from enms_core.storage.rollup_shape import RollupShape
from enms_core.storage.rollup_sql import CALENDAR, QUARTER, quote, refresh_statements
from enms_core.storage.timescale import refresh_continuous_statements

if TYPE_CHECKING:  # a store makes its rollups itself
    from enms_core.storage.store import Store

# Memory for one sorting or hashing step; the server's default spills a history to disk.
REFRESH_MEMORY = "SET LOCAL work_mem = '64MB'"
# One transaction of a refresh covers at most this much, so that a long history is refreshed in
# steps and a broken one loses little.
STEP = timedelta(days=92)
# Tables refreshed beside each other: the server does the work, one core for each.
AT_ONCE = 2
HOUR_LENGTH = timedelta(hours=1)


@dataclass(frozen=True)
class RefreshReport:
    """What a refresh did. hours: length of all stretches replaced; buckets: rows written."""

    ranges: int = 0
    hours: float = 0.0
    buckets: int = 0

    def __add__(self, other: RefreshReport) -> RefreshReport:
        return RefreshReport(
            self.ranges + other.ranges, self.hours + other.hours, self.buckets + other.buckets
        )


@dataclass(frozen=True)
class _Stretch:
    """Whole hours to replace, of some owners; None means of all."""

    start: datetime
    end: datetime
    owners: tuple[UUID, ...] | None

    @property
    def hours(self) -> float:
        return (self.end - self.start) / timedelta(hours=1)


# What is left for later.
NOTE = """
SELECT enms.note($1, owner, $3, $4) FROM unnest($2::uuid[]) AS o (owner)
"""

# The notes of one table, taken away, without overlaps: by owner, and those of all owners. NULL is
# an end that only the readings can tell.
TAKE_NOTES = """
WITH taken AS (
    DELETE FROM enms.dirty_ranges WHERE readings_table = $1 RETURNING owner, start_time, end_time
), merged AS (
    SELECT owner, range_agg(tstzrange(start_time, end_time)) AS stretches
    FROM (SELECT DISTINCT owner, start_time, end_time FROM taken) AS t GROUP BY owner
)
SELECT nullif(least(greatest(lower(stretch), {first}), {last}), {first}) AS start_time,
       nullif(greatest(least(upper(stretch), {last}), {first}), {last}) AS end_time,
       array_agg(owner ORDER BY owner) AS owners, bool_or(owner IS NULL) AS is_all
FROM merged, unnest(stretches) AS s (stretch)
GROUP BY stretch
ORDER BY stretch
""".format(**CALENDAR)

# From the first to the last hour in which there is anything, readings or buckets.
BOUNDS = """
SELECT enms.hour_of(min(low)) AS start_time, enms.hour_of(max(high)) + interval '1 hour' AS end_time
FROM (
    SELECT min(time) AS low, max(time) AS high FROM {readings}
    WHERE time >= {first} AND time < {last}
    UNION ALL SELECT min(bucket), max(bucket) FROM {quarters}
) AS b
"""

# The first hour of a stretch in which there is anything.
FIRST_WITHIN = """
SELECT enms.hour_of(least(
    (SELECT min(time) FROM {readings} WHERE time >= $1 AND time < $2),
    (SELECT min(bucket) FROM {quarters} WHERE bucket >= $1 AND bucket < $2)
))
"""

NOTED = """
SELECT DISTINCT readings_table FROM enms.dirty_ranges
"""


async def refresh(store: Store) -> RefreshReport:
    """Replace every bucket in which readings had changed; one step is one transaction."""
    async with store.readings.connection() as connection:
        rollups = await known_rollups(connection)
        noted = {row[0] for row in await connection.fetch(NOTED)}
    for rollup in rollups.values():
        if rollup.is_continuous:
            await _refresh_continuous(store, rollup.shape)
    places = asyncio.Semaphore(AT_ONCE)

    async def refreshed(table: str) -> RefreshReport:
        async with places:
            return await _refresh_table(store, table)

    due = [table for table, rollup in rollups.items() if table in noted]
    return sum(await asyncio.gather(*map(refreshed, due)), RefreshReport())


async def _refresh_table(store: Store, table: str) -> RefreshReport:
    """Until nothing is left for later; what is noted meanwhile waits for the next refresh."""
    report, is_more, is_empty = RefreshReport(), True, False
    while is_more:
        step, is_more = await _refresh_step(store, table, skips_empty=is_empty)
        is_empty = step.buckets == 0
        report += step
    return report


async def _refresh_continuous(store: Store, shape: RollupShape) -> None:
    async with store.readings.connection() as connection:
        for statement in refresh_continuous_statements(shape):
            await connection.execute(statement)


async def _refresh_step(store: Store, table: str, skips_empty: bool) -> tuple[RefreshReport, bool]:
    """Replace up to STEP of what is noted, note the rest again, and say whether there is a rest.

    skips_empty: begin where there is anything. A clock that was wrong by centuries leaves a reading
    far away from all others, and thousands of empty steps between them.
    """
    async with store.readings.transaction() as connection:
        rollup = await locked_rollup(connection, table)
        if rollup is None or rollup.is_continuous:
            return RefreshReport(), False
        shape = rollup.shape
        await connection.execute(REFRESH_MEMORY)
        stretches = await _noted(connection, shape)
        if skips_empty:
            stretches = await _shortened(connection, shape, stretches)
        if not stretches:
            return RefreshReport(), False
        limit = min(stretch.start for stretch in stretches) + STEP
        rest = [stretch for stretch in stretches if stretch.end > limit]
        for stretch in rest:
            later = max(limit, stretch.start), stretch.end - HOUR_LENGTH
            owners = stretch.owners or [None]
            await connection.execute(NOTE, shape.readings_table, owners, *later)
        report = RefreshReport()
        for stretch in stretches:
            if stretch.start < limit:
                until = min(stretch.end, limit)
                report += await _replace(connection, shape, replace(stretch, end=until))
        return report, bool(rest)


async def _shortened(
    connection: asyncpg.Connection, shape: RollupShape, stretches: Sequence[_Stretch]
) -> list[_Stretch]:
    """Long stretches from the first hour on in which there is anything."""
    sql = FIRST_WITHIN.format(**_relations(shape))
    shortened = []
    for stretch in stretches:
        start = stretch.start
        if stretch.end - start > STEP:
            start = await connection.fetchval(sql, start, stretch.end)
        if start is not None:
            shortened.append(replace(stretch, start=start))
    return shortened


async def _noted(connection: asyncpg.Connection, shape: RollupShape) -> list[_Stretch]:
    """What the notes mean, within what there is."""
    rows = await connection.fetch(TAKE_NOTES, shape.readings_table)
    first = last = None
    if any(row["start_time"] is None or row["end_time"] is None for row in rows):
        first, last = await _bounds(connection, shape)
    stretches = []
    for row in rows:
        start, end = row["start_time"] or first, row["end_time"] or last
        if start is not None and end is not None and start < end:
            owners = None if row["is_all"] else tuple(row["owners"])
            stretches.append(_Stretch(start, end, owners))
    return _without_inner(stretches)


def _without_inner(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Without what lies within a stretch of all owners."""
    outer = [stretch for stretch in stretches if stretch.owners is None]
    return [
        inner
        for inner in stretches
        if inner.owners is None
        or not any(each.start <= inner.start and inner.end <= each.end for each in outer)
    ]


async def _bounds(
    connection: asyncpg.Connection, shape: RollupShape
) -> tuple[datetime | None, datetime | None]:
    row = await connection.fetchrow(BOUNDS.format(**_relations(shape), **CALENDAR))
    return row["start_time"], row["end_time"]


def _relations(shape: RollupShape) -> dict[str, str]:
    table = shape.readings_table
    return {"readings": quote(table), "quarters": QUARTER.data(table)}


async def _replace(
    connection: asyncpg.Connection, shape: RollupShape, stretch: _Stretch
) -> RefreshReport:
    values: list[object] = [stretch.start, stretch.end]
    if stretch.owners is not None:
        values.append(list(stretch.owners))
    buckets = 0
    for statement in refresh_statements(shape, of_owners=stretch.owners is not None):
        status = await connection.execute(statement, *values)
        verb, *_, count = status.split()
        buckets += int(count) if verb == "INSERT" else 0
    return RefreshReport(1, stretch.hours, buckets)
