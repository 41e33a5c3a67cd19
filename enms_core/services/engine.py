"""The engine: understand, answer, say. Every front asks it and does nothing more."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timezone

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.errors import StorageError, StorageTimeout, StorageUnavailable
from enms_core.domain.period import ImpossiblePeriod
from enms_core.domain.question import NOT_UNDERSTOOD, Outcome, Question, Understanding
from enms_core.language.said_back import said_back
from enms_core.services.carbon import answer_carbon
from enms_core.services.comparison import answer_comparison
from enms_core.services.context import Context, instant
from enms_core.services.conversation import UNDERSTOOD, Conversations
from enms_core.services.cost import answer_cost
from enms_core.services.energy import answer_energy
from enms_core.services.evidence import answer_evidence
from enms_core.services.explain_term import answer_explain_term
from enms_core.services.health import answer_system_health
from enms_core.services.help import answer_help
from enms_core.services.kpi import answer_kpi
from enms_core.services.machine_list import answer_machine_list
from enms_core.services.machine_status import answer_machine_status
from enms_core.services.measures import MEASURES
from enms_core.services.memory import MemoryStore, ProcessMemory, SessionMemory
from enms_core.services.minds import Minds, is_known_language
from enms_core.services.overview import answer_factory_overview
from enms_core.services.power import answer_power
from enms_core.services.production import answer_production
from enms_core.services.ranking import answer_ranking
from enms_core.services.registers import Registers
from enms_core.services.reply import Reply, together
from enms_core.services.request import Request
from enms_core.services.sources import (
    answer_driver_list,
    answer_energy_source_list,
    answer_seu_list,
)
from enms_core.services.status_history import answer_status_history
from enms_core.services.turn import (
    Turn,
    answered_reply,
    failed_inside,
    failed_reply,
    not_ours,
    passed_over,
    understood_reply,
    worded,
)
from enms_core.settings import Settings
from enms_core.storage.store import Store

LOG = logging.getLogger(__name__)

Service = Callable[[Question, Context], Awaitable[Answer]]
Replying = Callable[[Request, SessionMemory], Awaitable[Reply]]

# intent → the service that answers it. An intent that is not here is understood, and said to be not
# answered yet; so is an aspect, where METRICS lists those that the service answers.
SERVICES: Mapping[str, Service] = {
    "energy": answer_energy,
    "power": answer_power,
    "production": answer_production,
    "ranking": answer_ranking,
    "comparison": answer_comparison,
    "machine_list": answer_machine_list,
    "machine_status": answer_machine_status,
    "status_history": answer_status_history,
    "energy_source_list": answer_energy_source_list,
    "seu_list": answer_seu_list,
    "driver_list": answer_driver_list,
    "system_health": answer_system_health,
    "cost": answer_cost,
    "carbon": answer_carbon,
    "factory_overview": answer_factory_overview,
    "kpi": answer_kpi,
    "evidence": answer_evidence,
    "explain_term": answer_explain_term,
    "help": answer_help,
}
ANSWERED = frozenset({*SERVICES, "repeat"})
METRICS: Mapping[str, frozenset[str]] = {
    "ranking": frozenset(MEASURES),
    "comparison": frozenset({*MEASURES, "total"}),
    "kpi": frozenset({"peak_demand"}),
}
COMPARING = frozenset({"comparison"})
# What energy sources are compared by.
OF_SOURCES = frozenset({"energy", "total", "cost", "carbon"})


class Engine:
    """Answers utterances over one database."""

    def __init__(self, settings: Settings, store: Store, memory: MemoryStore | None = None) -> None:
        self.settings = settings
        self.store = store
        self.registers = Registers(store, settings.site)
        self._minds = Minds(settings.currency_words)
        self._conversations = Conversations(memory or ProcessMemory(), settings.session_minutes)

    async def warm_up(self, lang: str) -> None:
        """Load the registers and fit the language model before the first question."""
        try:
            catalogue = await self.registers.current()
        except StorageError as error:
            LOG.warning("started without the database: %s", error)
            catalogue = self.registers.last_known
        await asyncio.to_thread(self._minds.get, lang, catalogue)

    async def ask(self, request: Request) -> Reply:
        """Understand, answer and word an utterance; every outcome is a reply."""
        started = time.perf_counter()
        if not is_known_language(request.lang):
            return not_ours(request)
        reply = await _without_failing(self._replied(request), request)
        return replace(reply, elapsed_ms=1000 * (time.perf_counter() - started))

    async def understand(self, request: Request) -> Reply:
        """The same without answering: outcome `answered` where `ask` would try to answer."""
        started = time.perf_counter()
        if not is_known_language(request.lang):
            return not_ours(request)
        reply = await _without_failing(self._taken(request), request)
        return replace(reply, elapsed_ms=1000 * (time.perf_counter() - started))

    async def _replied(self, request: Request, before: SessionMemory | None = None) -> Reply:
        """before: what is known since the first question of the same utterance."""
        turn = await self._turn(request, before)
        reply = await self._answered(turn)
        memory = self._conversations.after(turn, reply)
        self._conversations.keep(turn, memory)
        return await self._with_rest(self._replied, turn, reply, memory)

    async def _taken(self, request: Request, before: SessionMemory | None = None) -> Reply:
        turn = await self._turn(request, before)
        reply = failed_reply(turn, turn.failure) if turn.failure else understood_reply(turn)
        memory = self._conversations.after(turn, reply)
        return await self._with_rest(self._taken, turn, reply, memory)

    async def _with_rest(
        self, replying: Replying, turn: Turn, reply: Reply, memory: SessionMemory
    ) -> Reply:
        """The reply, and the one to what else was asked in the same utterance. That waits where the
        first question is asked back; it is remembered with it."""
        rest = turn.understanding.rest
        if rest is None or reply.outcome not in UNDERSTOOD:
            return reply
        request = replace(turn.request, utterance=rest, now=turn.context.now)
        further = await replying(request, memory)
        return together(reply, further if further.is_ours else passed_over(turn, rest))

    def awaits_reply(self, session: str) -> bool:
        """Whether we asked something back in this session and are not answered yet."""
        memory = self._conversations.recall(session, datetime.now(timezone.utc))
        return memory is not None and memory.open_question is not None

    async def close(self) -> None:
        await self.registers.close()
        await self.store.close()

    async def _turn(self, request: Request, before: SessionMemory | None) -> Turn:
        """An utterance understood, over the registers as far as they are known."""
        if not self._minds.knows(request.lang):  # fitting takes seconds: others are answered
            await asyncio.to_thread(self._minds.get, request.lang, self.registers.last_known)
        try:
            turn = self._understood(request, await self._catalogue(), before)
            if turn.understanding.outcome != "unknown_machine":
                return turn
            # The machine may have been registered a moment ago.
            catalogue = await self.registers.reload_if_older()
            is_known = catalogue is turn.context.catalogue
            return turn if is_known else self._understood(request, catalogue, before)
        except StorageError as error:
            turn = self._understood(request, self.registers.last_known, before)
            return replace(turn, failure=error) if turn.understanding != NOT_UNDERSTOOD else turn

    async def _catalogue(self) -> Catalogue:
        try:
            return await self.registers.current()
        except StorageTimeout:
            raise
        except StorageUnavailable:
            await self.store.revive()
            return await self.registers.reload()

    def _understood(
        self, request: Request, catalogue: Catalogue, before: SessionMemory | None
    ) -> Turn:
        mind = self._minds.get(request.lang, catalogue)
        now = instant(request.now, catalogue.zone)
        memory = before or self._conversations.recall(request.session, now)
        context = Context(
            store=self.store,
            catalogue=catalogue,
            now=now,
            week_start=self.settings.week_start,
            verbosity=self.settings.verbosity,
            evidence=memory.evidence if memory is not None else None,
        )
        understanding = mind.interpreter.understand(
            request.utterance,
            memory.open_question if memory is not None else None,
            memory.recalled if memory is not None else None,
        )
        context = replace(context, is_follow_up=understanding.is_follow_up)
        return Turn(request, mind, context, memory, _built_or_not(understanding))

    async def _answered(self, turn: Turn) -> Reply:
        if turn.failure is not None:
            return failed_reply(turn, turn.failure)
        question = turn.understanding.question
        if turn.understanding.outcome != "answered" or question is None:
            return understood_reply(turn)
        if question.intent == "repeat":
            return self._conversations.repeated(turn, understood_reply(turn))
        try:
            return answered_reply(turn, await self._answer(question, turn.context))
        except ImpossiblePeriod:
            return worded(turn, understood_reply(turn), [("period_impossible", {})], "no_data")
        except StorageError as error:
            LOG.error("no answer to %r: %s", turn.request.utterance, error)
            return failed_reply(turn, error)

    async def _answer(self, question: Question, context: Context) -> Answer:
        try:
            return await self._served(question, context)
        except StorageTimeout:
            raise
        except StorageUnavailable:
            if not await self.store.revive():
                raise
            return await self._served(question, context)

    async def _served(self, question: Question, context: Context) -> Answer:
        """The service's answer, within the time that a person waits for it."""
        seconds = self.settings.answer_timeout_seconds
        try:
            return await asyncio.wait_for(SERVICES[question.intent](question, context), seconds)
        except asyncio.TimeoutError as error:
            raise StorageTimeout(f"no answer within {seconds:g} s") from error


async def _without_failing(replying: Awaitable[Reply], request: Request) -> Reply:
    """A reply, also where something within has failed that nobody has thought of.

    The one place that catches everything: it is the border to all fronts, a voice must not fall
    silent, and what failed must be seen in the log with all that is known of it.
    """
    try:
        return await replying
    except Exception as error:
        LOG.exception("failed inside on %r", said_back(request.utterance))
        return failed_inside(request, error)


def _built_or_not(understanding: Understanding) -> Understanding:
    """An understanding as `not_yet` where no service answers the question."""
    question = understanding.question
    if question is None or question.intent == "repeat":
        return understanding
    metrics = METRICS.get(question.intent)
    built = (
        question.intent in SERVICES
        and (metrics is None or question.metric in metrics)
        and (question.compared_to is None or question.intent in COMPARING)
        and (question.metric in OF_SOURCES or not question.compares_sources)
    )
    return understanding if built else replace(understanding, outcome=_not_built(understanding))


def _not_built(understanding: Understanding) -> Outcome:
    """What is unknown or open is said first: it would have to be mended anyway."""
    return "not_yet" if understanding.outcome == "answered" else understanding.outcome
