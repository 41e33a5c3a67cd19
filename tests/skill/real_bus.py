"""A real message bus and a real skill, in processes of their own, and a program that asks there."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import websocket
from ovos_bus_client import Message, MessageBusClient
from ovos_bus_client.session import SessionManager

from enms_cli.assistant import Assistant, running_assistant
from enms_core.settings import Settings
from skill_enms import topics
from tests.skill.bus_desk import NOW, checked

ANSWER_SECONDS = 60.0
BEHIND = "enms.test.behind_a_bad_frame"
UP_SECONDS = 120.0


@dataclass(frozen=True)
class RealBus:
    """A program's own connection to the bus."""

    assistant: Assistant
    client: MessageBusClient

    def requested(
        self, name: str, data: dict[str, object], topic: str | None = None, **context: object
    ) -> dict[str, Any]:
        """The response, checked against its schema."""
        response = self.client.wait_for_response(
            Message(name, data, dict(context)), topic or f"{name}.response", ANSWER_SECONDS
        )
        assert response is not None, (name, str(data)[:200])
        return checked(name, response.data)

    def asked(self, name: str, **fields: object) -> dict[str, Any]:
        """The response to some fields, at the plant's now."""
        return self.requested(name, {"now": NOW, **fields})

    def hear_bad(self, connection: websocket.WebSocket, frame: str) -> None:
        """Send a bad frame, and return when OVOS's client here has heard it: then it has dropped
        this connection, or, a newer one, has gone on to the message behind it."""
        went_on = threading.Event()
        self.client.once(BEHIND, lambda _: went_on.set())
        connection.send(frame)
        connection.send(json.dumps({"type": BEHIND, "data": {}, "context": {}}))
        deadline = time.monotonic() + ANSWER_SECONDS
        while (sock := self.client.client.sock) is not None and sock.connected:
            if went_on.wait(0.01):
                return
            assert time.monotonic() < deadline, "neither dropped nor gone on"

    def wait_until_up(self) -> None:
        """Return when the skill answers and this connection is there; what OVOS loads elsewhere
        takes a minute more."""
        deadline = time.monotonic() + UP_SECONDS
        ping = Message(topics.PING)
        while self.client.wait_for_response(ping, topics.READY, timeout=0.5) is None:
            assert time.monotonic() < deadline, "the skill does not answer"

    @contextmanager
    def raw(self) -> Iterator[websocket.WebSocket]:
        """A bare connection, which sends any text there is."""
        url = f"ws://{self.assistant.host}:{self.assistant.port}/core"
        connection = websocket.create_connection(url, timeout=ANSWER_SECONDS)
        try:
            yield connection
        finally:
            connection.close()

    def answered_raw(self, frame: str, topic: str) -> object:
        """The data of what comes on a topic after a frame as it stands."""
        with self.raw() as connection:
            connection.send(frame)
            while (heard := json.loads(connection.recv()))["type"] != topic:
                pass
        return heard["data"]


@contextmanager
def running_bus(folder: Path) -> Iterator[RealBus]:
    """Bus and skill on the database of the environment, until the block ends."""
    known, default = SessionManager.sessions.copy(), SessionManager.default_session
    # What is fitted once for this process and the skill's.
    cache = Path(os.environ["XDG_CACHE_HOME"])
    cache.mkdir(exist_ok=True)
    folder.joinpath("ovos").mkdir()
    folder.joinpath("ovos/cache").symlink_to(cache)
    with running_assistant(Settings(data_dir=folder)) as assistant:
        client = MessageBusClient(host=assistant.host, port=assistant.port)
        client.run_in_thread()
        try:
            assert client.connected_event.wait(UP_SECONDS)
            bus = RealBus(assistant, client)
            bus.wait_until_up()
            yield bus
        finally:
            client.close()
            # The bus has told this process of its own default session, which other tests have too.
            SessionManager.sessions, SessionManager.default_session = known, default
