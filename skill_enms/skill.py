"""The skill: three routes into one handler, which asks the engine and speaks its reply."""

from __future__ import annotations

from typing import Any

from ovos_bus_client.message import Message
from ovos_bus_client.session import Session, SessionManager
from ovos_utils import classproperty
from ovos_utils.log import LOG
from ovos_utils.process_utils import RuntimeRequirements
from ovos_workshop.decorators import fallback_handler
from ovos_workshop.skills.converse import ConversationalSkill
from ovos_workshop.skills.fallback import FallbackSkill

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.errors import StorageTimeout
from enms_core.services.features import ANSWERED
from enms_core.services.reply import Reply
from enms_core.services.request import Progress, Request
from skill_enms import topics
from skill_enms.backend import Backend
from skill_enms.bus_api import BusApi
from skill_enms.card import card
from skill_enms.entities import registrations
from skill_enms.offered import offered_resources
from skill_enms.options import DEFAULTS, Options, options_of
from skill_enms.pictures import Pictures

# Outcomes with something to see. All others are spoken in quiet mode too: a person who is asked
# back, or not understood, would wait for nothing.
SHOWN = frozenset({"answered", "no_data"})


class EnergySkill(BusApi, ConversationalSkill, FallbackSkill):
    """Answers questions about a factory's energy.

    Conversational, so that the reply to a question that we asked back reaches us first, and because
    OVOS waits half a second at each utterance for an active skill that does not answer its ping.

    An utterance arrives by one of three routes: an `.intent` file that a stock engine matched, our
    pipeline plugin, or the fallback. All three end in the same handler.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["resources_dir"] = str(offered_resources(ANSWERED))
        self._backend = Backend(self._tell_names)
        self._pictures = Pictures(self._backend.start)
        self._options: Options | None = None
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
        """Open the engine, then the routes."""
        self._write_defaults()
        self._use_settings()
        self.settings_change_callback = self._use_settings
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
        self.open_bus_api()
        self.bus.emit(Message(topics.READY))

    def handle_ask(self, message: Message) -> None:
        """How much energy did compressor one use yesterday?"""
        self._deliver(self._asked(message))

    @fallback_handler(priority=40)
    def handle_fallback(self, message: Message) -> bool:
        """Answer what no other skill took, if it is ours."""
        reply = self._asked(_with_utterance(message))
        if reply is not None and not reply.is_ours:
            return False
        self._deliver(reply)
        return True

    def can_answer(self, message: Message) -> bool:
        """Whether the fallback would answer."""
        utterance = str(_with_utterance(message).data["utterance"])
        return self._understood(utterance, message).is_ours

    def can_converse(self, message: Message) -> bool:
        """Whether the utterance is the reply to what we asked back in this session."""
        is_open = self._backend.awaits_reply(SessionManager.get(message).session_id)
        return is_open and self.can_answer(message)

    def converse(self, message: Message) -> bool:
        """Take the reply."""
        self._deliver(self._asked(_with_utterance(message)))
        return True

    def handle_understand(self, message: Message) -> None:
        """Tell the pipeline plugin whether an utterance is ours."""
        reply = self._understood(str(message.data.get("utterance", "")), message)
        found = {"is_ours": reply.is_ours, "intent": reply.intent}
        self.bus.emit(message.reply(str(message.data.get("reply_to")), found))

    def handle_ping(self, _message: Message) -> None:
        self.bus.emit(Message(topics.READY))

    def can_stop(self, message: Message) -> bool:
        """Whether there is an answer on its way, or a question of ours open, in this session."""
        session = SessionManager.get(message).session_id
        return self._backend.is_busy(session) or self._backend.awaits_reply(session)

    def stop_session(self, session: Session) -> bool:
        """Say nothing more to what was asked, and wait for no reply."""
        return self._backend.stop(session.session_id)

    def shutdown(self) -> None:
        """Let go of the database and end the loops."""
        self._pictures.close()
        self._backend.close()
        super().shutdown()

    def _write_defaults(self) -> None:
        """All keys into settings.json: what is not in the file is not found by its owner, and OVOS
        does not reload settings while there are none."""
        missing = {name: value for name, value in DEFAULTS.items() if name not in self.settings}
        if missing:
            self.settings.update(missing)
            self.settings.store()

    def _tell_names(self, catalogue: Catalogue) -> None:
        """Give the machines' names to the engines that OVOS brings, whenever they change."""
        for message in registrations(catalogue, self.native_langs):
            self.bus.emit(message)

    def _use_settings(self) -> None:
        """Take the settings as they are now; a question on its way is answered by the old ones."""
        self._options = options_of(self.settings)
        self._backend.open(self._options.core, sorted(self.native_langs))
        self.bus.emit(Message(topics.SETTINGS_IN_USE))

    def _asked(self, message: Message) -> Reply | None:
        return self._replied(self._request(str(message.data.get("utterance", "")), message))

    def _replied(self, request: Request) -> Reply | None:
        """The engine's reply, None where it was stopped; an error where not even the engine's own
        limits of time have held."""
        try:
            return self._backend.ask(request)
        except StorageTimeout as error:
            issue: dict[str, object] = {"code": "storage", "reason": str(error)}
            speech = self.resources.render_dialog("database_unreachable")
            return Reply(request.utterance, request.lang, "error", speech=speech, issues=(issue,))

    def _understood(self, utterance: str, message: Message) -> Reply:
        return self._backend.understand(self._request(utterance, message))

    def _request(self, utterance: str, message: Message) -> Request:
        session = SessionManager.get(message)
        # OVOS may try several languages of one session.
        lang = message.data.get("lang") or session.lang or self.lang
        return Request(utterance, lang, session.session_id, tell=self._tell_progress)

    def _tell_progress(self, progress: Progress) -> None:
        """Say that it takes a while."""
        if self._options is not None and self._options.quiet:
            self.gui.show_notification(progress.speech)
        else:
            self.speak(progress.speech, meta={"dialogs": [list(each) for each in progress.dialogs]})

    def _deliver(self, reply: Reply | None) -> None:
        """Say the reply in one go, and show it; nothing where it was stopped."""
        if reply is None:
            return
        LOG.debug("%s: %s", reply.intent, reply.outcome)
        is_shown = reply.outcome in SHOWN
        if is_shown and self._options is not None and self._options.quiet:
            self.gui.show_notification(reply.speech)
        else:
            self.speak(
                reply.speech,
                expect_response=reply.asks_back,
                meta={"dialogs": [list(dialog) for dialog in reply.dialogs]},
            )
        if is_shown:
            self._show(reply)

    def _show(self, reply: Reply) -> None:
        for name, value in card(reply).items():
            self.gui[name] = value
        self.gui.show_text(reply.speech, title=reply.title)
        self._pictures.show(reply, self.gui)


def _with_utterance(message: Message) -> Message:
    """A message of OVOS that carries several transcriptions, with the first as its utterance."""
    said = [message.data.get("utterance"), *(message.data.get("utterances") or [])]
    first = next((text for text in said if text), "")
    return message.forward(message.msg_type, {**message.data, "utterance": first})
