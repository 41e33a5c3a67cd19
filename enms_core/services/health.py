"""Whether the energy system works."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from enms_core.analysis.silence import is_silent, serving
from enms_core.domain.catalogue import EnergySource, Machine, Meter
from enms_core.domain.health import HealthAnswer, MeterState
from enms_core.domain.question import Question
from enms_core.services.asked import unreadable_issues
from enms_core.services.context import Context
from enms_core.storage.latest import last_readings

Served = tuple[Machine, EnergySource, Meter]


async def answer_system_health(question: Question, context: Context) -> HealthAnswer:
    """How many meters are in service, the newest reading, and the meters that are silent."""
    served = list(_served(question, context))
    last = await _last_readings(served, context)
    return HealthAnswer(
        question=question,
        meters=tuple(_state(each, last, context) for each in served),
        now=context.now.astimezone(context.catalogue.zone_of(question.scope.machine_ids)),
        issues=unreadable_issues(question, context),
    )


def _served(question: Question, context: Context) -> Iterator[Served]:
    """The machines with a meter in service, source by source."""
    catalogue = context.catalogue
    for source in catalogue.sources:
        for machine in context.machines(question):
            meter = serving(catalogue.meters_of(machine.id, source.id), context.now)
            if meter is not None:
                yield machine, source, meter


async def _last_readings(
    served: Sequence[Served], context: Context
) -> Mapping[tuple[UUID, UUID], datetime]:
    """Start of the newest reading by machine and source; one statement a source."""
    machines: dict[EnergySource, list[UUID]] = {}
    for machine, source, _ in served:
        machines.setdefault(source, []).append(machine.id)
    found = await asyncio.gather(
        *(
            last_readings(context.store.readings, source, ids, context.now)
            for source, ids in machines.items()
        )
    )
    return {
        (machine_id, source.id): moment
        for source, moments in zip(machines, found, strict=True)
        for machine_id, moment in moments.items()
    }


def _state(
    served: Served, last: Mapping[tuple[UUID, UUID], datetime], context: Context
) -> MeterState:
    machine, source, meter = served
    zone = context.catalogue.factory(machine.factory_id).zone
    moment = last.get((machine.id, source.id))
    return MeterState(
        machine,
        source,
        moment.astimezone(zone) if moment else None,
        is_silent(meter, moment, context.now),
        meter.nominal_interval_seconds,
    )
