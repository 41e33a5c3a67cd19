"""Requests of other programs: fields in, the numbers and some sentences about them out.

Every front that takes them hands the data to `respond` and sends back what it returns; both are
told in docs/bus-api.md.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from enms_core.domain.answer import Answer
from enms_core.domain.baseline_asking import AsksForDrivers
from enms_core.domain.errors import ImpossiblePeriod, StorageError
from enms_core.domain.period import period_data
from enms_core.domain.question import Question, Understanding
from enms_core.language.files import languages, load_language
from enms_core.language.render import Dialog, render
from enms_core.services.context import instant
from enms_core.services.engine import Engine
from enms_core.services.minds import Mind, is_known_language, known_language
from enms_core.services.reply import Reply
from enms_core.services.request import Request
from enms_core.services.request_answers import fault_of, storage_fault
from enms_core.services.request_faults import Fault, RequestRefused, quoted
from enms_core.services.request_fields import Fields, RequestName, fields_of
from enms_core.services.request_machines import machines_data
from enms_core.services.request_period import instant_of
from enms_core.services.request_questions import question_of
from enms_core.services.request_response import Response

LOG = logging.getLogger(__name__)

# Nobody is there to say yes: what is offered to a person is told without the offer.
OFFERS = frozenset({"recommend_offer_plan"})
WITHOUT_OFFER: Mapping[str, str] = {
    "baseline_offer": "request_no_baseline",
    "baseline_offer_inactive": "request_no_baseline",
}
STARTING_SECONDS = 5
NAMES_NOBODY_HAS = frozenset({"unknown_machine", "unknown_source"})


@dataclass(frozen=True)
class Asked:
    """A request whose fields are in order. words: a request in words as services take it."""

    name: RequestName
    fields: Fields
    words: Request


async def respond(
    engine: Engine, name: RequestName, given: object, lang: str, via: str | None = None
) -> dict[str, object]:
    """The response to a request other than of words, as a JSON object; also to what is none.

    lang: of the voice_summary where the request names none. via: the way that it came by, for the
    audit log.
    """
    started = time.perf_counter()
    response = await _without_failing(engine, name, given, lang, via)
    elapsed_ms = 1000 * (time.perf_counter() - started)
    return replace(response, elapsed_ms=elapsed_ms).contract()


async def _without_failing(
    engine: Engine, name: RequestName, given: object, lang: str, via: str | None
) -> Response:
    """A response also where something within has failed that nobody has thought of: this is the
    border to programs that wait for one, as `Engine.ask` is to people."""
    try:
        asked = asked_in(name, given, lang, via)
    except RequestRefused as error:
        return _refused(name, lang, error.fault)
    lang = asked.words.lang
    try:
        return await _responded(engine, asked)
    except ImpossiblePeriod:
        message = "period: no calendar has such a time"
        return _refused(
            name, lang, Fault("period_impossible", message, "period"), "period_impossible"
        )
    except StorageError as error:
        LOG.error("no response to %s: %s", name, error)
        return stored_nothing(name, lang, error)
    except Exception as error:
        LOG.exception("failed inside on %s", name)
        fault = Fault("failed_inside", f"failed inside ({type(error).__name__})")
        return _refused(name, lang, fault, "failed_inside")


def asked_in(name: RequestName, given: object, lang: str, via: str | None = None) -> Asked:
    """The fields, and what they have of every request. Raises RequestRefused."""
    fields = fields_of(name, given)
    lang = lang if fields.lang is None else fields.lang
    if not is_known_language(lang):
        message = f"lang: no language files for {quoted(lang)}"
        raise RequestRefused(Fault("field_value", message, "lang", languages()))
    now = None if fields.now is None else instant_of(fields.now, "now")
    return Asked(name, fields, Request(name, lang, now=now, via=via))


def stored_nothing(name: str, lang: str, error: StorageError) -> Response:
    """The response where the database does not answer."""
    fault = storage_fault(error)
    failed = fault.code == "database_failed"
    return _refused(name, lang, fault, "database_failed" if failed else "database_unreachable")


def not_there(name: str, lang: str) -> Response:
    """The response of a front whose engine is not open yet."""
    message = "the engine is not open yet"
    fault = Fault("database_unreachable", message, retry_after_seconds=STARTING_SECONDS)
    return _refused(name, lang, fault, "database_unreachable")


def _refused(name: str, lang: str, fault: Fault, dialog: str = "request_invalid") -> Response:
    lang = spoken_language(lang)
    return Response(name, lang, "error", said([(dialog, {})], lang), fault)


async def _responded(engine: Engine, asked: Asked) -> Response:
    mind = await engine.mind(asked.words.lang)
    try:
        question = question_of(asked.fields, asked.words.lang, mind.catalogue)
    except RequestRefused as error:
        known = mind.catalogue
        # What is named may have been registered a moment ago.
        if error.unknown is None or await engine.registers.reload_if_older() is known:
            return _not_a_question(asked, error, mind)
        return await _responded(engine, asked)
    return await _answered(engine, asked, question, mind)


def _not_a_question(asked: Asked, error: RequestRefused, mind: Mind) -> Response:
    dialogs: list[Dialog] = [("request_invalid", {})]
    if error.fault.code in NAMES_NOBODY_HAS and error.outcome != "error":
        heard = Understanding(error.outcome, 1.0, unknown=error.unknown)
        dialogs = mind.speaker.say_not_answered(heard)
    return Response(
        request=asked.name,
        lang=asked.words.lang,
        outcome=error.outcome,
        voice_summary=mind.speaker.text(dialogs),
        error=error.fault,
    )


async def _answered(engine: Engine, asked: Asked, question: Question, mind: Mind) -> Response:
    answer, reply = await engine.answer(question, asked.words, mind)
    if isinstance(answer, AsksForDrivers) and answer.offered:
        # Which drivers is asked of people; a program takes those that the readings suggest.
        question = replace(question, sources=(answer.of.source.name,), drivers=answer.offered)
        answer, reply = await engine.answer(question, asked.words, mind)
    return _told(asked, answer, reply, mind)


def _told(asked: Asked, answer: Answer | None, reply: Reply, mind: Mind) -> Response:
    now = instant(asked.words.now, mind.catalogue.zone)
    not_built = Fault("not_built", "nothing answers this yet")
    fault = not_built if answer is None else fault_of(answer, mind.catalogue, now)
    response = Response(
        request=asked.name,
        lang=asked.words.lang,
        outcome=reply.outcome,
        voice_summary=_summary(reply, mind),
        error=fault,
    )
    if fault is not None and reply.outcome == "answered":
        return replace(response, outcome="error")  # of something else than was asked
    period = None if answer is None else answer.period
    return replace(
        response,
        data={**reply.data, **machines_data(answer, mind.catalogue)},
        period=None if period is None else period_data(period),
        issues=reply.issues,
    )


def _summary(reply: Reply, mind: Mind) -> str:
    dialogs = [
        (WITHOUT_OFFER.get(name, name), slots)
        for name, slots in reply.dialogs
        if name not in OFFERS
    ]
    return mind.speaker.text(dialogs)


def said(dialogs: list[Dialog], lang: str) -> str:
    """Sentences without the registers."""
    return render(dialogs, load_language(known_language(spoken_language(lang))))


def spoken_language(lang: str) -> str:
    """The front's language, or one that there are words of."""
    return lang if is_known_language(lang) else languages()[0]
