"""Action plans whose writers are killed, and the server with them.

A plan and its entry in the audit log are there together or not at all, nothing that was told is
lost, and each entry goes on from the one before. `ENMS_TEST_KILLS=200` kills that often.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from enms_core.domain.action_plan import NO_CONTENT, ActionPlan
from enms_core.storage.server import EmbeddedServer
from tests.conftest import run_on
from tests.core.baseline_cases import WITH_SEU
from tests.core.conftest import WORKSHOP, execute
from tests.core.plan_kill_worker import work
from tests.core.plan_writers import Told, at_once, creating, histories, plans
from tests.core.test_kills import kill_server

KILLS = int(os.environ.get("ENMS_TEST_KILLS", "10"))
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.core.plan_kill_worker"])


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="enms-test-") as folder:
        yield Path(folder)


@pytest.fixture
def server(data_dir: Path) -> Iterator[EmbeddedServer]:
    """A server of its own with the workshop, whose lathe is an energy use."""
    server = EmbeddedServer(data_dir)
    run_on(server.url, lambda store: store.upgrade())
    execute(server.url, WORKSHOP)
    execute(server.url, WITH_SEU)
    yield server
    server.stop()


def client(url: str) -> tuple[ForkServerProcess, Connection]:
    receiver, sender = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=work, args=(url, sender), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def hear(receiver: Connection, told: Told) -> None:
    """Take everything that was sent before the sender's end."""
    with suppress(EOFError):
        while receiver.poll(0.2):
            key, *state = receiver.recv()
            told[key].append(tuple(state))


def killed(url: str, chance: random.Random, told: Told, interrupt: Callable[[], None]) -> None:
    """Let a client write for a moment, do something to the server, and kill the client."""
    process, receiver = client(url)
    if receiver.poll(30):
        time.sleep(chance.uniform(0.0, 0.4))
    interrupt()
    process.kill()
    process.join(30)
    hear(receiver, told)


def test_a_client_that_is_killed_leaves_nothing_half_written(server: EmbeddedServer) -> None:
    chance, told = random.Random(20260305), defaultdict(list)
    for _ in range(KILLS):
        killed(server.url, chance, told, lambda: None)
        check(server.url, told)
    print(f"{KILLS} kills, {len(told)} plans told, {len(plans(server.url))} stored")
    assert told, "no client got as far as one plan"


def test_a_server_that_is_killed_leaves_nothing_half_written(
    server: EmbeddedServer, data_dir: Path
) -> None:
    chance, told = random.Random(20260306), defaultdict(list)

    def interrupt() -> None:
        kill_server(data_dir)
        server.revive()
        time.sleep(chance.uniform(0.0, 0.4))  # the client goes on by itself

    for _ in range(KILLS):
        killed(server.url, chance, told, interrupt)
        check(server.url, told)
    print(f"{KILLS} kills, {len(told)} plans told, {len(plans(server.url))} stored")
    assert told, "no client got as far as one plan"


def check(url: str, told: Told) -> None:
    """Rows are what the log has of them, entry by entry, and no row is without; what was told is
    in the log, and the last of it, or what came after, is stored."""
    history = histories(url)
    found = {
        key: (status, progress and float(progress)) for key, status, progress, *_ in plans(url)
    }
    assert {key: states[-1] for key, states in history.items()} == found
    for key, states in told.items():
        assert history[key][: len(states)] == states


def test_a_writer_that_is_killed_holds_nobody_up(server: EmbeddedServer) -> None:
    process, receiver = client(server.url)
    assert receiver.poll(30)
    process.kill()
    process.join(30)

    plan = at_once(server.url, [creating(ActionPlan(None, None, "Other", NO_CONTENT))])[0]

    assert plan.id is not None
