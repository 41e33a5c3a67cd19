"""What machines draw now, by their latest readings."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import fsum
from uuid import UUID
from zoneinfo import ZoneInfo

from enms_core.analysis.demand import read_together
from enms_core.domain.answer import Answer, DataIssue, FactValue, NoReadings
from enms_core.domain.catalogue import Catalogue, EnergySource, Machine
from enms_core.domain.evidence import evidence_between
from enms_core.domain.power import LatestReading, PowerAnswer, Rate, RateUnknown
from enms_core.domain.question import Question
from enms_core.services.asked import unmetered_issues
from enms_core.services.context import Context
from enms_core.storage.power import latest_readings

Latest = Mapping[tuple[UUID, str], LatestReading]
Told = tuple[Machine, EnergySource, LatestReading]


async def latest_of(
    machine_ids: Sequence[UUID], sources: Sequence[EnergySource], context: Context
) -> Latest:
    """The last reading before now, however old, by machine id and name of the source.

    One query per source; machines without a reading of it are left out.
    """
    found = await asyncio.gather(
        *(
            latest_readings(context.store.readings, source, machine_ids, context.now)
            for source in sources
        )
    )
    return {
        (reading.machine_id, source.name): reading
        for source, readings in zip(sources, found, strict=True)
        for reading in readings
    }


async def latest_answer(
    question: Question, sources: Sequence[EnergySource], context: Context
) -> Answer:
    """The latest rates of some sources: of each machine, and the sum of those of one moment."""
    catalogue = context.catalogue
    found = await latest_of(question.scope.machine_ids, sources, context)
    metered = [
        (machine, source, found[machine.id, source.name])
        for machine in context.machines(question)
        for source in sources
        if source in catalogue.sources_of(machine.id) and (machine.id, source.name) in found
    ]
    told = [each for each in metered if each[2].rate is not None]
    if told:
        return _answer(question, sources, told, context)
    if metered:
        return RateUnknown(question=question, interval_seconds=None)
    period = context.local_period(question.period, question.scope.machine_ids)
    return NoReadings(
        question=question, period=period, sources=tuple(sources), first=None, last=None
    )


def _answer(
    question: Question, sources: Sequence[EnergySource], told: Sequence[Told], context: Context
) -> PowerAnswer:
    zone = context.catalogue.zone_of(question.scope.machine_ids)
    by_source = {
        source: read_together(own, context.now)
        for source in sources
        if (own := [reading for _, of, reading in told if of == source])
    }
    counted = [reading for readings in by_source.values() for reading in readings]
    return PowerAnswer(
        question=question,
        period=context.local_period(question.period, question.scope.machine_ids),
        issues=tuple(_issues(question, sources, by_source, context)),
        metric="latest",
        rates=tuple(
            _rate(source, readings, zone, context) for source, readings in by_source.items()
        ),
        machines=tuple(
            replace(_rate(source, [reading], zone, context), machine=machine)
            for machine, source, reading in told
        ),
        now=context.now,
        basis=evidence_between(len(counted), [each.time for each in counted]),
    )


def _rate(
    source: EnergySource, readings: Sequence[LatestReading], zone: ZoneInfo, context: Context
) -> Rate:
    """The sum of readings of one moment, with the time and the age of the newest."""
    newest = max(readings, key=lambda each: each.end)
    intervals = [each.interval_seconds for each in readings]
    return Rate(
        source=source,
        rate=fsum(each.rate for each in readings if each.rate is not None),
        time=newest.time.astimezone(zone),
        end=min(newest.end, context.now).astimezone(zone),
        age_seconds=newest.age(context.now).total_seconds(),
        is_current=newest.is_current(context.now),
        interval_seconds=max((i for i in intervals if i is not None), default=None),
    )


def _issues(
    question: Question,
    sources: Sequence[EnergySource],
    by_source: Mapping[EnergySource, Sequence[LatestReading]],
    context: Context,
) -> Iterator[DataIssue]:
    """Which machines are not in the sums: all that have the source, or no meter that tells."""
    for source in sources:
        facts: dict[str, FactValue] = {"energy_source": source.name}
        if source not in by_source:
            yield DataIssue("readings.none", facts)
            continue
        counted = {reading.machine_id for reading in by_source[source]}
        out = tuple(
            machine
            for machine in context.machines(question)
            if machine.id not in counted and _uses(machine.id, source, context.catalogue)
        )
        if out:
            yield DataIssue("power.left_out", facts, machines=out)
    yield from unmetered_issues(question, context)


def _uses(machine_id: UUID, source: EnergySource, catalogue: Catalogue) -> bool:
    """Whether a machine has the source by the registers, readable or not."""
    unreadable = {each.source for each in catalogue.unreadable_of(machine_id)}
    return source in catalogue.sources_of(machine_id) or source.name in unreadable
