"""Lines of a stream as messages: whoever writes them waits while too many of them wait here."""

from __future__ import annotations

import asyncio
import os

from enms_core.domain.errors import EnmsError
from enms_core.domain.messages import Message
from enms_core.services.listening import Listener

CHUNK_BYTES = 1 << 16
# A line without an end must not fill the memory: it is cut here, and its pieces are refused.
LONGEST_LINE_BYTES = 1 << 20


class LineFeed:
    """Hands the lines of a file descriptor to a listener.

    Nothing is read before there is something, and nothing after the listener has ended: so what was
    read is handed on, to the last line, and what was not stays with whoever writes.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = b""
        self.dropped = self.waiting = 0  # the stream itself waits

    async def run(self, listener: Listener) -> None:
        """Until the end of the stream, or of the listener. Raises EnmsError where the stream cannot
        be read any more; what was read before has been handed on then."""
        ended = asyncio.create_task(listener.ended())
        try:
            while await self._has_more(ended):
                chunk = self._read()
                if chunk == b"":
                    break
                await self._hear(listener, chunk or b"")
        finally:
            ended.cancel()
            # A line that was cut short is no message: it goes on the list of the refused.
            await self._hear(listener, b"\n")

    async def _has_more(self, ended: asyncio.Task[None]) -> bool:
        """Wait for bytes, or the end of the stream; False once the listener has ended."""
        clock = asyncio.get_running_loop()
        ready = clock.create_future()
        try:
            clock.add_reader(self._descriptor, _settle, ready)
        except PermissionError:  # a file on a disk: it is there to be read
            await asyncio.sleep(0)
            return not ended.done()
        try:
            await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            clock.remove_reader(self._descriptor)
        return not ended.done()

    def _read(self) -> bytes | None:
        """The next bytes; none at the end of the stream, None where somebody else took them."""
        try:
            return os.read(self._descriptor, CHUNK_BYTES)
        except BlockingIOError:
            return None
        except OSError as error:
            raise EnmsError(f"stdin cannot be read: {error}") from error

    async def _hear(self, listener: Listener, chunk: bytes) -> None:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if len(self._rest) > LONGEST_LINE_BYTES:
            lines, self._rest = [*lines, self._rest], b""
        for line in lines:
            if line.strip():
                await listener.hear(Message(line, None, _nobody_waits))


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


def _nobody_waits() -> None:
    """Whoever wrote a line wants no acknowledgement."""
