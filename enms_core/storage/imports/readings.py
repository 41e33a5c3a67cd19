"""Writing readings of a machine: what is stored already stays, or is replaced where one asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

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


async def last_before(
    connection: asyncpg.Connection, owner: Owner, since: datetime, before: datetime
) -> datetime | None:
    """The start of the owner's last reading between two moments, the first one included."""
    statement = owner.table.filled(sql.LAST_BEFORE)
    found: datetime | None = await connection.fetchval(statement, owner.machine_id, since, before)
    return found


class ReadingsWriter:
    """Takes readings in the order of time, in pieces, and counts what became of them.

    zone: of the site. factor: how many of the source's units one unit of the file is, to tell
    refused values as the file has them. Of the rows so far, in the source's unit: told is what they
    tell of the times for which a reading is stored now, quantity what is stored for these times,
    rounding what the table's column makes of told by itself.
    """

    def __init__(
        self,
        connection: asyncpg.Connection,
        owner: Owner,
        tally: Tally,
        zone: ZoneInfo,
        *,
        replace: bool,
        factor: float = 1.0,
    ) -> None:
        self.owner = owner
        self._zone = zone
        self._count_anew()
        self.replaced = 0
        self._connection = connection
        self._tally = tally
        self._is_replacing = replace
        self._factor = factor
        self._reach = reach(owner.interval)

    def _count_anew(self) -> None:
        self.continuity = Continuity(self.owner.interval, self._zone)
        self.rows = self.stored = self.estimated = 0
        self.quantity = self.told = self.rounding = 0.0
        self._last: np.datetime64 | None = None

    async def write(self, readings: Readings, lines: Lines) -> None:
        """Store readings; their starts rise. lines: of the file, that each comes from."""
        if not len(readings.start):
            return
        refused = lying_across(readings.start, lines, self._reach, self._last)
        self._refuse(readings, lines, np.flatnonzero(refused), Reason.ACROSS_FILE)
        there = await self._stored(readings.those(~refused), lines[~refused])
        if not len(there.start):
            return
        self._last = there.start[-1]
        self.rows += len(there.start)
        self.estimated += int(there.is_estimated.sum())
        self.continuity.add(there.start)

    async def is_free(self, readings: Readings) -> bool:
        """Whether these go behind those before, and nothing else is stored up to their end."""
        first, last = readings.start[0], readings.start[-1]
        nearest = np.timedelta64(self._reach, "us")
        if self._last is not None and first - self._last < nearest:
            return False
        if (np.diff(readings.start) < nearest).any():
            return False
        low, high = self._around(first, last)
        since = low if self.continuity.last is None else self.continuity.last
        return not await is_taken(self._connection, self.owner, since, high)

    async def nearest(self, moment: datetime) -> datetime | None:
        """The start of a reading that is stored near a moment, if there is any."""
        statement = self.owner.table.filled(sql.NEAREST)
        found: datetime | None = await self._connection.fetchval(
            statement, self.owner.machine_id, moment
        )
        return found

    async def stored_among(self, starts: Sequence[datetime]) -> set[datetime]:
        """Those of some starts for which a reading is stored."""
        statement = self.owner.table.filled(sql.STORED_AMONG)
        rows = await self._connection.fetch(statement, self.owner.machine_id, starts)
        return {row["time"] for row in rows}

    async def take_back(self, staging: Staging) -> None:
        """Stage again what was written; nothing else is in its stretch. The count begins anew."""
        if not self.rows:
            return
        first, last = self.continuity.first, self.continuity.last
        statement = self.owner.table.filled(sql.TAKE_BACK, staged=staging.table)
        await self._connection.execute(statement, self.owner.machine_id, first, last)
        staging.rows += self.rows
        self._count_anew()

    def _around(self, first: np.datetime64, last: np.datetime64) -> Stretch:
        """Moments between which other intervals can touch those of a stretch."""
        low, high = (instant_of(moment) for moment in moments_of(np.array([first, last])))
        return low - self._reach, high + self._reach

    async def _stored(self, readings: Readings, lines: Lines) -> Readings:
        """Store what is not stored yet; those for whose time a reading is stored then."""
        if not len(readings.start):
            return readings
        await self._let_arrive(readings)
        around = self._around(readings.start[0], readings.start[-1])
        if not await is_taken(self._connection, self.owner, *around):
            self.stored += await self._changed(sql.STORE)
            await self._weigh(readings, around, is_new=True)
            return readings
        across = await self._merge(readings, lines, around)
        await self._weigh(readings, around, is_new=False)
        is_there = np.ones(len(lines), dtype=bool)
        is_there[across] = False
        return readings.those(is_there)

    async def _merge(self, readings: Readings, lines: Lines, around: Stretch) -> list[int]:
        """Store readings among others; those that lie across one, which are not stored."""
        statement = self.owner.table.filled(sql.UNCHANGED)
        left = len(lines) - await self._connection.fetchval(
            statement, self.owner.machine_id, *around
        )
        if not left:
            return []
        across = await self._leave_out_those_across(readings, lines, around)
        stored = await self._changed(sql.STORE)
        self.stored += stored
        if stored + len(across) < left:
            await self._settle_contradictions(readings, lines, around)
        return across

    async def _weigh(self, readings: Readings, around: Stretch, *, is_new: bool) -> None:
        """Add up what is stored now for the times of the readings."""
        if is_new and self.owner.table.is_exact:
            amount = float(readings.quantity.sum())
            self.quantity += amount
            self.told += amount
            return
        statement = self.owner.table.filled(sql.HELD)
        row = await self._connection.fetchrow(statement, self.owner.machine_id, *around)
        self.quantity += row["quantity"] or 0.0
        self.told += row["told"] or 0.0
        self.rounding += row["rounding"] or 0.0

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
    ) -> None:
        """Replace stored values by the readings', or refuse the readings.

        An estimate gives way to what was measured, and never replaces it unasked.
        """
        self.stored += await self._changed(sql.FILL, *around)
        if self._is_replacing:
            self.replaced += await self._changed(sql.REPLACE, *around)
            return
        self.replaced += await self._changed(sql.GIVE_WAY, *around)
        places = await self._places(sql.CONTRADICTIONS, *around)
        self._refuse(readings, lines, places, Reason.CONTRADICTS_STORED)

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
