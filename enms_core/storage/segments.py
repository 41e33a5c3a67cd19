"""Sums of readings over stretches of time: whole hours from the rollup, the edges from the rows.

One statement for any number of stretches, of one readings table. What has changed since the last
refresh is read from the rows as well, in the same snapshot, so the sums are exact at any moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from uuid import UUID

from enms_core.domain.catalogue import Carrier, EnergySource
from enms_core.domain.period import Period, utc
from enms_core.storage.database import Database
from enms_core.storage.identifiers import checked_identifier, looked_up_again
from enms_core.storage.rollup_shape import RollupShape, shape_of
from enms_core.storage.rollup_sql import HOUR, finite, literal, quote


@dataclass(frozen=True)
class Segment:
    """A machine (or site) and a half-open stretch of time to sum over."""

    machine_id: UUID
    start: datetime
    end: datetime

    def whole_hours(self) -> tuple[datetime, datetime]:
        """The whole hours of UTC inside; nothing, at the start, where there is none."""
        first = -(-self.start.timestamp() // HOUR.seconds) * HOUR.seconds
        last = self.end.timestamp() // HOUR.seconds * HOUR.seconds
        if first >= last:
            return self.start, self.start
        return _utc(first), _utc(last)


def segments_until(now: datetime, machine_id: UUID, periods: Iterable[Period]) -> list[Segment]:
    """A machine's stretches, as far as they have passed."""
    return [Segment(machine_id, each.start, min(each.end, now, key=utc)) for each in periods]


@dataclass(frozen=True)
class Summed:
    """A quantity to sum: of one row, and of one hour of the rollup, as SQL."""

    of_row: str
    of_hour: str


@dataclass(frozen=True)
class Rows:
    """Where to sum: a readings table, the carrier in it where several share it, and whether the
    table's rollup holds the same."""

    table: str
    owner: str = "machine_id"
    carrier: Carrier | None = None
    has_rollup: bool = False


@dataclass(frozen=True)
class SegmentSums:
    """values: sums in the order asked for, None where nothing was summed."""

    values: tuple[float | None, ...]
    first: datetime | None
    last: datetime | None


# One row per segment, in the order given. The sums stand inside the lateral query so that each
# part is one range of the key (machine_id, time): joined first and summed afterwards, the planner
# read the whole table (104 ms instead of 1 for some hours of eight machines).
SUMS = """
{fresh}
SELECT r.*
FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
     WITH ORDINALITY AS s (machine_id, start_time, hours_start, hours_end, end_time, position)
JOIN fresh AS f ON f.owner = s.machine_id
CROSS JOIN LATERAL (
    SELECT {sums}, min(p.first) AS first, max(p.last) AS last
    FROM ({parts}) AS p
) AS r
ORDER BY s.position
"""

ROWS = """
SELECT {values}, time AS first, time AS last FROM {table}
WHERE {owner} = s.machine_id AND time >= {start} AND time < {end}{carrier}
"""

HOURS = """
SELECT {values}, first_time AS first, last_time AS last FROM {table}
WHERE {owner} = s.machine_id AND bucket >= s.hours_start AND bucket < {end}{carrier}
"""

# Up to where the rollup is exact, for each of the machines $1; never, where there is none.
FRESH = """
WITH fresh AS MATERIALIZED (
    SELECT owner, {until} AS until FROM (SELECT DISTINCT unnest($1::uuid[]) AS owner) AS m
)
"""


async def segment_sums(
    database: Database, source: Rows, wanted: Sequence[Summed], segments: Sequence[Segment]
) -> list[SegmentSums]:
    """Sums over each segment, in the order of the segments."""
    if not segments:
        return []
    hours = [segment.whole_hours() for segment in segments]
    values: list[object] = [
        [segment.machine_id for segment in segments],
        [segment.start for segment in segments],
        [start for start, _ in hours],
        [end for _, end in hours],
        [segment.end for segment in segments],
    ]
    if source.carrier is not None:
        values.append(source.carrier.value)
    are_whole = all(
        each.start == start and each.end == end
        for each, (start, end) in zip(segments, hours, strict=True)
    )
    rows = await database.fetch(await _statement(database, source, wanted, are_whole), *values)
    count = len(wanted)
    return [SegmentSums(tuple(row[:count]), row["first"], row["last"]) for row in rows]


