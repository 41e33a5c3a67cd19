"""Replacing a database by a fresh one: at any moment either the old or the new has the name.

Both renames are one transaction, and what keeps others out meanwhile are its locks: nothing of it
outlives a process that is killed. What that leaves behind is a database of a name of ours beside
the one in use; the next exchange of the same database removes it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
from sqlalchemy.engine import make_url

from enms_core.domain.errors import RestoreFailed
from enms_core.storage.faults import wrapped_errors

EXCHANGE_LOCK = 7_305_006
CONNECT_SECONDS = 10.0
# How often, and how long apart, we look whether we are the last in the database.
LOOKS = 20
LOOK_SECONDS = 0.05
# Longer than all looks, and shorter than programs try to connect: they wait for as long, and do so
# too after we were killed, when nobody ends the statement.
RENAME_SECONDS = 2.5

# The database that we are connected to. One with rights or settings of its own is not exchanged,
# because a backup does not hold them.
TARGET = """
SELECT quote_ident(datname) AS quoted, datname AS name,
       pg_encoding_to_char(encoding) AS encoding, datcollate, datctype,
       quote_ident(pg_get_userbyid(datdba)) AS owner,
       (SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user)
           AND pg_has_role(datdba, 'USAGE') AND datacl IS NULL
           AND NOT EXISTS (SELECT FROM pg_db_role_setting WHERE setdatabase = d.oid)
           AS is_exchanged
