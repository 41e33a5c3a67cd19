"""Consumption of many machines between the same instants: by day, by hour, by tariff window.

One pass over each machine's buckets; a statement of segments (segments.py) would look each stretch
up by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

import numpy as np

from enms_core.analysis.hourly_table import Floats
from enms_core.domain.catalogue import EnergySource
from enms_core.storage.consumption import SegmentUse, segment_use, source_rows, wanted_sums
from enms_core.storage.database import Database
from enms_core.storage.identifiers import checked_identifier, looked_up_again
from enms_core.storage.rollup_sql import HOUR, QUARTER, Bucket
from enms_core.storage.segments import (
    Rows,
    SegmentSums,
    Summed,
    carrier_condition,
    fresh_of,
    value_list,
)

NO_USE = SegmentUse(0.0, None, 0, None, None)

# Sums by machine and by the group of the stretch that a bucket or a reading lies in; $5 has the
# group of each stretch, both counted from 1. They stand inside the lateral query, so that each
# machine is one range of the key.
SERIES = """
{fresh}
SELECT f.owner, r.*
FROM fresh AS f
CROSS JOIN LATERAL (
    SELECT ($5::integer[])[p.stretch] AS place, {sums}, min(p.first) AS first, max(p.last) AS last
    FROM ({parts}) AS p
    GROUP BY place
) AS r
WHERE r.place > 0
"""

READINGS = """
SELECT width_bucket(time, $2::timestamptz[]) AS stretch, {values}, time AS first, time AS last
FROM {table}
WHERE {owner} = f.owner AND time >= {start} AND time < $4{carrier}
"""

BUCKETS = """
SELECT width_bucket(bucket, $2::timestamptz[]) AS stretch, {values},
       first_time AS first, last_time AS last
FROM {table}
WHERE {owner} = f.owner AND bucket >= $3 AND bucket < least($4, f.until){carrier}
"""

# The same in one row a machine: strings of bytes with the values of all stretches in network order,
# so that a month of quarter hours is decoded at once. v1 is the quantity, v2 counts its readings.
PACKED = """
SELECT s.owner, string_agg(int4send(s.place), ''::bytea) AS places,
       string_agg(float8send(s.v1::double precision), ''::bytea) AS quantities
FROM ({series}) AS s
WHERE s.v2 > 0
GROUP BY s.owner
"""


async def consumption_between(
    database: Database,
    source: EnergySource,
    machine_ids: Sequence[UUID],
    edges: Sequence[datetime],
) -> dict[UUID, list[SegmentUse]]:
    """What each machine used from each instant to the next, in order.

    edges: at least two aware instants in rising order.
    """
    stretches = range(len(edges) - 1)
    return await consumption_by(database, source, machine_ids, edges, stretches)


@looked_up_again
async def consumption_by(
    database: Database,
    source: EnergySource,
    machine_ids: Sequence[UUID],
    edges: Sequence[datetime],
    groups: Sequence[int | None],
) -> dict[UUID, list[SegmentUse]]:
    """What each machine used in the stretches of each group, in order of the groups.

    groups: for each stretch between two edges its group, from 0; None for what nobody asks about.
    """
    wanted = await wanted_sums(database, source)
    rows_of = await source_rows(database, source)
    numbers = [0 if group is None else group + 1 for group in groups]
    values = _bound(source, machine_ids, edges, numbers)
    sql = await _statement(database, rows_of, wanted, edges)
    uses = {machine_id: [NO_USE] * max(numbers) for machine_id in machine_ids}
    count = len(wanted)
    for row in await database.fetch(sql, *values):
        sums = SegmentSums(tuple(row[2 : 2 + count]), row["first"], row["last"])
        uses[row["owner"]][row["place"] - 1] = segment_use(source, sums)
    return uses


@looked_up_again
async def quantities_between(
    database: Database,
    source: EnergySource,
    machine_ids: Sequence[UUID],
    edges: Sequence[datetime],
) -> dict[UUID, Floats]:
    """The quantity alone that each machine used from each instant to the next, in the unit of the
    source; NaN where there are no readings.

    edges: at least two aware instants in rising order.
    """
    wanted = await wanted_sums(database, source)
    rows_of = await source_rows(database, source)
    values = _bound(source, machine_ids, edges, range(1, len(edges)))
    series = await _statement(database, rows_of, wanted, edges)
    used = {machine_id: np.full(len(edges) - 1, np.nan) for machine_id in machine_ids}
    for row in await database.fetch(PACKED.format(series=series), *values):
        places = np.frombuffer(row["places"], ">i4") - 1
        used[row["owner"]][places] = np.frombuffer(row["quantities"], ">f8")
    return used


def _bound(
    source: EnergySource,
    machine_ids: Sequence[UUID],
    edges: Sequence[datetime],
    numbers: Sequence[int],
) -> list[object]:
    """What the statement's parameters are. numbers: of each stretch, 0 for none."""
    bound: list[object] = [list(machine_ids), list(edges), edges[0], edges[-1], list(numbers)]
    return bound if source.carrier is None else [*bound, source.carrier.value]


async def _statement(
    database: Database, source: Rows, wanted: Sequence[Summed], edges: Sequence[datetime]
) -> str:
    carrier = await carrier_condition(database, source, 6)
    readings = partial(
        READINGS.format,
        values=value_list(each.of_row for each in wanted),
        table=await checked_identifier(database, source.table),
        owner=source.owner,
        carrier=carrier,
    )
    bucket = _bucket_of(edges) if source.has_rollup else None
    parts = [readings(start="$3")]
    if bucket is not None:
        buckets = BUCKETS.format(
            values=value_list(each.of_hour for each in wanted),
            table=bucket.data(source.table),
            owner=source.owner,
            carrier=carrier,
        )
        parts = [buckets, readings(start="greatest($3, least($4, f.until))")]
    sums = ", ".join(f"sum(p.v{n}) AS v{n}" for n in range(len(wanted)))
    return SERIES.format(fresh=fresh_of(source), sums=sums, parts=" UNION ALL ".join(parts))


def _bucket_of(edges: Sequence[datetime]) -> Bucket | None:
    """The widest bucket that no edge cuts; None where one cuts a quarter hour."""
    if all(edge.timestamp() % HOUR.seconds == 0 for edge in edges):
        return HOUR
    return QUARTER if all(edge.timestamp() % QUARTER.seconds == 0 for edge in edges) else None
