"""Storing pieces made and weather: one column of a table beside those that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import numpy as np

from enms_core.analysis.import_rows import Continuity, lying_across, reach
from enms_core.domain.conversions import linear_conversion
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import ProductionTarget, Reason, TargetReport, WeatherTarget
from enms_core.storage.identifiers import quoted
from enms_core.storage.imports.readings_table import COLUMN_TYPES
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.statements import Statements

PRODUCTION_TABLE, WEATHER_TABLE = "production_data", "site_weather"
# A row of production needs it; the other columns only add to one.
COUNTED = "production_count"


@dataclass(frozen=True)
class Limits:
    """What a column of weather can hold, both ends included: mostly it finds another unit."""

    unit: str
    lowest: float
    highest: float


# A little beyond the records of the World Meteorological Organization (wmo.asu.edu): -89.2 °C,
# 56.7 °C, gusts of 113 m/s.
LIMITS: Mapping[str, Limits] = MappingProxyType(
    {
        "outdoor_temp_c": Limits("°C", -90.0, 60.0),
        "outdoor_humidity_percent": Limits("%", 0.0, 100.0),
        "wind_speed_m_s": Limits("m/s", 0.0, 120.0),
    }
)

IMPOSSIBLE = """
SELECT s.line, s.value::text AS text FROM {staged} AS s
WHERE NOT ({value} >= {lowest} AND {value} <= {highest})
"""
# Rows for whose time another value is stored: than the column would hold of the file's.
CONTRADICTIONS = """
SELECT s.line, s.value::text AS text FROM {staged} AS s
JOIN {table} AS r ON r.{owner} = $1 AND r.time = s.time AND {own_rows}
WHERE r.{column} <> CAST({value} AS {type})
"""
# Rows of good or rejected pieces at a time for which no pieces are counted.
NOT_COUNTED = """
SELECT s.line, s.value::text AS text FROM {staged} AS s
WHERE NOT EXISTS (SELECT FROM {table} AS r WHERE r.{owner} = $1 AND r.time = s.time)
"""
# What is stored for the time of a row is what is there of it, then.
STORED_STAYS = """
UPDATE {staged} AS s SET value = r.{column} FROM {table} AS r
WHERE r.{owner} = $1 AND r.time = s.time AND {own_rows} AND r.{column} <> CAST({value} AS {type})
"""
REPLACE = """
UPDATE {table} AS r SET {column} = {value} FROM {staged} AS s
WHERE r.{owner} = $1 AND r.time = s.time AND {own_rows}
  AND r.{column} <> CAST({value} AS {type})
"""
# Rows of the time are there and do not tell this column yet.
FILL = """
UPDATE {table} AS r SET {column} = {value} FROM {staged} AS s
WHERE r.{owner} = $1 AND r.time = s.time AND {own_rows} AND r.{column} IS NULL
"""
STORE = """
INSERT INTO {table} ({owner}, time, {column})
SELECT $1, s.time, {value} FROM {staged} AS s
WHERE NOT EXISTS (
    SELECT FROM {table} AS r WHERE r.{owner} = $1 AND r.time = s.time AND {own_rows}
)
"""
# Rows whose interval would lie across others that are stored: both would count pieces.
ACROSS_STORED = """
SELECT s.line, s.value::text AS text FROM {staged} AS s
JOIN {table} AS r ON r.{owner} = $1 AND r.time > s.time - $2::interval
                 AND r.time < s.time + $2::interval AND r.{column} IS NOT NULL
GROUP BY s.line, s.value HAVING bool_and(r.time <> s.time)
"""
SUMMARY = """
SELECT count(*) AS rows, min(time) AS first, max(time) AS last, sum({value}) AS told,
       sum(CAST({value} AS {type})::double precision) AS quantity
