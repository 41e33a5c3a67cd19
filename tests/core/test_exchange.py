"""While a restore takes the old database's place nothing written is lost and nobody stays out."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from enms_core.domain.errors import RestoreFailed
from enms_core.storage import schema
from enms_core.storage.exchange import connected, exchanged, target_of
from tests.conftest import run_on
from tests.core.backups import DATABASES, back_up, bring_back, command, wait_for
from tests.core.conftest import execute, rows

TOTAL = "SELECT sum(energy_kwh) FROM energy_readings"
WRITERS_HELD = """
SELECT 1 FROM pg_locks WHERE relation = 'energy_readings'::regclass AND mode = 'ShareLock'
    AND granted
"""
WRITER_WAITS = "SELECT 1 FROM pg_locks WHERE relation = 'energy_readings'::regclass AND NOT granted"
# Seen from elsewhere: a session that keeps others out of a database, one that waits to come in.
SHUT = """
SELECT 1 FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.objid
WHERE l.classid = 'pg_database'::regclass AND d.datname = '{}' AND l.granted
    AND l.mode = 'AccessExclusiveLock'
"""
KNOCKING = """
SELECT 1 FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.objid
WHERE l.classid = 'pg_database'::regclass AND d.datname = '{}' AND NOT l.granted
"""


def exchange(url: str, meanwhile: Callable[[], object]) -> None:
    """Replace a database by one with nothing in it; `meanwhile` runs while writers wait."""

    async def run() -> None:
        async with connected(url) as connection:
            target = await target_of(connection, url)
        async with exchanged(target):
            meanwhile()

    asyncio.run(run())


def write_and_leave(url: str, leave: threading.Event) -> None:
    with psycopg.connect(url, application_name="meter gateway") as connection:
        connection.execute("UPDATE energy_readings SET energy_kwh = 7")
        connection.commit()
        leave.wait()


@contextmanager
def waiting_writer(url: str, stays: bool) -> Iterator[Callable[[], None]]:
    """Starts a program that writes once and leaves, at once or when the block ends."""
    leave = threading.Event()
    with ThreadPoolExecutor() as pool:

        def start() -> None:
            running.append(pool.submit(write_and_leave, url, leave))
            wait_for(lambda: rows(url, WRITER_WAITS))

        running: list[Future[None]] = []
        if not stays:
            leave.set()
        try:
            yield start
        finally:
            leave.set()
        running[0].result()


@pytest.mark.parametrize("stays", [False, True])
def test_a_reading_written_during_a_restore_is_not_lost(
    stays: bool, server_url: str, workshop_url: str
) -> None:
    """It waits for the restore, which must see it before: one that leaves has left no trace."""
    with (
        waiting_writer(workshop_url, stays) as start_writer,
        pytest.raises(RestoreFailed, match="meter gateway"),
    ):
        exchange(workshop_url, start_writer)

    assert rows(workshop_url, TOTAL) == [(168.0,)]
    assert rows(server_url, DATABASES) == []


def test_a_reader_that_leaves_in_time_does_not_cost_the_restore(
    server_url: str, workshop_url: str
) -> None:
    """Who comes when the names change is told so, and cannot write to what is replaced."""
    shut, knocking = (sql.format(make_url(workshop_url).database) for sql in (SHUT, KNOCKING))
    readers: list[Future[BaseException | None]] = []

    def leave(reader: psycopg.Connection[tuple[object, ...]]) -> BaseException | None:
        wait_for(lambda: rows(server_url, shut))
        newcomer = pool.submit(execute, workshop_url, "SELECT 1")
        wait_for(lambda: rows(server_url, knocking))
        reader.close()
        return newcomer.exception()

    with ThreadPoolExecutor() as pool:
        exchange(
            workshop_url,
            lambda: readers.append(pool.submit(leave, psycopg.connect(workshop_url))),
        )

    assert "does not exist" in str(readers[0].result())
    assert rows(workshop_url, "SELECT to_regclass('energy_readings')") == [(None,)]


@pytest.mark.parametrize("stays", [False, True])
def test_a_restore_that_is_killed_while_nobody_can_enter_locks_nobody_out(
    stays: bool, server_url: str, workshop_url: str, tmp_path: Path
) -> None:
    dump = tmp_path / "workshop.dump"
    back_up(workshop_url, dump)
    shut = SHUT.format(make_url(workshop_url).database)
    with waiting_writer(workshop_url, stays) as start_writer:
        with command(workshop_url, "db", "restore", str(dump), "--replace") as process:
            wait_for(lambda: rows(server_url, DATABASES) and rows(workshop_url, WRITERS_HELD))
            process.send_signal(signal.SIGSTOP)
            start_writer()
            process.send_signal(signal.SIGCONT)
            wait_for(lambda: rows(server_url, shut))
        run_on(workshop_url, lambda store: schema.check(store.registers))  # gives up after 3 s
        assert rows(workshop_url, TOTAL) == [(168.0,)]
    bring_back(workshop_url, dump, replace=True)

    assert rows(workshop_url, TOTAL) == [(60.0,)]
    assert rows(server_url, DATABASES) == []
