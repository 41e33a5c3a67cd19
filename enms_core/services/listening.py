"""Listening: messages of meters are stored in batches, and acknowledged once they are.

A message is acknowledged when the transaction that stores it has been committed, or when it stands
in the list of refused messages. What is not acknowledged comes again after a restart of whatever
failed, and storing it a second time changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from enms_core.domain.errors import StorageError, ValueRefused
from enms_core.domain.messages import BatchReport, LiveReason, Message, Refusal
from enms_core.storage.store import Store

LOG = logging.getLogger(__name__)
BATCH_MESSAGES = 1_000
BATCH_SECONDS = 1.0
# A sender that may have only so many unacknowledged messages on their way falls silent when it has:
# waiting longer than this for more of them would only make it slow.
SILENCE_SECONDS = 0.01
MOST_WAITING = 10_000
FIRST_RETRY_SECONDS = 0.25
LONGEST_RETRY_SECONDS = 30.0
REFRESH_SECONDS = 60.0

Keep = Callable[[Sequence[Message]], Awaitable[BatchReport]]
Refuse = Callable[[Sequence[Refusal]], None]
Tell = Callable[[str], None]


@dataclass
class Counts:
    """Since the start: messages received, and values stored, there already, and refused."""

    received: int = 0
    stored: int = 0
    duplicates: int = 0
    refused: int = 0


class Inbox:
    """Messages that wait to be stored, at most MOST_WAITING: who brings more waits for room."""

    def __init__(self) -> None:
        self._waiting: deque[Message] = deque()
        self._stirred = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self.closed = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    async def put(self, message: Message) -> None:
        """Take a message in. After the end it is what its sender had parted with before: for that
        there is always room."""
        await self._room.wait()
        self._waiting.append(message)
        self._stirred.set()
        if len(self._waiting) >= MOST_WAITING and not self.closed.is_set():
            self._room.clear()

    def close(self) -> None:
        """Nobody fetches more; what waits is still handed out."""
        self.closed.set()
        self._stirred.set()
        self._room.set()

    async def batch(self) -> list[Message]:
        """The next messages: as many as a batch may have, or as come before a silence or within
        BATCH_SECONDS. None at all only after the end."""
        await self._stirred.wait()
        clock = asyncio.get_running_loop()
        until = clock.time() + BATCH_SECONDS
        before = 0
        while before < len(self._waiting) < BATCH_MESSAGES and clock.time() < until:
            if self.closed.is_set():
                break
            before = len(self._waiting)
            await asyncio.sleep(SILENCE_SECONDS)
        return self._taken()

    def _taken(self) -> list[Message]:
        count = min(BATCH_MESSAGES, len(self._waiting))
        taken = [self._waiting.popleft() for _ in range(count)]
        if not self.closed.is_set():
            self._room.set()
            if not self._waiting:
                self._stirred.clear()
        return taken


class Listener:
    """Stores what comes in, in the order in which it came, until it is ended.

    keep stores a batch in one transaction and may be called again with the same one; refuse writes
    the list of refused messages and returns when that is on the disk; tell takes a line for the
    person who looks after it.
    """

    def __init__(self, keep: Keep, refuse: Refuse, tell: Tell) -> None:
        self._keep, self._refuse, self._tell = keep, refuse, tell
        self._inbox = Inbox()
        self._on_its_way = 0
        self.counts = Counts()

    @property
    def behind(self) -> int:
        """Messages that were received and are neither stored nor refused yet."""
        return len(self._inbox) + self._on_its_way

    def has_ended(self) -> bool:
        """Whether nothing more is to be fetched."""
        return self._inbox.closed.is_set()

    async def ended(self) -> None:
        """Wait until nothing more is to be fetched."""
        await self._inbox.closed.wait()

    async def hear(self, message: Message) -> None:
        """Take a message in; waits while too many of them wait already.

        After the end only what cannot be given back, such as the rest of the lines that were read.
        """
        await self._inbox.put(message)

    def end(self) -> None:
        """Fetch nothing more, store what is there, and return from `run`."""
        self._inbox.close()

    async def run(self) -> None:
        """Store batches until the end. Raises StorageError only after it: what waits then is not
        stored and not acknowledged."""
        while batch := await self._inbox.batch():
            self.counts.received += len(batch)
            self._on_its_way = len(batch)
            report = await self._patiently(batch)
            for message in batch:
                message.acknowledge()
            self._on_its_way = 0
            self._count(report)

    async def _patiently(self, batch: Sequence[Message]) -> BatchReport:
        """Try until it works: the database may be away for hours."""
        wait_seconds = FIRST_RETRY_SECONDS
        while True:
            try:
                report = await self._kept(batch)
                self._refuse(report.refusals)
                return report
            except StorageError as error:
                if self.has_ended():
                    raise
                self._tell(f"{error}; {self.behind:,} messages wait, again in {wait_seconds:g} s")
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._inbox.closed.wait(), wait_seconds)
            wait_seconds = min(2 * wait_seconds, LONGEST_RETRY_SECONDS)

    async def _kept(self, batch: Sequence[Message]) -> BatchReport:
        """Keep a batch without the messages that the database will never take: they would stop all
        that come after them. They are found by halves."""
        try:
            return await self._keep(batch)
        except ValueRefused as error:
            if len(batch) == 1:
                refusal = Refusal(batch[0], LiveReason.UNSTORABLE, error.reason)
                return BatchReport(refusals=[refusal])
        middle = len(batch) // 2
        return (await self._kept(batch[:middle])).followed_by(await self._kept(batch[middle:]))

    def _count(self, report: BatchReport) -> None:
        self.counts.stored += report.stored
        self.counts.duplicates += report.duplicates
        self.counts.refused += len(report.refusals)
        for remark in report.remarks:
            self._tell(remark)


async def refresh_every_minute(store: Store) -> None:
    """Keep the rollups quick while readings come in; answers do not depend on it."""
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        await refresh(store)


async def refresh(store: Store) -> None:
    """Bring the rollups up to date; a database that is away has that done the next time."""
    try:
        await store.refresh_rollups()
    except StorageError as error:
        LOG.warning("the rollups could not be refreshed: %s", error)