FROM {staged} AS s
"""


async def store_measures(
    connection: asyncpg.Connection,
    target: ProductionTarget | WeatherTarget,
    staging: Staging,
    owner: UUID,
    zone: ZoneInfo,
    *,
    replace: bool,
) -> TargetReport:
    """Store settled rows of one column; rows of its table that are there already get its value.

    zone: of the site.
    """
    statements = Statements(connection, staging, await _names(connection, target))
    await _refuse_wrong(statements, target, owner)
    replaced = 0
    if replace:
        replaced = await statements.change(REPLACE, owner)
    else:
        await statements.tell(Reason.CONTRADICTS_STORED, CONTRADICTIONS, owner)
        await statements.change(STORED_STAYS, owner)
    stored = await statements.change(FILL, owner) + await statements.change(STORE, owner)
    return await _report(statements, target, zone, stored, replaced)


async def _refuse_wrong(
    statements: Statements, target: ProductionTarget | WeatherTarget, owner: UUID
) -> None:
    """Refuse what cannot be, or what would count pieces twice."""
    if isinstance(target, WeatherTarget):
        await statements.refuse(Reason.IMPOSSIBLE, IMPOSSIBLE)
        return
    if target.quantity != COUNTED:
        await statements.refuse(Reason.NO_COUNT, NOT_COUNTED, owner)
    if target.interval is not None:
        distance = reach(target.interval)
        await statements.leave_out(Reason.ACROSS_FILE, await _across(statements.staging, distance))
        await statements.refuse(Reason.ACROSS_STORED, ACROSS_STORED, owner, distance)


async def _across(staging: Staging, distance: timedelta) -> list[tuple[int, str]]:
    """Line and text of rows whose interval lies across another of the file."""
    found: list[tuple[int, str]] = []
    before = None
    async for rows in staging.in_order():
        refused = lying_across(rows.instants, rows.lines, distance, before)
        places = np.flatnonzero(refused).tolist()
        found += [(int(rows.lines[place]), f"{rows.values[place]:.15g}") for place in places]
        kept = rows.instants[~refused]
        before = kept[-1] if len(kept) else before
    return found


async def _names(
    connection: asyncpg.Connection, target: ProductionTarget | WeatherTarget
) -> Mapping[str, str]:
    """What stands in the statements for a target's table, checked against the database."""
    is_weather = isinstance(target, WeatherTarget)
    if not is_weather and target.unit is not None:
        raise ImportFailed(f"column {target.column!r} counts pieces: they have no unit")
    table = WEATHER_TABLE if is_weather else PRODUCTION_TABLE
    types = dict(await connection.fetch(COLUMN_TYPES, table))
    names = {
        "table": await quoted(connection.fetchval, table),
        "column": await quoted(connection.fetchval, table, target.quantity),
        "type": types[target.quantity],
        "owner": "factory_id" if is_weather else "machine_id",
        "own_rows": "r.is_forecast IS NOT TRUE" if is_weather else "true",
        "value": "s.value",
    }
    if is_weather:
        limits = LIMITS[target.quantity]
        names |= {"lowest": repr(limits.lowest), "highest": repr(limits.highest)}
        names["value"] = _converted(target.unit, limits.unit)
    return names


def _converted(unit: str | None, own_unit: str) -> str:
    """SQL of a staged value in the unit of its column."""
    scale = (1.0, 0.0) if unit is None else linear_conversion(unit, own_unit)
    if scale is None:
        raise ImportFailed(f"{unit} cannot be converted to {own_unit}")
    factor, offset = scale
    return "s.value" if scale == (1.0, 0.0) else f"(s.value * ({factor!r}) + ({offset!r}))"


async def _continuity(
    staging: Staging, interval: timedelta | None, zone: ZoneInfo
) -> Continuity | None:
    """Where rows are missing; None of what tells moments."""
    if interval is None:
        return None
    continuity = Continuity(interval, zone)
    async for rows in staging.in_order():
        continuity.add(rows.instants)
    return continuity


async def _report(
    statements: Statements,
    target: ProductionTarget | WeatherTarget,
    zone: ZoneInfo,
    stored: int,
    replaced: int,
) -> TargetReport:
    summary = await statements.row(SUMMARY)
    is_amount = isinstance(target, ProductionTarget)
    continuity = await _continuity(statements.staging, target.interval, zone)
    tally = statements.staging.tally
    if is_amount and summary["rows"]:
        rounding = summary["quantity"] - summary["told"]
        tally.weigh(summary["told"], rounding, "", summary["first"], summary["last"])
    return TargetReport(
        target=target,
        rows=summary["rows"],
        stored=stored,
        replaced=replaced,
        quantity=summary["quantity"] if is_amount else None,
        unit="" if is_amount else LIMITS[target.quantity].unit,
        first=summary["first"],
        last=summary["last"],
        interval=target.interval,
        missing_intervals=0 if continuity is None else continuity.missing,
        gaps=() if continuity is None else continuity.gaps,
        gap_count=0 if continuity is None else continuity.gap_count,
        empty=tally.empty,
        duplicates=tally.duplicates,
        remarks=tally.remarks,
        rejections=tally.rejections,
    )
