"""A real mosquitto for tests, and somebody who publishes to it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import paho.mqtt.client as paho
import pytest

# Debian keeps it where only root's path leads.
PROGRAM = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
needs_mosquitto = pytest.mark.skipif(PROGRAM is None, reason="no mosquitto is installed")
# Without a limit on what waits for us: mosquitto's own default would drop what is over a thousand.
SETTINGS = """
listener {port} 127.0.0.1
allow_anonymous {is_open}
persistence true
persistence_location {folder}/
max_queued_messages 0
{more}
"""
MOST_ON_THEIR_WAY = 5_000


class Broker:
    """A mosquitto that can be stopped and started again; its sessions last."""

    def __init__(self, folder: Path, more: str = "", is_open: bool = True) -> None:
        self.port = free_port()
        self._settings = folder / "mosquitto.conf"
        self._settings.write_text(
            SETTINGS.format(port=self.port, folder=folder, more=more, is_open=str(is_open).lower())
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert PROGRAM is not None
        self._process = subprocess.Popen(
            [PROGRAM, "-c", str(self._settings)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 10
        while not is_listening(self.port):
            assert time.monotonic() < until, "mosquitto does not start"
            time.sleep(0.05)

    def stop(self) -> None:
        """End it as a system does; it writes its sessions to the disk."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None


@contextmanager
def running_broker(more: str = "", is_open: bool = True) -> Iterator[Broker]:
    """A broker with a folder of its own, which the user that mosquitto becomes may write."""
    with tempfile.TemporaryDirectory(prefix="enms-test-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        broker = Broker(folder, more, is_open)
        broker.start()
        try:
            yield broker
        finally:
            broker.stop()


class Publisher:
    """Publishes and connects again by itself; counts what the broker has acknowledged."""

    def __init__(self, port: int) -> None:
        self.sent = self.acknowledged = 0
        self._client = paho.Client(
            paho.CallbackAPIVersion.VERSION2, client_id="meters", clean_session=False
        )
        self._client.on_publish = self._count
        self._client.max_inflight_messages_set(200)
        self._client.reconnect_delay_set(1, 1)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()

    def publish(self, messages: Iterable[tuple[str, str]], qos: int = 1) -> None:
        """Send messages, without more on their way than MQTT has numbers for."""
        for topic, text in messages:
            while self.sent - self.acknowledged >= MOST_ON_THEIR_WAY:
                time.sleep(0.01)
            self._client.publish(topic, text, qos)
            self.sent += 1

    def wait(self, seconds: float = 30) -> None:
        """Until the broker has acknowledged everything."""
        wait_until(lambda: self.acknowledged == self.sent, seconds, "published")

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _count(self, *_: object) -> None:
        self.acknowledged += 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(is_so: Callable[[], bool], seconds: float, what: str) -> None:
    """Ask again and again; fails after so many seconds."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"not within {seconds:g} s: {what}"
        time.sleep(0.1)
