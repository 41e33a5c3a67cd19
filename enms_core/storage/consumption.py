"""Consumption of one energy source over stretches of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from enms_core.domain.catalogue import EnergySource
from enms_core.domain.units import KWH_PER_UNIT
from enms_core.storage.database import Database
from enms_core.storage.identifiers import checked_identifier, looked_up_again
from enms_core.storage.rollup_shape import RollupShape
from enms_core.storage.rollup_sql import finite
from enms_core.storage.segments import (
    Rows,
    Segment,
    SegmentSums,
    Summed,
    amount,
    carrier_condition,
    rollup_of,
    segment_sums,
)

__all__ = ["Segment", "SegmentUse", "consumption", "readings_range"]


@dataclass(frozen=True)
class SegmentUse:
    """Sums over one segment. energy_kwh is None where not every row can be converted. estimated: so
    many of the readings were not measured one by one."""

    quantity: float
    energy_kwh: float | None
    readings: int
    first: datetime | None
    last: datetime | None
    estimated: int = 0


# Rows that their writer has marked as estimated, such as a counter's over a gap.
ESTIMATED = Summed("is_estimated::integer", "estimated_count")
NONE_ESTIMATED = Summed("0", "0")

# Where the readings of some machines lie, for telling a person what can be asked instead.
READINGS_RANGE = """
SELECT min(r.first) AS first, max(r.last) AS last
FROM unnest($1::uuid[]) AS m (machine_id)
CROSS JOIN LATERAL (
    SELECT (SELECT time FROM {table} WHERE machine_id = m.machine_id AND time < $2{carrier}
            ORDER BY time LIMIT 1) AS first,
           (SELECT time FROM {table} WHERE machine_id = m.machine_id AND time < $2{carrier}
            ORDER BY time DESC LIMIT 1) AS last
) AS r
"""


@looked_up_again
async def consumption(
    database: Database, source: EnergySource, segments: Sequence[Segment]
) -> list[SegmentUse]:
    """Sums of a source's readings over each segment, in the order of the segments."""
    wanted = await wanted_sums(database, source)
    rows = await source_rows(database, source)
    return [segment_use(source, s) for s in await segment_sums(database, rows, wanted, segments)]


async def wanted_sums(database: Database, source: EnergySource) -> list[Summed]:
    """What segment_use makes a source's consumption from; the estimated rows stand first."""
    table, name = source.readings_table, source.consumption_column
    quantity = await checked_identifier(database, table, name)
    shape = await rollup_of(database, table)
    has_estimates = shape is not None and shape.has_estimates
    wanted = [ESTIMATED if has_estimates else NONE_ESTIMATED, *amount(quantity, name)]
    if source.content is not None:
        content = finite(await checked_identifier(database, table, source.content.column))
        known = f"CASE WHEN ({content}) IS NOT NULL THEN {finite(quantity)} END"
        wanted += [
            Summed(f"({finite(quantity)}) * ({content})", "content_sum"),
            Summed(known, "content_quantity"),
            Summed(f"num_nonnulls({known})", "content_count"),
        ]
    return wanted


async def source_rows(database: Database, source: EnergySource) -> Rows:
    """Where a source's readings are, and whether their rollup serves."""
    has_rollup = _serves(await rollup_of(database, source.readings_table), source)
    return Rows(source.readings_table, carrier=source.carrier, has_rollup=has_rollup)


def _serves(shape: RollupShape | None, source: EnergySource) -> bool:
    """Whether a rollup holds what a source's consumption is summed from."""
    if shape is None or source.consumption_column not in shape.summed:
        return False
    if source.carrier is not None and source.carrier.column != shape.carrier_column:
        return False
    needed = (source.consumption_column, source.content.column) if source.content else None
    return needed is None or needed == (shape.measure, shape.content)


def segment_use(source: EnergySource, sums: SegmentSums) -> SegmentUse:
    """The use that the sums of wanted_sums tell of."""
    estimated, quantity, readings, *content = (value or 0.0 for value in sums.values)
    energy_kwh = _energy_kwh(source, quantity, readings, content)
    return SegmentUse(quantity, energy_kwh, int(readings), sums.first, sums.last, int(estimated))


def _energy_kwh(
    source: EnergySource, quantity: float, readings: float, content: Sequence[float]
) -> float | None:
    """By the rows' own energy content, and by the flat factor for the rows that tell none [kWh]."""
    if not readings:
        return None
    flat = source.kwh_per_unit
    if source.content is None:
        return None if flat is None else quantity * flat
    content_sum, content_quantity, content_count = content
    factor = KWH_PER_UNIT[source.content.unit]
    own = (content_sum - content_quantity * source.content.reference) * factor
    if content_count == readings:
        return own
    return None if flat is None else own + (quantity - content_quantity) * flat


async def readings_range(
    database: Database, source: EnergySource, machine_ids: Sequence[UUID], before: datetime
) -> tuple[datetime | None, datetime | None]:
    """Times of the first and the last reading that some machines have before an instant."""
    table = await checked_identifier(database, source.readings_table)
    values: list[object] = [list(machine_ids), before]
    rows = Rows(source.readings_table, carrier=source.carrier)
    carrier = await carrier_condition(database, rows, 3)
    if source.carrier is not None:
        values.append(source.carrier.value)
    sql = READINGS_RANGE.format(table=table, carrier=carrier)
    row = (await database.fetch(sql, *values))[0]
    return row["first"], row["last"]
