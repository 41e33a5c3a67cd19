"""Where the time of an answer goes: the engine's, and within it the wait for the database."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from enms_core.services.engine import Engine


class Clock:
    """Time during which at least one of the calls that it watches is under way."""

    def __init__(self) -> None:
        self._under_way = 0
        self._started = self._ms = 0.0

    def watched(self, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def run(*values: Any) -> Any:
            if not self._under_way:
                self._started = time.perf_counter()
            self._under_way += 1
            try:
                return await call(*values)
            finally:
                self._under_way -= 1
                if not self._under_way:
                    self._ms += 1000 * (time.perf_counter() - self._started)

        return run

    def take(self) -> float:
        """Milliseconds since the last call."""
        taken, self._ms = self._ms, 0.0
        return taken


class Probe:
    """Watches an engine; understanding for the pipeline plugin is its time too."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._database = Clock(), Clock()
        readings: Any = engine.store.readings
        watched: Any = engine
        for name in ("ask", "understand"):
            setattr(watched, name, self._engine.watched(getattr(engine, name)))
        for name in ("fetch", "fetch_value"):
            setattr(readings, name, self._database.watched(getattr(readings, name)))

    def take(self) -> tuple[float, float]:
        """Ours without the database, and the database, since the last call [ms]."""
        database = self._database.take()
        return self._engine.take() - database, database
