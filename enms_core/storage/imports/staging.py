"""Rows of one column of a file, kept in a temporary table until the file is known to its end.

The table is named `staged_<number of the target>`, with (time timestamptz, value double precision
or text, line bigint, serial text). A value is as the file has it. It goes with the transaction.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg
import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.grid import instants_of
from enms_core.analysis.import_chunk import Instants, TargetChunk
from enms_core.domain.imports import Reason, Rejection
from enms_core.storage.bulk import Column, copy_columns
from enms_core.storage.imports.tally import MOST_REJECTED_ROWS, Tally

ROWS_AT_ONCE = 50_000

STAGE = """
CREATE TEMPORARY TABLE {table} (time timestamptz, value {type}, line bigint, serial text)
ON COMMIT DROP
"""

# One row a time: the first that the file has, or the last where the last one wins.
SETTLE = """
CREATE TEMPORARY TABLE {table}_settled ON COMMIT DROP AS
SELECT DISTINCT ON (time) time, value, line, serial FROM {table} ORDER BY time, line {order}
"""
# Rows that tell another value than the first of their time; of counters, or of another meter.
CONTRADICTIONS = """
SELECT s.line, s.value
FROM {table} AS s JOIN {table}_settled AS k USING (time)
WHERE s.value <> k.value OR s.serial IS DISTINCT FROM k.serial
ORDER BY s.line LIMIT {limit}
"""
EXCHANGE = """
DROP TABLE {table};
ALTER TABLE {table}_settled RENAME TO {table}
"""
IN_ORDER = """
SELECT (date_part('epoch', time) * 1000000)::bigint, value, line, serial FROM {table} ORDER BY time
"""
ENDS = "SELECT min(time), max(time) FROM {table}"
# Sorting a file needs room; the server's default goes to disk early.
MEMORY = "SET LOCAL work_mem = '64MB'"


@dataclass(frozen=True)
class StagedRows:
    """The next rows of a staged column: instants [UTC] rise, no two are the same."""

    instants: Instants
    values: NDArray[np.float64] | list[str]
    lines: NDArray[np.int64]
    serials: list[str]


class Staging:
    """The staged rows of the target of that number in its plan.

    factor: what the values of the file were multiplied by before they were staged.
    """

    def __init__(
        self,
        connection: asyncpg.Connection,
        number: int,
        tally: Tally,
        *,
        is_text: bool = False,
        factor: float = 1.0,
    ) -> None:
        self._connection = connection
        self._is_text = is_text
        self._factor = factor
        self.table = f"staged_{number}"
        self.tally = tally
        self.rows = 0

    async def create(self) -> None:
        """Make the table; once, before the first row."""
        kind = "text" if self._is_text else "double precision"
        await self._connection.execute(STAGE.format(table=self.table, type=kind))

    async def add(self, chunk: TargetChunk) -> None:
        """Keep rows. They are counted in the tally by whoever reads the file."""
        values: Column = chunk.values if isinstance(chunk.values, np.ndarray) else [*chunk.values]
        columns: dict[str, Column] = {
            "time": chunk.instants,
            "value": values,
            "line": chunk.lines,
        }
        if chunk.serials is not None:
            columns["serial"] = [*chunk.serials]
        await self.add_columns(columns)

    async def add_columns(self, columns: dict[str, Column]) -> None:
        """Keep rows given by the table's columns."""
        count = len(columns["time"])
        if count:
            await copy_columns(self._connection, self.table, columns)
            self.rows += count

    async def settle(self, replace: bool) -> None:
        """Leave one row a time.

        What the file tells twice is a duplicate; where it tells another value the first row stays
        and the others are refused, or with `replace` the last one stays and tells.
        """
        await self._connection.execute(MEMORY)
        sql = SETTLE.format(table=self.table, order="DESC" if replace else "ASC")
        status: str = await self._connection.execute(sql)
        kept = int(status.split()[-1])
        refused = [] if replace or kept == self.rows else await self._contradictions()
        await self._connection.execute(EXCHANGE.format(table=self.table))
        self.tally.duplicates += self.rows - kept - len(refused)
        self.rows = kept
        self.tally.refuse(refused)

    async def _contradictions(self) -> list[Rejection]:
        limit = MOST_REJECTED_ROWS + 1
        rows = await self._connection.fetch(CONTRADICTIONS.format(table=self.table, limit=limit))
        return [
            Rejection(
                row["line"], Reason.CONTRADICTS_FILE, self.tally.column, self._text(row["value"])
            )
            for row in rows
        ]

    def _text(self, value: str | float) -> str:
        """A staged value as the file has it."""
        return value if isinstance(value, str) else f"{value / self._factor:.15g}"

    async def in_order(self) -> AsyncIterator[StagedRows]:
        """The settled rows by time. Other statements may run between two pieces."""
        cursor = await self._connection.cursor(IN_ORDER.format(table=self.table))
        while rows := await cursor.fetch(ROWS_AT_ONCE):
            yield staged_rows(rows)

    async def ends(self) -> tuple[datetime, datetime] | None:
        """The first and the last time; None without rows."""
        first, last = await self._connection.fetchrow(ENDS.format(table=self.table))
        return None if first is None else (first, last)


def staged_rows(rows: Sequence[asyncpg.Record]) -> StagedRows:
    """Rows of moment [µs], value, line, serial as columns."""
    moments, values, lines, serials = zip(*rows, strict=True)
    return StagedRows(
        instants_of(np.array(moments, dtype=np.int64)),
        list(values) if isinstance(values[0], str) else np.array(values, dtype=np.float64),
        np.array(lines, dtype=np.int64),
        [serial or "" for serial in serials],
    )
