"""Making the rollups that the registers ask for."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import asyncpg

from enms_core.settings import Settings
from enms_core.storage.rollup_register import Rollup, forget, known_rollups, lock_all, remember
from enms_core.storage.rollup_shape import RollupShape, wanted_shapes
from enms_core.storage.rollup_sql import (
    HOUR,
    QUARTER,
    create_statements,
    drop_statements,
    quote,
)
from enms_core.storage.timescale import (
    continuous_statements,
    drop_continuous_statements,
    prepared_hypertables,
    server_of,
)

LOG = logging.getLogger(__name__)

if TYPE_CHECKING:  # a store makes its rollups itself
    from enms_core.storage.store import Store

# Where a readings table lies, and the types of its rollup's further keys.
READINGS_SCHEMA = """
SELECT n.nspname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.oid = to_regclass(quote_ident($1))
"""
KEY_TYPES = """
SELECT format_type(a.atttypid, a.atttypmod)
FROM unnest($2::text[]) WITH ORDINALITY AS k (name, position)
JOIN pg_attribute AS a ON a.attrelid = to_regclass(quote_ident($1)) AND a.attname = k.name
ORDER BY k.position
"""

# Who was given what on some relations, as statements that give it again; an owner needs none.
GRANTS = """
SELECT format('GRANT %s ON %s TO %s', a.privilege_type, c.oid::regclass,
              CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END)
FROM unnest($1::text[]) AS r (name)
JOIN pg_class AS c ON c.oid = to_regclass(r.name)
CROSS JOIN LATERAL aclexplode(c.relacl) AS a
WHERE a.grantee <> c.relowner
"""

IS_FREE = """
SELECT to_regclass($1) IS NULL
"""

# All of a new rollup is to be computed.
NOTE_ALL = """
SELECT enms.note($1, NULL, '-infinity', 'infinity')
"""


# Triggers wait for open writers, and later writers wait behind them: rather try again than hold
# them up.
WAIT_BRIEFLY = "SET LOCAL lock_timeout = '10s'"

# Who is writing a meter now would not see the new rollup, and not note the change for it.
WAIT_FOR_REGISTERS = """
LOCK TABLE meters, energy_sources, energy_source_features IN SHARE MODE
"""


async def ensure(store: Store) -> None:
    """Make the rollups that the registers ask for, in the columns that they ask for.

    Raises StorageTimeout, with nothing made, where writers are open for long.
    """
    async with store.readings.transaction() as connection:
        await lock_all(connection)
        known = await known_rollups(connection)
        if {t: r.shape for t, r in known.items()} == await wanted_shapes(connection):
            return
        await connection.execute(WAIT_BRIEFLY)
        await connection.execute(WAIT_FOR_REGISTERS)
        wanted = await wanted_shapes(connection)
        outdated = [r for t, r in known.items() if wanted.get(t) != r.shape]
        grants = [row[0] for row in await connection.fetch(GRANTS, _relations(outdated))]
        dropped = {r.shape.readings_table for r in outdated if await _drop(connection, r)}
        kept = known.keys() - dropped
        missing = [shape for table, shape in wanted.items() if table not in kept]
        await _create_all(connection, missing, store.settings)
        for grant in grants:
            await _give_again(connection, grant)


async def remove(store: Store) -> tuple[str, ...]:
    """Take all rollups away, so that the readings tables can be changed; `ensure` brings them
    back. Returns the tables whose rollups stay, because something of theirs reads from them."""
    async with store.readings.transaction() as connection:
        await lock_all(connection)
        await connection.execute(WAIT_BRIEFLY)
        known = await known_rollups(connection)
        return tuple([table for table, r in known.items() if not await _drop(connection, r)])


def _relations(rollups: Sequence[Rollup]) -> list[str]:
    """Everything that a rollup is, and its views beside the readings."""
    found = []
    for rollup in rollups:
        for bucket in (QUARTER, HOUR):
            table = rollup.shape.readings_table
            found += [bucket.view(table), bucket.data(table)]
        found += rollup.aliases
    return found


async def _give_again(connection: asyncpg.Connection, grant: str) -> None:
    """A grant on a relation that was made anew; one that is no more has none."""
    try:
        async with connection.transaction():  # a savepoint
            await connection.execute(grant)
    except asyncpg.UndefinedTableError:
        LOG.info("not given again: %s", grant)


async def _create_all(
    connection: asyncpg.Connection, shapes: Sequence[RollupShape], settings: Settings
) -> None:
    server = await server_of(connection)
    hypertables = await prepared_hypertables(
        connection, server, [shape.readings_table for shape in shapes], settings
    )
    for shape in shapes:
        is_hypertable = shape.readings_table in hypertables
        if is_hypertable and server.edition == "community":
            statements = continuous_statements(shape, settings.retention_days)
            await _create(connection, Rollup(shape, True), statements)
        elif server.notes_hypertables or not is_hypertable:
            types = await connection.fetch(KEY_TYPES, shape.readings_table, list(shape.keys))
            statements = create_statements(shape, [row[0] for row in types])
            await _create(connection, Rollup(shape, False), statements)
            await connection.execute(NOTE_ALL, shape.readings_table)


async def _create(
    connection: asyncpg.Connection, rollup: Rollup, statements: Iterable[str]
) -> None:
    table = rollup.shape.readings_table
    for statement in statements:
        await connection.execute(statement)
    schema = await connection.fetchval(READINGS_SCHEMA, table)
    aliases = []
    for bucket in (QUARTER, HOUR):
        alias = f"{quote(schema)}.{quote(f'{table}_{bucket.suffix}')}"
        if await connection.fetchval(IS_FREE, alias):
            await connection.execute(f"CREATE VIEW {alias} AS SELECT * FROM {bucket.view(table)}")
            aliases.append(alias)
    await remember(connection, replace(rollup, aliases=tuple(aliases)))


async def _drop(connection: asyncpg.Connection, rollup: Rollup) -> bool:
    """Take a rollup away; False, and it stays as it is, where something of theirs reads from it."""
    drop = drop_continuous_statements if rollup.is_continuous else drop_statements
    try:
        async with connection.transaction():  # a savepoint
            for alias in rollup.aliases:
                await connection.execute(f"DROP VIEW IF EXISTS {alias}")
            for statement in drop(rollup.shape):
                await connection.execute(statement)
            await forget(connection, rollup)
    except asyncpg.DependentObjectsStillExistError as error:
        LOG.warning("the rollup of %s stays as it was: %s", rollup.shape.readings_table, error)
        return False
    return True
