"""Messages over a real broker: none that was acknowledged is lost, whatever is restarted."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from enms_core.domain.messages import LiveReason
from enms_core.storage.server import EmbeddedServer
from tests.core.brokers import Broker, Publisher, needs_mosquitto, running_broker, wait_until
from tests.core.conftest import rows, stored
from tests.core.listen_runs import Listening, line, server_of_its_own
from tests.core.test_kills import kill_server

pytestmark = needs_mosquitto
Listen = Callable[[str], Listening]

MESSAGES = 100_000
MACHINES = 50
START = datetime(2024, 1, 1, tzinfo=timezone.utc)
# mosquitto's own 20 would be slow beside a database that is far away.
MANY_AT_ONCE = "max_inflight_messages 1000"
TOTALS = """
SELECT count(*), count(DISTINCT machine_id), sum(energy_kwh) FROM energy_readings
"""


@pytest.fixture
def own_server() -> Iterator[tuple[EmbeddedServer, Path]]:
    with server_of_its_own() as own:
        yield own


@pytest.fixture
def broker() -> Iterator[Broker]:
    with running_broker(MANY_AT_ONCE) as running:
        yield running


def message(number: int) -> tuple[str, str]:
    """Topic and text of the message of a number: each machine has one every quarter of an hour."""
    start = START + number // MACHINES * timedelta(minutes=15)
    topic = f"plant/Press-{number % MACHINES}/energy"
    return topic, line(topic, ts=start.isoformat(), kwh=number % 1000)


def messages(first: int, last: int) -> Iterator[tuple[str, str]]:
    return (message(number) for number in range(first, last))


@pytest.fixture
def listen(broker: Broker, tmp_path: Path) -> Iterator[Listen]:
    """Starts listening to the broker, into the database of a URL; kills what is not ended."""
    with ExitStack() as running:

        def listening_into(url: str) -> Listening:
            way = ["mqtt", f"mqtt://127.0.0.1:{broker.port}"]
            listening = running.enter_context(Listening(way, url, tmp_path))
            wait_until(lambda: "listening to" in listening.told(), 60, "it listens")
            return listening

        yield listening_into


def test_100_000_messages_are_there_once_though_all_was_restarted(
    broker: Broker, listen: Listen, own_server: tuple[EmbeddedServer, Path]
) -> None:
    server, folder = own_server
    listening = listen(server.url)
    publisher = Publisher(broker.port)
    publisher.publish(messages(0, 25_000))
    kill_server(folder)
    publisher.publish(messages(25_000, 45_000))
    server.revive()
    publisher.publish(messages(45_000, 60_000))
    broker.stop()
    broker.start()
    publisher.publish(messages(60_000, 80_000))
    listening.kill()
    publisher.publish(messages(80_000, MESSAGES))
    publisher.wait()
    listening = listen(server.url)
    wait_until(lambda: stored(server.url)[0] >= MESSAGES, 120, "all are stored")
    publisher.close()
    assert listening.end(signal.SIGTERM) == 0
    expected = sum(number % 1000 for number in range(MESSAGES))
    assert rows(server.url, TOTALS) == [(MESSAGES, MACHINES, expected)]
    assert listening.refused() == []


def test_what_is_sent_while_nobody_listens_comes_later(
    broker: Broker, listen: Listen, empty_url: str
) -> None:
    assert listen(empty_url).end(signal.SIGTERM) == 0
    publisher = Publisher(broker.port)
    publisher.publish([*messages(0, 100), ("plant/Press-1/energy", "nonsense")])
    publisher.wait()
    publisher.close()
    listening = listen(empty_url)
    wait_until(lambda: stored(empty_url)[0] == 100, 60, "all are stored")
    assert listening.end(signal.SIGINT) == 0
    assert "received 101, stored 100, duplicates 0, refused 1, behind 0" in listening.told()
    assert listening.refused() == [
        {
            "topic": "plant/Press-1/energy",
            "message": "nonsense",
            "reason": LiveReason.NO_JSON.value,
            "detail": "",
        }
    ]


def test_nothing_comes_a_second_time_after_a_good_end(
    broker: Broker, listen: Listen, empty_url: str
) -> None:
    listening = listen(empty_url)
    publisher = Publisher(broker.port)
    publisher.publish(messages(0, 1_500))
    wait_until(lambda: stored(empty_url)[0] == 1_500, 60, "all are stored")
    publisher.close()
    assert listening.end(signal.SIGTERM) == 0
    again = listen(empty_url)
    assert again.end(signal.SIGTERM) == 0
    assert "received 0, stored 0, duplicates 0" in again.told()


def test_a_broker_that_refuses_us_is_told_and_tried_again(empty_url: str, tmp_path: Path) -> None:
    with running_broker(is_open=False) as closed:
        url = f"mqtt://somebody:wrong@127.0.0.1:{closed.port}"
        with Listening(["mqtt", url], empty_url, tmp_path) as listening:
            wait_until(lambda: listening.told().count("again in") >= 2, 60, "it tries again")
            assert listening.end(signal.SIGTERM) == 0
    assert "wrong" not in listening.told()
