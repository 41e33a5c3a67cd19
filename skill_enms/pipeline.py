"""OVOS pipeline plugin: offers every utterance to the skill's own understanding.

It asks the skill over the message bus, so that it works as well where skills run in processes of
their own, and it holds nothing but whether the skill is there.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from ovos_bus_client.message import Message
from ovos_plugin_manager.templates.pipeline import IntentHandlerMatch, PipelinePlugin

from skill_enms import topics

UNDERSTAND_TIMEOUT_SECONDS = 2.0


class EnmsPipeline(PipelinePlugin):
    """Matches what the energy skill says is meant for it."""

    def __init__(self, bus: Any = None, config: dict[str, Any] | None = None) -> None:
        super().__init__(bus, config)
        # Taken to be there until it does not answer, and then again when it says so.
        self._is_skill_there = True
        self.bus.on(topics.READY, self._skill_is_ready)

    def match(
        self, utterances: list[str], lang: str, message: Message
    ) -> IntentHandlerMatch | None:
        """The first of the utterances that is ours; None leaves it to the other skills."""
        if not self._is_skill_there:
            self.bus.emit(Message(topics.PING))  # for the next utterance: this one does not wait
            return None
        return next((m for u in utterances if (m := self._match(u, lang, message))), None)

    def _match(self, utterance: str, lang: str, message: Message) -> IntentHandlerMatch | None:
        # A topic of its own per question: two sessions may ask at the same time.
        reply_to = f"{topics.UNDERSTAND}.{uuid4()}"
        asked = {"utterance": utterance, "lang": lang, "reply_to": reply_to}
        response = self.bus.wait_for_response(
            message.forward(topics.UNDERSTAND, asked), reply_to, timeout=UNDERSTAND_TIMEOUT_SECONDS
        )
        if response is None:
            self._is_skill_there = False
            return None
        if not response.data.get("is_ours"):
            return None
        return IntentHandlerMatch(
            match_type=topics.ASK,
            match_data={"utterance": utterance},
            skill_id=topics.SKILL_ID,
            utterance=utterance,
        )

    def _skill_is_ready(self, _message: Message) -> None:
        self._is_skill_there = True

    def shutdown(self) -> None:
        self.bus.remove(topics.READY, self._skill_is_ready)
