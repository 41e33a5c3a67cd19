"""Lines of a stream: each is handed on once, and what is not read stays with whoever writes."""

from __future__ import annotations

import asyncio
import fcntl
import os
import struct
import termios
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from enms_cli.stdin import LONGEST_LINE_BYTES, LineFeed
from enms_core.domain.errors import EnmsError
from enms_core.domain.messages import BatchReport, Message
from enms_core.services import listening
from enms_core.services.listening import Listener


class Heard:
    """A listener that keeps what it hears in `texts`."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []
        self.listener = Listener(self._keep, lambda refusals: None, lambda line: None)

    async def _keep(self, batch: Sequence[Message]) -> BatchReport:
        await asyncio.sleep(0.01)
        self.texts += [message.text for message in batch]
        return BatchReport(stored=len(batch))

    async def run(self, descriptor: int, end_after: int | None = None) -> None:
        """Until the end of the stream, or so many lines are kept."""
        feeding = asyncio.create_task(LineFeed(descriptor).run(self.listener))
        feeding.add_done_callback(lambda _: self.listener.end())
        running = asyncio.create_task(self.listener.run())
        while not running.done():
            await asyncio.sleep(0.005)
            if end_after is not None and len(self.texts) >= end_after:
                self.listener.end()
        await running
        await feeding
        await self.listener.run()


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """The end to read, and the one to write."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def left_in(descriptor: int) -> bytes:
    """What is written and not read."""
    (count,) = struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4)))
    return os.read(descriptor, count) if count else b""


def test_no_line_that_was_read_is_lost_when_the_listener_ends(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that went on after the end emptied the pipe of whoever wrote, into nothing."""
    monkeypatch.setattr(listening, "MOST_WAITING", 500)
    reading, writing = pipe
    os.set_blocking(writing, False)
    written = bytearray()
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            line = b"%d\n" % number
            try:
                os.write(writing, line)  # whole or not at all: it is short
            except BlockingIOError:
                stop.wait(0.001)
            else:
                written.extend(line)
                number += 1

    heard = Heard()
    thread = threading.Thread(target=write)
    thread.start()
    try:
        asyncio.run(asyncio.wait_for(heard.run(reading, end_after=3_000), 60))
    finally:
        stop.set()
        thread.join()
    *whole, cut = heard.texts
    left = left_in(reading)
    told = b"".join(each + b"\n" for each in whole) + cut
    assert bytes(written) in (told + left, told + b"\n" + left)
    assert len(heard.texts) >= 3_000


def test_a_line_that_was_cut_short_by_the_end_is_handed_on(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, b"whole\nhal")
    heard = Heard()
    asyncio.run(asyncio.wait_for(heard.run(reading, end_after=1), 60))
    assert heard.texts == [b"whole", b"hal"]


def test_a_pipe_that_does_not_block_is_waited_for(pipe: tuple[int, int]) -> None:
    """Reading it failed once while nothing was there, and then nothing ever ended."""
    reading, writing = pipe
    os.set_blocking(reading, False)
    heard = Heard()

    async def work() -> None:
        running = asyncio.create_task(heard.run(reading, end_after=2))
        await asyncio.sleep(0.05)
        os.write(writing, b"a\nb\n")
        await asyncio.wait_for(running, 60)

    asyncio.run(work())
    assert heard.texts == [b"a", b"b"]


def test_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"a\n\n  \nb\r\nlast")
    heard = Heard()
    with path.open("rb") as file:
        asyncio.run(asyncio.wait_for(heard.run(file.fileno()), 60))
    assert [text.strip() for text in heard.texts] == [b"a", b"b", b"last"]


def test_a_line_without_an_end_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"x" * (3 * LONGEST_LINE_BYTES))
    heard = Heard()
    with path.open("rb") as file:
        asyncio.run(asyncio.wait_for(heard.run(file.fileno()), 60))
    assert len(heard.texts) == 3
    assert sum(map(len, heard.texts)) == 3 * LONGEST_LINE_BYTES


def test_a_stream_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A folder stands for whatever a read can fail with: an error, and no waiting for ever."""
    heard = Heard()
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        with pytest.raises(EnmsError, match="cannot be read"):
            asyncio.run(asyncio.wait_for(heard.run(folder), 60))
    finally:
        os.close(folder)
