"""What key performance indicators are made of, for several machines at once.

The blocks are those of the SQL functions of schema `enms`, so that a figure of one machine is that
of `enms.calculate_*`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from uuid import UUID

import numpy as np

from enms_core.analysis.kpi import EnergyBlocks
from enms_core.domain.period import Period
from enms_core.storage.database import Database
from enms_core.storage.kpi_spans import HOURS_OF_BOTH, SOURCES_TOGETHER, SPANS
from enms_core.storage.segments import Segment

# Nearly all of the time the demand is above the base load: in so much of it, it is not.
BASE_SHARE = 0.05


@dataclass(frozen=True)
class DemandFigures:
    """Demand over some stretches of time, in the unit of the source per hour.

    peak: of the first highest block, which began at `start`. mean, base: the mean of the complete
    blocks, and what 95 % of them reach; None where no block is complete.
    """

    interval_seconds: int
    peak: float
    start: datetime
    mean: float | None
    base: float | None

    @property
    def load_factor(self) -> float | None:
        """E / (P_max * T) over the complete blocks [0..1]."""
        return None if self.mean is None or not self.peak else self.mean / self.peak


# The blocks of enms.kpi_demand, of one source, for many machines: those that lie in the stretches
# $3 to $4. Blocks are as long as the longest that one of the machines needs.
DEMAND = f"""
WITH stretch AS (
    SELECT array_agg(since ORDER BY since) AS starts, array_agg(until ORDER BY since) AS ends,
           min(since) AS since, max(until) AS until
    FROM unnest($3::timestamptz[], $4::timestamptz[]) AS s (since, until)
), machine AS (
    SELECT m.id, s.*, (SELECT array_agg(k)
                       FROM enms.kpi_sources(m.id, s.since, s.until, $2) AS k) AS sources
    FROM unnest($1::uuid[]) AS m (id) CROSS JOIN stretch AS s
), length AS (
    SELECT max(w.seconds) AS seconds
    FROM machine AS m
    CROSS JOIN LATERAL enms.kpi_window_of(m.id, m.sources, 900, m.since, m.until) AS w
), own AS MATERIALIZED (
    SELECT m.id, b.block, b.per_hour, b.is_complete, w.seconds
    FROM length AS l CROSS JOIN machine AS m
    CROSS JOIN LATERAL enms.kpi_window_of(m.id, m.sources, l.seconds, m.since, m.until) AS w
    CROSS JOIN LATERAL enms.kpi_blocks(m.id, m.sources, w) AS b
    WHERE NOT w.is_whole
       OR m.ends[width_bucket(b.block, m.starts)] >= b.block + make_interval(secs => w.seconds)
), told AS (
    SELECT id, block, per_hour, is_complete, seconds FROM own
    UNION ALL
    SELECT NULL, block, sum(per_hour),
           count(*) FILTER (WHERE is_complete) = cardinality($1::uuid[]), min(seconds)
    FROM own GROUP BY block
)
SELECT id, min(seconds) AS seconds, max(ARRAY[per_hour, -extract(epoch FROM block)]) AS peak,
       avg(per_hour) FILTER (WHERE is_complete) AS mean,
       percentile_cont({BASE_SHARE}) WITHIN GROUP (ORDER BY per_hour) FILTER (WHERE is_complete)
           AS base
FROM told GROUP BY id
"""

# The use of the sources $4 together (NULL: those that a machine purchases) in the blocks of each
# machine that lie in its own stretches: as energy, and of one source in its own unit.
USE = f"""
{SPANS}
SELECT s.machine_id, r.*
FROM span AS s
CROSS JOIN LATERAL (
    SELECT max(w.seconds) AS seconds,
           array_agg(extract(epoch FROM e.block)::double precision ORDER BY e.block) AS starts,
           array_agg(CASE WHEN $4::text[] = ARRAY[($4::text[])[1]] AND ($4::text[])[1] IS NOT NULL
                          THEN e.per_hour * w.seconds / 3600
                          ELSE e.energy_kwh END ORDER BY e.block) AS energy
{SOURCES_TOGETHER}
    CROSS JOIN LATERAL enms.kpi_window_of(s.machine_id, m.sources, 900, s.since, s.until) AS w
    CROSS JOIN LATERAL enms.kpi_blocks(s.machine_id, m.sources, w) AS e
    WHERE s.ends[width_bucket(e.block, s.starts)] >= e.block + make_interval(secs => w.seconds)
) AS r
WHERE r.starts IS NOT NULL
"""

# The hours behind energy per unit made (storage/efficiency.py), one by one.
COMMON_HOURS = f"""
{SPANS}
SELECT s.machine_id, r.*
FROM span AS s
CROSS JOIN LATERAL (
    SELECT max(w.seconds) AS seconds, array_agg(e.block ORDER BY e.block) AS blocks,
           sum(p.quantity) AS units
{HOURS_OF_BOTH}
"""


@dataclass(frozen=True)
class CommonHours:
    """Blocks that have complete readings and a count of production, and the units made in them."""

    starts: tuple[datetime, ...]
    seconds: int
    units: float


async def demand_figures(
    database: Database, machine_ids: Sequence[UUID], source: str, stretches: Sequence[Period]
) -> Mapping[UUID | None, DemandFigures]:
    """Demand of one source by machine, and of the machines together under None: of the sum of their
    blocks. Empty where no block has readings."""
    starts, ends = [each.start for each in stretches], [each.end for each in stretches]
    rows = await database.fetch(DEMAND, list(machine_ids), source, starts, ends)
    return {row["id"]: _demand(*list(row)[1:]) for row in rows}


def _demand(
    seconds: int, peak: Sequence[float], mean: float | None, base: float | None
) -> DemandFigures:
    rate, negated_epoch_s = peak
    start = datetime.fromtimestamp(-negated_epoch_s, timezone.utc)
    return DemandFigures(seconds, rate, start, mean, base)


async def energy_blocks(
    database: Database, segments: Sequence[Segment], sources: Sequence[str]
) -> Mapping[UUID, EnergyBlocks]:
    """Use by machine in its segments, block by block: of one source in its own unit, of several as
    energy [kWh], NaN where that is not known. Machines without readings are left out."""
    return {
        row["machine_id"]: EnergyBlocks(
            np.array(row["starts"], dtype=np.float64),
            np.array(row["energy"], dtype=np.float64),
            row["seconds"],
        )
        for row in await database.fetch(USE, *_asked(segments, sources))
    }


async def common_hours(
    database: Database, segments: Sequence[Segment], sources: Sequence[str]
) -> Mapping[UUID, CommonHours]:
    """The hours that energy per unit made is of, by machine; those without any are left out."""
    return {
        row["machine_id"]: CommonHours(tuple(row["blocks"]), row["seconds"], row["units"])
        for row in await database.fetch(COMMON_HOURS, *_asked(segments, sources))
    }


def _asked(segments: Sequence[Segment], sources: Sequence[str]) -> tuple[object, ...]:
    return (
        [segment.machine_id for segment in segments],
        [segment.start for segment in segments],
        [segment.end for segment in segments],
        list(sources) or [None],
    )
