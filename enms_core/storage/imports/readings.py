"""Writing readings of a machine: what is stored already stays, or is replaced where one asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import fsum
from typing import TypeAlias
from uuid import UUID

import asyncpg
import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.cells import Readings
from enms_core.analysis.grid import instant_of, moments_of
from enms_core.analysis.import_rows import Continuity, lying_across, reach
from enms_core.domain.imports import Reason, Rejection
from enms_core.storage.bulk import copy_columns
from enms_core.storage.imports import readings_table as sql
from enms_core.storage.imports.readings_table import ReadingsTable
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.tally import Tally

Lines: TypeAlias = NDArray[np.int64]
Stretch: TypeAlias = tuple[datetime, datetime]


@dataclass(frozen=True)
class Owner:
    """Whose readings are written: the machine, the source's table, the interval they stand for."""

    machine_id: UUID
    table: ReadingsTable
    interval: timedelta


async def is_taken(
    connection: asyncpg.Connection, owner: Owner, after: datetime, before: datetime
) -> bool:
    """Whether a reading of the owner is stored between two moments, neither of them included."""
    statement = owner.table.filled(sql.IS_TAKEN)
    taken: bool = await connection.fetchval(statement, owner.machine_id, after, before)
    return taken


class ReadingsWriter:
    """Takes readings in the order of time, in pieces, and counts what became of them.

    factor: how many of the source's units one unit of the file is, to tell refused values as the
    file has them.
    """

    def __init__(
        self,
        connection: asyncpg.Connection,
        owner: Owner,
        tally: Tally,
        *,
        replace: bool,
        factor: float = 1.0,
    ) -> None:
        self.owner = owner
        self.continuity = Continuity(owner.interval)
        self.rows = self.stored = self.replaced = self.estimated = 0
        self._quantities: list[float] = []
        self._connection = connection
        self._tally = tally
        self._is_replacing = replace
        self._factor = factor
        self._reach = reach(owner.interval)
        self._last: np.datetime64 | None = None

    @property
    def quantity(self) -> float:
        """Sum of all good rows, in the source's unit."""
        return fsum(self._quantities)

    async def write(self, readings: Readings, lines: Lines) -> None:
        """Store readings; their starts rise. lines: of the file, that each comes from."""
        if not len(readings.start):
            return
        refused = lying_across(readings.start, lines, self._reach, self._last)
        self._refuse(readings, lines, np.flatnonzero(refused), Reason.ACROSS_FILE)
        good = await self._stored(_those(readings, ~refused), lines[~refused])
        if not len(good.start):
            return
        self._last = good.start[-1]
        self.rows += len(good.start)
        self.estimated += int(good.is_estimated.sum())
        self._quantities.append(float(good.quantity.sum()))
        self.continuity.add(good.start)

    async def is_free(self, readings: Readings) -> bool:
        """Whether these go right behind those before, and nothing is stored in their stretch."""
        first, last = readings.start[0], readings.start[-1]
        nearest = np.timedelta64(self._reach, "us")
        if self._last is not None and first - self._last < nearest:
            return False
        if (np.diff(readings.start) < nearest).any():
            return False
        return not await self._is_taken(first, last)

    async def nearest(self, moment: datetime) -> datetime | None:
        """The start of a reading that is stored near a moment, if there is any."""
        statement = self.owner.table.filled(sql.NEAREST)
        found: datetime | None = await self._connection.fetchval(
            statement, self.owner.machine_id, moment
        )
        return found

    async def take_back(self, staging: Staging) -> None:
        """Stage again what was written; nothing else is in its stretch. The count begins anew."""
        if not self.rows:
            return
        first, last = self.continuity.first, self.continuity.last
        statement = self.owner.table.filled(sql.TAKE_BACK, staged=staging.table)
        await self._connection.execute(statement, self.owner.machine_id, first, last)
        staging.rows += self.rows
        self.continuity = Continuity(self.owner.interval)
        self.rows = self.stored = self.estimated = 0
        self._quantities.clear()
        self._last = None

    async def _is_taken(self, first: np.datetime64, last: np.datetime64) -> bool:
        return await is_taken(self._connection, self.owner, *self._around(first, last))

    def _around(self, first: np.datetime64, last: np.datetime64) -> Stretch:
        """Moments between which other intervals can touch those of a stretch."""
        low, high = (instant_of(moment) for moment in moments_of(np.array([first, last])))
        return low - self._reach, high + self._reach

    async def _stored(self, readings: Readings, lines: Lines) -> Readings:
        """Store what is not stored yet; the readings that are now, with these values."""
        if not len(readings.start):
            return readings
        await self._let_arrive(readings)
        around = self._around(readings.start[0], readings.start[-1])
        bad: list[int] = []
        unchanged = 0
        if await is_taken(self._connection, self.owner, *around):
            unchanged = await self._connection.fetchval(
                self.owner.table.filled(sql.UNCHANGED), self.owner.machine_id, *around
            )
            if unchanged == len(lines):
                return readings
            bad = await self._leave_out_those_across(readings, lines, around)
        stored = await self._changed(sql.STORE)
        self.stored += stored
        if stored + unchanged + len(bad) < len(lines):
            bad += await self._settle_contradictions(readings, lines, around)
        is_good = np.ones(len(lines), dtype=bool)
        is_good[bad] = False
        return _those(readings, is_good)

    async def _let_arrive(self, readings: Readings) -> None:
        await self._connection.execute(sql.ARRIVING)
        await self._connection.execute("TRUNCATE arriving")
        columns = {
            "place": np.arange(len(readings.start)),
            "time": readings.start,
            "quantity": readings.quantity,
            "is_estimated": readings.is_estimated,
        }
        await copy_columns(self._connection, "arriving", columns)

    async def _leave_out_those_across(
        self, readings: Readings, lines: Lines, around: Stretch
    ) -> list[int]:
        places = await self._places(sql.ACROSS_STORED, *around, self._reach)
        if places:
            self._refuse(readings, lines, places, Reason.ACROSS_STORED)
            await self._connection.execute(
                "DELETE FROM arriving WHERE place = ANY ($1::bigint[])", places
            )
        return places

    async def _settle_contradictions(
        self, readings: Readings, lines: Lines, around: Stretch
    ) -> list[int]:
        """Replace stored values by the readings', or refuse the readings: those refused.

        An estimate gives way to what was measured, and never replaces it unasked.
        """
        if self._is_replacing:
            self.replaced += await self._changed(sql.REPLACE, *around)
            return []
        self.replaced += await self._changed(sql.GIVE_WAY, *around)
        places = await self._places(sql.CONTRADICTIONS, *around)
        self._refuse(readings, lines, places, Reason.CONTRADICTS_STORED)
        return places

    async def _places(self, statement: str, *values: object) -> list[int]:
        filled = self.owner.table.filled(statement)
        rows = await self._connection.fetch(filled, self.owner.machine_id, *values)
        return sorted(row["place"] for row in rows)

    async def _changed(self, statement: str, *values: object) -> int:
        filled = self.owner.table.filled(statement)
        status: str = await self._connection.execute(filled, self.owner.machine_id, *values)
        return int(status.split()[-1])

    def _refuse(
        self, readings: Readings, lines: Lines, places: Sequence[int] | Lines, reason: Reason
    ) -> None:
        self._tally.refuse(
            Rejection(
                int(lines[place]),
                reason,
                self._tally.column,
                f"{readings.quantity[place] / self._factor:.15g}",
            )
            for place in places
        )


def _those(readings: Readings, chosen: NDArray[np.bool_]) -> Readings:
    if chosen.all():
        return readings
    return Readings(
        readings.start[chosen], readings.quantity[chosen], readings.is_estimated[chosen]
    )
