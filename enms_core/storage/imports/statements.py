"""Statements on the staged rows of one column and the rows that are stored already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import asyncpg

from enms_core.domain.imports import Reason, Rejection
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.tally import MOST_REJECTED_ROWS

Rows: TypeAlias = Sequence[tuple[int, str]]  # line and text

LEAVE_OUT = """
DELETE FROM {staged} WHERE line = ANY ($1::bigint[])
"""


@dataclass(frozen=True)
class Statements:
    """Statements in which {staged} is the staged table, and `names` says what other names in
    braces stand for: identifiers as SQL writes them, and expressions of our own."""

    connection: asyncpg.Connection
    staging: Staging
    names: Mapping[str, str]

    async def tell(self, reason: Reason, sql: str, *values: object) -> None:
        """Tell the rows that a query finds as refused. The query gives line and text."""
        self._refuse(reason, await self._found(sql, *values))

    async def refuse(self, reason: Reason, sql: str, *values: object) -> None:
        """Tell the rows that a query finds as refused, and leave them out."""
        await self.leave_out(reason, await self._found(sql, *values))

    async def leave_out(self, reason: Reason, rows: Rows) -> None:
        """Leave out rows given by line and text, and tell it."""
        if not rows:
            return
        self._refuse(reason, rows)
        lines = [line for line, _text in rows]
        await self.connection.execute(LEAVE_OUT.format(staged=self.staging.table), lines)

    async def _found(self, sql: str, *values: object) -> Rows:
        query = f"{self._filled(sql)} ORDER BY line LIMIT {MOST_REJECTED_ROWS + 1}"
        rows = await self.connection.fetch(query, *values)
        return [(row["line"], row["text"]) for row in rows]

    def _refuse(self, reason: Reason, rows: Rows) -> None:
        tally = self.staging.tally
        tally.refuse(Rejection(line, reason, tally.column, text) for line, text in rows)

    async def change(self, sql: str, *values: object) -> int:
        """How many rows a statement changed."""
        status: str = await self.connection.execute(self._filled(sql), *values)
        return int(status.split()[-1])

    async def row(self, sql: str) -> asyncpg.Record:
        """The one row of a query."""
        return await self.connection.fetchrow(self._filled(sql))

    def _filled(self, sql: str) -> str:
        return sql.format(staged=self.staging.table, **self.names)
