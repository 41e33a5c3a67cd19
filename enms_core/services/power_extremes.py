"""The highest and the lowest demand of machines together, over the billing blocks of a period."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

from enms_core.analysis.demand import demand_interval_seconds, demand_window, highest, lowest
from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import EnergySource
from enms_core.domain.period import resolve_all, utc
from enms_core.domain.power import BlockRate, DemandWindow, PowerAnswer, Rate, RateUnknown
from enms_core.domain.question import Question
from enms_core.domain.use import SourceUse, evidence_of
from enms_core.services.context import Context
from enms_core.services.usage import Usage, usage_of
from enms_core.storage.power import coincident_demand, machine_demands


async def extreme_answer(question: Question, names: Sequence[str], context: Context) -> Answer:
    """The peak or the minimum of each source over the whole blocks of a period.

    Of several machines that of their sum, in the blocks of the period as it is told about them.
    """
    usage = await usage_of(replace(question, sources=tuple(names)), context)
    if not isinstance(usage, Usage):
        return usage
    read = [use for use in usage.totals if use.readings]
    intervals = [_interval_seconds(use.source, usage, context) for use in read]
    found = await asyncio.gather(
        *(
            _extremes(question, use, seconds, usage, context)
            for use, seconds in zip(read, intervals, strict=True)
            if seconds is not None
        )
    )
    told = [rates for rates in found if rates]
    if not told:
        longest = max((seconds for seconds in intervals if seconds is not None), default=None)
        return RateUnknown(question=question, interval_seconds=longest)
    return PowerAnswer(
        question=question,
        period=usage.period,
        issues=usage.issues,
        metric="minimum" if question.metric == "minimum" else "peak",
        rates=tuple(rates[0] for rates in told),
        machines=tuple(rate for rates in told for rate in rates[1:]),
        now=context.now,
        basis=evidence_of(usage.totals),
    )


def _interval_seconds(source: EnergySource, usage: Usage, context: Context) -> int | None:
    """Length of a block that the meters of all machines can tell; None without a meter."""
    meters = [
        meter
        for machine_id in _read_ids(source, usage)
        for meter in context.catalogue.meters_of(machine_id, source.id)
    ]
    return demand_interval_seconds(meters, usage.period)


def _read_ids(source: EnergySource, usage: Usage) -> list[UUID]:
    """Machines with readings of a source in the period."""
    return [
        machine.machine.id
        for machine in usage.machines
        if any(use.source == source and use.readings for use in machine.uses)
    ]


async def _extremes(
    question: Question, use: SourceUse, interval_seconds: int, usage: Usage, context: Context
) -> list[Rate]:
    """The extreme of the machines together, then of each; nothing where no block tells one."""
    ids = _read_ids(use.source, usage)
    windows = _windows(question, interval_seconds, context)
    pick = lowest if question.metric == "minimum" else highest
    zone = context.catalogue.zone_of(question.scope.machine_ids)
    database = context.store.readings
    extreme = pick(
        await asyncio.gather(*(coincident_demand(database, use.source, ids, w) for w in windows))
    )
    if extreme is None:
        return []
    common = replace(
        _rate(use.source, extreme, interval_seconds, zone), coverage_percent=use.coverage_percent
    )
    if len(ids) == 1:
        return [common, replace(common, machine=context.catalogue.machine(ids[0]))]
    each = await asyncio.gather(*(machine_demands(database, use.source, ids, w) for w in windows))
    blocks = {id_: pick([demands[id_] for demands in each if id_ in demands]) for id_ in ids}
    own = {id_: block for id_, block in blocks.items() if block is not None}
    rates = {id_: _rate(use.source, block, interval_seconds, zone) for id_, block in own.items()}
    return [
        common,
        *(
            replace(rates[m.machine.id], machine=m.machine, coverage_percent=of.coverage_percent)
            for m in usage.machines
            for of in m.uses
            if of.source == use.source and m.machine.id in rates
        ),
    ]


def _windows(question: Question, interval_seconds: int, context: Context) -> list[DemandWindow]:
    """The whole blocks of the period's stretches, in the zone in which it is told."""
    zone = context.catalogue.zone_of(question.scope.machine_ids)
    stretches = resolve_all(question.period, context.now, zone, context.week_start)
    windows = [
        demand_window(stretch, interval_seconds)
        for stretch in stretches
        if utc(stretch.start) < utc(context.now)
    ]
    return [window for window in windows if window.is_whole]


def _rate(source: EnergySource, block: BlockRate, interval_seconds: int, zone: ZoneInfo) -> Rate:
    return Rate(
        source=source,
        rate=block.rate,
        time=block.start.astimezone(zone),
        interval_seconds=interval_seconds,
    )
