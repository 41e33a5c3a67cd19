"""An MQTT broker as the source of messages: a session that lasts, and nothing lost on the way.

Messages are acknowledged by us and not by the library. aiomqtt has no interface for that, nor for a
queue that knows what may be dropped: `_Connection` is the one place that reaches beneath it.

- MQTT 3.1.1, which every broker speaks, QoS 1 and a session that outlives the connection: the
  broker sends again what was not acknowledged.
- How many unacknowledged messages may be on their way, the broker decides (mosquitto: 20; at most
  65,535, for want of numbers). With 5 it would be us, but paho's messages of 5 take seven times the
  memory and more time than the larger number saves.
- Each connection has a client of its own. An acknowledgement belongs to the connection that brought
  the message: message numbers mean something else after a broker lost its sessions.
- QoS 0 knows no acknowledgement and no limit: beyond MOST_WAITING such messages are dropped, and
  counted.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import aiomqtt

from enms_core.domain.messages import Message
from enms_core.services.listening import MOST_WAITING, Listener, Tell

FIRST_RETRY_SECONDS = 0.5
LONGEST_RETRY_SECONDS = 30.0
# A connection that held so long was a good one: the next attempt needs no long pause.
HELD_SECONDS = 10.0
DEFAULT_PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True, kw_only=True)
class Broker:
    """Where the broker is and as whom we come. client_id names our session on it."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    has_tls: bool = False
    client_id: str


def broker_at(url: str, client_id: str) -> Broker:
    """The broker of `mqtt://user:password@host:port` or `mqtts://...`; ValueError for others."""
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError("the broker is told as mqtt://host[:port] or mqtts://host[:port]")
    return Broker(
        host=parts.hostname,
        port=parts.port or DEFAULT_PORTS[parts.scheme],
        user=None if parts.username is None else unquote(parts.username),
        password=None if parts.password is None else unquote(parts.password),
        has_tls=parts.scheme == "mqtts",
        client_id=client_id,
    )


class MqttFeed:
    """Hands a broker's messages to a listener, and connects again when the broker was away."""

    def __init__(self, broker: Broker, topics: Sequence[str], tell: Tell) -> None:
        self._broker, self._topics, self._tell = broker, topics, tell
        self._connection: _Connection | None = None
        self.dropped = 0

    @property
    def waiting(self) -> int:
        return 0 if self._connection is None else len(self._connection.messages)

    async def run(self, listener: Listener) -> None:
        """Until the listener has ended: cancel it then, the broker may have nothing to say."""
        clock = asyncio.get_running_loop()
        wait_seconds = FIRST_RETRY_SECONDS
        while not listener.has_ended():
            started = clock.time()
            try:
                await self._listen(listener)
            except aiomqtt.MqttError as error:
                if listener.has_ended():  # it was there to be left, and was gone
                    return
                if clock.time() - started > HELD_SECONDS:
                    wait_seconds = FIRST_RETRY_SECONDS
                self._tell(f"the broker: {error}; again in {wait_seconds:g} s")
            await asyncio.sleep(wait_seconds)
            wait_seconds = min(2 * wait_seconds, LONGEST_RETRY_SECONDS)

    async def _listen(self, listener: Listener) -> None:
        async with _Connection(self._broker, self._drop) as connection:
            granted = await connection.subscribe([(topic, 1) for topic in self._topics])
            for topic, code in zip(self._topics, granted, strict=True):
                if getattr(code, "value", code) != 1:
                    raise aiomqtt.MqttError(f"it does not grant QoS 1 for {topic}: {code}")
            self._connection = connection
            self._tell(f"listening to {', '.join(self._topics)}")
            async for message in connection.messages:
                if listener.has_ended():
                    continue  # it is not acknowledged, and comes again
                await listener.hear(
                    Message(
                        message.payload, str(message.topic), connection.acknowledgement(message)
                    )
                )

    def _drop(self) -> None:
        self.dropped += 1


class _Connection(aiomqtt.Client):
    """One connection, on which we acknowledge ourselves."""

    def __init__(self, broker: Broker, drop: Callable[[], None]) -> None:
        super().__init__(
            broker.host,
            broker.port,
            username=broker.user,
            password=broker.password,
            identifier=broker.client_id,
            protocol=aiomqtt.ProtocolVersion.V311,
            clean_session=False,
            tls_context=ssl.create_default_context() if broker.has_tls else None,
        )
        self._queue = _Waiting(drop)
        self._client.manual_ack_set(True)

    def acknowledgement(self, message: aiomqtt.Message) -> Callable[[], None]:
        """What tells the broker that a message is kept; without effect once the connection is
        gone, and then the message comes again."""
        return lambda: self._acknowledge(message.mid, message.qos)

    def _acknowledge(self, number: int, qos: int) -> None:
        self._client.ack(number, qos)


class _Waiting(asyncio.Queue[aiomqtt.Message]):
    """What has come over a connection; of QoS 0 not more than there is room for."""

    def __init__(self, drop: Callable[[], None]) -> None:
        super().__init__()
        self._drop = drop

    def put_nowait(self, item: aiomqtt.Message) -> None:
        if item.qos == 0 and self.qsize() >= MOST_WAITING:
            self._drop()
        else:
            super().put_nowait(item)
