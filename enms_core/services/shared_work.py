"""The same work asked for by several at once: done once for all who asked before it began."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

Result = TypeVar("Result")


class SharedWork:
    """Nobody gets what was read before they asked: who asks while the work is under way waits for
    the next time, together with all who ask until that begins. Nothing is kept afterwards."""

    def __init__(self) -> None:
        self._next: dict[Hashable, asyncio.Task[Any]] = {}
        self._last: dict[Hashable, asyncio.Task[Any]] = {}

    async def once(self, key: Hashable, work: Callable[[], Awaitable[Result]]) -> Result:
        """What work gives. key: the same for those who ask for the same.

        Who stops waiting (a timeout) does not stop the work for the others.
        """
        task = self._next.get(key)
        if task is None:
            task = asyncio.create_task(self._in_turn(key, self._last.get(key), work))
            task.add_done_callback(lambda done: self._forget(key, done))
            self._next[key] = self._last[key] = task
        result: Result = await asyncio.shield(task)
        return result

    async def _in_turn(
        self,
        key: Hashable,
        before: asyncio.Task[Any] | None,
        work: Callable[[], Awaitable[Result]],
    ) -> Result:
        if before is not None:
            await asyncio.wait([before])
        del self._next[key]
        return await work()

    def _forget(self, key: Hashable, done: asyncio.Task[Any]) -> None:
        if self._last.get(key) is done:
            del self._last[key]
        if self._next.get(key) is done:  # cancelled before it began
            del self._next[key]
        if not done.cancelled():
            done.exception()  # those who waited are told; perhaps nobody waits any more
