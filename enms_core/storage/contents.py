"""What a database holds and which server has it, also where the schema is not this version's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from enms_core.storage.bulk import driver_connection
from enms_core.storage.store import Store

# Tables of the search path that hold readings of machines: each has a machine and a time.
# A table's own estimate does not count the rows of its partitions or chunks, so they are added.
READINGS_TABLES = """
SELECT c.oid::regclass::text AS readings_table,
       (SELECT sum(greatest(p.reltuples, 0))::bigint
        FROM pg_class AS p
        WHERE p.oid = c.oid OR p.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = c.oid)
       ) AS about
FROM pg_class AS c
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND pg_table_is_visible(c.oid)
  AND EXISTS (SELECT FROM pg_attribute AS a
              WHERE a.attrelid = c.oid AND a.attname = 'machine_id' AND a.attnum > 0)
  AND EXISTS (SELECT FROM pg_attribute AS a
              WHERE a.attrelid = c.oid AND a.attname = 'time' AND a.attnum > 0
                AND a.atttypid = 'timestamptz'::regtype)
ORDER BY 1
"""
ROWS = "SELECT count(*) FROM {table}"
IS_THERE = "SELECT to_regclass($1) IS NOT NULL"
# The primary key (machine_id, time) gives each machine's ends at once; a scan over time would not.
TIME_RANGE = """
SELECT min(ends.first) AS first, max(ends.last) AS last
FROM machines,
     LATERAL (SELECT min(time) AS first, max(time) AS last
              FROM {table} WHERE machine_id = machines.id) AS ends
"""
# The setting names the edition: `timescale` is the Community edition, `apache` the other one.
SERVER = """
SELECT current_setting('server_version') AS version,
       (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb') AS timescale_version,
       current_setting('timescaledb.license', true) AS timescale_license,
       pg_database_size(current_database()) AS size_bytes
"""
EXACT_BELOW = 100_000  # rows that are counted at once


@dataclass(frozen=True)
class Contents:
    """How much there is of what people would miss."""

    factories: int
    machines: int
    readings: int

    @property
    def is_empty(self) -> bool:
        return not (self.factories or self.machines or self.readings)

    def facts(self) -> dict[str, int]:
        return {
            "factories": self.factories, "machines": self.machines, "readings": self.readings
        }  # fmt: skip


@dataclass(frozen=True)
class ReadingsTable:
    """A table of readings: its rows, counted or about, and the times of the first and the last."""

    name: str
    rows: int
    is_counted: bool
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class DatabaseStatus:
    """A database and its server. timescale: version and licence, None where it is not installed."""

    postgresql: str
    timescale: str | None
    size_bytes: int
    readings: Sequence[ReadingsTable]


async def contents(connection: asyncpg.Connection) -> Contents:
    """Exact counts; nothing is there where the tables are not."""
    tables = await connection.fetch(READINGS_TABLES)
    readings = [await _rows(connection, row["readings_table"]) for row in tables]
    return Contents(
        factories=await _rows_if_there(connection, "factories"),
        machines=await _rows_if_there(connection, "machines"),
        readings=sum(readings),
    )


async def _readings_tables(connection: asyncpg.Connection) -> Sequence[ReadingsTable]:
    """Every table of readings; large ones are not counted, the server's own estimate is taken."""
    return [
        await _readings_table(connection, row["readings_table"], row["about"])
        for row in await connection.fetch(READINGS_TABLES)
    ]


async def database_status(store: Store) -> DatabaseStatus:
    """Which server it is and how much there is in the database."""
    async with store.registers.session() as session:
        connection = await driver_connection(session)
        server = await connection.fetchrow(SERVER)
        version, edition = server["timescale_version"], server["timescale_license"]
        return DatabaseStatus(
            postgresql=server["version"],
            timescale=None if version is None else f"{version}, licence {edition}",
            size_bytes=server["size_bytes"],
            readings=await _readings_tables(connection),
        )


async def _readings_table(connection: asyncpg.Connection, table: str, about: int) -> ReadingsTable:
    is_counted = about < EXACT_BELOW
    rows = await _rows(connection, table) if is_counted else about
    ends = await connection.fetchrow(TIME_RANGE.format(table=table))
    return ReadingsTable(table, rows, is_counted, ends["first"], ends["last"])


async def _rows_if_there(connection: asyncpg.Connection, table: str) -> int:
    return await _rows(connection, table) if await connection.fetchval(IS_THERE, table) else 0


async def _rows(connection: asyncpg.Connection, table: str) -> int:
    """Rows of a table whose name is quoted already."""
    count: int = await connection.fetchval(ROWS.format(table=table))
    return count
