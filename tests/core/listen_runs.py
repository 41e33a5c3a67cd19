"""Listening in tests: the command `enms listen` as a process, and batches without one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from enms_core.domain.imports import Reason
from enms_core.domain.messages import BatchReport, LiveReason, Message
from enms_core.files.mapping import read_mapping
from enms_core.services.live_way import LiveWay
from enms_core.storage.server import EmbeddedServer
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.conftest import rows

NOW = datetime(2026, 11, 18, 9, 7, 30, tzinfo=timezone.utc)
NINE = datetime(2026, 3, 2, 9, 0)  # UTC; ten o'clock in Berlin
# Presses send what they used, lathes how far their counter is, ovens their power.
MAPPING = """
factory: {name: Forge, timezone: Europe/Berlin}
listen:
  - topic: plant/+/energy
    machine: {topic_level: 2}
    machine_type: press
    register_machines: true
    source: electricity
    time: ts
    value: kwh
    kind: interval
    stamp: start
    interval: 15 min
  - topic: plant/+/counter
    machine: {topic_level: 2}
    register_machines: true
    source: electricity
    time: ts
    value: total.Wh
    unit: Wh
    serial: serial
    register_digits: 9
    kind: counter
    interval: 15 min
  - topic: plant/+/power
    machine: {topic_level: 2}
    register_machines: true
    source: electricity
    time: ts
    value: W
    unit: W
    kind: power
    stamp: start
    interval: 15 min
"""
COMMAND = "from enms_cli.main import main; raise SystemExit(main())"
READINGS = """
SELECT m.name, r.time AT TIME ZONE 'UTC', r.energy_kwh::double precision
FROM energy_readings AS r JOIN machines AS m ON m.id = r.machine_id ORDER BY 1, 2
"""


def line(topic: str, **fields: Any) -> str:
    """A line on stdin."""
    return json.dumps({"topic": topic, **fields})


def kept(
    url: str, lines: Iterable[str], folder: Path, mapping: str = MAPPING, now: datetime = NOW
) -> BatchReport:
    """What becomes of a batch, in a process that has forgotten all before."""
    path = folder / "mapping.yaml"
    path.write_text(mapping)

    async def work(store: Store) -> BatchReport:
        way = LiveWay(store, read_mapping(path), lambda: now)
        await way.check()
        return await way.keep([Message(each.encode(), None, lambda: None) for each in lines])

    report = run_on(url, work)
    assert isinstance(report, BatchReport)
    return report


@contextmanager
def server_of_its_own() -> Iterator[tuple[EmbeddedServer, Path]]:
    """A server that may be killed, with the schema, and its folder."""
    with tempfile.TemporaryDirectory(prefix="enms-test-") as name:
        server = EmbeddedServer(Path(name))
        run_on(server.url, lambda store: store.upgrade())
        yield server, Path(name)
        server.stop()


def quarters(*kwh: float) -> dict[datetime, float]:
    """Readings of one quarter hour after the other, from nine o'clock on."""
    return {NINE + number * timedelta(minutes=15): each for number, each in enumerate(kwh)}


def readings(url: str, machine: str) -> dict[datetime, float]:
    """Start in UTC, without its zone → kWh."""
    return {row[1]: row[2] for row in rows(url, READINGS) if row[0] == machine}  # type: ignore[misc]


def press(start: str, kwh: object, name: str = "Press-1") -> str:
    """A message of a press."""
    return line(f"plant/{name}/energy", ts=start, kwh=kwh)


def counts(report: BatchReport) -> tuple[int, int, list[Reason | LiveReason]]:
    """How many values were stored, and there already; and why others were refused."""
    return report.stored, report.duplicates, [each.reason for each in report.refusals]


class Listening:
    """`enms listen` as a process, in a folder of its own, where the refused messages go. It is
    killed when a block ends that has not ended it."""

    def __init__(
        self,
        way: Sequence[str],
        url: str,
        folder: Path,
        mapping: str = MAPPING,
        stdin: int = subprocess.PIPE,
    ) -> None:
        self.folder = folder
        (folder / "mapping.yaml").write_text(mapping)
        self._told = folder / "told.txt"
        with self._told.open("w") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-c", COMMAND, "listen", *way, "--map", "mapping.yaml"],
                cwd=folder,
                env={**os.environ, "ENMS_DATABASE_URL": url},
                stdin=stdin,
                stderr=told,
                text=True,
            )

    def __enter__(self) -> Listening:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()

    def told(self) -> str:
        """What it told on stderr since it was started."""
        return self._told.read_text()

    def send(self, lines: Iterable[str]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.writelines(f"{each}\n" for each in lines)
        self.process.stdin.flush()

    def end(self, by: int | None = None) -> int:
        """Its exit code after a signal, or after the end of stdin."""
        if by is not None:
            self.process.send_signal(by)
            self.process.wait(60)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)

    def refused(self) -> list[Mapping[str, str]]:
        path = self.folder / "refused.jsonl"
        return [json.loads(each) for each in path.read_text().splitlines()] if path.exists() else []
