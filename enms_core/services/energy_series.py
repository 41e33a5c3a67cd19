"""What machines used in each local day or hour of a period."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from enms_core.analysis.coverage import MeterPiece, meter_pieces
from enms_core.analysis.series import MachineSeries, labels_of, on_clock, stretches_of
from enms_core.domain.answer import DataIssue
from enms_core.domain.catalogue import EnergySource, Machine, Meter
from enms_core.domain.period import Period, resolve_all, utc
from enms_core.domain.question import Step
from enms_core.domain.series import Stretch
from enms_core.services.context import Context
from enms_core.services.usage import Metered, Usage, source_use
from enms_core.storage.consumption import Segment, SegmentUse, consumption
from enms_core.storage.rollup_sql import QUARTER
from enms_core.storage.series import consumption_between

STEP_SECONDS: Mapping[Step, int] = {"hour": 3600, "day": 86_400}


@dataclass(frozen=True)
class UsageSeries:
    """What each machine used step by step, by energy source; sources without readings are left out.

    labels: the stretches as they are told, with all that any of the machines has. too_coarse:
    sources whose meters are read less often than once a step.
    """

    by_source: Mapping[EnergySource, tuple[MachineSeries, ...]]
    labels: tuple[Stretch, ...]
    too_coarse: tuple[EnergySource, ...]

    @property
    def issues(self) -> tuple[DataIssue, ...]:
        return tuple(
            DataIssue("readings.too_coarse", {"energy_source": source.name})
            for source in self.too_coarse
        )


@dataclass(frozen=True)
class _Group:
    """Machines that share a source and the stretches of a period."""

    source: EnergySource
    stretches: tuple[Stretch, ...]
    machines: tuple[Machine, ...]


_Cut = tuple[Metered, list[Segment]]


async def series_of(usage: Usage, step: Step, context: Context) -> UsageSeries:
    """The usage's series: one query per source and factory, and one for stretches off the clock.

    Machines without any reading in the period are not in it.
    """
    found = [group for group in _groups(usage, step, context) if group.stretches]
    coarse = dict.fromkeys(g.source for g in found if _is_too_coarse(g, step, context))
    groups = [group for group in found if group.source not in coarse]
    series = await asyncio.gather(*(_series_of(group, context) for group in groups))
    by_source: dict[EnergySource, tuple[MachineSeries, ...]] = {}
    for group, machines in zip(groups, series, strict=True):
        by_source[group.source] = by_source.get(group.source, ()) + machines
    return UsageSeries(by_source, _labels(usage, groups, step, context), tuple(coarse))


def _groups(usage: Usage, step: Step, context: Context) -> Iterable[_Group]:
    # By factory: the same instants in another zone are cut at other midnights. Hours are cut by one
    # clock: those of sites that are half an hour apart would else never begin at one instant.
    zone = context.catalogue.zone_of(usage.question.scope.machine_ids)
    members: dict[tuple[EnergySource, UUID, tuple[Period, ...]], list[Machine]] = {}
    for machine in usage.machines:
        for use in machine.uses:
            if use.readings:
                key = use.source, machine.machine.factory_id, machine.periods
                members.setdefault(key, []).append(machine.machine)
    for (source, _, periods), machines in members.items():
        told = on_clock(periods, zone) if step == "hour" else periods
        stretches = stretches_of(told, usage.question.period, step)
        begun = tuple(each for each in stretches if utc(each.period.start) < utc(context.now))
        yield _Group(source, begun, tuple(machines))


def _is_too_coarse(group: _Group, step: Step, context: Context) -> bool:
    """Whether a meter's single reading spans several steps: it lies at the start of the first."""
    first, last = group.stretches[0].period.start, group.stretches[-1].period.end
    pieces = (
        piece
        for machine in group.machines
        for piece in meter_pieces(
            Period(first, last), context.catalogue.meters_of(machine.id, group.source.id)
        )
    )
    return any((piece.interval_seconds or 0) > STEP_SECONDS[step] for piece in pieces)


async def _series_of(group: _Group, context: Context) -> tuple[MachineSeries, ...]:
    # In UTC: two instants of one zone in the hour that a clock change repeats compare as equal.
    periods = [Period(utc(s.period.start), utc(s.period.end)) for s in group.stretches]
    metered = [_metered(machine, group.source, periods, context) for machine in group.machines]
    whole, parts = _sorted_out(each for stretches in metered for each in stretches)
    sums = await _sums_between(group, whole, context) | await _sums_of(group, parts, context)
    return tuple(
        MachineSeries(
            group.stretches,
            tuple(source_use(m, [sums[each] for each in segments], context)
                  for m, segments in stretches),
        )
        for stretches in metered
    )  # fmt: skip


def _metered(
    machine: Machine, source: EnergySource, periods: Sequence[Period], context: Context
) -> list[_Cut]:
    """A machine's stretches, each with the segments that its meters' changes make of it."""
    meters = context.catalogue.meters_of(machine.id, source.id)
    cuts = []
    for period, only in zip(periods, _only_pieces(periods, meters), strict=True):
        pieces = (only,) if only is not None else tuple(meter_pieces(period, meters))
        segments = [Segment(machine.id, each.period.start, each.period.end) for each in pieces]
        cuts.append((Metered(machine, source, pieces), segments))
    return cuts


def _only_pieces(periods: Sequence[Period], meters: Sequence[Meter]) -> Iterator[MeterPiece | None]:
    """The piece that each period is as a whole, where one meter serves from the first to the last:
    a year has too many hours to look for changes in each."""
    of_all = meter_pieces(Period(periods[0].start, periods[-1].end), meters)
    interval = of_all[0].interval_seconds
    return (MeterPiece(each, interval) if len(of_all) == 1 else None for each in periods)


def _sorted_out(cuts: Iterable[_Cut]) -> tuple[list[Segment], list[Segment]]:
    """Stretches between the same quarter hours for all machines, and the pieces of all others:
    where now or the change of a meter cuts one."""
    whole: list[Segment] = []
    parts: list[Segment] = []
    for _, segments in cuts:
        fits = len(segments) == 1 and _is_on_clock(segments[0])
        (whole if fits else parts).extend(segments)
    return whole, parts


def _is_on_clock(segment: Segment) -> bool:
    return all(at.timestamp() % QUARTER.seconds == 0 for at in (segment.start, segment.end))


async def _sums_between(
    group: _Group, segments: Sequence[Segment], context: Context
) -> dict[Segment, SegmentUse]:
    if not segments:
        return {}
    edges = sorted({edge for segment in segments for edge in (segment.start, segment.end)})
    places = {edge: place for place, edge in enumerate(edges)}
    machine_ids = list(dict.fromkeys(segment.machine_id for segment in segments))
    uses = await consumption_between(context.store.readings, group.source, machine_ids, edges)
    return {each: uses[each.machine_id][places[each.start]] for each in segments}


async def _sums_of(
    group: _Group, segments: Sequence[Segment], context: Context
) -> dict[Segment, SegmentUse]:
    if not segments:
        return {}
    sums = await consumption(context.store.readings, group.source, segments)
    return dict(zip(segments, sums, strict=True))


def _labels(
    usage: Usage, groups: Sequence[_Group], step: Step, context: Context
) -> tuple[Stretch, ...]:
    """In the zone that the answer is told in, and what only other factories have."""
    phrase = usage.question.period
    zone = context.catalogue.zone_of(usage.question.scope.machine_ids)
    told = resolve_all(phrase, context.now, zone, context.week_start)
    return labels_of(stretches_of(told, phrase, step), (each.stretches for each in groups))
