"""Questions in words of other programs: in which conversation they stand, and what goes back."""

from __future__ import annotations

from dataclasses import replace

from enms_core.services.reply import Reply
from enms_core.services.request import Request, invalid_reply
from enms_core.services.request_faults import Fault, RequestRefused
from enms_core.services.request_fields import AskFields, RequestName
from enms_core.services.request_response import asked_contract
from enms_core.services.requests import asked_in, said, spoken_language

WORDS: RequestName = "enms.ask"
# What programs name a conversation may be the name of a person's session too ("default"): theirs
# are told apart, or a program's question back would take the person's next yes.
OF_PROGRAMS = "enms.ask/"
# How a reply is said that has no words yet.
UNSAID = {
    "cancelled": "cancelled",
    "not_understood": "not_understood",
    "error": "request_invalid",
}


def words_in(given: object, lang: str, via: str | None = None) -> Request:
    """The question, in the conversation that it names. Raises RequestRefused."""
    asked = asked_in(WORDS, given, lang, via)
    assert isinstance(asked.fields, AskFields)
    fields = asked.fields
    return replace(asked.words, utterance=fields.utterance, session=_conversation(fields))


def words_told(reply: Reply, fault: Fault | None = None) -> dict[str, object]:
    """The response, which always says something. fault: why it was no question."""
    if not reply.speech:
        name = UNSAID[reply.outcome]
        reply = replace(reply, dialogs=((name, {}),), speech=said([(name, {})], reply.lang))
    return asked_contract(reply, fault)


def words_refused(utterance: str, lang: str, error: RequestRefused) -> dict[str, object]:
    """The response to what is no question."""
    return words_told(invalid_reply(utterance, spoken_language(lang), error), error.fault)


def _conversation(fields: AskFields) -> str | None:
    if fields.session is None:
        return fields.ovos_session
    if fields.ovos_session is not None:
        message = "session is of programs, ovos_session of a person: not both"
        raise RequestRefused(Fault("fields_conflict", message, "ovos_session"))
    return f"{OF_PROGRAMS}{fields.session}"
