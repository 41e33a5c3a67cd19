"""Writing many readings at once: COPY by asyncpg, inside the transaction of a register session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import asyncpg
from sqlmodel.ext.asyncio.session import AsyncSession

STAGING = "staged_readings"

# Rows that are there already stay as they are.
MERGE = """
INSERT INTO {table} ({columns}) SELECT {columns} FROM {staging} ON CONFLICT DO NOTHING
"""


async def driver_connection(session: AsyncSession) -> asyncpg.Connection:
    """asyncpg's connection under a session, in the session's transaction."""
    connection = await (await session.connection()).get_raw_connection()
    return connection.driver_connection


async def copy_columns(
    connection: asyncpg.Connection, table: str, columns: Mapping[str, Sequence[object]]
) -> int:
    """Store rows given by column; returns how many. A row that is there already is an error."""
    await connection.copy_records_to_table(
        table, records=zip(*columns.values(), strict=True), columns=list(columns)
    )
    return len(next(iter(columns.values())))


async def merge_columns(
    connection: asyncpg.Connection, table: str, columns: Mapping[str, Sequence[object]]
) -> int:
    """Store the rows that are not there yet; returns how many were given."""
    await connection.execute(f"CREATE TEMPORARY TABLE {STAGING} (LIKE {table} INCLUDING DEFAULTS)")
    count = await copy_columns(connection, STAGING, columns)
    names = ", ".join(columns)
    await connection.execute(MERGE.format(table=table, columns=names, staging=STAGING))
    await connection.execute(f"DROP TABLE {STAGING}")
    return count
