"""The engine: understand, answer, say. Every front asks it and does nothing more."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timezone
from functools import partial

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.errors import StorageError, StorageTimeout, StorageUnavailable
from enms_core.domain.period import ImpossiblePeriod
from enms_core.domain.question import NOT_UNDERSTOOD, Question, Understanding
from enms_core.language.said_back import said_back
from enms_core.services.context import Context, instant
from enms_core.services.conversation import UNDERSTOOD, Conversations
from enms_core.services.features import SERVICES, built_or_not, takes_long, writes
from enms_core.services.memory import MemoryStore, ProcessMemory, SessionMemory
from enms_core.services.minds import Mind, Minds, is_known_language
from enms_core.services.registers import Registers
from enms_core.services.reply import Reply, together
from enms_core.services.request import Request
from enms_core.services.shared_work import SharedWork
from enms_core.services.turn import (
    Turn,
    answered_turn,
    failed_inside,
    failed_reply,
    not_ours,
    passed_over,
    resumed_turn,
    still_training,
    to_be_served,
    understood_reply,
    worded,
)
from enms_core.services.waiting import told_of
from enms_core.settings import Settings
from enms_core.storage.audit import person
from enms_core.storage.store import Store

LOG = logging.getLogger(__name__)

Replying = Callable[[Request, SessionMemory], Awaitable[Reply]]


class Engine:
    """Answers utterances over one database."""

    def __init__(self, settings: Settings, store: Store, memory: MemoryStore | None = None) -> None:
        self.settings = settings
        self.store = store
        self.registers = Registers(store, settings.site)
        self._minds = Minds(settings.currency_words)
        self._conversations = Conversations(memory or ProcessMemory(), settings.session_minutes)
        self._shared = SharedWork()

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
        reply = await self._without_failing(self._replied(request), request)
        return replace(reply, elapsed_ms=1000 * (time.perf_counter() - started))

    async def understand(self, request: Request) -> Reply:
        """The same without answering: outcome `answered` where `ask` would try to answer."""
        started = time.perf_counter()
        if not is_known_language(request.lang):
            return not_ours(request)
        reply = await self._without_failing(self._taken(request), request)
        return replace(reply, elapsed_ms=1000 * (time.perf_counter() - started))

    async def _replied(self, request: Request, before: SessionMemory | None = None) -> Reply:
        """before: what is known since the first question of the same utterance."""
        turn, reply = await self._answered(await self._turn(request, before))
        memory = self._conversations.after(turn, reply)
        self._conversations.keep(turn, memory)
        if turn.resumed is not None:
            first = resumed_turn(turn, turn.resumed, memory)
            reply, memory = await self._with_first(first, reply)
        return await self._with_rest(self._replied, turn, reply, memory)

    async def _with_first(self, turn: Turn, reply: Reply) -> tuple[Reply, SessionMemory]:
        """The reply to a training, and the one to what was asked before that was offered."""
        turn, answered = await self._answered(turn)
        memory = self._conversations.after(turn, answered)
        self._conversations.keep(turn, memory)
        return together(reply, answered), memory

    async def _taken(self, request: Request, before: SessionMemory | None = None) -> Reply:
        turn = await self._turn(request, before)
        if turn.understanding == NOT_UNDERSTOOD:  # then a front need not ask us
            self._conversations.give_up(request.session, turn.context.now)
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

    async def mind(self, lang: str) -> Mind:
        """The words of a language over the registers as they are now. Raises StorageError."""
        catalogue = await self._catalogue()
        return await asyncio.to_thread(self._minds.speaking, lang, catalogue)

    async def answer(
        self, question: Question, request: Request, mind: Mind
    ) -> tuple[Answer | None, Reply]:
        """What a service answers to a question that nobody put into words, and how it is said; no
        answer where there is no such service. Raises StorageError and ImpossiblePeriod."""
        understanding = built_or_not(Understanding("answered", 1.0, question))
        now = instant(request.now, mind.catalogue.zone)
        context = self._context(request, mind, now, None)
        turn = Turn(request, mind, context, None, understanding)
        if understanding.outcome != "answered":
            return None, understood_reply(turn)
        answer = await self._answer(question, turn)
        return answer, answered_turn(turn, answer)[1]

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
        context = self._context(request, mind, now, memory)
        understanding = mind.interpreter.understand(
            request.utterance,
            memory.open_question if memory is not None else None,
            memory.recalled if memory is not None else None,
        )
        context = replace(context, is_follow_up=understanding.is_follow_up)
        return Turn(request, mind, context, memory, built_or_not(understanding))

    def _context(
        self, request: Request, mind: Mind, now: datetime, memory: SessionMemory | None
    ) -> Context:
        return Context(
            store=self.store,
            catalogue=mind.catalogue,
            now=now,
            week_start=self.settings.week_start,
            verbosity=self.settings.verbosity,
            evidence=memory.evidence if memory is not None else None,
            lang=request.lang,
            shared=self._shared,
            who=person(request.via),
        )

    async def _answered(self, turn: Turn) -> tuple[Turn, Reply]:
        """The reply, and the turn with what was asked back in it."""
        if turn.failure is not None:
            return turn, failed_reply(turn, turn.failure)
        question = to_be_served(turn)
        if question is None:
            return turn, understood_reply(turn)
        if question.intent == "repeat":
            return turn, self._conversations.repeated(turn, understood_reply(turn))
        try:
            return answered_turn(turn, await self._answer(question, turn))
        except ImpossiblePeriod:
            reply = understood_reply(turn)
            return turn, worded(turn, reply, [("period_impossible", {})], "no_data")
        except StorageError as error:
            LOG.error("no answer to %r: %s", turn.request.utterance, error)
            return turn, failed_reply(turn, error)

    async def _answer(self, question: Question, turn: Turn) -> Answer:
        try:
            return await self._served(question, turn)
        except StorageTimeout:
            raise
        except StorageUnavailable:
            # Whether something was stored before the server went is not known: what writes is asked
            # for again by the person, or not at all.
            if writes(question) or not await self.store.revive():
                raise
            return await self._served(question, turn)

    async def _served(self, question: Question, turn: Turn) -> Answer:
        """The service's answer, within the time that a person waits for it."""
        is_long = takes_long(question)
        settings = self.settings
        seconds = settings.training_timeout_seconds if is_long else settings.answer_timeout_seconds
        work = SERVICES[question.intent](question, turn.context)
        try:
            if is_long and turn.request.tell is not None:
                work = told_of(work, partial(turn.request.tell, still_training(turn)))
            return await asyncio.wait_for(work, seconds)
        except asyncio.TimeoutError as error:
            raise StorageTimeout(f"no answer within {seconds:g} s") from error

    async def _without_failing(self, replying: Awaitable[Reply], request: Request) -> Reply:
        """A reply, also where something within has failed that nobody has thought of.

        The one place that catches everything: it is the border to all fronts, a voice must not
        fall silent, and what failed must be seen in the log with all that is known of it.
        """
        try:
            return await replying
        except Exception as error:
            LOG.exception("failed inside on %r", said_back(request.utterance))
            self._conversations.give_up(request.session, datetime.now(timezone.utc))
            return failed_inside(request, error)
