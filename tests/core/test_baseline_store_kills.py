"""Trainings that are killed in the middle, and the server with them: no model is half there.

`ENMS_TEST_KILLS=200` kills that often; a plain run kills some.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from enms_core.storage.server import EmbeddedServer
from enms_core.storage.training_lock import training_lock
from tests.conftest import run_on
from tests.core.baseline_cases import SEU, WITH_SEU, model, stored, versions
from tests.core.baseline_kill_worker import work
from tests.core.conftest import WORKSHOP, execute, rows
from tests.core.test_kills import kill_server

KILLS = int(os.environ.get("ENMS_TEST_KILLS", "16"))
SERVER_SHARE = 0.3  # of the kills hit the server
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.core.baseline_kill_worker"])
TRAINED = "SELECT count(*) FROM audit_log WHERE what = 'baseline.train'"

Told = dict[int, tuple[float, bool]]


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="enms-test-") as folder:
        yield Path(folder)


def client(url: str) -> tuple[ForkServerProcess, Connection]:
    receiver, sender = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=work, args=(url, sender), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def hear(receiver: Connection, told: Told) -> None:
    """Take everything that was sent before the sender's end."""
    try:
        while receiver.poll(0.2):
            version, slope, is_active = receiver.recv()
            told[version] = (slope, is_active)
    except EOFError:
        pass


def test_nothing_is_half_stored_and_one_version_is_active(data_dir: Path) -> None:
    server = EmbeddedServer(data_dir)
    run_on(server.url, lambda store: store.upgrade())
    execute(server.url, WORKSHOP)
    execute(server.url, WITH_SEU)
    chance, told = random.Random(20260303), Told()
    for _ in range(KILLS):
        process, receiver = client(server.url)
        time.sleep(chance.uniform(0.3, 0.9))
        if chance.random() < SERVER_SHARE:
            kill_server(data_dir)
            server.revive()
            time.sleep(0.2)
        process.kill()
        process.join(30)
        hear(receiver, told)
        check(server.url, told)
    print(f"{KILLS} kills, {len(told)} versions told, {len(versions(server.url))} stored")
    assert told, "no client got as far as one version"
    server.stop()


def check(url: str, told: Told) -> None:
    """Every version is whole, those told are there, and the last valid one is active."""
    found = versions(url)
    assert [each.version for each in found] == list(range(len(found), 0, -1))
    assert rows(url, TRAINED) == [(len(found),)]
    assert all(each.model.statistics is not None for each in found)
    kept = {each.version: each.model.equation.terms[0].coefficient for each in found}
    assert {version: slope for version, (slope, _) in told.items()}.items() <= kept.items()
    valid = [each.version for each in found if each.model.verdict == model().verdict]
    assert [each.version for each in found if each.is_active] == valid[:1]


def test_a_training_that_is_killed_holds_nobody_up(data_dir: Path) -> None:
    server = EmbeddedServer(data_dir)
    run_on(server.url, lambda store: store.upgrade())
    execute(server.url, WORKSHOP)
    execute(server.url, WITH_SEU)
    process, receiver = client(server.url)
    assert receiver.poll(30)
    process.kill()
    process.join(30)

    async def taken(store: object) -> bool:
        async with training_lock(store, SEU):  # type: ignore[arg-type]
            return True

    assert run_on(server.url, taken)
    before = versions(server.url)
    assert stored(server.url, model()).version == len(before) + 1
    server.stop()
