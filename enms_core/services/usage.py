"""What the machines of a question used: behind every figure of energy, cost and carbon."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timezone
from uuid import UUID

from enms_core.analysis.coverage import (
    MeterPiece,
    covered_seconds,
    earliest,
    expected_seconds,
    latest,
    meter_pieces,
)
from enms_core.analysis.doubts import usage_issues
from enms_core.analysis.energy import total, total_by_source
from enms_core.domain.answer import (
    DataIssue,
    NoReadings,
    NotBegun,
    Refusal,
    SourceNotUsed,
)
from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.period import EmptyPeriod, Period, is_future, resolve_all
from enms_core.domain.question import Question
from enms_core.domain.use import MachineUse, SourceUse
from enms_core.services.context import Context
from enms_core.storage.consumption import Segment, SegmentUse, consumption, readings_range


@dataclass(frozen=True)
class Metered:
    """A machine, one of its sources, and the pieces of the period that its meters make."""

    machine: Machine
    source: EnergySource
    pieces: tuple[MeterPiece, ...]


@dataclass(frozen=True)
class Usage:
    """What was used: per machine, and per energy source together.

    period: the stretch that is told, in the zone of the machines.
    """

    question: Question
    period: Period
    machines: tuple[MachineUse, ...]
    totals: tuple[SourceUse, ...]
    issues: tuple[DataIssue, ...]


async def usage_of(question: Question, context: Context) -> Usage | Refusal:
    """What the machines of a question used over its period, or why there is nothing to tell.

    Of the energy sources that were named, else of those purchased.
    """
    catalogue = context.catalogue
    machines = [catalogue.machine(machine_id) for machine_id in question.scope.machine_ids]
    periods = periods_of(question, context)
    if periods is None:
        return NotBegun(question=question)
    shown = context.local_period(question.period, question.scope.machine_ids)
    sources = {machine.id: asked_sources(question, machine, context) for machine in machines}
    if machines and not any(sources.values()):
        return _source_not_used(question, machines, context)
    metered = [
        _metered(machine, source, periods[machine.id], context)
        for machine in machines
        for source in sources[machine.id]
    ]
    uses = await _uses(metered, context)
    if not any(use.readings for use in uses.values()):
        return await _no_readings(question, shown, metered, context)
    found = _machine_uses(periods, metered, uses)
    totals = total_by_source(uses.values())
    left_out = [machine for machine in machines if _is_left_out(machine, sources, context)]
    issues = (
        *usage_issues(totals, found),
        *_unreadable_issues(_unreadable(question, context)),
        *_not_metered(left_out),
    )
    return Usage(question, shown, found, totals, issues)


def periods_of(question: Question, context: Context) -> Mapping[UUID, tuple[Period, ...]] | None:
    """The stretches of a question's period by machine, each cut in its factory's own zone.

    None where the period has not begun.
    """
    machines = [context.catalogue.machine(id_) for id_ in question.scope.machine_ids]
    if _not_begun(question, machines, context):
        return None
    try:
        return {machine.id: _periods(question, machine, context) for machine in machines}
    except EmptyPeriod:
        return None


def _periods(question: Question, machine: Machine, context: Context) -> tuple[Period, ...]:
    zone = context.catalogue.factory(machine.factory_id).zone
    return resolve_all(question.period, context.now, zone, context.week_start)


def _not_begun(question: Question, machines: Sequence[Machine], context: Context) -> bool:
    zones = {context.catalogue.factory(machine.factory_id).zone for machine in machines}
    return bool(zones) and all(
        is_future(question.period, context.now, zone, context.week_start) for zone in zones
    )


def asked_sources(question: Question, machine: Machine, context: Context) -> list[EnergySource]:
    """The machine's sources that the question is about: those named, else those purchased."""
    return [
        source
        for source in context.catalogue.sources_of(machine.id)
        if (source.name in question.sources if question.sources else source.is_purchased)
    ]


def _is_left_out(
    machine: Machine, sources: Mapping[UUID, Sequence[EnergySource]], context: Context
) -> bool:
    """Whether a machine of the question adds nothing because no meter is registered for it."""
    catalogue = context.catalogue
    has_meter = catalogue.sources_of(machine.id) or any(
        each.machine_id == machine.id for each in catalogue.unreadable
    )
    return not sources[machine.id] and not has_meter


def _unreadable(question: Question, context: Context) -> list[str]:
    """Names of purchased sources that belong to the question and whose readings are unusable."""
    found = (
        each.source
        for each in context.catalogue.unreadable
        if each.machine_id in question.scope.machine_ids
        and (each.source in question.sources if question.sources else each.is_purchased)
    )
    return list(dict.fromkeys(found))


