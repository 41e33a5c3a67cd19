"""What machines made: sums over stretches of time, and where their rows lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from enms_core.domain.production import Production, ProductionMetric
from enms_core.storage.database import Database
from enms_core.storage.identifiers import checked_identifier, looked_up_again
from enms_core.storage.rollup_sql import finite, quote
from enms_core.storage.segments import (
    Rows,
    Segment,
    Summed,
    amount,
    rollup_of,
    segment_sums,
)

TABLE = "production_data"
COLUMN_OF: Mapping[ProductionMetric, str] = {
    "units": "production_count",
    "good": "good_count",
    "rejects": "reject_count",
    "downtime": "downtime_seconds",
}
KEY = frozenset({"time", "machine_id"})
# How many rows there are, whatever they tell.
ROW_COUNT = Summed("1", quote("reading_count"))

# A database of others may lack the table, or columns of it.
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0 AND NOT attisdropped
"""

# The first and the last row of each machine before an instant: two probes of the key each.
RANGES = """
SELECT m.machine_id, f.time AS first, l.time AS last
FROM unnest($1::uuid[]) AS m (machine_id)
CROSS JOIN LATERAL (
    SELECT time FROM {table} WHERE machine_id = m.machine_id AND time < $2
    ORDER BY time LIMIT 1
) AS f
CROSS JOIN LATERAL (
    SELECT time FROM {table} WHERE machine_id = m.machine_id AND time < $2
    ORDER BY time DESC LIMIT 1
) AS l
"""


@dataclass(frozen=True)
class _Told:
    """Sums of some rows, and how many of the rows tell each."""

    rows: int
    sums: Mapping[ProductionMetric, float | None]
    counts: Mapping[ProductionMetric, int]
    first: datetime | None
    last: datetime | None

    @property
    def is_judged_in_part(self) -> bool:
        """Whether good and rejected units are told, but not both by every row."""
        counts = [self.counts.get(metric, 0) for metric in ("good", "rejects")]
        return min(counts) > 0 and min(counts) < self.rows


@looked_up_again
async def production_sums(database: Database, segments: Sequence[Segment]) -> list[Production]:
    """What each segment's rows tell, in the order of the segments.

    A missing column is one that no row tells; without the table there are no rows.
    """
    there = await _columns(database)
    if not there >= KEY:
        return [Production() for _ in segments]
    metrics = [metric for metric, column in COLUMN_OF.items() if column in there]
    found = await _told(database, metrics, segments)
    in_part = [s for s, told in zip(segments, found, strict=True) if told.is_judged_in_part]
    judged = iter(await _judged(database, in_part))
    return [_production(t, next(judged) if t.is_judged_in_part else None) for t in found]


@looked_up_again
async def production_ranges(
    database: Database, machine_ids: Sequence[UUID], before: datetime
) -> Mapping[UUID, tuple[datetime, datetime]]:
    """Times of the first and the last row before an instant, of the machines that have any."""
    if not await _columns(database) >= KEY:
        return {}
    sql = RANGES.format(table=await checked_identifier(database, TABLE))
    rows = await database.fetch(sql, list(machine_ids), before)
    return {row["machine_id"]: (row["first"], row["last"]) for row in rows}


async def _columns(database: Database) -> frozenset[str]:
    return frozenset(row["attname"] for row in await database.fetch(COLUMNS, TABLE))


async def _told(
    database: Database, metrics: Sequence[ProductionMetric], segments: Sequence[Segment]
) -> list[_Told]:
    wanted = [ROW_COUNT]
    for metric in metrics:
        name = COLUMN_OF[metric]
        wanted += amount(await checked_identifier(database, TABLE, name), name)
    shape = await rollup_of(database, TABLE)
    has_rollup = shape is not None and {COLUMN_OF[m] for m in metrics} <= set(shape.summed)
    rows = Rows(TABLE, has_rollup=has_rollup)
    return [
        _Told(
            rows=int(sums.values[0] or 0),
            sums=dict(zip(metrics, sums.values[1::2], strict=True)),
            counts={m: int(n or 0) for m, n in zip(metrics, sums.values[2::2], strict=True)},
            first=sums.first,
            last=sums.last,
        )
        for sums in await segment_sums(database, rows, wanted, segments)
    ]


async def _judged(
    database: Database, segments: Sequence[Segment]
) -> list[tuple[float | None, ...]]:
    """Good units, and good and rejected ones, of the rows that tell both; no rollup knows them."""
    if not segments:
        return []
    good, rejects = [
        finite(await checked_identifier(database, TABLE, COLUMN_OF[metric]))
        for metric in ("good", "rejects")
    ]
    wanted = [
        Summed(f"CASE WHEN ({rejects}) IS NOT NULL THEN {good} END", ""),
        Summed(f"({good}) + ({rejects})", ""),
    ]
    return [sums.values for sums in await segment_sums(database, Rows(TABLE), wanted, segments)]


def _production(told: _Told, judged: tuple[float | None, ...] | None) -> Production:
    good, rejects = told.sums.get("good"), told.sums.get("rejects")
    if judged is None and good is not None and rejects is not None:
        judged = (good, good + rejects)
    judged_good, judged_units = judged or (None, None)
    return Production(
        units=told.sums.get("units"),
        good_units=good,
        reject_units=rejects,
        downtime_seconds=told.sums.get("downtime"),
        judged_good=judged_good or 0.0,
        judged_units=judged_units or 0.0,
        readings=told.rows,
        first=told.first,
        last=told.last,
        partial=frozenset(m for m, count in told.counts.items() if 0 < count < told.rows),
    )
