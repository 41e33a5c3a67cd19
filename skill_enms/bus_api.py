"""The message bus for other skills and programs: requests in, responses out, nothing spoken.

Each topic has a method of the same kind in the skill's public API. What may be sent, and what comes
back, is told in docs/bus-api.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from ovos_bus_client.message import Message, dig_for_message
from ovos_workshop.decorators import skill_api_method

from enms_core.domain.errors import StorageTimeout
from enms_core.services.reply import Reply
from enms_core.services.request import Request
from enms_core.services.request_faults import RequestRefused
from enms_core.services.request_fields import RequestName
from enms_core.services.request_words import WORDS, words_in, words_refused, words_told
from enms_core.services.requests import not_there, respond, stored_nothing
from skill_enms import topics
from skill_enms.backend import Backend

# All but those in words, which belong to a conversation.
STRUCTURED = tuple(name for name in get_args(RequestName) if name != WORDS)
# What a message may tell of its sender, in this order; nobody checks it.
SENDER_KEYS = ("skill_id", "source")
SENDER = re.compile(r"[A-Za-z0-9.:_-]{1,64}")


class BusApi:
    """What other programs may ask of the skill."""

    _backend: Backend
    bus: Any
    core_lang: str
    add_event: Callable[..., None]
    _replied: Callable[[Request], Reply | None]

    def open_bus_api(self) -> None:
        """Take requests from now on."""
        # An error within is for the program's log: no person has asked anything.
        self.add_event(topics.BUS_ASK, self.handle_bus_ask, speak_errors=False)
        for name in STRUCTURED:
            self.add_event(name, self.handle_request, speak_errors=False)

    def handle_bus_ask(self, message: Message) -> None:
        """Answer a question in words: the contract's JSON."""
        given, topic = _request(message)
        self._send(message, topic, self._contract(given, message))

    def handle_request(self, message: Message) -> None:
        """Answer a request by fields."""
        name = next(each for each in STRUCTURED if each == message.msg_type)
        given, topic = _request(message)
        self._send(message, topic, self._response(name, given, message))

    @skill_api_method
    def ask(
        self,
        utterance: object = None,
        lang: object = None,
        session: object = None,
        **fields: object,
    ) -> dict[str, Any]:
        """The contract's JSON for an utterance, for other skills."""
        told = {"utterance": utterance, "lang": lang, "session": session, **fields}
        given = {name: value for name, value in told.items() if value is not None}
        return self._contract(given, dig_for_message())

    @skill_api_method
    def analyze(self, **fields: Any) -> dict[str, Any]:
        """Actual against expected use over a period: the response to enms.analyze."""
        return self._response("enms.analyze", fields, dig_for_message())

    @skill_api_method
    def kpi(self, **fields: Any) -> dict[str, Any]:
        """Key performance indicators: the response to enms.kpi."""
        return self._response("enms.kpi", fields, dig_for_message())

    @skill_api_method
    def opportunities(self, **fields: Any) -> dict[str, Any]:
        """Where energy could be saved: the response to enms.opportunities."""
        return self._response("enms.opportunities", fields, dig_for_message())

    @skill_api_method
    def baseline_train(self, **fields: Any) -> dict[str, Any]:
        """Train a baseline, once confirmed: the response to enms.baseline.train."""
        return self._response("enms.baseline.train", fields, dig_for_message())

    @skill_api_method
    def baseline_predict(self, **fields: Any) -> dict[str, Any]:
        """What should be used: the response to enms.baseline.predict."""
        return self._response("enms.baseline.predict", fields, dig_for_message())

    @skill_api_method
    def machines(self, **fields: Any) -> dict[str, Any]:
        """Which machines there are: the response to enms.machines."""
        return self._response("enms.machines", fields, dig_for_message())

    @skill_api_method
    def plan_create(self, **fields: Any) -> dict[str, Any]:
        """Make an action plan, once confirmed: the response to enms.plan.create."""
        return self._response("enms.plan.create", fields, dig_for_message())

    def _send(self, message: Message, topic: str, response: dict[str, Any]) -> None:
        reply = message.reply(topic, response)
        reply.context = _carried(reply.context)
        self.bus.emit(reply)

    def _contract(self, given: object, message: Message | None) -> dict[str, Any]:
        # Not self.lang: OVOS takes that from the message, whatever stands there.
        lang = self.core_lang
        try:
            request = words_in(given, lang, _via(message))
        except RequestRefused as error:
            utterance = str(given.get("utterance", "")) if isinstance(given, Mapping) else ""
            return _carried(words_refused(utterance, lang, error))
        reply = self._replied(request)
        return _carried(words_told(reply or Reply(request.utterance, request.lang, "cancelled")))

    def _response(
        self, name: RequestName, given: object, message: Message | None
    ) -> dict[str, Any]:
        lang, via = self.core_lang, _via(message)
        try:
            response = self._backend.work(lambda engine: respond(engine, name, given, lang, via))
        except StorageTimeout as error:
            return stored_nothing(name, lang, error).contract()
        return not_there(name, lang).contract() if response is None else _carried(response)


def _request(message: Message) -> tuple[object, str]:
    """The data of a request, and where the response goes: where it says, unless OVOS would not
    carry it there."""
    data: object = message.data
    usual = f"{message.msg_type}.response"
    if not isinstance(data, Mapping):
        return data, usual
    reply_to = data.get("reply_to")
    is_topic = isinstance(reply_to, str) and topics.TOPIC.fullmatch(reply_to) is not None
    given = {key: value for key, value in data.items() if key != "reply_to"}
    return given, reply_to if is_topic else usual


def _carried(data: dict[str, Any]) -> dict[str, Any]:
    """Data without halves of surrogate pairs: no frame carries them, and OVOS drops what it cannot
    send without a word."""
    text = json.dumps(data, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        carried: dict[str, Any] = json.loads(text.encode(errors="replace"))
        return carried
    return data


def _via(message: Message | None) -> str:
    """That a request came over the bus, and of whom where the message tells."""
    context = {} if message is None else message.context
    told = (context.get(key) for key in SENDER_KEYS)
    sender = next((each for each in told if _is_sender(each)), None)
    return topics.OVER_BUS if sender is None else f"{topics.OVER_BUS}:{sender}"


def _is_sender(told: object) -> bool:
    return isinstance(told, str) and SENDER.fullmatch(told) is not None
