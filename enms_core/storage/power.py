"""Rates of use: the latest readings, and demand over fixed blocks of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from uuid import UUID

import asyncpg

from enms_core.analysis.demand import BLOCK_SECONDS
from enms_core.domain.catalogue import EnergySource
from enms_core.domain.power import BlockRate, Demand, DemandWindow, LatestReading
from enms_core.storage.consumption import source_rows
from enms_core.storage.database import Database
from enms_core.storage.identifiers import checked_identifier, looked_up_again
from enms_core.storage.rollup_sql import QUARTER, finite, quote
from enms_core.storage.segments import carrier_condition, carrier_values, rollup_of, rows_of

RATE_COLUMN = """
SELECT rate_column FROM energy_sources WHERE id = $1
"""

# The last reading of each machine before an instant: one probe of the key each. A row without a
# rate has that of its interval, by the meter that was in service.
LATEST = """
SELECT m.machine_id, r.time,
       coalesce(r.rate, r.quantity * 3600 / i.nominal_interval_seconds) AS rate,
       i.nominal_interval_seconds AS interval_seconds
FROM unnest($1::uuid[]) AS m (machine_id)
CROSS JOIN LATERAL (
    SELECT time, {rate} AS rate, {quantity} AS quantity
    FROM {table}
    WHERE machine_id = m.machine_id AND time < $2{carrier}
      AND (({rate}) IS NOT NULL OR ({quantity}) IS NOT NULL)
    ORDER BY time DESC LIMIT 1
) AS r
LEFT JOIN LATERAL (
    SELECT nominal_interval_seconds FROM meters
    WHERE machine_id = m.machine_id AND energy_source_id = $3
      AND valid_from <= r.time AND (valid_to IS NULL OR r.time < valid_to)
    ORDER BY valid_from DESC LIMIT 1
) AS i ON true
"""

# The blocks of each machine from $2 to $3, $4 seconds long. A quarter hour of the rollup is a block
# as it is.
QUARTER_BLOCKS = """
SELECT machine_id, bucket AS block, bucket AS start_time, {total} * 3600.0 / $4::integer AS rate,
       coalesce(covered_seconds >= $4, false) AS is_complete
FROM {rollup}
WHERE machine_id = ANY($1::uuid[]) AND bucket >= $2 AND bucket < $3
  AND {total} IS NOT NULL{carrier}
"""

# Longer blocks, put together from quarter hours. Blocks of days follow the clock of the site: two
# readings may meet in one when the clocks change, and it is then the mean over both.
LONG_BLOCKS = """
SELECT machine_id, date_bin(make_interval(secs => $4::integer), bucket, $2) AS block,
       min(bucket) AS start_time,
       sum({total}) * 3600
       / CASE WHEN $4 > 3600 THEN greatest(sum(covered_seconds), $4) ELSE $4 END AS rate,
       coalesce(sum(covered_seconds) >= $4, false) AS is_complete
FROM {rollup}
WHERE machine_id = ANY($1::uuid[]) AND bucket >= $2 AND bucket < $3
  AND {total} IS NOT NULL{carrier}
GROUP BY machine_id, block
"""

# A source's readings in the window.
READINGS = """
SELECT machine_id, time, {quantity} AS quantity FROM {table}
WHERE machine_id = ANY($1::uuid[]) AND time >= $2 AND time < $3{carrier}
"""

# Of a time without a whole block, from the readings: quarter hours reach beyond it.
CUT_BLOCKS = """
SELECT machine_id, date_bin(make_interval(secs => $4::integer), time, $2) AS block,
       min(time) AS start_time, sum(quantity) * 3600 / $4 AS rate, false AS is_complete
FROM ({readings}) AS r
WHERE quantity IS NOT NULL
GROUP BY machine_id, block
"""

# Blocks from the readings: those that quarter hours do not make up, as of twenty minutes, and those
# of a source that no rollup serves. A reading stands for the interval of its own source's meter.
READ_BLOCKS = """
SELECT r.machine_id, date_bin(make_interval(secs => $4::integer), r.time, $2) AS block,
       min({begun}) AS start_time,
       sum(r.quantity) * 3600
       / CASE WHEN $4 > 3600 THEN greatest(sum(i.seconds), $4) ELSE $4 END AS rate,
       coalesce(sum(i.seconds) >= $4, false) AS is_complete
FROM ({readings}) AS r
LEFT JOIN LATERAL (
    SELECT nominal_interval_seconds AS seconds FROM meters
    WHERE machine_id = r.machine_id AND energy_source_id = $5
      AND valid_from <= r.time AND (valid_to IS NULL OR r.time < valid_to)
    ORDER BY valid_from DESC LIMIT 1
) AS i ON true
WHERE r.quantity IS NOT NULL
GROUP BY r.machine_id, block
"""

# The blocks of all machines together.
COMMON_BLOCKS = """
SELECT NULL::uuid AS machine_id, min(start_time) AS start_time, sum(rate) AS rate,
       count(*) FILTER (WHERE is_complete) = cardinality($1::uuid[]) AS is_complete