def _unreadable_issues(names: Sequence[str]) -> list[DataIssue]:
    return [DataIssue("sources.unreadable", {"sources": ", ".join(names)})] if names else []


def _not_metered(machines: Sequence[Machine]) -> list[DataIssue]:
    names = ", ".join(machine.name for machine in machines)
    return [DataIssue("machines.not_metered", {"machines": names})] if machines else []


def _source_not_used(
    question: Question, machines: Sequence[Machine], context: Context
) -> SourceNotUsed:
    asked = [source for source in context.catalogue.sources if source.name in question.sources]
    available = {
        source.name: source
        for machine in machines
        for source in context.catalogue.sources_of(machine.id)
    }
    unreadable = _unreadable(question, context)
    return SourceNotUsed(
        question=question,
        asked=tuple(asked),
        available=tuple(available.values()),
        issues=tuple(_unreadable_issues(unreadable)),
    )


def _metered(
    machine: Machine, source: EnergySource, periods: Sequence[Period], context: Context
) -> Metered:
    meters = context.catalogue.meters_of(machine.id, source.id)
    pieces = tuple(piece for period in periods for piece in meter_pieces(period, meters))
    return Metered(machine, source, pieces)


async def _uses(metered: Sequence[Metered], context: Context) -> dict[tuple[UUID, str], SourceUse]:
    """What each machine used of each source; one query per source."""
    by_source: dict[str, list[Metered]] = {}
    for each in metered:
        by_source.setdefault(each.source.name, []).append(each)
    results = await asyncio.gather(*(_uses_of(same, context) for same in by_source.values()))
    return {(each.machine.id, each.source.name): use for result in results for each, use in result}


async def _uses_of(metered: Sequence[Metered], context: Context) -> list[tuple[Metered, SourceUse]]:
    segments = [
        Segment(each.machine.id, piece.period.start, min(piece.period.end, context.now))
        for each in metered
        for piece in each.pieces
    ]
    sums = iter(await consumption(context.store.readings, metered[0].source, segments))
    return [
        (each, source_use(each, [next(sums) for _ in each.pieces], context)) for each in metered
    ]


def source_use(metered: Metered, sums: Sequence[SegmentUse], context: Context) -> SourceUse:
    """The use that sums over a machine's pieces tell of, with how complete its readings are."""
    meters = context.catalogue.meters_of(metered.machine.id, metered.source.id)
    fallback = meters[-1].nominal_interval_seconds if meters else 0
    return total(
        [
            SourceUse(
                source=metered.source,
                quantity=part.quantity,
                energy_kwh=part.energy_kwh,
                readings=part.readings,
                covered_seconds=covered_seconds(piece, part.readings, fallback, part.first),
                expected_seconds=expected_seconds(piece, part.first) if meters else None,
                first=part.first,
                last=part.last,
                asked_seconds=piece.period.hours * 3600,
                read_seconds=_read_seconds(piece, part, fallback) if meters else None,
            )
            for piece, part in zip(metered.pieces, sums, strict=True)
        ]
    )


def _read_seconds(piece: MeterPiece, part: SegmentUse, fallback_seconds: int) -> float:
    return float(part.readings * (piece.interval_seconds or fallback_seconds))


async def _no_readings(
    question: Question, shown: Period, metered: Sequence[Metered], context: Context
) -> NoReadings:
    sources = {each.source.name: each.source for each in metered}
    ranges = [
        await readings_range(
            context.store.readings,
            source,
            [each.machine.id for each in metered if each.source == source],
            context.now.astimezone(timezone.utc),
        )
        for source in sources.values()
    ]
    first, last = earliest([r[0] for r in ranges]), latest([r[1] for r in ranges])
    zone = shown.start.tzinfo
    return NoReadings(
        question=question,
        period=shown,
        sources=tuple(sources.values()),
        first=first.astimezone(zone) if first else None,
        last=last.astimezone(zone) if last else None,
    )


def _machine_uses(
    periods: Mapping[UUID, tuple[Period, ...]],
    metered: Sequence[Metered],
    uses: Mapping[tuple[UUID, str], SourceUse],
) -> tuple[MachineUse, ...]:
    return tuple(
        MachineUse(
            machine=machine,
            periods=periods[machine.id],
            uses=tuple(use for (machine_id, _), use in uses.items() if machine_id == machine.id),
        )
        for machine in dict.fromkeys(each.machine for each in metered)
    )
