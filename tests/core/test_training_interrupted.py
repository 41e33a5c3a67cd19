"""Ctrl-C while the whole factory is trained: what was stored is told, and nothing else was."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import PLANT_NOW

COMMAND = "from enms_cli.main import main; raise SystemExit(main())"
TOLD = re.compile(r"interrupted; trained and stored: (.+); not trained: (.+)")


@pytest.fixture
def untrained_url(plant_url: str) -> Iterator[str]:
    """The plant; its baselines are taken away after the test."""
    yield plant_url
    with psycopg.connect(plant_url) as connection:
        connection.execute("DELETE FROM energy_baselines")
        connection.execute("DELETE FROM audit_log WHERE what LIKE 'baseline.%'")


def interrupted(url: str, folder: Path) -> tuple[int, list[dict], str]:
    """Exit code, objects and stderr of a training that gets a SIGINT after its first object."""
    environment = {**os.environ, "ENMS_DATABASE_URL": url, "ENMS_DATA_DIR": str(folder)}
    arguments = ("train", "--all", "--json", "--now", PLANT_NOW.isoformat())
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as training:
        assert training.stdout is not None and training.stderr is not None
        first = training.stdout.readline()
        training.send_signal(signal.SIGINT)
        rest, err = training.stdout.read(), training.stderr.read()
    return training.returncode, [json.loads(line) for line in (first + rest).splitlines()], err


def test_what_was_trained_is_told_and_stored_and_the_others_are_not(
    untrained_url: str, tmp_path: Path
) -> None:
    code, objects, err = interrupted(untrained_url, tmp_path)

    with psycopg.connect(untrained_url) as connection:
        stored = connection.execute("SELECT model_name FROM energy_baselines").fetchall()
    outcomes = {each["seu"]: each["outcome"] for each in objects}
    told = TOLD.search(err)
    assert code == 130
    assert set(outcomes.values()) == {"answered", "cancelled"}
    assert told is not None
    assert told[1].split(", ") == [seu for seu, each in outcomes.items() if each == "answered"]
    assert told[2].split(", ") == [seu for seu, each in outcomes.items() if each == "cancelled"]
    assert sorted(told[1].split(", ")) == sorted(name for (name,) in stored)
    assert "Traceback" not in err
