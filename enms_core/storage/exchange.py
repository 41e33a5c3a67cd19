"""Replacing a database by a fresh one: at any moment either the old or the new has the name.

Both renames are one transaction. What a process that was killed leaves behind is a database of a
name of ours beside the one in use; the next exchange of the same database removes it.
"""

from __future__ import annotations

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

    The target is not written to meanwhile. Raises RestoreFailed, and leaves the target as it is,
    where another program has connected to it in the end.
    """
    elsewhere = "template1" if target.name == "postgres" else "postgres"
    async with connected(target.beside(elsewhere)) as admin:
        await _take_turn(admin, target)
        try:
            await admin.execute(_create_statement(target))
            async with _without_writers(target.url):
                yield target.beside(target.fresh)
            await _change_names(admin, target)
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


@asynccontextmanager
async def _without_writers(url: str) -> AsyncIterator[None]:
    async with connected(url) as connection, connection.transaction():
        tables = [row["quoted"] for row in await connection.fetch(TABLES)]
        if tables:
            await connection.execute(NO_WRITERS.format(tables=", ".join(tables)))
        yield


async def _change_names(admin: asyncpg.Connection, target: Target) -> None:
    try:
        async with admin.transaction():
            await admin.execute(RENAME.format(old=target.quoted, new=target.replaced))
            await admin.execute(RENAME.format(old=target.fresh, new=target.quoted))
    except asyncpg.ObjectInUseError as error:
        raise in_use(error.detail or str(error)) from error
