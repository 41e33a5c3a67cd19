"""Refreshes beside writers and each other, or broken off: no change is lost or half done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

import psycopg
import pytest

from enms_core.domain.errors import StorageUnavailable
from enms_core.services.background import BackgroundLoop
from enms_core.settings import Settings
from enms_core.storage import rollups
from enms_core.storage.store import Store
from tests.conftest import own_database
from tests.core.refresh_start import begin
from tests.core.rollup_bench import M1, UTILITY, Bench, bench_on
from tests.core.rollup_changes import CHANGES, INSERT


@pytest.fixture(scope="module")
def made(server_url: str, empty_template: str) -> Iterator[Bench]:
    with own_database(server_url, empty_template) as url, bench_on(url) as bench:
        yield bench


@pytest.fixture
def bench(made: Bench) -> Bench:
    begin(made)
    return made


def test_a_writer_open_across_a_refresh_is_not_lost(bench: Bench) -> None:
    with psycopg.connect(bench.url) as writer:
        writer.execute(CHANGES["a late row"].encode())
        writer.execute(CHANGES["changed values"].encode())
        bench.refresh()
        bench.assert_refreshed(UTILITY)
        writer.commit()
        bench.assert_exact(UTILITY)
    bench.refresh()
    bench.assert_refreshed(UTILITY)


def test_rows_that_a_refresh_saw_without_their_note_are_right_in_the_end(bench: Bench) -> None:
    # The writer commits while the refresh, its notes taken, waits for the stored hours.
    bench.execute(CHANGES["deleted rows"])
    with psycopg.connect(bench.url) as writer:
        writer.execute(CHANGES["a late row"].encode())
        with refresh_held_up(bench) as refreshing:
            writer.commit()
            bench.assert_exact(UTILITY)
        refreshing.result(30)
    bench.assert_exact(UTILITY)
    bench.refresh()
    bench.assert_refreshed(UTILITY)


@contextmanager
def refresh_held_up(bench: Bench) -> Iterator[Future[object]]:
    """A refresh half-way: quarter hours replaced, the hours locked by somebody else."""
    with psycopg.connect(bench.url) as other:
        other.execute("LOCK enms.utility_readings_1hour_data IN SHARE MODE")
        refreshing = bench.loop.start(rollups.refresh(bench.store))
        wait_until(lambda: bench.value(WAITING) == 1)
        yield refreshing


WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'relation'
"""
KILL = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'relation'
"""


def wait_until(is_so: Callable[[], bool], seconds: float = 10.0) -> None:
    pause = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if is_so():
            return
        pause.wait(0.02)
    raise AssertionError(f"not so within {seconds} s")


def test_a_refresh_cancelled_half_way_has_changed_nothing(bench: Bench) -> None:
    bench.execute(CHANGES["deleted rows"])
    with refresh_held_up(bench) as refreshing:
        refreshing.cancel()
        wait_until(lambda: bench.value(WAITING) == 0)
    assert bench.notes(UTILITY) == 1
    bench.assert_exact(UTILITY)
    bench.refresh()
    bench.assert_refreshed(UTILITY)


def test_a_refresh_whose_connection_is_lost_half_way_has_changed_nothing(bench: Bench) -> None:
    bench.execute(CHANGES["rows moved across hours"])
    with refresh_held_up(bench) as refreshing:
        assert bench.value(KILL) == 1
        with pytest.raises(StorageUnavailable):
            refreshing.result(10)
    assert bench.notes(UTILITY) > 0
    bench.assert_exact(UTILITY)
    bench.refresh()
    bench.assert_refreshed(UTILITY)


def test_refreshers_at_once_wait_for_each_other(bench: Bench) -> None:
    for change in ("changed values", "rows moved across hours", "a meter added"):
        bench.execute(CHANGES[change])
    with refresher(bench) as second, refresher(bench) as third:
        started = [each.start(rollups.refresh(store)) for each, store in (second, third)]
        bench.refresh()
        for each in started:
            each.result(30)
    bench.assert_refreshed(UTILITY)


@contextmanager
def refresher(bench: Bench) -> Iterator[tuple[BackgroundLoop, Store]]:
    """Another process's store, on a loop of its own."""
    loop, store = BackgroundLoop(), Store(Settings(database_url=bench.url))
    loop.run(store.connect(), 10)
    try:
        yield loop, store
    finally:
        loop.run(store.close(), 10)
        loop.stop()


def test_refreshers_beside_writers_end_with_what_the_rows_say(bench: Bench) -> None:
    writers = [threading.Thread(target=write, args=(bench.url, number)) for number in (0, 1)]
    for writer in writers:
        writer.start()
    with refresher(bench) as (loop, store):
        while any(writer.is_alive() for writer in writers):
            beside = loop.start(rollups.refresh(store))
            bench.refresh()
            beside.result(30)
            bench.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            bench.assert_exact(UTILITY)
            bench.execute("COMMIT")
    for writer in writers:
        writer.join()
    bench.refresh()
    bench.assert_refreshed(UTILITY)


def write(url: str, number: int) -> None:
    """A hundred transactions that insert, change and delete, all of them in the same few hours."""
    with psycopg.connect(url) as connection:
        for n in range(100):
            micros = 1000 * (n + 1) + number
            moment = f"'2026-03-28T12:00Z'::timestamptz + interval '{n} minutes {micros} us'"
            connection.execute(
                f"""
                {INSERT} SELECT {moment}, id, 'a', {n}, 2, 3 FROM machines;
                UPDATE utility_readings SET amount = amount + 1
                WHERE time >= {moment} - interval '1 hour' AND time < {moment}
                  AND mod(extract(minute FROM time)::integer, 2) = {number};
                DELETE FROM utility_readings WHERE time = {moment} AND machine_id = '{M1}'
                """.encode()
            )
            connection.commit()


def test_a_refresh_ends_while_others_go_on_writing(bench: Bench) -> None:
    is_over = threading.Event()
    writer = threading.Thread(target=write_on, args=(bench.url, is_over))
    writer.start()
    try:
        wait_until(lambda: bench.notes(UTILITY) > 0)
        bench.loop.run(rollups.refresh(bench.store), 10)
    finally:
        is_over.set()
        writer.join()
    bench.refresh()
    bench.assert_refreshed(UTILITY)


def write_on(url: str, is_over: threading.Event) -> None:
    """One small change after the other."""
    late = f"UPDATE utility_readings SET rate = rate + 1 WHERE machine_id = '{M1}' AND items < 9"
    with psycopg.connect(url, autocommit=True) as connection:
        while not is_over.is_set():
            connection.execute(late.encode())
