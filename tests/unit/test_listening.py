"""The batches of a listener: acknowledged once they are kept, tried again until they are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest

from enms_core.domain.errors import QueryFailed, StorageError, StorageUnavailable, ValueRefused
from enms_core.domain.messages import BatchReport, LiveReason, Message, Refusal
from enms_core.services import listening
from enms_core.services.listening import BATCH_MESSAGES, Inbox, Listener


class Keeper:
    """Keeps messages, after some failures; notes in `log` what happened in which order."""

    def __init__(
        self,
        failures: int = 0,
        refused: Sequence[bytes] = (),
        impossible: Sequence[bytes] = (),
        failure: StorageError | None = None,
    ) -> None:
        self.log: list[str] = []
        self.refused: list[Refusal] = []
        self.batches: list[list[bytes]] = []
        self.told: list[str] = []
        self._failures = failures
        self._failure = failure or StorageUnavailable("gone")
        self._refused = refused
        self._impossible = impossible

    async def keep(self, batch: Sequence[Message]) -> BatchReport:
        if self._failures:
            self._failures -= 1
            self.log.append("failed")
            raise self._failure
        if any(message.text in self._impossible for message in batch):
            raise ValueRefused("too long")
        self.batches.append([message.text for message in batch])
        self.log.append("kept")
        refusals = [Refusal(m, LiveReason.NO_JSON) for m in batch if m.text in self._refused]
        stored = len(batch) - len(refusals)
        return BatchReport(stored=stored, duplicates=0, refusals=refusals)

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        if refusals:
            self.log.append("refused")
            self.refused += refusals

    def message(self, text: bytes) -> Message:
        return Message(text, None, lambda: self.log.append(f"acknowledged {text.decode()}"))

    def listener(self) -> Listener:
        return Listener(self.keep, self.refuse, self.told.append)


async def heard_and_ended(keeper: Keeper, texts: Sequence[bytes]) -> Listener:
    listener = keeper.listener()
    for text in texts:
        await listener.hear(keeper.message(text))
    listener.end()
    await listener.run()
    return listener


def test_a_message_is_acknowledged_after_it_is_kept_and_its_refusal_written() -> None:
    keeper = Keeper(refused=[b"b"])
    listener = asyncio.run(heard_and_ended(keeper, [b"a", b"b"]))
    assert keeper.log == ["kept", "refused", "acknowledged a", "acknowledged b"]
    assert (listener.counts.received, listener.counts.stored, listener.counts.refused) == (2, 1, 1)
    assert listener.behind == 0


def test_messages_keep_their_order_and_no_batch_is_too_large() -> None:
    keeper = Keeper()
    texts = [b"%d" % number for number in range(2 * BATCH_MESSAGES + 5)]
    asyncio.run(heard_and_ended(keeper, texts))
    assert [text for batch in keeper.batches for text in batch] == texts
    assert [len(batch) for batch in keeper.batches] == [BATCH_MESSAGES, BATCH_MESSAGES, 5]


def test_a_batch_is_tried_again_until_the_database_is_back() -> None:
    keeper = Keeper(failures=2)

    async def work() -> Listener:
        listener = keeper.listener()
        running = asyncio.create_task(listener.run())
        await listener.hear(keeper.message(b"a"))
        await until(lambda: "acknowledged a" in keeper.log)
        listener.end()
        await running
        return listener

    listener = asyncio.run(work())
    assert keeper.log == ["failed", "failed", "kept", "acknowledged a"]
    assert listener.counts.received == listener.counts.stored == 1
    assert len(keeper.told) == 2


def test_what_cannot_be_kept_at_the_end_is_not_acknowledged_and_that_is_an_error() -> None:
    keeper = Keeper(failures=1)
    with pytest.raises(StorageUnavailable):
        asyncio.run(heard_and_ended(keeper, [b"a"]))
    assert keeper.log == ["failed"]


def test_who_brings_too_much_waits_until_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_WAITING", 3)

    async def work() -> tuple[bool, list[Message], int]:
        inbox, keeper = Inbox(), Keeper()
        for _ in range(3):
            await inbox.put(keeper.message(b"a"))
        fourth = asyncio.create_task(inbox.put(keeper.message(b"b")))
        await asyncio.sleep(0.01)
        waited = not fourth.done()
        batch = await inbox.batch()
        await fourth
        return waited, batch, len(inbox)

    waited, batch, left = asyncio.run(work())
    assert waited
    assert (len(batch), left) == (3, 1)


def test_what_was_on_its_way_at_the_end_is_kept_though_there_is_no_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A line that was read from a pipe is nowhere else: it was dropped without a word once."""
    monkeypatch.setattr(listening, "MOST_WAITING", 2)
    keeper = Keeper()

    async def work() -> None:
        listener = keeper.listener()
        for text in (b"a", b"b"):
            await listener.hear(keeper.message(text))
        waiting = asyncio.create_task(listener.hear(keeper.message(b"c")))
        await asyncio.sleep(0)
        assert not waiting.done()
        listener.end()
        await waiting
        await listener.hear(keeper.message(b"d"))
        await listener.run()

    asyncio.run(work())
    assert keeper.batches == [[b"a", b"b", b"c", b"d"]]


def test_a_message_that_the_database_never_takes_stops_no_other() -> None:
    """It was tried again for ever once, and whatever came after it waited."""
    keeper = Keeper(impossible=[b"3", b"7"])
    texts = [b"%d" % number for number in range(10)]
    listener = asyncio.run(heard_and_ended(keeper, texts))
    kept = [text for batch in keeper.batches for text in batch]
    assert kept == [text for text in texts if text not in (b"3", b"7")]
    assert [(each.message.text, each.reason, each.detail) for each in keeper.refused] == [
        (b"3", LiveReason.UNSTORABLE, "too long"),
        (b"7", LiveReason.UNSTORABLE, "too long"),
    ]
    assert keeper.told == []
    acknowledged = [each for each in keeper.log if each.startswith("acknowledged")]
    assert acknowledged == [f"acknowledged {number}" for number in range(10)]
    counts = listener.counts
    assert (counts.received, counts.stored, counts.refused) == (10, 8, 2)


def test_a_statement_that_fails_for_another_reason_refuses_no_message() -> None:
    """A full disk says nothing against a message: it waits."""
    keeper = Keeper(failures=1, failure=QueryFailed("DiskFullError"))

    async def work() -> None:
        listener = keeper.listener()
        running = asyncio.create_task(listener.run())
        await listener.hear(keeper.message(b"a"))
        await until(lambda: "acknowledged a" in keeper.log)
        listener.end()
        await running

    asyncio.run(work())
    assert keeper.log == ["failed", "kept", "acknowledged a"]
    assert keeper.refused == []


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(1000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("not within ten seconds")
