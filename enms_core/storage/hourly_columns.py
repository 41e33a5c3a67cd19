"""Reading columns of a table by hour, for any table and any owners, exact at every moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import numpy as np

from enms_core.analysis.hour_grid import HourGrid
from enms_core.analysis.hourly_table import Bools, Floats, Ints
from enms_core.domain.errors import QueryFailed
from enms_core.storage.database import Database
from enms_core.storage.hourly_sql import (
    Expression,
    HourlyRows,
    HourlyValue,
    rolled_up,
    rollup_statement,
    rows_statement,
)
from enms_core.storage.identifiers import checked_identifier, looked_up_again
from enms_core.storage.json_paths import number_at
from enms_core.storage.rollup_shape import RollupShape
from enms_core.storage.rollup_sql import finite, quote
from enms_core.storage.segments import rollup_of

FORECAST_COLUMN = "is_forecast"
ORIGIN_COLUMN = "data_source"
# PostgreSQL sends times as microseconds since the beginning of the year 2000.
HOUR_US = 3_600_000_000
HOURS_BEFORE_2000 = 10_957 * 24
# Owners, start and end come first.
FIRST_FREE = 4


@dataclass(frozen=True)
class HourlyColumns:
    """One value by hour of some owners. values, weights: one row an owner, one column an hour;
    NaN and 0 where nothing is told. is_there: owners that the table has rows of, whenever."""

    values: Floats
    weights: Floats
    is_there: Bools


@looked_up_again
async def read_hours(
    database: Database,
    rows: HourlyRows,
    wanted: Sequence[HourlyValue],
    owners: Sequence[UUID],
    grid: HourGrid,
) -> Mapping[HourlyValue, HourlyColumns]:
    """Values by hour, from the table's rollup as far as it keeps them."""
    shape = await rollup_of(database, rows.table)
    kept: dict[HourlyValue, Expression] = {}
    if shape is not None and _serves(shape, rows):
        told = {each: rolled_up(shape, each) for each in wanted}
        kept = {each: found for each, found in told.items() if found is not None}
    read = _Reading(database, rows, owners, grid)
    result: dict[HourlyValue, HourlyColumns] = {}
    if shape is not None and kept:
        result |= await read.rollup(kept)
    rest = [each for each in dict.fromkeys(wanted) if each not in kept]
    if rest:
        result |= await read.table(rest)
    return result


def _serves(shape: RollupShape, rows: HourlyRows) -> bool:
    """Whether a row of the rollup is an hour of one owner of what is asked for."""
    told = {rows.carrier.column} if rows.carrier is not None else set()
    if rows.is_forecast is not None:
        told.add(FORECAST_COLUMN)
    return set(shape.keys) == told and shape.owner == rows.owner


@dataclass(frozen=True)
class _Reading:
    database: Database
    rows: HourlyRows
    owners: Sequence[UUID]
    grid: HourGrid

    async def rollup(
        self, kept: Mapping[HourlyValue, Expression]
    ) -> dict[HourlyValue, HourlyColumns]:
        table = await checked_identifier(self.database, self.rows.table)
        only = await self._only()
        sql = rollup_statement(self.rows, table, list(kept.values()), only)
        return await self._read(sql, list(kept), ())

    async def table(self, wanted: Sequence[HourlyValue]) -> dict[HourlyValue, HourlyColumns]:
        table = await checked_identifier(self.database, self.rows.table)
        only = await self._only()
        values: list[tuple[HourlyValue, str]] = []
        paths: list[list[str]] = []
        for each in wanted:
            if each.path:
                paths.append(list(each.path))
            position = FIRST_FREE - 1 + len(self._carrier()) + len(paths)
            values.append((each, await self._of_row(each, position)))
        return await self._read(rows_statement(self.rows, table, values, only), wanted, paths)

    async def _of_row(self, wanted: HourlyValue, position: int) -> str:
        """SQL of a row's value; a path is bound at `position`."""
        if wanted.aggregation == "BACKFILLED":
            return await self._is_backfilled()
        if wanted.column is None:
            return "1"
        column = await checked_identifier(self.database, self.rows.table, wanted.column)
        if wanted.path:
            value = number_at(column, f"${position}::text[]")
        elif wanted.aggregation == "COUNT":
            return f"num_nonnulls({column})"
        else:
            value = finite(column)
        return f"num_nonnulls({value})" if wanted.aggregation == "COUNT" else f"({value})"

    async def _is_backfilled(self) -> str:
        try:
            column = await checked_identifier(self.database, self.rows.table, ORIGIN_COLUMN)
        except QueryFailed:  # the table does not tell where its rows are from
            return "0"
        return f"({column} = 'backfill')::integer"

    async def _only(self) -> str:
        only = ""
        if self.rows.carrier is not None:
            column = await checked_identifier(
                self.database, self.rows.table, self.rows.carrier.column
            )
            only += f" AND {column}::text = ${FIRST_FREE}"
        if self.rows.is_forecast is not None:
            truth = "IS TRUE" if self.rows.is_forecast else "IS NOT TRUE"
            only += f" AND {quote(FORECAST_COLUMN)} {truth}"
        return only

    def _carrier(self) -> tuple[str, ...]:
        return () if self.rows.carrier is None else (self.rows.carrier.value,)

    async def _read(
        self, sql: str, wanted: Sequence[HourlyValue], paths: Sequence[list[str]]
    ) -> dict[HourlyValue, HourlyColumns]:
        bound: tuple[object, ...] = (self.grid.start, self.grid.end, *self._carrier(), *paths)
        found = await self.database.fetch(sql, list(self.owners), *bound)
        by_owner = {row["owner"]: row for row in found}
        rows = [by_owner[owner] for owner in self.owners]
        return {
            each: self._columns(rows, f"v{2 * n}", f"v{2 * n + 1}") for n, each in enumerate(wanted)
        }

    def _columns(self, rows: Sequence[asyncpg.Record], value: str, weight: str) -> HourlyColumns:
        shape = (len(rows), len(self.grid))
        values, weights = np.full(shape, np.nan), np.zeros(shape)
        for n, row in enumerate(rows):
            if row["hours"] is not None:
                hours = _hours(row["hours"]) - self.grid.first
                values[n, hours] = _floats(row[value])
                weights[n, hours] = np.nan_to_num(_floats(row[weight]))
        return HourlyColumns(values, weights, np.array([row["has_rows"] for row in rows]))


def _hours(sent: bytes) -> Ints:
    return np.frombuffer(sent, ">i8").astype(np.int64) // HOUR_US + HOURS_BEFORE_2000


def _floats(sent: bytes) -> Floats:
    return np.frombuffer(sent, ">f8").astype(np.float64)
