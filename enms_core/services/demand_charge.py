"""The demand charge of sites: each calendar month's peak, at what its tariff charges for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from enms_core.analysis.demand import (
    BLOCK_SECONDS,
    demand_interval_seconds,
    demand_window,
    local_months,
)
from enms_core.analysis.tariff import demand_charge
from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.catalogue import EnergySource, Factory
from enms_core.domain.demand_charge import DemandChargeAnswer, NoDemandCharge, SiteCharge
from enms_core.domain.period import INSTANT, Period, PeriodPhrase, utc
from enms_core.domain.power import DemandWindow, RateUnknown
from enms_core.domain.question import Question, Scope
from enms_core.domain.tariff import MonthlyPeak, Tariff
from enms_core.domain.units import power_kw
from enms_core.domain.use import evidence_of
from enms_core.services.context import Context
from enms_core.services.usage import Usage, usage_of
from enms_core.storage.power import coincident_demand
from enms_core.storage.tariffs import Tariffs, load_tariffs

DEMAND_CHARGE = "demand_charge"


async def answer_demand_charge(question: Question, context: Context) -> Answer:
    """What the sites of a question pay for demand, over the calendar months that its period is in.

    A charge is for the peak of all machines of a site together, so a single machine has none.
    """
    sites = _sites(question, context)
    tariffs = await load_tariffs(context.store.readings)
    charged = _charged(question, sites, tariffs, context)
    if sites and not charged:
        return _none(question, sites)
    asked = context.local_period(question.period, question.scope.machine_ids)
    whole = replace(
        question,
        scope=_whole(question.scope, list(dict.fromkeys(site for site, _ in charged)), context),
        sources=tuple(dict.fromkeys(source.name for _, source in charged)),
        period=_months_of(asked),
    )
    usage = await usage_of(whole, context)
    if not isinstance(usage, Usage):
        return usage
    found = await asyncio.gather(
        *(
            _site_charge(usage, site, source, tariffs[site.id, source.id], context)
            for site, source in charged
        )
    )
    charges = tuple(each for each in found if each.charge.by_month)
    if not charges:
        return RateUnknown(question=whole, interval_seconds=_longest(found))
    if not any(each.charge.amounts for each in charges):
        return _none(question, [site for site, _ in charged], has_peaks=True)
    return _answer(question, asked, usage, charges, context)


def _longest(charges: Sequence[SiteCharge]) -> int | None:
    """Length of the blocks that no peak was found in; None where no meter tells one."""
    lengths = [each.block_seconds for each in charges if each.block_seconds is not None]
    return max(lengths, default=None)


def _none(question: Question, sites: Sequence[Factory], has_peaks: bool = False) -> NoDemandCharge:
    names = tuple(dict.fromkeys(site.name for site in sites))
    return NoDemandCharge(question=question, sites=names, has_peaks=has_peaks)


def _answer(
    question: Question,
    asked: Period,
    usage: Usage,
    charges: tuple[SiteCharge, ...],
    context: Context,
) -> DemandChargeAnswer:
    is_wider = _is_wider(usage.period, asked)
    return DemandChargeAnswer(
        question=question,
        period=usage.period,
        issues=(*_not_charged(charges), *_coarse(charges), *usage.issues),
        charges=charges,
        months=usage.question.period if is_wider else question.period,
        now=context.now,
        is_running=utc(usage.period.end) == utc(context.now),
        is_widened=is_wider and question.period_said,
        machines=len(usage.machines),
        readings=evidence_of(usage.totals),
    )


def _sites(question: Question, context: Context) -> list[Factory]:
    catalogue = context.catalogue
    ids = dict.fromkeys(machine.factory_id for machine in context.machines(question))
    return [catalogue.factory(id_) for id_ in ids]


def _charged(
    question: Question, sites: Sequence[Factory], tariffs: Tariffs, context: Context
) -> list[tuple[Factory, EnergySource]]:
    """The sources metered as energy whose demand a tariff of the site charges for."""
    sources = [
        source
        for source in context.catalogue.sources
        if (not question.sources or source.name in question.sources)
        and power_kw(0.0, source.unit) is not None
    ]
    return [
        (site, source)
        for site in sites
        for source in sources
        if any(
            tariff.demand_charge_per_kw is not None
            for tariff in tariffs.get((site.id, source.id), ())
        )
    ]


def _whole(scope: Scope, sites: Sequence[Factory], context: Context) -> Scope:
    """All machines of the sites, named as they were where they were all asked about."""
    machines = context.catalogue.machines_of([site.id for site in sites])
    ids = tuple(machine.id for machine in machines)
    if scope.kind in ("site", "all") and set(scope.machine_ids) == set(ids):
        return scope
    return Scope("site", ids, sites[0].name) if len(sites) == 1 else Scope("all", ids)


def _months_of(period: Period) -> PeriodPhrase:
    """The calendar months that a period lies in."""
    first, last = _month(period.start), _month(period.end - INSTANT)
    return first if first == last else PeriodPhrase("range", start=first, end=last)


def _month(moment: datetime) -> PeriodPhrase:
    return PeriodPhrase("month", month=moment.month, of=PeriodPhrase("year", year=moment.year))


def _is_wider(months: Period, asked: Period) -> bool:
    return utc(months.start) < utc(asked.start) or utc(months.end) > utc(asked.end)


async def _site_charge(
    usage: Usage,
    site: Factory,
    source: EnergySource,
    tariffs: Sequence[Tariff],
    context: Context,
) -> SiteCharge:
    read = [
        machine
        for machine in usage.machines
        if machine.machine.factory_id == site.id
        and any(use.source == source and use.readings for use in machine.uses)
    ]
    ids = [machine.machine.id for machine in read]
    windows = (
        _windows(local_months(read[0].period, site.zone), ids, source, context) if read else []
    )
    peaks = await asyncio.gather(*(_peak(source, ids, window, context) for window in windows))
    known = [peak for peak in peaks if peak is not None]
    return SiteCharge(
        site,
        source,
        demand_charge(known, tariffs, site.zone),
        block_seconds=max((window.interval_seconds for window in windows), default=None),
    )


def _windows(
    months: Sequence[Period], machine_ids: Sequence[UUID], source: EnergySource, context: Context
) -> list[DemandWindow]:
    """The whole blocks of the months in which meters tell the time that readings stand for."""
    meters = [meter for id_ in machine_ids for meter in context.catalogue.meters_of(id_, source.id)]
    lengths = [demand_interval_seconds(meters, month) for month in months]
    return [
        demand_window(month, seconds)
        for month, seconds in zip(months, lengths, strict=True)
        if seconds is not None
    ]


async def _peak(
    source: EnergySource, machine_ids: Sequence[UUID], window: DemandWindow, context: Context
) -> MonthlyPeak | None:
    """The peak of all machines together; None where no whole block has readings."""
    if not window.is_whole:
        return None
    demand = await coincident_demand(context.store.readings, source, machine_ids, window)
    if demand.peak is None:
        return None
    peak_kw = power_kw(demand.peak.rate, source.unit)
    return None if peak_kw is None else MonthlyPeak(peak_kw, demand.peak.start)


def _coarse(charges: Sequence[SiteCharge]) -> Iterator[DataIssue]:
    """Peaks of longer blocks than are billed: a mean over an hour hides its highest quarter."""
    for each in charges:
        if (each.block_seconds or 0) > BLOCK_SECONDS:
            facts = {"energy_source": each.source.name, "site": each.site.name}
            yield DataIssue("demand.coarse", {**facts, "interval_seconds": each.block_seconds})


def _not_charged(charges: Sequence[SiteCharge]) -> Iterator[DataIssue]:
    """Months whose peak no tariff covers, or one that does not charge for demand."""
    for each in charges:
        uncharged = [m for m in each.charge.by_month if m.tariff is not None and m.charge is None]
        codes = {"demand.missing": each.charge.missing, "demand.uncharged": uncharged}
        for code, months in codes.items():
            if months:
                facts = {"energy_source": each.source.name, "site": each.site.name}
                yield DataIssue(code, {**facts, "months": len(months)})
