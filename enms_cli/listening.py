"""`enms listen`: readings of meters as they are sent, from an MQTT broker or as lines on stdin."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from contextlib import suppress
from datetime import datetime, timezone
from typing import Protocol

from enms_cli.opening import opened
from enms_cli.refusals import write_refusals
from enms_cli.stdin import LineFeed
from enms_core.domain.errors import StorageError
from enms_core.files.mapping import ListenRule, read_mapping
from enms_core.services.listening import Listener, refresh, refresh_every_minute
from enms_core.services.live_way import LiveWay
from enms_core.settings import Settings
from enms_core.storage.store import Store

STATUS_SECONDS = 60.0


class Feed(Protocol):
    """Where messages come from."""

    @property
    def waiting(self) -> int:
        """Messages that the listener has not taken in yet."""

    @property
    def dropped(self) -> int:
        """Messages that no acknowledgement protects and for which there was no room."""

    async def run(self, listener: Listener) -> None: ...


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Listen until the stream ends or a signal comes; then what came is stored."""
    mapping = read_mapping(options.map)
    feed = _feed(options, mapping.listen)
    async with opened(settings, options.empty) as store:
        way = LiveWay(store, mapping, lambda: datetime.now(timezone.utc))
        await way.check()
        listener = Listener(
            way.keep, lambda refusals: write_refusals(options.reject_file, refusals), tell
        )
        try:
            await _listen(listener, feed, store)
        except StorageError:
            tell(f"{listener.behind:,} messages are neither stored nor acknowledged")
            raise
        finally:
            tell(status(listener, feed))
            if listener.counts.refused:
                tell(f"what was refused stands with its reason in {options.reject_file}")
        await refresh(store)
    return 0


def _feed(options: argparse.Namespace, rules: tuple[ListenRule, ...]) -> Feed:
    if not rules:
        raise ValueError(f"{options.map.name} has no 'listen'")
    if options.way == "stdin":
        return LineFeed(sys.stdin.fileno())
    from enms_cli.mqtt import MqttFeed, broker_at  # only needed here

    topics = sorted({rule.topic for rule in rules if rule.topic is not None})
    if not topics:
        raise ValueError(f"no rule of {options.map.name} has a 'topic'")
    return MqttFeed(broker_at(options.url, options.client_id), topics, tell)


async def _listen(listener: Listener, feed: Feed, store: Store) -> None:
    clock = asyncio.get_running_loop()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        clock.add_signal_handler(wanted, listener.end)
    feeding = asyncio.create_task(feed.run(listener))
    feeding.add_done_callback(lambda _: listener.end())
    beside = [
        asyncio.create_task(refresh_every_minute(store)),
        asyncio.create_task(_tell_every_minute(listener, feed)),
    ]
    try:
        await listener.run()
    finally:
        # The feed goes last: until then what is stored can still be acknowledged.
        for task in (*beside, feeding):
            await _stopped(task)
    await listener.run()  # what the feed handed on when it was stopped


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _tell_every_minute(listener: Listener, feed: Feed) -> None:
    while True:
        await asyncio.sleep(STATUS_SECONDS)
        tell(status(listener, feed))


def status(listener: Listener, feed: Feed) -> str:
    """One line: messages and values since the start, and how many messages wait."""
    counts = listener.counts
    parts = [
        f"received {counts.received:,}",
        f"stored {counts.stored:,}",
        f"duplicates {counts.duplicates:,}",
        f"refused {counts.refused:,}",
        f"behind {listener.behind + feed.waiting:,}",
    ]
    if feed.dropped:
        parts.append(f"dropped {feed.dropped:,} of QoS 0")
    return ", ".join(parts)


def tell(line: str) -> None:
    """A line for the person who looks after it, on stderr."""
    print(f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M:%SZ} {line}", file=sys.stderr, flush=True)