async def rollup_of(database: Database, table: str) -> RollupShape | None:
    """The shape of a table's rollup; None where it has none."""
    known = database.rollups
    if table not in known:
        stored = await database.fetch_value(SHAPE, table)
        if stored is None:
            return None  # not remembered: it may be made at any moment
        known[table] = shape_of(json.loads(stored))
    return known[table]


SHAPE = """
SELECT shape FROM enms.rollups WHERE readings_table = $1
"""


def rows_of(source: EnergySource) -> Rows:
    """An energy source's readings, row by row: the rollup is left out."""
    return Rows(source.readings_table, carrier=source.carrier)


def carrier_values(source: EnergySource) -> tuple[str, ...]:
    """What `carrier_condition` binds for a source: nothing where its table is its own."""
    return () if source.carrier is None else (source.carrier.value,)


async def carrier_condition(database: Database, source: Rows, number: int) -> str:
    """SQL that keeps to the source's carrier, whose value is bound under a number."""
    if source.carrier is None:
        return ""
    column = await checked_identifier(database, source.table, source.carrier.column)
    return f" AND {column}::text = ${number}"


def amount(quoted: str, name: str) -> tuple[Summed, Summed]:
    """Sum and count of a column."""
    return (
        Summed(finite(quoted), quote(f"{name}_sum")),
        Summed(f"num_nonnulls({finite(quoted)})", quote(f"{name}_count")),
    )


@looked_up_again
async def sums(
    database: Database, table: str, names: Sequence[str], segments: Sequence[Segment]
) -> list[SegmentSums]:
    """Sums of some columns of a table by machine; every second value is a column's count."""
    wanted = [
        each
        for name in names
        for each in amount(await checked_identifier(database, table, name), name)
    ]
    shape = await rollup_of(database, table)
    has_rollup = shape is not None and set(names) <= set(shape.summed)
    return await segment_sums(database, Rows(table, has_rollup=has_rollup), wanted, segments)


async def _statement(
    database: Database, source: Rows, wanted: Sequence[Summed], are_whole_hours: bool
) -> str:
    table = await checked_identifier(database, source.table)
    carrier = await carrier_condition(database, source, 6)
    # Names from the database may hold braces: each statement is filled in once only.
    rows = partial(
        ROWS.format,
        values=value_list(each.of_row for each in wanted),
        table=table,
        owner=source.owner,
        carrier=carrier,
    )
    fresh = "least(s.hours_end, f.until)"
    hours = HOURS.format(
        values=value_list(each.of_hour for each in wanted),
        table=HOUR.data(source.table),
        owner=source.owner,
        end=fresh,
        carrier=carrier,
    )
    head = rows(start="s.start_time", end="s.hours_start")
    tail = rows(start=f"greatest(s.hours_start, {fresh})", end="s.end_time")
    parts = [rows(start="s.start_time", end="s.end_time")]
    if source.has_rollup:
        parts = [hours, tail] if are_whole_hours else [head, hours, tail]
    sums = ", ".join(f"sum(p.v{n}) AS v{n}" for n in range(len(wanted)))
    return SUMS.format(fresh=fresh_of(source), sums=sums, parts=" UNION ALL ".join(parts))


def fresh_of(source: Rows) -> str:
    """The start of a statement that knows up to where each machine's rollup is exact."""
    until = f"enms.fresh_until({literal(source.table)}, owner)" if source.has_rollup else "NULL"
    return FRESH.format(until=until)


def value_list(expressions: Iterable[str]) -> str:
    """Sums' summands v0, v1, ... for a SELECT."""
    return ", ".join(f"({e})::double precision AS v{n}" for n, e in enumerate(expressions))


def _utc(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
