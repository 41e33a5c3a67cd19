"""Indicators of demand: its peak, the load factor and the base load."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

from enms_core.domain.answer import Answer
from enms_core.domain.kpi import Kpi, KpiName, NoKpi
from enms_core.domain.period import Period, resolve_all, utc
from enms_core.domain.power import PowerAnswer, Rate, RateUnknown
from enms_core.domain.question import Question
from enms_core.domain.units import rate_unit
from enms_core.domain.use import SourceUse, evidence_of
from enms_core.services.context import Context
from enms_core.services.kpi_part import Part
from enms_core.services.power import answer_power, rate_sources
from enms_core.services.usage import Usage, usage_of
from enms_core.storage.kpis import DemandFigures, demand_figures

NAMES: tuple[KpiName, ...] = ("peak_demand", "load_factor", "base_load")
Demands = Mapping[UUID | None, DemandFigures]


async def peak_part(question: Question, context: Context) -> Part | Answer:
    """The peak as a question about power tells it."""
    answer = await answer_power(replace(question, metric="peak"), context)
    if not isinstance(answer, PowerAnswer):
        return answer
    machines = answer.machines if len({each.machine for each in answer.machines}) > 1 else ()
    return Part(
        figures=tuple(map(_peak_of, answer.rates)),
        by_machine=tuple(map(_peak_of, machines)),
        issues=answer.issues,
        rests_on=answer.evidence(),
        told_by=answer,
    )


def _peak_of(rate: Rate) -> Kpi:
    return Kpi(
        "peak_demand",
        rate.rate,
        rate_unit(rate.source.unit),
        rate.source.name,
        None if rate.machine is None else rate.machine.name,
        at=rate.time,
        interval_seconds=rate.interval_seconds,
    )


async def demand_part(question: Question, context: Context) -> Part | Answer:
    """Peak, load factor and base load of each source; of several machines those of their sum."""
    names = rate_sources(question, context)
    usage = await usage_of(replace(question, sources=names), context)
    if not isinstance(usage, Usage):
        return usage
    stretches = _stretches(question, context)
    read = [use for use in usage.totals if use.readings]
    found = await asyncio.gather(*(_demands(use, usage, stretches, context) for use in read))
    if not any(found):
        return RateUnknown(question=question, interval_seconds=None, issues=usage.issues)
    zone = context.catalogue.zone_of(question.scope.machine_ids)
    each_source = [
        (use, demands) for use, demands in zip(read, found, strict=True) if None in demands
    ]
    return Part(
        figures=tuple(k for use, of in each_source for k in _figures(use, of[None], None, zone)),
        by_machine=tuple(
            k for use, of in each_source for k in _by_machine(use, of, zone, question, context)
        ),
        issues=usage.issues,
        rests_on=evidence_of(usage.totals),
    )


def _stretches(question: Question, context: Context) -> tuple[Period, ...]:
    """Those of all machines alike: a sum of demand is one of the same instants."""
    zone = context.catalogue.zone_of(question.scope.machine_ids)
    stretches = resolve_all(question.period, context.now, zone, context.week_start)
    return tuple(each for each in stretches if utc(each.start) < utc(context.now))


async def _demands(
    use: SourceUse, usage: Usage, stretches: Sequence[Period], context: Context
) -> Demands:
    ids = [
        each.machine.id
        for each in usage.machines
        if any(own.source == use.source and own.readings for own in each.uses)
    ]
    return await demand_figures(context.store.readings, ids, use.source.name, stretches)


def _figures(
    use: SourceUse, demand: DemandFigures, machine: str | None, zone: ZoneInfo
) -> tuple[Kpi, ...]:
    unit, source = rate_unit(use.source.unit), use.source.name
    factor = demand.load_factor
    missing: NoKpi = "no_block" if demand.mean is None else "no_use"
    peak = Kpi("peak_demand", demand.peak, unit, source, machine)
    load = Kpi("load_factor", None if factor is None else 100.0 * factor, "%", source, machine)
    base = Kpi("base_load", demand.base, unit, source, machine)
    return tuple(
        replace(
            each,
            at=demand.start.astimezone(zone) if each.name == "peak_demand" else None,
            interval_seconds=demand.interval_seconds,
            reason=missing if each.value is None else None,
        )
        for each in (peak, load, base)
    )


def _by_machine(
    use: SourceUse, demands: Demands, zone: ZoneInfo, question: Question, context: Context
) -> list[Kpi]:
    """Of each machine where there are several."""
    own = [each for each in context.machines(question) if each.id in demands]
    if len(own) < 2:
        return []
    return [kpi for each in own for kpi in _figures(use, demands[each.id], each.name, zone)]
