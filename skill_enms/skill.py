"""The skill: three routes into one handler, which asks the engine and speaks its reply."""

from __future__ import annotations

from typing import Any

from ovos_bus_client.message import Message
from ovos_bus_client.session import SessionManager
from ovos_utils import classproperty
from ovos_utils.log import LOG
from ovos_utils.process_utils import RuntimeRequirements
from ovos_workshop.decorators import fallback_handler
from ovos_workshop.skills.converse import ConversationalSkill
from ovos_workshop.skills.fallback import FallbackSkill

from enms_core.language.files import resources_root
from enms_core.services.background import BackgroundLoop
from enms_core.services.engine import ANSWERED, Engine
from enms_core.services.freshness import Keeper
from enms_core.services.reply import Reply
from enms_core.services.turn import Request, not_ours
from enms_core.settings import Settings
from enms_core.storage.store import Store
from skill_enms import topics
from skill_enms.card import card

ANSWER_TIMEOUT_SECONDS = 20.0
# Settings of the core that may be set in the skill's settings.json; others come from ENMS_*.
SKILL_SETTINGS = ("data_dir", "database_url", "site", "week_start")


class EnergySkill(ConversationalSkill, FallbackSkill):
    """Answers questions about a factory's energy.

    Conversational, so that the reply to a question that we asked back reaches us first, and because
    OVOS waits half a second at each utterance for an active skill that does not answer its ping.

    An utterance arrives by one of three routes: an `.intent` file that a stock engine matched, our
    pipeline plugin, or the fallback. All three end in the same handler.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["resources_dir"] = str(resources_root())
        self._loop = BackgroundLoop()
        # None until initialize: OVOS already asks while the skill is loading.
        self._engine: Engine | None = None
        self._keeper: Keeper | None = None
        super().__init__(*args, **kwargs)

    @classproperty
    def runtime_requirements(self) -> RuntimeRequirements:
        """All is on this machine or in the factory's network: never wait for the internet."""
        return RuntimeRequirements(
            internet_before_load=False,
            network_before_load=False,
            requires_internet=False,
            requires_network=False,
            no_internet_fallback=True,
            no_network_fallback=True,
        )

    def initialize(self) -> None:
        """Open the engine, then the routes. A database that is away now may come later."""
        engine = self._new_engine()
        self._loop.run(engine.warm_up(self.lang), timeout_seconds=60)
        self._engine = engine
        # Only what is answered: padacioso takes longer with every template that is registered.
        for intent in sorted(ANSWERED):
            self.register_intent_file(f"{intent}.intent", self.handle_ask)
        for entity in ("period", "energy_source"):
            self.register_entity_file(f"{entity}.entity")
        self.add_event(
            topics.ASK, self.handle_ask, handler_info="mycroft.skill.handler", is_intent=True
        )
        self.add_event(topics.UNDERSTAND, self.handle_understand)
        self.add_event(topics.PING, self.handle_ping)
        self._keeper = Keeper(engine.settings)
        self.bus.emit(Message(topics.READY))

    def handle_ask(self, message: Message) -> None:
        """How much energy did compressor one use yesterday?"""
        self._speak(self._asked(message))

    @fallback_handler(priority=40)
    def handle_fallback(self, message: Message) -> bool:
        """Answer what no other skill took, if it is ours."""
        reply = self._asked(message)
        if not reply.is_ours:
            return False
        self._speak(reply)
        return True

    def can_answer(self, message: Message) -> bool:
        """Whether the fallback would answer."""
        utterance = str(_with_utterance(message).data["utterance"])
        return self._understood(utterance, message).is_ours

    def can_converse(self, message: Message) -> bool:
        """Whether the utterance is the reply to what we asked back in this session."""
        session = SessionManager.get(message).session_id
        is_open = self._engine is not None and self._engine.awaits_reply(session)
        return is_open and self.can_answer(message)

    def converse(self, message: Message) -> bool:
        """Take the reply."""
        self._speak(self._asked(_with_utterance(message)))
        return True

    def handle_understand(self, message: Message) -> None:
        """Tell the pipeline plugin whether an utterance is ours."""
        reply = self._understood(str(message.data.get("utterance", "")), message)
        found = {"is_ours": reply.is_ours, "intent": reply.intent}
        self.bus.emit(message.reply(str(message.data.get("reply_to")), found))

    def handle_ping(self, _message: Message) -> None:
        self.bus.emit(Message(topics.READY))

    def shutdown(self) -> None:
        """Let go of the database and end the loops."""
        if self._keeper is not None:
            self._keeper.stop()
        if self._engine is not None:
            self._loop.run(self._engine.close(), timeout_seconds=10)
        self._loop.stop()
        super().shutdown()

    def _new_engine(self) -> Engine:
        given = {name: self.settings.get(name) for name in SKILL_SETTINGS}
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
        return Engine(settings, Store(settings))

    def _asked(self, message: Message) -> Reply:
        request = self._request(str(message.data.get("utterance", "")), message)
        if self._engine is None:
            return not_ours(request)
        return self._loop.run(self._engine.ask(request), ANSWER_TIMEOUT_SECONDS)

    def _understood(self, utterance: str, message: Message) -> Reply:
        request = self._request(utterance, message)
        if self._engine is None:
            return not_ours(request)
        return self._loop.run(self._engine.understand(request), ANSWER_TIMEOUT_SECONDS)

    def _request(self, utterance: str, message: Message) -> Request:
        session = SessionManager.get(message)
        return Request(utterance, session.lang or self.lang, session.session_id)

    def _speak(self, reply: Reply) -> None:
        """Say the reply in one go, and show it."""
        LOG.debug("%s: %s", reply.intent, reply.outcome)
        self.speak(
            reply.speech,
            expect_response=reply.outcome == "clarify",
            meta={"dialogs": [list(dialog) for dialog in reply.dialogs]},
        )
        if reply.outcome == "answered":
            self._show(reply)

    def _show(self, reply: Reply) -> None:
        for name, value in card(reply).items():
            self.gui[name] = value
        self.gui.show_text(reply.speech, title=reply.title)


def _with_utterance(message: Message) -> Message:
    """A message of OVOS that carries several transcriptions, with the first as its utterance."""
    said = [message.data.get("utterance"), *(message.data.get("utterances") or [])]
    first = next((text for text in said if text), "")
    return message.forward(message.msg_type, {**message.data, "utterance": first})
