"""What goes with readings, on its way in: pieces made, weather, states of machines.

The rules are those of readings: the same row again changes nothing, another value for a stored time
is refused, or replaces it where that was asked for.
"""

from __future__ import annotations

from dataclasses import replace as changed
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from enms_core.analysis.import_chunk import TargetChunk
from enms_core.domain.imports import ProductionTarget, StatusTarget, TargetReport, WeatherTarget
from enms_core.storage.imports.destination import Place, find_machine, known_zone
from enms_core.storage.imports.measures import COUNTED, store_measures
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.states import store_states
from enms_core.storage.imports.tally import Tally

Companion: TypeAlias = ProductionTarget | StatusTarget | WeatherTarget


class CompanionIn:
    """The rows of a column that is none of readings; made by `companion_in`."""

    def __init__(self, place: Place, target: Companion, owner: UUID, staging: Staging) -> None:
        self.rank = storing_rank(target)
        self.tally = staging.tally
        self._place = place
        self._target = target
        self._owner = owner
        self._staging = staging

    async def take(self, chunk: TargetChunk) -> None:
        """Stage the next rows of the file."""
        self.tally.take(chunk)
        await self._staging.add(chunk)

    async def finish(self, *, replace: bool) -> TargetReport:
        """Store what is staged, and tell what became of it."""
        report = await store_companion(
            self._place.connection,
            self._target,
            self._staging,
            self._owner,
            known_zone(self._place.factory.timezone),
            replace=replace,
        )
        self.tally.judge()
        return changed(report, rejections=sorted(report.rejections, key=lambda each: each.line))


async def companion_in(place: Place, number: int, target: Companion) -> CompanionIn:
    """Take in the target of that number in its plan; makes a new machine."""
    owner = place.factory.id
    if not isinstance(target, WeatherTarget):
        machine = await find_machine(
            place.session, place.factory, target.machine, target.machine_type
        )
        owner = machine.id
    is_text = isinstance(target, StatusTarget)
    staging = Staging(place.connection, number, Tally(target.column), is_text=is_text)
    await staging.create()
    return CompanionIn(place, target, owner, staging)


def storing_rank(target: Companion) -> int:
    """Where a target comes among those of its file: good pieces go into rows of pieces made."""
    return int(isinstance(target, ProductionTarget) and target.quantity != COUNTED)


async def store_companion(
    connection: asyncpg.Connection,
    target: Companion,
    staging: Staging,
    owner: UUID,
    zone: ZoneInfo,
    *,
    replace: bool,
) -> TargetReport:
    """Store the staged rows of one column, in the transaction of the connection.

    owner: the factory of weather, the machine of anything else. zone: of the site. Raises
    ImportFailed for a unit that cannot be converted, and where too many rows are refused.
    """
    await staging.settle(replace)
    if isinstance(target, StatusTarget):
        return await store_states(connection, target, staging, owner, replace=replace)
    return await store_measures(connection, target, staging, owner, zone, replace=replace)
