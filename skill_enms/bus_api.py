"""The message bus for other skills and programs: requests in, responses out, nothing spoken.

Each topic has a method of the same kind in the skill's public API. What may be sent, and what comes
back, is told in docs/bus-api.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from ovos_bus_client.message import Message
from ovos_workshop.decorators import skill_api_method

from enms_core.domain.errors import InvalidRequest, StorageTimeout
from enms_core.services.reply import Reply
from enms_core.services.request import Request, invalid_reply, request_of
from enms_core.services.request_faults import Fault, RequestRefused
from enms_core.services.request_fields import RequestName
from enms_core.services.request_response import asked_contract
from enms_core.services.requests import asked_in, not_there, respond, stored_nothing
from skill_enms import topics
from skill_enms.backend import Backend

WORDS: RequestName = "enms.ask"
# All but those in words, which belong to a conversation.
STRUCTURED = tuple(name for name in get_args(RequestName) if name != WORDS)


class BusApi:
    """What other programs may ask of the skill."""

    _backend: Backend
    bus: Any
    core_lang: str
    add_event: Callable[..., None]
    _replied: Callable[[Request], Reply | None]

    def open_bus_api(self) -> None:
        """Take requests from now on."""
        self.add_event(topics.BUS_ASK, self.handle_bus_ask)
        for name in STRUCTURED:
            self.add_event(name, self.handle_request)

    def handle_bus_ask(self, message: Message) -> None:
        """Answer a question in words: the contract's JSON."""
        given, topic = _request(message)
        self.bus.emit(message.reply(topic, self._contract(given)))

    def handle_request(self, message: Message) -> None:
        """Answer a request by fields."""
        name = next(each for each in STRUCTURED if each == message.msg_type)
        given, topic = _request(message)
        self.bus.emit(message.reply(topic, self._response(name, given)))

    @skill_api_method
    def ask(
        self, utterance: str, lang: str | None = None, session: str | None = None
    ) -> dict[str, Any]:
        """The contract's JSON for an utterance, for other skills."""
        return self._contract({"utterance": utterance, "lang": lang, "session": session})

    @skill_api_method
    def analyze(self, **fields: Any) -> dict[str, Any]:
        """Actual against expected use over a period: the response to enms.analyze."""
        return self._response("enms.analyze", fields)

    @skill_api_method
    def kpi(self, **fields: Any) -> dict[str, Any]:
        """Key performance indicators: the response to enms.kpi."""
        return self._response("enms.kpi", fields)

    @skill_api_method
    def opportunities(self, **fields: Any) -> dict[str, Any]:
        """Where energy could be saved: the response to enms.opportunities."""
        return self._response("enms.opportunities", fields)

    @skill_api_method
    def baseline_train(self, **fields: Any) -> dict[str, Any]:
        """Train a baseline, once confirmed: the response to enms.baseline.train."""
        return self._response("enms.baseline.train", fields)

    @skill_api_method
    def baseline_predict(self, **fields: Any) -> dict[str, Any]:
        """What should be used: the response to enms.baseline.predict."""
        return self._response("enms.baseline.predict", fields)

    @skill_api_method
    def machines(self, **fields: Any) -> dict[str, Any]:
        """Which machines there are: the response to enms.machines."""
        return self._response("enms.machines", fields)

    @skill_api_method
    def plan_create(self, **fields: Any) -> dict[str, Any]:
        """Make an action plan, once confirmed: the response to enms.plan.create."""
        return self._response("enms.plan.create", fields)

    def _contract(self, given: object) -> dict[str, Any]:
        # Not self.lang: OVOS takes that from the message, whatever stands there.
        base = Request("", self.core_lang)
        utterance = str(given.get("utterance", "")) if isinstance(given, Mapping) else ""
        try:
            asked_in(WORDS, given, base.lang)
            request = request_of(given, base)  # type: ignore[arg-type]
        except InvalidRequest as error:
            fault = error.fault if isinstance(error, RequestRefused) else None
            invalid = Fault("field_value", str(error), "utterance")
            return asked_contract(invalid_reply(utterance, base.lang, error), fault or invalid)
        reply = self._replied(request)
        return asked_contract(reply or Reply(request.utterance, request.lang, "cancelled"))

    def _response(self, name: RequestName, given: object) -> dict[str, Any]:
        lang = self.core_lang
        try:
            response = self._backend.work(lambda engine: respond(engine, name, given, lang))
        except StorageTimeout as error:
            return stored_nothing(name, lang, error).contract()
        return not_there(name, lang).contract() if response is None else response


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
