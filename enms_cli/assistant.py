"""A real OVOS on this machine's loopback: message bus and core in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from enms_core.settings import Settings

HOST = "127.0.0.1"
READY_SECONDS = 120.0
STOP_SECONDS = 8.0
# Ours first; then what lets other skills live beside it. Names that a package set lacks are left
# out by OVOS.
PIPELINE = (
    "ovos-stop-pipeline-plugin-high",
    "ovos-converse-pipeline-plugin",
    "skill-enms-pipeline",
    "ovos-padacioso-pipeline-plugin-high",
    "ovos-fallback-pipeline-plugin-medium",
)
# Pipelines that call out to the internet: offline they only delay the start.
ONLINE_PIPELINES = (
    "ovos-m2v-pipeline",
    "ovos-m2v-prototype-pipeline",
    "ovos-persona-pipeline-plugin",
    "ovos-common-query-pipeline-plugin",
    "ovos-ocp-pipeline-plugin",
)


class AssistantFailed(RuntimeError):
    """OVOS did not come up; the message ends with what its log says last."""


@dataclass(frozen=True)
class Assistant:
    """A running assistant: where its bus is, and where it writes its logs."""

    host: str
    port: int
    folder: Path


@contextmanager
def running_assistant(settings: Settings) -> Iterator[Assistant]:
    """Start the message bus and ovos-core with our skill, and stop both at the end."""
    folder = settings.data_dir.expanduser().absolute() / "ovos"
    assistant = Assistant(HOST, _free_port(), folder)
    environment = _environment(assistant, settings)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.append(_start("ovos-messagebus", environment, folder))
        _wait(lambda: _listens(assistant), processes, folder)
        processes.append(_start("ovos-core", environment, folder))
        yield assistant
    finally:
        for process in reversed(processes):
            _stop(process)


def check_alive(log_folder: Path, processes: list[subprocess.Popen[bytes]]) -> None:
    """Raise AssistantFailed if one of the processes has ended."""
    for process in processes:
        if process.poll() is not None:
            raise AssistantFailed(_last_words(log_folder))


def _environment(assistant: Assistant, settings: Settings) -> dict[str, str]:
    """Folders of the assistant's own, so that it neither reads nor changes a person's OVOS."""
    folders = {
        f"XDG_{name}_HOME": str(assistant.folder / name.lower())
        for name in ("CONFIG", "DATA", "CACHE", "STATE")
    }
    config = assistant.folder / "config" / "mycroft" / "mycroft.conf"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(json.dumps(_configuration(assistant), indent=2), encoding="utf-8")
    data_dir = str(settings.data_dir.expanduser().absolute())
    return {**os.environ, **folders, "ENMS_DATA_DIR": data_dir, "PYTHONUNBUFFERED": "1"}


def _configuration(assistant: Assistant) -> dict[str, object]:
    return {
        "lang": "en-US",
        "websocket": {
            "host": assistant.host,
            "port": assistant.port,
            "route": "/core",
            "ssl": False,
        },
        "intents": {
            "pipeline": list(PIPELINE),
            "blacklisted_pipelines": list(ONLINE_PIPELINES),
        },
    }


def _start(program: str, environment: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a program of this Python environment, away from the terminal's Ctrl-C."""
    with (folder / f"{program}.log").open("wb") as log:
        return subprocess.Popen(
            [str(Path(sys.executable).parent / program)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait(
    is_ready: Callable[[], bool], processes: list[subprocess.Popen[bytes]], folder: Path
) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not is_ready():
        check_alive(folder, processes)
        if time.monotonic() > deadline:
            raise AssistantFailed(_last_words(folder))
        time.sleep(0.1)


def _listens(assistant: Assistant) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((assistant.host, assistant.port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask politely, then less so; OVOS ends on an interrupt."""
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(asked)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def _last_words(folder: Path) -> str:
    logs = sorted(folder.glob("*.log")) + sorted(folder.glob("state/mycroft/*.log"))
    tails = [f"{log.name}: {log.read_text(errors='replace')[-1000:]}" for log in logs]
    return "\n".join(["OVOS did not start", *tails])
