"""Putting a backup in a database's place: all of it, or nothing.

Where the role may make databases, the backup is restored into a fresh one, which then takes the
old one's name. Elsewhere the tables of the backup are dropped and restored in one transaction of
the database itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from enms_core.domain.errors import RestoreFailed
from enms_core.settings import Settings
from enms_core.storage import programs, schema
from enms_core.storage.audit import record
from enms_core.storage.backup import Dump
from enms_core.storage.contents import IS_THERE, Contents, contents
from enms_core.storage.exchange import (
    TABLES,
    Target,
    connected,
    exchanged,
    in_use,
    others,
    target_of,
)
from enms_core.storage.sessions import RegisterStore
from enms_core.storage.store import Store

# Roles of the machine that made the backup need not exist here: all belongs to who restores.
NO_ROLES = ("--no-owner", "--no-privileges")

HAS_ROWS = "SELECT EXISTS (SELECT FROM {table})"
REVISION = "SELECT version_num FROM enms.alembic_version"


@dataclass(frozen=True)
class Restored:
    """What there was, what there is, and the schema that it has now."""

    before: Contents
    after: Contents
    revision: str


@dataclass(frozen=True)
class _Asked:
    """What to restore, for whom, and what there was before."""

    settings: Settings
    is_embedded: bool
    dump: Dump
    who: str
    before: Contents


async def restore(store: Store, dump: Dump, who: str, replace: bool = False) -> Restored:
    """Make the database what it was when the backup was made.

    An embedded database is brought to this version's schema. Raises RestoreFailed, and leaves the
    database as it is, where it holds something and replace is not said, where other programs have
    it open, and where the backup cannot be restored whole.
    """
    if dump.revision not in _known_revisions():
        raise RestoreFailed(f"{dump.path} has schema {dump.revision}, which is newer than this one")
    await store.readings.close()
    async with connected(store.readings.url) as connection:
        before = await contents(connection)
        if not replace:
            await _refuse_full(connection, before, dump)
        await _refuse_others(connection)
        target = await target_of(connection, store.readings.url)
    asked = _Asked(store.settings, store.is_embedded, dump, who, before)
    if not target.is_exchanged:
        return await _refill(target, asked)
    async with exchanged(target) as fresh_url:
        return await _fill_fresh(fresh_url, asked)


def _known_revisions() -> set[str]:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    return {script.revision for script in scripts.walk_revisions()}


async def _refuse_full(connection: asyncpg.Connection, before: Contents, dump: Dump) -> None:
    """Refuse to lose machines and readings, or tables that somebody else keeps in the database."""
    if not before.is_empty:
        raise RestoreFailed(
            f"the database holds {before.machines:,} machines and {before.readings:,} readings; "
            "--replace puts the backup in their place"
        )
    ours = {str(table.name) for table in SQLModel.metadata.tables.values()}
    for schema_name, name, quoted in await connection.fetch(TABLES):
        is_known = (schema_name, name) in dump.tables or schema_name == "enms" or name in ours
        if not is_known and await connection.fetchval(HAS_ROWS.format(table=quoted)):
            raise RestoreFailed(
                f"the database holds the table {quoted}, which the backup does not have; "
                "--replace puts the backup in the place of all that is there"
            )


async def _refuse_others(connection: asyncpg.Connection) -> None:
    found = await others(connection)
    if found:
        raise in_use(", ".join(found))


async def _fill_fresh(url: str, asked: _Asked) -> Restored:
    async with _timescale_restoring(url, asked.dump):
        await _run(url, asked.dump, one_transaction=False)
    if asked.is_embedded:
        await _upgrade(url, asked.settings)
    await _write_down(url, asked)
    restored = await _found(url, asked)
    if restored.revision != (schema.head() if asked.is_embedded else asked.dump.revision):
        raise RestoreFailed(f"{asked.dump.path} gives a database of schema {restored.revision}")
    return restored


async def _upgrade(url: str, settings: Settings) -> None:
    store = Store(settings.model_copy(update={"database_url": url}))
    try:
        await store.connect()
        await store.upgrade()
    finally:
        await store.close()


async def _refill(target: Target, asked: _Asked) -> Restored:
    """Drop and restore the backup's tables in one transaction of the database itself."""
    if asked.dump.has_timescale:
        raise RestoreFailed(
            "a backup of TimescaleDB needs a fresh database, and this role may not make one"
        )
    await _run(target.url, asked.dump, one_transaction=True)
    await _write_down(target.url, asked)
    return await _found(target.url, asked)


async def _run(url: str, dump: Dump, one_transaction: bool) -> None:
    options = ("--clean", "--if-exists") if one_transaction else ()
    done = await programs.restore_into(
        url, dump.path, *NO_ROLES, *options, one_transaction=one_transaction
    )
    if done.code:
        raise RestoreFailed(f"{dump.path}: {done.complaint}")
    async with connected(url) as connection:
        await connection.execute("ANALYZE")  # a backup does not hold the planner's statistics


async def _write_down(url: str, asked: _Asked) -> None:
    """The audit log's row; a schema that is older than the log has no place for it."""
    async with connected(url) as connection:
        if not await connection.fetchval(IS_THERE, "audit_log"):
            return
    dump = asked.dump
    after = {"file": dump.path.name, "made": dump.made, "schema": dump.revision}
    async with RegisterStore(url).session() as session:
        await record(session, asked.who, "db.restore", asked.before.facts(), after)


async def _found(url: str, asked: _Asked) -> Restored:
    async with connected(url) as connection:
        revision = await connection.fetchval(REVISION)
        return Restored(asked.before, await contents(connection), revision)


@asynccontextmanager
async def _timescale_restoring(url: str, dump: Dump) -> AsyncIterator[None]:
    """Tell TimescaleDB that its own tables are being restored, where the backup has them."""
    if not dump.has_timescale:
        yield
        return
    async with connected(url) as connection:
        await connection.execute("CREATE EXTENSION IF NOT EXISTS timescaledb")
        await connection.execute("SELECT timescaledb_pre_restore()")
    yield
    async with connected(url) as connection:
        await connection.execute("SELECT timescaledb_post_restore()")
