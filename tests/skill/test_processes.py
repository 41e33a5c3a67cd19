"""The demo as a person starts it: real processes, a real bus, a database of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from enms_core.language.files import load_language
from enms_core.language.words import Words
from enms_core.storage.server import EmbeddedServer

ENMS = str(Path(sys.executable).parent / "enms")
QUESTION = "how much energy did conveyor a use yesterday"
START_SECONDS = 180


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """A data folder with the demo plant, made by the command itself."""
    with tempfile.TemporaryDirectory(prefix="enms-demo-") as folder:
        subprocess.run(
            [ENMS, "demo", "seed"],
            env=environment(Path(folder)),
            check=True,
            stderr=subprocess.DEVNULL,
            timeout=START_SECONDS,
        )
        yield Path(folder)


def environment(folder: Path) -> dict[str, str]:
    """The test's environment, with the embedded database of this folder."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ENMS_")}
    return {**inherited, "ENMS_DATA_DIR": str(folder)}


def started_by(folder: Path) -> list[psutil.Process]:
    """Processes of the assistant or the database server that work in a data folder."""
    found = []
    for process in psutil.process_iter():
        try:
            told = " ".join([*process.cmdline(), process.environ().get("ENMS_DATA_DIR", "")])
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
        if str(folder) in told and process.pid != os.getpid():
            found.append(process)
    return found


def used_yesterday(folder: Path) -> float:
    server = EmbeddedServer(folder)
    try:
        with psycopg.connect(server.url) as connection:
            row = connection.execute(
                """
                SELECT sum(energy_kwh) FROM energy_readings JOIN machines ON id = machine_id
                WHERE name = 'Conveyor-A'
                  AND time >= date_trunc('day', now(), 'Europe/Berlin') - interval '1 day'
                  AND time < date_trunc('day', now(), 'Europe/Berlin')
                """
            ).fetchone()
    finally:
        server.stop()
    assert row is not None
    return float(row[0])


def test_one_question_is_answered_and_nothing_is_left_running(data_dir: Path) -> None:
    done = subprocess.run(
        [ENMS, "demo", "--ask", QUESTION],
        env=environment(data_dir),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    amount = Words(load_language("en-us")).amount(used_yesterday(data_dir), "kWh")
    assert f"You:   {QUESTION}" in done.stdout
    assert f"Conveyor A used {amount} of electricity yesterday." in done.stdout
    assert started_by(data_dir) == []


def test_an_interrupt_stops_all_that_the_demo_started(data_dir: Path) -> None:
    with subprocess.Popen(
        [ENMS, "demo"],
        env=environment(data_dir),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline().startswith("You:")  # OVOS is up and the script has begun

        demo.send_signal(signal.SIGINT)
        demo.wait(60)

    assert started_by(data_dir) == []
