"""One event loop in a thread of its own, behind callers that know no async (OVOS handlers)."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from enms_core.domain.errors import StorageTimeout

Result = TypeVar("Result")


class BackgroundLoop:
    """Runs coroutines for other threads, one loop for all of them.

    A pool of database connections belongs to one loop, so everything that uses it runs here.
    """

    def __init__(self, name: str = "enms") -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result], timeout_seconds: float) -> Result:
        """The coroutine's result. After the timeout it is cancelled, with its query in the server,
        and StorageTimeout is raised."""
        if threading.current_thread() is self._thread:
            work.close()
            raise RuntimeError("the loop's own thread cannot wait for the loop")
        return self.wait(self.start(work), timeout_seconds)

    def start(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        """Run a coroutine beside everything else."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def wait(self, started: Future[Result], timeout_seconds: float) -> Result:
        """As `run`, for what was started before. CancelledError where somebody cancelled it."""
        try:
            return started.result(timeout_seconds)
        except (concurrent.futures.TimeoutError, TimeoutError) as error:
            started.cancel()
            raise StorageTimeout(f"no answer within {timeout_seconds:g} s") from error

    def stop(self) -> None:
        """Cancel what still runs and end the thread."""
        if not self._loop.is_running():
            return
        asyncio.run_coroutine_threadsafe(_cancel_others(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


async def _cancel_others() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
