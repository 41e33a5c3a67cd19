"""The register of meters: which meter a file comes from, and since when it is in service.

Readings are counted by the interval of the meter in service. A file of another interval than the
registered meter's comes from another meter: it takes the stretch of the file, where no readings of
the other one are stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.analysis.grid import MICROSECOND, end_of
from enms_core.domain.durations import in_words
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Stamp
from enms_core.storage.imports.destination import known_zone
from enms_core.storage.imports.readings import Owner, is_taken, last_before
from enms_core.storage.registers import EnergySourceRow, FactoryRow, MachineRow, MeterRow

FOREVER = datetime(9999, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class MeterFacts:
    """What a file tells of its meter. unit: of its values; digits: of a counter's register."""

    machine: MachineRow
    source: EnergySourceRow
    interval: timedelta
    kind: str
    stamp: Stamp
    unit: str
    register_digits: int | None

    @property
    def seconds(self) -> int:
        return int(self.interval.total_seconds())

    def serving(self, since: datetime, until: datetime | None) -> MeterRow:
        """A row of the register, in service between two instants."""
        return MeterRow(
            machine_id=self.machine.id,
            energy_source_id=self.source.id,
            nominal_interval_seconds=self.seconds,
            kind=self.kind,
            stamp=self.stamp,
            unit=self.unit,
            register_digits=self.register_digits,
            valid_from=since,
            valid_to=until,
        )


@dataclass(frozen=True)
class _Service:
    """A registered meter and until when it serves: the next one's beginning at the latest."""

    meter: MeterRow
    until: datetime | None

    def touches(self, start: datetime, end: datetime) -> bool:
        return self.meter.valid_from < end and (self.until is None or self.until > start)


async def has_other_intervals(session: AsyncSession, facts: MeterFacts) -> bool:
    """Whether a meter of another interval is registered: then readings may lie in each other."""
    found = await _meters(session, facts)
    return any(meter.nominal_interval_seconds != facts.seconds for meter in found)


async def make_room(
    session: AsyncSession,
    connection: asyncpg.Connection,
    facts: MeterFacts,
    owner: Owner,
    start: datetime,
    end: datetime,
) -> None:
    """Take meters of other intervals out of service for the stretch of the file.

    Call it before readings are stored. Raises ImportFailed where readings of another interval are
    stored in that stretch.
    """
    zone = await _zone(session, facts)
    for service in _services(await _meters(session, facts)):
        is_other = service.meter.nominal_interval_seconds != facts.seconds
        if is_other and service.touches(start, end):
            await _refuse_overlap(connection, owner, service, zone, start, end)
            goes_on = await is_taken(connection, owner, end - MICROSECOND, service.until or FOREVER)
            _end_service(session, service, start, end, goes_on)
    await session.flush()


async def serve(session: AsyncSession, facts: MeterFacts, start: datetime, end: datetime) -> None:
    """Have the file's meter in service for its stretch, in which no other one is."""
    services = _services(await _meters(session, facts))
    own = [each for each in services if each.touches(start, end)]
    later = [each for each in services if each.meter.valid_from >= end]
    if not own and later and later[0].meter.nominal_interval_seconds == facts.seconds:
        own = later[:1]
    if own:
        _lengthen([each.meter for each in own], start, end)
    else:
        session.add(facts.serving(start, later[0].meter.valid_from if later else None))
    await session.flush()


async def _meters(session: AsyncSession, facts: MeterFacts) -> Sequence[MeterRow]:
    query = select(MeterRow).where(
        MeterRow.machine_id == facts.machine.id, MeterRow.energy_source_id == facts.source.id
    )
    return (await session.exec(query.order_by(col(MeterRow.valid_from)))).all()


async def _zone(session: AsyncSession, facts: MeterFacts) -> ZoneInfo:
    factory = await session.get_one(FactoryRow, facts.machine.factory_id)
    return known_zone(factory.timezone)


def _services(meters: Sequence[MeterRow]) -> list[_Service]:
    services = []
    following: datetime | None = None
    for meter in reversed(meters):
        ends = [end for end in (meter.valid_to, following) if end is not None]
        services.append(_Service(meter, min(ends, default=None)))
        following = meter.valid_from
    return services[::-1]


async def _refuse_overlap(
    connection: asyncpg.Connection,
    owner: Owner,
    service: _Service,
    zone: ZoneInfo,
    start: datetime,
    end: datetime,
) -> None:
    """Its readings and the file's would count the same energy twice, or be counted as others."""
    interval = timedelta(seconds=service.meter.nominal_interval_seconds)
    since = max(service.meter.valid_from, start)
    until = end if service.until is None else min(service.until, end)
    before = await last_before(connection, owner, service.meter.valid_from, since)
    goes_on = before is not None and end_of(before, interval, zone) > since
    if goes_on or await is_taken(connection, owner, since - MICROSECOND, until):
        raise ImportFailed(
            f"the machine's meter reads every {in_words(interval)}, the file every "
            f"{in_words(owner.interval)}, at the same time: both would count"
        )


def _end_service(
    session: AsyncSession, service: _Service, start: datetime, end: datetime, goes_on: bool
) -> None:
    """Take a meter out of service for the stretch, in which it has no readings.

    goes_on: it has readings later. A meter without any, neither before nor later, was registered
    by somebody who knew another interval than the file.
    """
    meter = service.meter
    if meter.valid_from >= start:
        if not goes_on:
            raise ImportFailed(
                f"a meter that reads every {meter.nominal_interval_seconds} s is registered from "
                f"{meter.valid_from:%Y-%m-%d %H:%M} UTC on, the file tells another interval"
            )
        meter.valid_from = end
        return
    if goes_on:
        again = meter.model_dump(exclude={"id"})
        session.add(MeterRow(**{**again, "valid_from": end, "valid_to": service.until}))
    meter.valid_to = start


def _lengthen(meters: Sequence[MeterRow], start: datetime, end: datetime) -> None:
    """Let meters of one interval serve without a hole between two instants."""
    meters[0].valid_from = min(meters[0].valid_from, start)
    for meter, following in pairwise(meters):
        meter.valid_to = following.valid_from
    last = meters[-1]
    if last.valid_to is not None and last.valid_to < end:
        last.valid_to = end
