"""The client that the docs print, run as a program of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.skill.bus_desk import NOW

DOCS = Path(__file__).parents[2] / "docs/bus-api.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
RUN_SECONDS = 120


def code_blocks() -> list[str]:
    """The Python of docs/bus-api.md: the client, and the call of a method."""
    return BLOCK.findall(DOCS.read_text(encoding="utf-8"))


def client_on(port: int) -> str:
    """The client for another port than OVOS's, at the plant's now."""
    code = code_blocks()[0]
    for told, meant in (
        ("MessageBusClient()", f"MessageBusClient(port={port})"),
        ("Message(name, fields)", f'Message(name, {{"now": "{NOW}", **fields}})'),
    ):
        assert code.count(told) == 1, told
        code = code.replace(told, meant)
    return code


def run_client(port: int, typed: str) -> list[str]:
    """The lines that it prints when a person answers its question."""
    done = subprocess.run(
        [sys.executable, "-c", client_on(port)],
        env={**os.environ, "OVOS_DEFAULT_LOG_LEVEL": "CRITICAL"},
        input=f"{typed}\n",
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
