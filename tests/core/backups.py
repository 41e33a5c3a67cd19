"""What the tests of backups share: making and restoring them, and comparing whole databases."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import psycopg
from sqlalchemy.engine import make_url

from enms_core.storage.backup import backup, read_dump
from enms_core.storage.restore import Restored, restore
from enms_core.storage.store import Store
from tests.conftest import drop_database, run_on, url_of
from tests.core.conftest import rows

TABLES = """
SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
WHERE schemaname IN ('public', 'enms') AND tablename <> 'audit_log' ORDER BY 1
"""
HASH = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} AS t"
# Those that a restore makes beside the one that it replaces.
DATABASES = "SELECT datname FROM pg_database WHERE datname ~ '^enms_(restoring|replaced)_'"
ENMS = "from enms_cli.main import main; raise SystemExit(main())"
POOR = "enms_test_poor"

Hashes = dict[str, tuple[object, ...]]


def hashes(url: str) -> Hashes:
    """Rows and a hash of all rows, by table; of all tables but the audit log."""
    tables = [str(table) for (table,) in rows(url, TABLES)]
    return {table: rows(url, HASH.format(table=table))[0] for table in tables}


def back_up(url: str, path: Path, overwrite: bool = False) -> object:
    return run_on(url, lambda store: backup(store, path, overwrite))


def bring_back(url: str, path: Path, replace: bool = False) -> Restored:
    async def restored(store: Store) -> Restored:
        return await restore(store, await read_dump(path), "tester", replace)

    done = run_on(url, restored)
    assert isinstance(done, Restored)
    return done


@contextmanager
def poor_database(server_url: str) -> Iterator[str]:
    """An empty database as seen by its owner, who may not make databases; with a password."""
    role = "enms_test_owner"
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {POOR}")
        admin.execute(f"DROP ROLE IF EXISTS {role}")
        admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'secret'")
        admin.execute(f"CREATE DATABASE {POOR} OWNER {role}")
    own = make_url(url_of(server_url, POOR)).set(username=role, password="secret")
    url = own.render_as_string(hide_password=False)
    run_on(url, lambda store: store.upgrade())
    yield url
    drop_database(server_url, POOR)
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(f"DROP ROLE {role}")


@contextmanager
def held(url: str, table: str = "energy_readings") -> Iterator[None]:
    """A table that nobody else can read, so that a backup waits for it."""
    with psycopg.connect(url) as connection:
        connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def pg_dumps() -> list[psutil.Process]:
    return [
        child for child in psutil.Process().children(recursive=True) if "pg_dump" in name(child)
    ]


def name(process: psutil.Process) -> str:
    try:
        return str(process.name())
    except psutil.NoSuchProcess:
        return ""


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@contextmanager
def command(url: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """`enms` in a process of its own, killed when the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENMS, *arguments],
        env={**os.environ, "ENMS_DATABASE_URL": url},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
