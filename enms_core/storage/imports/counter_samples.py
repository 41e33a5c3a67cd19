"""Samples of counters at the ends of what is stored, so that stretches can be joined.

What was used between the last sample of one file and the first of the next is known only with
both. At either end those samples are kept that lie in the interval which the end cuts, and one
beyond, so that this interval is whole when the stretches are joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
import numpy as np

from enms_core.analysis.grid import MICROSECOND, Grid, instant_of, moment_of
from enms_core.storage.imports import readings_table as sql
from enms_core.storage.imports.readings import Owner
from enms_core.storage.imports.staging import StagedRows, staged_rows

# Samples before and after a stretch count only where the meter is a counter.
NEIGHBOURS = """
SELECT max(time) FILTER (WHERE time <= $3) AS before, min(time) FILTER (WHERE time >= $4) AS after
FROM enms.counter_samples
WHERE machine_id = $1 AND energy_source_id = $2
  AND EXISTS (SELECT FROM meters AS m
              WHERE m.machine_id = $1 AND m.energy_source_id = $2 AND m.kind = 'counter')
"""
# The kept samples up to the first one of the file, and from the last one on: as far as into the
# interval that the nearest of them lies in, and one beyond.
BEFORE = """
SELECT (date_part('epoch', time) * 1000000)::bigint, value / $5, 0, serial
FROM enms.counter_samples
WHERE machine_id = $1 AND energy_source_id = $2 AND time < $3 AND time >= coalesce(
    (SELECT max(time) FROM enms.counter_samples
     WHERE machine_id = $1 AND energy_source_id = $2 AND time <= $4), $4)
ORDER BY time
"""
AFTER = """
SELECT (date_part('epoch', time) * 1000000)::bigint, value / $5, 0, serial
FROM enms.counter_samples
WHERE machine_id = $1 AND energy_source_id = $2 AND time > $3 AND time <= coalesce(
    (SELECT min(time) FROM enms.counter_samples
     WHERE machine_id = $1 AND energy_source_id = $2 AND time >= $4), $4)
ORDER BY time
"""
# Of the staged rows of a file those in the intervals that its ends cut, and one beyond.
KEEP = """
INSERT INTO enms.counter_samples (machine_id, energy_source_id, time, value, serial)
SELECT $1, $2, time, value * $5, nullif(serial, '') FROM {staged}
WHERE time <= (SELECT min(time) FROM {staged} WHERE time >= $3)
   OR time >= (SELECT max(time) FROM {staged} WHERE time <= $4)
   OR NOT EXISTS (SELECT FROM {staged} WHERE time >= $3 AND time <= $4)
ON CONFLICT (machine_id, energy_source_id, time) DO {action}
"""
REPLACE = "UPDATE SET value = excluded.value, serial = excluded.serial"


@dataclass(frozen=True)
class CounterStretch:
    """What a file tells of a counter: its first and last sample, the grid of its readings.

    factor: how many of the source's units one unit of the file is.
    """

    first: datetime
    last: datetime
    grid: Grid
    factor: float

    def edges(self, moment: datetime) -> tuple[datetime, datetime]:
        """Start and end of the interval that a moment lies in; itself where it is a start."""
        moments = np.array([moment_of(moment)])
        cells = self.grid.cells(moments)
        start = self.grid.starts(cells)[0]
        end = start if start == moments[0] else self.grid.starts(cells + 1)[0]
        return instant_of(start), instant_of(end)


@dataclass(frozen=True)
class CounterSamples:
    """The samples that are kept of an owner's counter, beside a file's stretch."""

    connection: asyncpg.Connection
    owner: Owner
    source_id: UUID
    stretch: CounterStretch

    async def neighbours(self) -> tuple[StagedRows | None, StagedRows | None]:
        """The samples at the end and at the begin of the stretches before and after the file.

        None where there is none, or where the file lies in a stretch: then what was used around it
        is known already.
        """
        first, last = self.stretch.first, self.stretch.last
        row = await self.connection.fetchrow(NEIGHBOURS, *self._ids, first, last)
        before = after = None
        if row["before"] is not None and not await self._is_no_end(row["before"], first):
            start, _ = self.stretch.edges(row["before"])
            before = await self._rows(BEFORE, first, start)
        if row["after"] is not None and not await self._is_no_begin(last, row["after"]):
            _, end = self.stretch.edges(row["after"])
            after = await self._rows(AFTER, last, end)
        return before, after

    async def _is_no_end(self, sample: datetime, first: datetime) -> bool:
        """Whether a stretch goes on behind a sample: the interval after it was measured whole, or
        one before the file was."""
        start, end = self.stretch.edges(sample)
        until, _ = self.stretch.edges(first)
        if not self.owner.table.has_estimates and end < until:
            start = end  # nothing tells whether the interval of the sample was whole
        return await self._is_measured(start, max(until, start + MICROSECOND))

    async def _is_no_begin(self, last: datetime, sample: datetime) -> bool:
        """Whether a stretch begins before a sample: the interval before it was measured whole, or
        one behind the file was."""
        _, since = self.stretch.edges(last)
        start, _ = self.stretch.edges(sample)
        until = sample
        if not self.owner.table.has_estimates and since < start:
            until = start
        return await self._is_measured(min(since, start), until)

    async def _is_measured(self, start: datetime, end: datetime) -> bool:
        """Whether a reading that is no estimate starts between two moments, the first included."""
        statement = self.owner.table.filled(sql.IS_MEASURED)
        found: bool = await self.connection.fetchval(statement, self.owner.machine_id, start, end)
        return found

    async def _rows(self, statement: str, moment: datetime, edge: datetime) -> StagedRows | None:
        rows = await self.connection.fetch(statement, *self._ids, moment, edge, self.stretch.factor)
        return staged_rows(rows) if rows else None

    async def keep(self, staged: str, *, replace: bool) -> None:
        """Keep the samples at the ends of the file's stretch."""
        _, head = self.stretch.edges(self.stretch.first)
        tail, _ = self.stretch.edges(self.stretch.last)
        statement = KEEP.format(staged=staged, action=REPLACE if replace else "NOTHING")
        await self.connection.execute(statement, *self._ids, head, tail, self.stretch.factor)

    @property
    def _ids(self) -> tuple[UUID, UUID]:
        return self.owner.machine_id, self.source_id
