"""Lines of a stream as messages: whoever writes them waits while too many of them wait here."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError

from enms_core.domain.live import Message
from enms_core.services.listening import Listener

CHUNK_BYTES = 1 << 16
# A line without an end must not fill the memory: it is cut here, and its pieces are refused.
LONGEST_LINE_BYTES = 1 << 20


class LineFeed:
    """Hands the lines of a file descriptor to a listener."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.dropped = self.waiting = 0  # the stream itself waits

    async def run(self, listener: Listener) -> None:
        """Until the end of the stream.

        A thread reads: an event loop cannot wait for a file. It is a daemon, because a read of a
        terminal cannot be called off when a signal ends the program.
        """
        clock = asyncio.get_running_loop()
        ended = asyncio.Event()

        async def hear(lines: Sequence[bytes]) -> None:
            for line in lines:
                if line.strip():
                    await listener.hear(Message(line, None, _nobody_waits))

        def read() -> None:
            try:
                self._read(
                    lambda lines: asyncio.run_coroutine_threadsafe(hear(lines), clock).result()
                )
                clock.call_soon_threadsafe(ended.set)
            except (CancelledError, RuntimeError):
                pass  # the loop has ended before the stream: nobody listens any more

        threading.Thread(target=read, name="enms-stdin", daemon=True).start()
        await ended.wait()

    def _read(self, hear: Callable[[Sequence[bytes]], None]) -> None:
        rest = b""
        while chunk := os.read(self._descriptor, CHUNK_BYTES):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_LINE_BYTES:
                lines, rest = [*lines, rest], b""
            hear(lines)
        hear([rest])


def _nobody_waits() -> None:
    """Whoever wrote a line wants no acknowledgement."""
