"""Writing many readings at once: COPY by asyncpg, inside the transaction of a register session.

Rows of numbers go in PostgreSQL's binary format, made from whole columns: about twice as fast as
one Python tuple a row. What that cannot carry (missing values, texts that differ) goes row by row.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timezone
from typing import Any, Protocol
from uuid import UUID

import asyncpg
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

STAGING = "staged_readings"
PIECE_BYTES = 524_288  # sent at once
Column = NDArray[np.generic] | list[str | None]


class Batch(Protocol):
    """Rows of one table and one owner: `key` is the column that holds `owner`, `times`
    [datetime64[s], UTC] rise, every column is as long as they are."""

    @property
    def table(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def owner(self) -> UUID: ...
    @property
    def times(self) -> NDArray[np.datetime64]: ...
    @property
    def columns(self) -> Mapping[str, Column]: ...


# Whether an owner has anything in a stretch of time; both ends are part of it.
IS_TAKEN = """
SELECT EXISTS (SELECT FROM {table} WHERE {key} = $1 AND time >= $2 AND time <= $3)
"""

# Rows that are there already stay as they are.
MERGE = """
INSERT INTO {table} ({columns}) SELECT {columns} FROM {staging} ON CONFLICT DO NOTHING
"""

COLUMN_TYPES = """
SELECT attname, atttypid::regtype::text AS type FROM pg_attribute
WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0 AND NOT attisdropped
"""

# SQLAlchemy lets a transaction begin with the first statement that it sees itself: before that the
# driver would commit each one.
BEGIN = text("SELECT 1")


async def driver_connection(session: AsyncSession) -> asyncpg.Connection:
    """asyncpg's connection under a session, in the session's transaction."""
    connection = await session.connection()
    await connection.execute(BEGIN)
    return (await connection.get_raw_connection()).driver_connection


async def copy_batch(connection: asyncpg.Connection, batch: Batch) -> None:
    """Store rows. One that is there already is an error."""
    await _copy(connection, batch.table, batch)


async def merge_batch(connection: asyncpg.Connection, batch: Batch) -> None:
    """Store the rows that are not there yet."""
    if not await _is_taken(connection, batch):
        try:
            async with connection.transaction():  # a savepoint
                await copy_batch(connection, batch)
            return
        except asyncpg.UniqueViolationError:
            pass  # somebody else has stored some of them in between
    await connection.execute(
        f"CREATE TEMPORARY TABLE {STAGING} (LIKE {batch.table} INCLUDING DEFAULTS)"
    )
    await _copy(connection, STAGING, batch)
    names = ", ".join(_columns(batch))
    await connection.execute(MERGE.format(table=batch.table, columns=names, staging=STAGING))
    await connection.execute(f"DROP TABLE {STAGING}")


async def _is_taken(connection: asyncpg.Connection, batch: Batch) -> bool:
    first, last = batch.times[[0, -1]].tolist()
    taken: bool = await connection.fetchval(
        IS_TAKEN.format(table=batch.table, key=batch.key),
        batch.owner,
        first.replace(tzinfo=timezone.utc),
        last.replace(tzinfo=timezone.utc),
    )
    return taken


async def copy_columns(
    connection: asyncpg.Connection, table: str, columns: Mapping[str, Column]
) -> None:
    """Store rows given as columns of one length, which is not zero; the table's other columns get
    their defaults. Times are datetime64 in UTC."""
    types = {row["attname"]: row["type"] for row in await connection.fetch(COLUMN_TYPES, table)}
    encoded = _encoded(columns, types)
    if encoded is not None:
        await connection.copy_to_table(
            table, source=_pieces(encoded), columns=list(columns), format="binary"
        )
        return
    await connection.copy_records_to_table(
        table, records=zip(*map(_values, columns.values()), strict=True), columns=list(columns)
    )


async def _pieces(encoded: bytes) -> AsyncIterator[bytes]:
    """A source for the driver; what it makes of a file object stays until the next collection."""
    for first in range(0, len(encoded), PIECE_BYTES):
        yield encoded[first : first + PIECE_BYTES]


async def _copy(connection: asyncpg.Connection, table: str, batch: Batch) -> None:
    await copy_columns(connection, table, _columns(batch))


def _columns(batch: Batch) -> dict[str, Column]:
    owners = np.full(len(batch.times), batch.owner.bytes, dtype="V16")
    return {"time": batch.times, batch.key: owners, **batch.columns}


def _values(column: Column) -> Sequence[object]:
    """A column as Python values, as asyncpg takes them."""
    if not isinstance(column, np.ndarray):
        return column
    values: list[Any] = column.tolist()
    if column.dtype.kind == "M":
        return [moment.replace(tzinfo=timezone.utc) for moment in values]
    return [UUID(bytes=value) for value in values] if column.dtype.kind == "V" else values


# PostgreSQL's binary COPY: a header, each row as its number of fields and each field as its length
# and its bytes, an end.
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"
EPOCH = np.datetime64("2000-01-01", "us")


def _encoded(columns: Mapping[str, Column], types: Mapping[str, str]) -> bytes | None:
    """Rows in binary format; None where a column has no fixed width."""
    fields = {name: _field(types.get(name, ""), column) for name, column in columns.items()}
    if any(field is None for field in fields.values()):
        return None
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for name, field in fields.items():
        layout += [(f"{name} length", ">i4"), (name, field.dtype.str)]  # type: ignore[union-attr]
    packed = np.empty(len(next(iter(columns.values()))), dtype=layout)
    packed["fields"] = len(fields)
    for name, field in fields.items():
        assert field is not None
        packed[f"{name} length"] = field.dtype.itemsize
        packed[name] = field
    return HEADER + packed.tobytes() + END


# type of a column → type of its bytes
FIXED = {
    "timestamp with time zone": ">i8",
    "uuid": "V16",
    "double precision": ">f8",
    "bigint": ">i8",
    "boolean": "?",
}


def _field(kind: str, values: Any) -> NDArray[np.generic] | None:
    """A column's bytes, all of one length, for a column of that type; None where they have none."""
    if kind in FIXED and isinstance(values, np.ndarray):
        if values.dtype.kind == "M":
            values = (values - EPOCH).astype("int64")
        field: NDArray[np.generic] = values.astype(FIXED[kind])
        return field
    if kind == "text" and isinstance(values, list) and values[0] is not None:
        text = values[0].encode()
        if len(set(values)) == 1 and text:
            return np.full(len(values), text, dtype=f"V{len(text)}")
    return None
