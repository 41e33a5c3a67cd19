"""Talking to a running OVOS over its message bus, as a person would: utterance in, speech out."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from ovos_bus_client import Message, MessageBusClient

from enms_cli.assistant import Assistant, AssistantFailed

CONNECT_SECONDS = 30.0
READY_SECONDS = 120.0
ANSWER_SECONDS = 30.0


@dataclass
class Answered:
    """What was spoken in answer to an utterance, and when [s after it]."""

    speech: list[str] = field(default_factory=list)
    first_seconds: float | None = None


class Client:
    """One person's conversation with the assistant."""

    def __init__(self, assistant: Assistant) -> None:
        self._bus = MessageBusClient(host=assistant.host, port=assistant.port)
        self._bus.run_in_thread()
        if not self._bus.connected_event.wait(CONNECT_SECONDS):
            raise AssistantFailed(f"no connection to the message bus on port {assistant.port}")
        self._answered = Answered()
        self._asked_at = 0.0
        self._is_handled = threading.Event()
        self._bus.on("speak", self._spoken)
        self._bus.on("ovos.utterance.handled", self._handled)

    def wait_for_skill(self, ping: str, ready: str) -> None:
        """Return when the skill answers; raise AssistantFailed when it does not come up.

        Not when OVOS says that all skills are loaded: offline that takes a minute more.
        """
        deadline = time.monotonic() + READY_SECONDS
        while self._bus.wait_for_response(Message(ping), ready, timeout=0.5) is None:
            if time.monotonic() > deadline:
                raise AssistantFailed("the energy skill did not come up")

    def ask(self, utterance: str) -> Answered:
        """Send an utterance and wait until the assistant is done with it."""
        self._answered, self._asked_at = Answered(), time.monotonic()
        self._is_handled.clear()
        self._bus.emit(
            Message(
                "recognizer_loop:utterance",
                {"utterances": [utterance], "lang": "en-US"},
                # No session: the assistant's own, with the pipeline that it is configured with.
                {"source": "enms", "destination": "skills"},
            )
        )
        self._is_handled.wait(ANSWER_SECONDS)
        return self._answered

    def close(self) -> None:
        self._bus.close()

    def _spoken(self, message: Message) -> None:
        if self._answered.first_seconds is None:
            self._answered.first_seconds = time.monotonic() - self._asked_at
        self._answered.speech.append(str(message.data.get("utterance", "")))

    def _handled(self, _message: Message) -> None:
        self._is_handled.set()
