"""Samples of counters and power meters that are listened to, for a day: enms.live_samples.

Of counters those at both ends also stand in enms.counter_samples, so that a file that goes on where
listening ended, or ends where it began, finds its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

import asyncpg

from enms_core.analysis.live_metering import LiveSample
from enms_core.domain.imports import Kind

Samples: TypeAlias = Mapping[UUID, Sequence[LiveSample]]

# Messages that come a second time are known by it; longer than any sender holds them back.
KEPT = timedelta(days=1)

# The time of the newest sample of each machine: sent, and at the end of a file.
NEWEST = """
SELECT m.id, l.time AS sent, c.time AS filed
FROM unnest($2::uuid[]) AS m (id)
LEFT JOIN LATERAL (
    SELECT time FROM enms.live_samples
    WHERE machine_id = m.id AND energy_source_id = $1 AND kind = $3
    ORDER BY time DESC LIMIT 1
) AS l ON true
LEFT JOIN LATERAL (
    SELECT time FROM enms.counter_samples
    WHERE machine_id = m.id AND energy_source_id = $1 AND $3 = 'counter'
    ORDER BY time DESC LIMIT 1
) AS c ON true
"""
# Samples of each machine from an instant on, and the last one before it.
SINCE = """
SELECT m.id, s.time, s.value, s.serial
FROM unnest($2::uuid[], $3::timestamptz[]) AS m (id, since)
CROSS JOIN LATERAL (
    SELECT time, value, serial FROM {table}
    WHERE machine_id = m.id AND energy_source_id = $1 AND time >= m.since{and_kind}
    UNION ALL (
        SELECT time, value, serial FROM {table}
        WHERE machine_id = m.id AND energy_source_id = $1 AND time < m.since{and_kind}
        ORDER BY time DESC LIMIT 1
    )
) AS s
ORDER BY m.id, s.time
"""
SENT_SINCE = SINCE.format(table="enms.live_samples", and_kind=" AND kind = $4")
FILED_SINCE = SINCE.format(table="enms.counter_samples", and_kind="")
KEEP = """
INSERT INTO enms.live_samples (machine_id, energy_source_id, kind, time, value, serial)
SELECT machine_id, $1, $6, time, value, serial
FROM unnest($2::uuid[], $3::timestamptz[], $4::float8[], $5::text[])
    AS s (machine_id, time, value, serial)
"""
FORGET = """
DELETE FROM enms.live_samples AS l USING unnest($2::uuid[], $3::timestamptz[]) AS m (id, until)
WHERE l.machine_id = m.id AND l.energy_source_id = $1 AND l.kind = $4 AND l.time < m.until
"""
MARK = """
INSERT INTO enms.counter_samples (machine_id, energy_source_id, time, value, serial)
SELECT machine_id, $1, time, value, serial
FROM unnest($2::uuid[], $3::timestamptz[], $4::float8[], $5::text[])
    AS s (machine_id, time, value, serial)
ON CONFLICT DO NOTHING
"""
UNMARK = """
DELETE FROM enms.counter_samples AS c
USING unnest($2::uuid[], $3::timestamptz[]) AS m (id, time)
WHERE c.machine_id = m.id AND c.energy_source_id = $1 AND c.time = m.time
"""


@dataclass(frozen=True)
class Newest:
    """When a machine's newest sample was: sent by its meter, and the last one of its files."""

    sent: datetime | None
    filed: datetime | None

    @property
    def is_filed(self) -> bool:
        """Whether a file knows more of the counter than what was sent."""
        return self.filed is not None and (self.sent is None or self.sent < self.filed)

    @property
    def time(self) -> datetime | None:
        return self.filed if self.is_filed else self.sent


@dataclass(frozen=True)
class SentSamples:
    """The samples of one energy source and kind of meter."""

    connection: asyncpg.Connection
    source_id: UUID
    kind: Kind

    async def newest(self, machines: Iterable[UUID]) -> dict[UUID, Newest]:
        rows = await self.connection.fetch(NEWEST, self.source_id, list(machines), self.kind)
        return {row["id"]: Newest(row["sent"], row["filed"]) for row in rows}

    async def sent_since(self, since: Mapping[UUID, datetime]) -> Samples:
        """What meters sent from an instant on, and the last sample before it."""
        machines, instants = list(since), list(since.values())
        return _samples(
            await self.connection.fetch(SENT_SINCE, self.source_id, machines, instants, self.kind)
        )

    async def filed_since(self, since: Mapping[UUID, datetime]) -> Samples:
        """The same of the ends of files."""
        machines, instants = list(since), list(since.values())
        return _samples(
            await self.connection.fetch(FILED_SINCE, self.source_id, machines, instants)
        )

    async def keep(self, samples: Samples) -> None:
        """Keep what meters sent for the messages to come; none of it is kept yet."""
        await self.connection.execute(KEEP, self.source_id, *_columns(samples), self.kind)
        until = [max(each.time for each in some) - KEPT for some in samples.values()]
        await self.connection.execute(FORGET, self.source_id, list(samples), until, self.kind)

    async def move_ends(self, dropped: Samples, kept: Samples) -> None:
        """Move the ends of what was sent of counters, which the files to come go on from."""
        machines, instants, _, _ = _columns(dropped)
        await self.connection.execute(UNMARK, self.source_id, machines, instants)
        await self.connection.execute(MARK, self.source_id, *_columns(kept))


def _samples(rows: Iterable[asyncpg.Record]) -> Samples:
    samples: defaultdict[UUID, list[LiveSample]] = defaultdict(list)
    for row in rows:
        samples[row["id"]].append(LiveSample(row["time"], row["value"], row["serial"]))
    return samples


def _columns(
    samples: Samples,
) -> tuple[list[UUID], list[datetime], list[float], list[str | None]]:
    rows = [(machine, each) for machine, some in samples.items() for each in some]
    return (
        [machine for machine, _ in rows],
        [each.time for _, each in rows],
        [each.value for _, each in rows],
        [each.serial for _, each in rows],
    )
