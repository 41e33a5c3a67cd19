"""The same work asked for by several at once: done once for all who asked before it began."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

Result = TypeVar("Result")
# So long at most a run waits for the one before it; slow ones go on side by side.
PATIENCE_SECONDS = 1.0


@dataclass
class _Run:
    task: asyncio.Task[Any]
    waiting: int = 0


class SharedWork:
    """Nobody gets what was read before they asked: who asks while the work is under way waits for
    the next time, together with all who ask until that begins. Nothing is kept afterwards."""

    def __init__(self) -> None:
        self._next: dict[Hashable, _Run] = {}
        self._last: dict[Hashable, _Run] = {}

    async def once(self, key: Hashable, work: Callable[[], Awaitable[Result]]) -> Result:
        """What work gives. key: the same for those who ask for the same.

        Who stops waiting (a timeout) does not stop the work for the others; for nobody it is not
        done.
        """
        run = self._next.get(key) or self._planned(key, work)
        run.waiting += 1
        try:
            result: Result = await asyncio.shield(run.task)
        finally:
            run.waiting -= 1
            if not run.waiting and not run.task.done():
                self._drop(key, run)
                run.task.cancel()
        return result

    def _planned(self, key: Hashable, work: Callable[[], Awaitable[Result]]) -> _Run:
        before = self._last.get(key)
        run = _Run(asyncio.create_task(self._in_turn(key, before, work)))
        run.task.add_done_callback(lambda done: self._end(key, run))
        self._next[key] = self._last[key] = run
        return run

    async def _in_turn(
        self, key: Hashable, before: _Run | None, work: Callable[[], Awaitable[Result]]
    ) -> Result:
        if before is not None:
            await asyncio.wait([before.task], timeout=PATIENCE_SECONDS)
        del self._next[key]
        return await work()

    def _end(self, key: Hashable, run: _Run) -> None:
        self._drop(key, run)
        if not run.task.cancelled():
            run.task.exception()  # those who waited are told; perhaps nobody waits any more

    def _drop(self, key: Hashable, run: _Run) -> None:
        for runs in (self._next, self._last):
            if runs.get(key) is run:
                del runs[key]