FROM pg_database AS d WHERE datname = current_database()
"""

# Tables with schema and name, that are neither the system's nor an extension's.
TABLES = """
SELECT n.nspname AS schema, c.relname AS name, format('%I.%I', n.nspname, c.relname) AS quoted
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema'
  AND n.nspname !~ '^(pg_|_timescaledb)' AND c.relpersistence <> 't'
  AND NOT EXISTS (SELECT FROM pg_depend AS d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1, 2
"""
CREATE = """
CREATE DATABASE {fresh} TEMPLATE template0 OWNER {owner} ENCODING '{encoding}'
LC_COLLATE '{collate}' LC_CTYPE '{ctype}'
"""
DROP = "DROP DATABASE IF EXISTS {name} WITH (FORCE)"
RENAME = "ALTER DATABASE {old} RENAME TO {new}"
# Writers wait until the exchange; then it finds them connected, and leaves the database as it is.
NO_WRITERS = "LOCK TABLE {tables} IN SHARE MODE"
RENAME_LIMIT = f"SET LOCAL statement_timeout = '{RENAME_SECONDS}s'"

# Who has the database open beside us. Background workers write too; those of the server itself,
# which have no user, do not. Other columns are hidden from roles that may not see all sessions.
OTHERS = """
SELECT coalesce(nullif(application_name, ''), 'a program without a name') AS program
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
ORDER BY 1
"""
# Within a transaction the server shows the sessions as they were when first asked.
LOOK_ANEW = "SELECT pg_stat_clear_snapshot()"
# Whether a renaming session keeps new sessions out of our database: they wait for its lock.
IS_SHUT = """
SELECT EXISTS (
    SELECT FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.objid
    WHERE l.pid = $1 AND l.classid = 'pg_database'::regclass AND l.granted
      AND l.mode = 'AccessExclusiveLock' AND d.datname = current_database())
"""


@dataclass(frozen=True)
class Target:
    """The database to restore into. fresh, replaced: names that it lends to its likes."""

    url: str
    name: str
    quoted: str
    owner: str
    encoding: str
    collate: str
    ctype: str
    is_exchanged: bool

    @property
    def fresh(self) -> str:
        return f"enms_restoring_{self._digest}"

    @property
    def replaced(self) -> str:
        return f"enms_replaced_{self._digest}"

    @property
    def _digest(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()[:12]

    def beside(self, database: str) -> str:
        """The URL of another database of the same server."""
        return make_url(self.url).set(database=database).render_as_string(hide_password=False)


@asynccontextmanager
async def exchanged(target: Target) -> AsyncIterator[str]:
    """URL of a fresh database, which replaces the target when the block ends well.

    Its tables are not written to meanwhile. Raises RestoreFailed, and leaves the target as it is,
    where another program has connected to it and stays.
    """
    elsewhere = "template1" if target.name == "postgres" else "postgres"
    async with connected(target.beside(elsewhere)) as admin:
        await _take_turn(admin, target)
        try:
            await admin.execute(_create_statement(target))
            async with connected(target.url) as guard:
                await _hold_writers(guard)
                yield target.beside(target.fresh)
                await _change_names(admin, guard, target)
        finally:
            await admin.execute(DROP.format(name=target.fresh))
        await admin.execute(DROP.format(name=target.replaced))


async def target_of(connection: asyncpg.Connection, url: str) -> Target:
    """The database that a connection with this URL is connected to."""
    row = await connection.fetchrow(TARGET)
    return Target(
        url=url,
        name=row["name"],
        quoted=row["quoted"],
        owner=row["owner"],
        encoding=row["encoding"],
        collate=row["datcollate"],
        ctype=row["datctype"],
        is_exchanged=row["is_exchanged"],
    )


async def others(connection: asyncpg.Connection) -> list[str]:
    """Names of the programs that have the connection's database open beside it."""
    await connection.execute(LOOK_ANEW)
    return [row["program"] for row in await connection.fetch(OTHERS)]


def in_use(by: str) -> RestoreFailed:
    """The error that other programs have the database open."""
    return RestoreFailed(f"other programs have the database open, end them first: {by}")


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection whose statements may take their time."""
    with wrapped_errors():
        connection = await asyncpg.connect(
            url,
            timeout=CONNECT_SECONDS,
            server_settings={"application_name": "enms restore", "statement_timeout": "0"},
        )
        try:
            yield connection
        finally:
            await connection.close()


async def _take_turn(admin: asyncpg.Connection, target: Target) -> None:
    """One exchange at a time; what one that was killed has left behind goes."""
    if not await admin.fetchval("SELECT pg_try_advisory_lock($1)", EXCHANGE_LOCK):
        raise RestoreFailed("another restore is running")
    for name in (target.fresh, target.replaced):
        await admin.execute(DROP.format(name=name))


def _create_statement(target: Target) -> str:
    return CREATE.format(
        fresh=target.fresh,
        owner=target.owner,
        encoding=target.encoding,
        collate=target.collate.replace("'", "''"),
        ctype=target.ctype.replace("'", "''"),
    )


async def _hold_writers(guard: asyncpg.Connection) -> None:
    """Make writers wait for as long as this connection lasts."""
    await guard.transaction().start()
    tables = [row["quoted"] for row in await guard.fetch(TABLES)]
    if tables:
        await guard.execute(NO_WRITERS.format(tables=", ".join(tables)))


async def _change_names(
    admin: asyncpg.Connection, guard: asyncpg.Connection, target: Target
) -> None:
    """Rename both, with nobody in the target between the last writer and the new name.

    Renaming first shuts the target to new sessions, then waits until those that are in it have
    left. The guard leaves last: a writer that waited for it would write into what is replaced.
    """
    try:
        async with admin.transaction():
            await admin.execute(RENAME_LIMIT)
            outcomes = await asyncio.gather(
                _leave_last(guard, admin.get_server_pid()),
                admin.execute(RENAME.format(old=target.quoted, new=target.replaced)),
                return_exceptions=True,  # neither may go on after the other's error
            )
            for outcome in outcomes:
                if isinstance(outcome, BaseException):
                    raise outcome
            await admin.execute(RENAME.format(old=target.fresh, new=target.quoted))
    except asyncpg.QueryCanceledError as error:
        raise in_use("a session that does not end") from error


async def _leave_last(guard: asyncpg.Connection, renaming_pid: int) -> None:
    """Close the guard once nobody else is in its database and nobody can enter.

    Where it cannot be shut the guard stays, and renaming runs out of time.
    """
    found: list[str] = []
    for _ in range(LOOKS):
        if await guard.fetchval(IS_SHUT, renaming_pid):
            found = await others(guard)
            if not found:
                await guard.close()
                return
        await asyncio.sleep(LOOK_SECONDS)
    if found:
        raise in_use(", ".join(found))