FROM ({blocks}) AS m
GROUP BY block
"""

# The first highest block and the first lowest complete one. Arrays are compared element by element;
# looking the instants up by sorting took twice as long.
EXTREMES = """
SELECT machine_id,
       max(ARRAY[rate, -extract(epoch FROM start_time)]) AS peak,
       min(ARRAY[rate, extract(epoch FROM start_time)]) FILTER (WHERE is_complete) AS minimum
FROM ({blocks}) AS b
GROUP BY machine_id
"""


@looked_up_again
async def latest_readings(
    database: Database, source: EnergySource, machine_ids: Sequence[UUID], now: datetime
) -> list[LatestReading]:
    """The last reading before now of each machine that has one, however old it is.

    A row that tells a rate and no amount counts, other than for `latest.last_readings`: it tells
    the power of now.
    """
    table = source.readings_table
    column = await database.fetch_value(RATE_COLUMN, source.id)
    sql = LATEST.format(
        table=await checked_identifier(database, table),
        quantity=finite(await checked_identifier(database, table, source.consumption_column)),
        rate=finite(
            "NULL" if column is None else await checked_identifier(database, table, column)
        ),
        carrier=await carrier_condition(database, rows_of(source), 4),
    )
    rows = await database.fetch(sql, list(machine_ids), now, source.id, *carrier_values(source))
    return [LatestReading(*row) for row in rows]


@dataclass(frozen=True)
class _Blocks:
    """Blocks by machine as SQL, with what it binds beside machines, window and length."""

    sql: str
    values: tuple[object, ...]


@looked_up_again
async def coincident_demand(
    database: Database, source: EnergySource, machine_ids: Sequence[UUID], window: DemandWindow
) -> Demand:
    """Demand of some machines together: of the sum of their blocks.

    Rates are the use of a block over its length, so a block that lacks readings counts with what it
    has. A common block is complete only where that of each machine is.
    """
    blocks = await _machine_blocks(database, source, window)
    if len(machine_ids) != 1:
        blocks = replace(blocks, sql=COMMON_BLOCKS.format(blocks=blocks.sql))
    rows = await _extremes(database, machine_ids, window, blocks)
    return _demand(rows[0], window) if rows else Demand(window)


@looked_up_again
async def machine_demands(
    database: Database, source: EnergySource, machine_ids: Sequence[UUID], window: DemandWindow
) -> Mapping[UUID, Demand]:
    """Demand of each machine by itself; those without readings in the window are left out."""
    blocks = await _machine_blocks(database, source, window)
    rows = await _extremes(database, machine_ids, window, blocks)
    return {row["machine_id"]: _demand(row, window) for row in rows}


async def _machine_blocks(
    database: Database, source: EnergySource, window: DemandWindow
) -> _Blocks:
    carrier = carrier_values(source)
    if not window.is_whole:
        return _Blocks(CUT_BLOCKS.format(readings=await _readings(database, source, 5)), carrier)
    is_odd = bool(window.interval_seconds % BLOCK_SECONDS)
    if not is_odd and await _is_rolled_up(database, source):
        return _Blocks(await _rolled_up_blocks(database, source, window), carrier)
    sql = READ_BLOCKS.format(
        readings=await _readings(database, source, 6),
        begun="r.time" if is_odd else "enms.quarter_of(r.time)",
    )
    return _Blocks(sql, (source.id, *carrier))


async def _readings(database: Database, source: EnergySource, carrier_number: int) -> str:
    table = source.readings_table
    quantity = await checked_identifier(database, table, source.consumption_column)
    return READINGS.format(
        table=await checked_identifier(database, table),
        quantity=finite(quantity),
        carrier=await carrier_condition(database, rows_of(source), carrier_number),
    )


async def _rolled_up_blocks(database: Database, source: EnergySource, window: DemandWindow) -> str:
    is_quarter = window.interval_seconds == BLOCK_SECONDS
    return (QUARTER_BLOCKS if is_quarter else LONG_BLOCKS).format(
        rollup=QUARTER.view(source.readings_table),
        total=quote(f"{source.consumption_column}_sum"),
        carrier=await carrier_condition(database, rows_of(source), 5),
    )


async def _is_rolled_up(database: Database, source: EnergySource) -> bool:
    """Whether the rollup tells a source's blocks: what its readings cover, it tells of one column
    only."""
    shape = await rollup_of(database, source.readings_table)
    is_measure = shape is not None and shape.measure == source.consumption_column
    return is_measure and (await source_rows(database, source)).has_rollup


async def _extremes(
    database: Database, machine_ids: Sequence[UUID], window: DemandWindow, blocks: _Blocks
) -> Sequence[asyncpg.Record]:
    return await database.fetch(
        EXTREMES.format(blocks=blocks.sql),
        list(machine_ids),
        window.start,
        window.end,
        window.interval_seconds,
        *blocks.values,
    )


def _demand(row: asyncpg.Record, window: DemandWindow) -> Demand:
    return Demand(
        window=window,
        peak=_block(row["peak"]),
        minimum=None if row["minimum"] is None else _block(row["minimum"]),
    )


def _block(rate_and_epoch: Sequence[float]) -> BlockRate:
    rate, epoch_seconds = rate_and_epoch  # a peak's is negated, so that the first is the highest
    return BlockRate(rate, datetime.fromtimestamp(abs(epoch_seconds), timezone.utc))
