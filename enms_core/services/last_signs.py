"""When machines were last heard of: nobody knows what they did after that."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from enms_core.analysis.silence import LastSign, last_sign, serving
from enms_core.domain.answer import DataIssue
from enms_core.domain.catalogue import EnergySource, Machine, Meter
from enms_core.domain.period import utc
from enms_core.services.context import Context
from enms_core.storage.latest import last_readings
from enms_core.storage.status import newest_status

_Newest = dict[UUID, tuple[Meter, datetime]]


async def last_signs(machine_ids: Sequence[UUID], context: Context) -> Mapping[UUID, LastSign]:
    """The last sign of life of machines up to now; those without any reading are left out."""
    found, changes = await asyncio.gather(
        _newest_readings(machine_ids, context),
        newest_status(context.store.readings, machine_ids, context.now),
    )
    signs = {
        id_: last_sign(dict(of[id_] for of in found if id_ in of), changes.get(id_))
        for id_ in machine_ids
    }
    return {id_: sign for id_, sign in signs.items() if sign is not None}


async def _newest_readings(machine_ids: Sequence[UUID], context: Context) -> list[_Newest]:
    """One query per source."""
    sources = context.catalogue.sources
    return await asyncio.gather(*(_newest(each, machine_ids, context) for each in sources))


async def _newest(source: EnergySource, machine_ids: Sequence[UUID], context: Context) -> _Newest:
    """Start of each machine's newest reading of a source, with the meter that it is of."""
    metered = {
        id_: meters
        for id_ in machine_ids
        if (meters := context.catalogue.meters_of(id_, source.id))
    }
    if not metered:
        return {}
    moments = await last_readings(context.store.readings, source, list(metered), context.now)
    return {
        id_: (serving(metered[id_], moment) or metered[id_][-1], moment)
        for id_, moment in moments.items()
    }


def sign_before(
    moment: datetime, sign: LastSign | None, machine: Machine, context: Context
) -> datetime | None:
    """The last sign of a machine in its local time, where it is too old to tell of an instant."""
    if sign is None or sign.believed_until >= utc(moment):
        return None
    return sign.time.astimezone(context.catalogue.factory(machine.factory_id).zone)


def stale_issues(machines: Sequence[Machine]) -> tuple[DataIssue, ...]:
    """That nothing has been heard of some machines for too long."""
    return (DataIssue("status.stale", machines=tuple(machines)),) if machines else ()
