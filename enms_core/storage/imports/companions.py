"""Columns beside readings on their way in: pieces made, weather, states of machines."""

from __future__ import annotations

from dataclasses import replace as changed
from uuid import UUID

from enms_core.analysis.import_chunk import TargetChunk
from enms_core.domain.imports import StatusTarget, TargetReport, WeatherTarget
from enms_core.storage.imports.destination import Place, find_machine
from enms_core.storage.imports.others import Other, store_other, storing_rank
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.tally import Tally


class CompanionIn:
    """The rows of a column that is none of readings; made by `companion_in`."""

    def __init__(self, place: Place, target: Other, owner: UUID, staging: Staging) -> None:
        self.rank = storing_rank(target)
        self._place = place
        self._target = target
        self._owner = owner
        self._staging = staging

    async def take(self, chunk: TargetChunk) -> None:
        """Stage the next rows of the file."""
        self._staging.tally.take(chunk)
        await self._staging.add(chunk)

    async def finish(self, *, replace: bool) -> TargetReport:
        """Store what is staged, and tell what became of it."""
        report = await store_other(
            self._place.connection, self._target, self._staging, self._owner, replace=replace
        )
        self._staging.tally.judge()
        return changed(report, rejections=sorted(report.rejections, key=lambda each: each.line))


async def companion_in(place: Place, number: int, target: Other) -> CompanionIn:
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
