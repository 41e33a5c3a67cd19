"""The engine behind the skill's handlers: opened, asked, stopped, and exchanged while it runs."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any, TypeVar

from enms_core.domain.catalogue import Catalogue
from enms_core.services.background import BackgroundLoop
from enms_core.services.engine import Engine
from enms_core.services.freshness import Keeper
from enms_core.services.memory import ProcessMemory
from enms_core.services.minds import is_known_language
from enms_core.services.reply import Reply
from enms_core.services.request import Progress, Request
from enms_core.services.turn import not_ours
from enms_core.settings import Settings
from enms_core.storage.store import Store

ANSWER_TIMEOUT_SECONDS = 20.0
# What takes long is told about more often than this; without a word it has failed.
SILENCE_SECONDS = 40.0
# A training has its own limit, which is a setting; this is for what knows none.
WORK_TIMEOUT_SECONDS = 300.0
OPEN_TIMEOUT_SECONDS = 60.0
CLOSE_TIMEOUT_SECONDS = 30.0


Result = TypeVar("Result")


@dataclass(frozen=True)
class _Opened:
    """An engine, and the answers it is working out, each with its session."""

    engine: Engine
    answers: list[tuple[str | None, Future[Any]]] = field(default_factory=list)


class Backend:
    """One engine at a time, on a loop of its own; what it remembers outlives a change of settings.

    Until `open` nothing is ours: OVOS already asks while the skill is loading. on_catalogue is told
    of the registers, and again whenever they change.
    """

    def __init__(self, on_catalogue: Callable[[Catalogue], None]) -> None:
        self._on_catalogue = on_catalogue
        self._loop = BackgroundLoop()
        self._memory = ProcessMemory()
        self._opening = threading.Lock()
        self._asking = threading.Lock()
        self._opened: _Opened | None = None
        self._keeper: Keeper | None = None
        self._retiring: list[Future[None]] = []

    def open(self, settings: Settings, langs: Iterable[str]) -> None:
        """Answer by these settings from now on; what is being answered goes on by the old ones.

        A database that is away now may come later. langs: those that are spoken here; any other
        is learned when it is first heard.
        """
        with self._opening:
            if self._opened is not None and self._opened.engine.settings == settings:
                return
            engine = Engine(settings, Store(settings), self._memory)
            engine.registers.on_change = self._on_catalogue
            for lang in filter(is_known_language, langs):
                self._loop.run(engine.warm_up(lang), OPEN_TIMEOUT_SECONDS)
            self._loop.start(engine.registers.watch())
            with self._asking:
                old, self._opened = self._opened, _Opened(engine)
            self._keep(settings)
            self._retire(old)

    def ask(self, request: Request) -> Reply | None:
        """The reply; None where somebody stopped it. Raises StorageTimeout.

        What is to be said meanwhile is told in the caller's own thread, which OVOS knows the
        session of.
        """
        told: queue.SimpleQueue[Progress | None] = queue.SimpleQueue()
        waiting = replace(request, tell=told.put)
        with self._asking:
            opened = self._opened
            if opened is None:
                return not_ours(request)
            asked = (request.session, self._loop.start(opened.engine.ask(waiting)))
            opened.answers.append(asked)
        asked[1].add_done_callback(lambda _answer: told.put(None))
        try:
            return self._waited(asked[1], told, request)
        except CancelledError:
            return None
        finally:
            opened.answers.remove(asked)

    def _waited(
        self,
        answer: Future[Reply],
        told: queue.SimpleQueue[Progress | None],
        request: Request,
    ) -> Reply:
        """The reply when it is there; None in the queue says so."""
        seconds = ANSWER_TIMEOUT_SECONDS
        try:
            while (progress := told.get(timeout=seconds)) is not None:
                seconds = SILENCE_SECONDS
                if request.tell is not None:
                    request.tell(progress)
        except queue.Empty:
            seconds = 0.0  # cancelled, unless it came at the last moment
        return self._loop.wait(answer, seconds)

    def understand(self, request: Request) -> Reply:
        """The reply as far as understanding goes."""
        if self._opened is None:
            return not_ours(request)
        understood = self._opened.engine.understand(request)
        return self._loop.run(understood, ANSWER_TIMEOUT_SECONDS)

    def work(self, work: Callable[[Engine], Coroutine[Any, Any, Result]]) -> Result | None:
        """The result of work for another program, on the engine in use; None where there is none.
        Raises StorageTimeout."""
        with self._asking:
            opened = self._opened
            if opened is None:
                return None
            asked = (None, self._loop.start(work(opened.engine)))
            opened.answers.append(asked)
        try:
            return self._loop.wait(asked[1], WORK_TIMEOUT_SECONDS)
        finally:
            opened.answers.remove(asked)

    def start(self, work: Callable[[Engine], Coroutine[Any, Any, Result]]) -> Future[Result] | None:
        """Work on the engine in use, beside the answers; None where there is none."""
        with self._asking:
            opened = self._opened
            return None if opened is None else self._loop.start(work(opened.engine))

    def awaits_reply(self, session: str) -> bool:
        """Whether we asked something back in this session and are not answered yet."""
        return self._opened is not None and self._opened.engine.awaits_reply(session)

    def is_busy(self, session: str) -> bool:
        """Whether an answer is being worked out for this session."""
        return bool(self._answers_in(session))

    def stop(self, session: str) -> bool:
        """Give up what this session waits for, and what it was asked; False where that is nothing.

        What was said before stays known.
        """
        answers = self._answers_in(session)
        for answer in answers:
            answer.cancel()
        return self._drop_question(session) or bool(answers)

    def close(self) -> None:
        """Let go of the database and end the loops."""
        if self._keeper is not None:
            self._keeper.stop()
        with self._asking:
            old, self._opened = self._opened, None
        self._retire(old)
        for retired in self._retiring:
            self._loop.wait(retired, CLOSE_TIMEOUT_SECONDS)
        self._loop.stop()

    def _keep(self, settings: Settings) -> None:
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = Keeper(settings)

    def _retire(self, opened: _Opened | None) -> None:
        if opened is not None:
            self._retiring.append(self._loop.start(_retired(opened)))

    def _answers_in(self, session: str) -> list[Future[Reply]]:
        with self._asking:
            asked = list(self._opened.answers) if self._opened is not None else []
        return [answer for asked_in, answer in asked if asked_in == session]

    def _drop_question(self, session: str) -> bool:
        memory = self._memory.recall(session, datetime.now(timezone.utc))
        if memory is None or memory.open_question is None:
            return False
        self._memory.keep(session, replace(memory, open_question=None))
        return True


async def _retired(opened: _Opened) -> None:
    """Close an engine when it has answered what it was asked."""
    answers = [asyncio.wrap_future(answer) for _, answer in list(opened.answers)]
    await asyncio.gather(*answers, return_exceptions=True)
    await opened.engine.close()
