"""What the machines of a question used: behind every figure of energy, cost and carbon."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from enms_core.analysis.doubts import usage_issues, without_coarse
from enms_core.analysis.energy import total, total_by_source
from enms_core.domain.answer import (
    DataIssue,
    NoReadings,
    Refusal,
)
from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.domain.use import MachineUse, SourceUse
from enms_core.services.asked import (
    asked_sources,
    begun,
    not_begun,
    not_begun_issues,
    periods_of,
    source_not_used,
    unmetered_issues,
    unreadable_issues,
)
from enms_core.services.context import Context
from enms_core.storage.consumption import SegmentUse, consumption, readings_range
from enms_core.storage.segments import segments_until


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
    machines = context.machines(question)
    periods = periods_of(question, context)
    if periods is None:
        return not_begun(question, context)
    shown = context.local_period(question.period, question.scope.machine_ids)
    sources = {machine.id: asked_sources(question, machine, context) for machine in machines}
    if machines and not any(sources.values()):
        return source_not_used(question, context, purchased_only=True)
    metered = [
        _metered(machine, source, periods[machine.id], context)
        for machine in begun(machines, periods, context)
        for source in sources[machine.id]
    ]
    uses = await _uses(metered, context)
    if not any(use.readings for use in uses.values()):
        return await _no_readings(question, shown, metered, context)
    doubts = usage_issues(total_by_source(uses.values()), _machine_uses(periods, metered, uses))
    uses = without_coarse(uses)
    if not any(use.readings for use in uses.values()):
        return replace(await _no_readings(question, shown, metered, context), issues=tuple(doubts))
    found = _machine_uses(periods, metered, uses)
    totals = total_by_source(uses.values())
    issues = (
        *doubts,
        *unreadable_issues(question, context, purchased_only=True),
        *unmetered_issues(question, context),
        *not_begun_issues(machines, periods, context),
    )
    return Usage(question, shown, found, totals, issues)


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
        segment
        for each in metered
        for segment in segments_until(
            context.now, each.machine.id, (piece.period for piece in each.pieces)
        )
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
                estimated=part.estimated,
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
