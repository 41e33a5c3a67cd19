"""Bringing a database to the schema of this version, and telling which one it has."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from enms_core.domain.errors import SchemaMismatch
from enms_core.storage.sessions import RegisterStore

MIGRATIONS = Path(__file__).parent / "migrations"
# Who changes a table waits for its open writers, and later writers wait behind: rather give up than
# hold them up. A role's own limit of time is not for a migration of years of readings.
PATIENCE = ("SET LOCAL lock_timeout = '10s'", "SET LOCAL statement_timeout = 0")
UPGRADE_LOCK = 7_305_001  # any number that nothing else in the database locks on

# The schema goes with the last of our objects, unless somebody keeps something of theirs in it.
DROP_EMPTY_SCHEMA = """
DO $$
BEGIN
    DROP SCHEMA enms RESTRICT;
EXCEPTION WHEN dependent_objects_still_exist THEN
    RAISE NOTICE 'schema enms is kept, it is not empty';
END
$$
"""


def head() -> str:
    """The revision that this version of the code works with."""
    revision = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert revision is not None
    return revision


async def current(store: RegisterStore) -> str | None:
    """The revision of a database; None where it has none of ours."""
    async with store.connection() as connection:
        return await connection.run_sync(_revision_of)


async def check(store: RegisterStore) -> None:
    """Refuse a database at another revision than this version needs."""
    found = await current(store)
    if found != head():
        raise SchemaMismatch(found, head())


async def upgrade(store: RegisterStore, revision: str = "head") -> None:
    """Bring a database forward to a revision; one process at a time."""
    async with _locked(store) as connection:
        await connection.run_sync(lambda sync: command.upgrade(_config(sync), revision))


async def downgrade(store: RegisterStore, revision: str) -> None:
    """Take a database back to a revision.

    `base` takes away what is ours, with its data; what an adopted database had before stays.
    """
    async with _locked(store) as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(sync), revision))
        if await connection.run_sync(_revision_of) is None:
            await connection.execute(text("DROP TABLE IF EXISTS enms.alembic_version"))
            await connection.execute(text(DROP_EMPTY_SCHEMA))


@asynccontextmanager
async def _locked(store: RegisterStore) -> AsyncIterator[AsyncConnection]:
    async with store.connection() as connection:
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
        for statement in PATIENCE:
            await connection.execute(text(statement))
        await connection.execute(text("CREATE SCHEMA IF NOT EXISTS enms"))
        yield connection


def _revision_of(connection: Connection) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table_schema": "enms"})
    return context.get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
