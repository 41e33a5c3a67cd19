"""Clients and servers that are killed while they write: nothing that was told is lost.

`ENMS_TEST_KILLS=200` kills that often; a plain run kills some.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from enms_core.storage.server import DATABASE_FOLDER, EmbeddedServer
from tests.conftest import run_on
from tests.core.conftest import WORKSHOP, execute, rows
from tests.core.kill_worker import BATCH_MINUTES, work

KILLS = int(os.environ.get("ENMS_TEST_KILLS", "24"))
SERVER_SHARE = 0.25  # of the kills hit the server
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.core.kill_worker"])

# By batch: how many rows there are, and the least and the greatest value of them.
BATCHES = f"""
SELECT (extract(epoch FROM time - '2026-03-01T00:00Z') / {60 * BATCH_MINUTES})::numeric(9, 4)::int,
       count(*), min(energy_kwh), max(energy_kwh)
FROM (SELECT date_bin('{BATCH_MINUTES} minutes', time, '2026-03-01T00:00Z') AS time, energy_kwh
      FROM energy_readings WHERE time >= '2026-03-01T00:00Z' AND time < '2026-11-01T00:00Z') AS r
GROUP BY 1 ORDER BY 1
"""
RECOMPUTED = """
SELECT date_trunc('hour', time, 'UTC'), count(*), sum(energy_kwh) FROM energy_readings
GROUP BY 1 ORDER BY 1
"""
STORED = """
SELECT bucket, reading_count, energy_kwh_sum FROM {relation} ORDER BY 1
"""


@dataclass
class Told:
    """What a client was told is stored: batches, and changes by batch."""

    batches: set[int] = field(default_factory=set)
    changes: Counter[int] = field(default_factory=Counter)

    def hear(self, receiver: Connection) -> None:
        """Take everything that was sent before the sender's end."""
        try:
            while receiver.poll(0.2):
                number, changed = receiver.recv()
                self.batches.add(number)
                self.changes.update([] if changed is None else [changed])
        except EOFError:
            pass


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="enms-test-") as folder:
        yield Path(folder)


def client(url: str, first: int, seed: int) -> tuple[ForkServerProcess, Connection]:
    receiver, sender = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=work, args=(url, first, seed, sender), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def kill_server(data_dir: Path) -> None:
    pid_file = data_dir / DATABASE_FOLDER / "postmaster.pid"
    process = psutil.Process(int(pid_file.read_text().split()[0]))
    children = process.children()
    process.kill()
    psutil.wait_procs([process, *children], timeout=30)


def test_nothing_that_was_told_is_lost_and_the_rollups_equal_the_readings(data_dir: Path) -> None:
    server = EmbeddedServer(data_dir)
    run_on(server.url, lambda store: store.upgrade())
    execute(server.url, WORKSHOP)
    chance = random.Random(20260301)
    told = Told()
    for seed in range(KILLS):
        first = max(told.batches, default=-1) + 1
        process, receiver = client(server.url, first, seed)
        time.sleep(chance.uniform(0.05, 0.6))
        if chance.random() < SERVER_SHARE:
            kill_server(data_dir)
            server.revive()
            time.sleep(0.2)
        process.kill()
        process.join(30)
        told.hear(receiver)
    print(f"{KILLS} kills, {len(told.batches)} batches and {told.changes.total()} changes told")
    check(server.url, told)
    server.stop()


def check(url: str, told: Told) -> None:
    batches = {number: facts for number, *facts in rows(url, BATCHES)}
    assert told.batches, "no client got as far as one batch"
    assert told.batches <= batches.keys()
    for number, (count, least, greatest) in batches.items():
        assert (count, least) == (BATCH_MINUTES, greatest), f"batch {number} is half there"
        assert least >= number + told.changes[number], f"a change of batch {number} is lost"
    assert rows(url, STORED.format(relation="energy_readings_1hour")) == rows(url, RECOMPUTED)
    run_on(url, lambda store: store.refresh_rollups())
    assert rows(url, "SELECT count(*) FROM enms.dirty_ranges") == [(0,)]
    refreshed = STORED.format(relation='enms."energy_readings_1hour_data"')
    assert rows(url, refreshed) == rows(url, RECOMPUTED)
