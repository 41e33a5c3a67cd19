"""Pictures of baselines on a screen, drawn beside the answer: speech never waits for one."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Protocol

from ovos_utils.log import LOG

from enms_core.domain.errors import EnmsError
from enms_core.services.baseline_rows import picture_of
from enms_core.services.baseline_versions import in_local_time
from enms_core.services.engine import Engine
from enms_core.services.reply import Reply
from enms_core.services.seus import all_seus
from enms_core.storage.baselines import baselines_of

PICTURED = frozenset({"baseline_train", "baseline_explain"})
DRAWING_SECONDS = 20.0

Draw = Callable[[Callable[[Engine], Any]], "Future[bytes | None] | None"]


class Screen(Protocol):
    """What is needed of OVOS's interface to screens."""

    @property
    def connected(self) -> bool: ...

    def show_image(self, url: str, caption: str | None, title: str | None, fill: str) -> None: ...


class Pictures:
    """Shows the picture that belongs to an answer, unless another answer came meanwhile.

    start: runs work on the engine in use beside the answers; None where there is no engine.
    """

    def __init__(self, start: Draw) -> None:
        self._start = start
        self._shown = 0
        self._folder = tempfile.TemporaryDirectory(prefix="enms-pictures-")

    def show(self, reply: Reply, screen: Screen) -> threading.Thread | None:
        """Draw and show in a thread of its own; None where the answer has no picture."""
        self._shown += 1
        baseline = reply.data.get("baseline")
        if reply.intent not in PICTURED or reply.outcome != "answered" or not baseline:
            return None
        thread = threading.Thread(
            target=self._draw, args=(reply, screen, self._shown), daemon=True, name="enms-picture"
        )
        thread.start()
        return thread

    def close(self) -> None:
        """Take the files away; what is being drawn is not shown."""
        self._shown += 1
        self._folder.cleanup()

    def _draw(self, reply: Reply, screen: Screen, number: int) -> None:
        # Asking for a screen can take seconds where there is none.
        if not screen.connected:
            return
        try:
            started = self._start(lambda engine: drawn(engine, reply.data, reply.lang))
            picture = started and started.result(DRAWING_SECONDS)
            if picture and number == self._shown:
                path = Path(self._folder.name, f"{number}.png")
                path.write_bytes(picture)
                screen.show_image(str(path), reply.speech, reply.title, "PreserveAspectFit")
        except (EnmsError, CancelledError, FutureTimeout, OSError) as error:
            LOG.warning("no picture of the baseline: %s", error)


async def drawn(engine: Engine, data: Any, lang: str) -> bytes | None:
    """The picture of the version that an answer's data tells of, as PNG."""
    catalogue, store = await engine.registers.current(), engine.store
    of = next((each for each in all_seus(catalogue) if each.seu.name == data["seu"]), None)
    if of is None:
        return None
    found = await baselines_of(store.readings, [of.seu.id])
    versions = in_local_time(found.get(of.seu.id, ()), of, catalogue)
    number = data["baseline"]["version"]
    baseline = next((each for each in versions if each.version == number), None)
    if baseline is None:
        return None
    return await picture_of(of, baseline, store, catalogue, datetime.now(timezone.utc), lang)
