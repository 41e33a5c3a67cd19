"""The rollups that were made, as `enms.rollups` remembers them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import asyncpg

from enms_core.storage.rollup_shape import RollupShape, shape_of

ROLLUP_LOCK = 7_305_004


@dataclass(frozen=True)
class Rollup:
    """A rollup: with tables, or as continuous aggregates; aliases are views of it beside the
    readings."""

    shape: RollupShape
    is_continuous: bool
    aliases: tuple[str, ...] = ()


KNOWN = """
SELECT readings_table, shape, is_continuous, aliases FROM enms.rollups ORDER BY readings_table
"""

REMEMBER = """
INSERT INTO enms.rollups (readings_table, shape, is_continuous, aliases) VALUES ($1, $2, $3, $4)
"""

FORGET = """
WITH notes AS (DELETE FROM enms.dirty_ranges WHERE readings_table = $1)
DELETE FROM enms.rollups WHERE readings_table = $1
"""


async def lock_all(connection: asyncpg.Connection) -> None:
    """Wait until nobody else makes or refreshes rollups; held until the transaction ends."""
    await connection.execute(f"SELECT pg_advisory_xact_lock({ROLLUP_LOCK})")


async def locked_rollup(connection: asyncpg.Connection, table: str) -> Rollup | None:
    """The rollup of a table, once nobody else refreshes it or makes any; None where it is gone."""
    await connection.execute(f"SELECT pg_advisory_xact_lock_shared({ROLLUP_LOCK})")
    await connection.execute(f"SELECT pg_advisory_xact_lock({ROLLUP_LOCK}, hashtext($1))", table)
    return (await known_rollups(connection)).get(table)


async def known_rollups(connection: asyncpg.Connection) -> dict[str, Rollup]:
    """By readings table."""
    return {
        row["readings_table"]: Rollup(
            shape_of(json.loads(row["shape"])), row["is_continuous"], tuple(row["aliases"])
        )
        for row in await connection.fetch(KNOWN)
    }


async def remember(connection: asyncpg.Connection, rollup: Rollup) -> None:
    """Note a rollup that was made."""
    table, stored = rollup.shape.readings_table, json.dumps(asdict(rollup.shape))
    await connection.execute(REMEMBER, table, stored, rollup.is_continuous, rollup.aliases)


async def forget(connection: asyncpg.Connection, rollup: Rollup) -> None:
    """Take the note of a rollup away, and those of changes under it."""
    await connection.execute(FORGET, rollup.shape.readings_table)
