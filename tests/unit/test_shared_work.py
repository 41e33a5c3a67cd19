"""What several ask for at once is done once, and nobody gets what was read before they asked."""

from __future__ import annotations

import asyncio

import pytest

from enms_core.services import shared_work
from enms_core.services.shared_work import SharedWork


class Readings:
    """A number that changes, and how often it was read."""

    def __init__(self) -> None:
        self.value = 1
        self.reads = 0
        self.may_end = asyncio.Event()

    async def read(self) -> int:
        self.reads += 1
        value = self.value
        await self.may_end.wait()
        return value


def test_all_who_ask_before_it_begins_share_one_run() -> None:
    async def asked() -> None:
        shared, readings = SharedWork(), Readings()
        readings.may_end.set()

        found = await asyncio.gather(*(shared.once("a", readings.read) for _ in range(10)))

        assert (found, readings.reads) == ([1] * 10, 1)

    asyncio.run(asked())


def test_who_asks_while_it_is_under_way_gets_what_is_read_after() -> None:
    async def asked() -> None:
        shared, readings = SharedWork(), Readings()
        first = asyncio.create_task(shared.once("a", readings.read))
        await asyncio.sleep(0.01)
        readings.value = 2
        later = [asyncio.create_task(shared.once("a", readings.read)) for _ in range(9)]
        await asyncio.sleep(0.01)
        readings.may_end.set()

        assert await first == 1
        assert await asyncio.gather(*later) == [2] * 9
        assert readings.reads == 2

    asyncio.run(asked())


def test_other_keys_do_not_wait() -> None:
    async def asked() -> None:
        shared, slow, fast = SharedWork(), Readings(), Readings()
        fast.may_end.set()
        waiting = asyncio.create_task(shared.once("slow", slow.read))

        assert await asyncio.wait_for(shared.once("fast", fast.read), 5) == 1
        slow.may_end.set()
        assert await waiting == 1

    asyncio.run(asked())


def test_an_error_reaches_all_who_wait_and_is_not_kept() -> None:
    async def failing() -> int:
        raise ValueError("no readings")

    async def working() -> int:
        return 5

    async def asked() -> None:
        shared = SharedWork()
        both = (shared.once("a", failing), shared.once("a", failing))
        found = await asyncio.gather(*both, return_exceptions=True)

        assert [str(each) for each in found] == ["no readings"] * 2
        assert await shared.once("a", working) == 5

    asyncio.run(asked())


@pytest.mark.parametrize("is_first", [True, False])
def test_who_stops_waiting_does_not_stop_it_for_others(is_first: bool) -> None:
    async def asked() -> None:
        shared, readings = SharedWork(), Readings()
        tasks = [asyncio.create_task(shared.once("a", readings.read)) for _ in range(2)]
        await asyncio.sleep(0.01)
        gone, stays = tasks if is_first else reversed(tasks)
        gone.cancel()
        readings.may_end.set()

        assert await stays == 1
        assert gone.cancelled() and readings.reads == 1

    asyncio.run(asked())


def test_for_nobody_it_is_not_done() -> None:
    async def asked() -> None:
        shared, readings = SharedWork(), Readings()
        tasks = [asyncio.create_task(shared.once("a", readings.read)) for _ in range(2)]
        await asyncio.sleep(0.01)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        readings.value = 2
        readings.may_end.set()

        assert await asyncio.wait_for(shared.once("a", readings.read), 5) == 2
        assert set(map(len, vars(shared).values())) == {0}

    asyncio.run(asked())


def test_slow_work_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the second to ask would wait twice as long, and no longer than a person does."""
    monkeypatch.setattr(shared_work, "PATIENCE_SECONDS", 0.01)

    async def asked() -> None:
        shared, slow, fast = SharedWork(), Readings(), Readings()
        fast.may_end.set()
        waiting = asyncio.create_task(shared.once("a", slow.read))
        await asyncio.sleep(0.01)

        assert await asyncio.wait_for(shared.once("a", fast.read), 5) == 1
        slow.may_end.set()
        assert await waiting == 1

    asyncio.run(asked())


def test_nothing_is_kept_afterwards() -> None:
    async def asked() -> SharedWork:
        shared, readings = SharedWork(), Readings()
        readings.may_end.set()
        for _ in range(3):
            await asyncio.gather(*(shared.once(key, readings.read) for key in "aab"))
        await asyncio.sleep(0)
        assert readings.reads == 6
        return shared

    assert set(map(len, vars(asyncio.run(asked())).values())) == {0}
