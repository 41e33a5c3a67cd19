"""Where the broker is, and what waits of a connection."""

from __future__ import annotations

import asyncio

import aiomqtt
import pytest

from enms_cli import mqtt
from enms_cli.mqtt import Broker, MqttFeed, broker_at
from enms_core.services.listening import Listener


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("mqtt://broker", Broker(host="broker", port=1883, client_id="us")),
        ("mqtt://10.0.0.7:1884/", Broker(host="10.0.0.7", port=1884, client_id="us")),
        (
            "mqtts://me:p%40ss@broker",
            Broker(
                host="broker", port=8883, user="me", password="p@ss", has_tls=True, client_id="us"
            ),
        ),
    ],
)
def test_a_url_names_the_broker(url: str, expected: Broker) -> None:
    assert broker_at(url, "us") == expected


@pytest.mark.parametrize("url", ["broker", "http://broker", "mqtt://", "mqtt://broker/topic"])
def test_a_url_of_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="mqtt://host"):
        broker_at(url, "us")


def test_only_what_no_acknowledgement_protects_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mqtt, "MOST_WAITING", 2)

    async def work() -> tuple[int, list[int]]:
        dropped = []
        waiting = mqtt._Waiting(lambda: dropped.append(1))
        for qos in (1, 0, 0, 1, 1, 0):
            waiting.put_nowait(aiomqtt.Message("t", b"", qos, False, 1, None))
        return len(dropped), [waiting.get_nowait().qos for _ in range(waiting.qsize())]

    assert asyncio.run(work()) == (2, [1, 0, 1, 1])


def test_a_broker_that_is_not_there_is_told_and_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mqtt, "FIRST_RETRY_SECONDS", 0.01)
    told: list[str] = []

    async def work() -> None:
        # Nobody listens on this port of the discard protocol.
        feed = MqttFeed(Broker(host="127.0.0.1", port=9, client_id="us"), ["t"], told.append)
        listener = Listener(_keeps_nothing, lambda refusals: None, told.append)
        running = asyncio.create_task(feed.run(listener))
        while len(told) < 3:
            await asyncio.sleep(0.01)
        listener.end()
        await running

    asyncio.run(work())
    assert [line.rpartition("again in ")[2] for line in told[:3]] == ["0.01 s", "0.02 s", "0.04 s"]


async def _keeps_nothing(batch: object) -> None:
    raise AssertionError("nothing comes")
