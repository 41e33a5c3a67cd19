"""Writing many readings at once: COPY by asyncpg, inside the transaction of a register session.

Rows of numbers go in PostgreSQL's binary format, made from whole columns: about twice as fast as
one Python tuple a row. What that cannot carry (missing values, texts that differ) goes row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timezone
from io import BytesIO
from typing import Any, Protocol
from uuid import UUID

import asyncpg
import numpy as np
from numpy.typing import NDArray
from sqlmodel.ext.asyncio.session import AsyncSession

STAGING = "staged_readings"


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
    def columns(self) -> Mapping[str, NDArray[np.generic] | list[str | None]]: ...


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
WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
"""


async def driver_connection(session: AsyncSession) -> asyncpg.Connection:
    """asyncpg's connection under a session, in the session's transaction."""
    connection = await (await session.connection()).get_raw_connection()
    return connection.driver_connection


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
    names = ", ".join(_names(batch))
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


async def _copy(connection: asyncpg.Connection, table: str, batch: Batch) -> None:
    types = {row["attname"]: row["type"] for row in await connection.fetch(COLUMN_TYPES, table)}
    encoded = _encoded(batch, types)
    if encoded is not None:
        await connection.copy_to_table(
            table, source=BytesIO(encoded), columns=_names(batch), format="binary"
        )
        return
    await connection.copy_records_to_table(
        table, records=zip(*_values(batch), strict=True), columns=_names(batch)
    )


def _names(batch: Batch) -> list[str]:
    return ["time", batch.key, *batch.columns]


def _values(batch: Batch) -> list[Sequence[object]]:
    """The columns as Python values, as asyncpg takes them."""
    times = [moment.replace(tzinfo=timezone.utc) for moment in batch.times.tolist()]
    columns = [c if isinstance(c, list) else c.tolist() for c in batch.columns.values()]
    return [times, [batch.owner] * len(times), *columns]


# PostgreSQL's binary COPY: a header, each row as its number of fields and each field as its length
# and its bytes, an end.
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"
EPOCH = np.datetime64("2000-01-01", "us")


def _encoded(batch: Batch, types: Mapping[str, str]) -> bytes | None:
    """A batch in binary format; None where a column has no fixed width."""
    owners = np.full(len(batch.times), batch.owner.bytes, dtype="V16")
    fields = {
        "time": _field("time", (batch.times - EPOCH).astype("int64"), types),
        batch.key: _field(batch.key, owners, types),
        **{name: _field(name, column, types) for name, column in batch.columns.items()},
    }
    if any(field is None for field in fields.values()):
        return None
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for name, field in fields.items():
        layout += [(f"{name} length", ">i4"), (name, field.dtype.str)]  # type: ignore[union-attr]
    packed = np.empty(len(batch.times), dtype=layout)
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
    "boolean": "?",
}


def _field(name: str, values: Any, types: Mapping[str, str]) -> NDArray[np.generic] | None:
    """A column's bytes, all of one length; None where they have none."""
    kind = types.get(name, "")
    if kind in FIXED and isinstance(values, np.ndarray):
        return values if kind == "uuid" else values.astype(FIXED[kind])
    if kind == "text" and isinstance(values, list) and values[0] is not None:
        text = values[0].encode()
        if len(set(values)) == 1 and text:
            return np.full(len(values), text, dtype=f"V{len(text)}")
    return None
