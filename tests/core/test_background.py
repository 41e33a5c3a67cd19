"""The loop behind callers that know no async."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psycopg
import pytest

from enms_core.domain.errors import StorageTimeout
from enms_core.services.background import BackgroundLoop
from enms_core.storage.database import Database

SLEEPING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'SELECT pg_sleep%'
      AND state = 'active'
"""


@pytest.fixture
def loop() -> Iterator[BackgroundLoop]:
    made = BackgroundLoop()
    yield made
    made.stop()


def test_a_coroutine_s_result_comes_back(loop: BackgroundLoop) -> None:
    async def answer() -> int:
        return 42

    assert loop.run(answer(), 10) == 42


def test_a_coroutine_s_error_comes_back(loop: BackgroundLoop) -> None:
    async def failing() -> None:
        raise LookupError("no such machine")

    with pytest.raises(LookupError, match="no such machine"):
        loop.run(failing(), 10)


def test_what_takes_too_long_is_cancelled(loop: BackgroundLoop) -> None:
    cancelled = asyncio.Event()

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    with pytest.raises(StorageTimeout):
        loop.run(endless(), 0.05)
    assert loop.run(cancelled.wait(), 10) is True


def test_its_own_thread_is_refused_instead_of_waiting_for_itself(loop: BackgroundLoop) -> None:
    async def inner() -> None: ...

    async def outer() -> None:
        loop.run(inner(), 10)

    with pytest.raises(RuntimeError, match="own thread"):
        loop.run(outer(), 10)


def test_stopping_cancels_what_still_runs_and_may_be_repeated() -> None:
    loop = BackgroundLoop()
    future = loop.start(asyncio.Event().wait())
    loop.stop()
    loop.stop()
    assert future.cancelled()


def test_a_timeout_cancels_the_query_in_the_server(loop: BackgroundLoop, empty_url: str) -> None:
    database = Database(empty_url, statement_timeout_seconds=60)
    with pytest.raises(StorageTimeout):
        loop.run(database.fetch_value("SELECT pg_sleep(60)"), 0.5)
    with psycopg.connect(empty_url, autocommit=True) as connection:
        counts = (connection.execute(SLEEPING).fetchone() for _ in range(5000))
        assert any(count == (0,) for count in counts)
    loop.run(database.close(), 10)
