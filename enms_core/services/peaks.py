"""Demand charges that one SEU's unusual load adds to: peaks that could be shaved."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from enms_core.analysis.demand import BLOCK_SECONDS, demand_interval_seconds, local_months
from enms_core.analysis.hourly_table import Floats
from enms_core.analysis.peak_shaving import Shaving, shave
from enms_core.analysis.tariff import demand_charge
from enms_core.domain.catalogue import EnergySource, Factory
from enms_core.domain.causes import WeeklySavings
from enms_core.domain.opportunity import Opportunity
from enms_core.domain.period import Period, utc
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.tariff import MONEY, Money, MonthlyPeak, Tariff
from enms_core.domain.units import power_kw
from enms_core.services.asked_hours import asked_hours
from enms_core.services.context import Context
from enms_core.services.hourly_rates import HourlyRates
from enms_core.services.recommendations import priority_of
from enms_core.storage.series import quantities_between

BLOCK = timedelta(seconds=BLOCK_SECONDS)
BLOCKS_OF_HOUR = 4.0
# Demand is charged by calendar month: twelve of them are a year of 365.25 days.
WEEKS_OF_MONTH = Decimal("365.25") / 12 / 7


@dataclass(frozen=True)
class _Charged:
    """A source whose demand a site is charged for, with the SEUs asked about that use it."""

    site: Factory
    source: EnergySource
    tariffs: Sequence[Tariff]
    seus: tuple[SeuOfSource, ...]


async def peaks_to_shave(
    seus: Sequence[SeuOfSource], question: Question, context: Context, rates: HourlyRates
) -> tuple[Opportunity, ...]:
    """The SEUs that would lower their site's peak of a month by keeping to their usual load.

    Of the calendar month that most of the period lies in.
    """
    found = await asyncio.gather(
        *(_of_site(each, question, context) for each in _charged(seus, context, rates))
    )
    return tuple(each for peaks in found for each in peaks)


def _charged(seus: Sequence[SeuOfSource], context: Context, rates: HourlyRates) -> list[_Charged]:
    groups: dict[tuple[Factory, EnergySource], list[SeuOfSource]] = {}
    for of in seus:
        sites = {machine.factory_id for machine in of.machines}
        if len(sites) == 1 and power_kw(0.0, of.source.unit) is not None:
            key = context.catalogue.factory(sites.pop()), of.source
            groups.setdefault(key, []).append(of)
    tariffs = {key: rates.tariffs.get((key[0].id, key[1].id), ()) for key in groups}
    return [
        _Charged(site, source, tariffs[site, source], tuple(same))
        for (site, source), same in groups.items()
        if any(each.demand_charge_per_kw is not None for each in tariffs[site, source])
    ]


async def _of_site(charged: _Charged, question: Question, context: Context) -> list[Opportunity]:
    hours = asked_hours(charged.seus[0], question, context)
    if hours is None:
        return []
    month = max(local_months(hours.period, hours.zone), key=lambda each: (each.hours, each.start))
    edges = _edges(_whole(month, hours.zone, context.now))
    power = await _power_of(charged, month, edges, context)
    if not power:
        return []
    site_kw, thresholds = np.sum(list(power.values()), axis=0), context.store.settings.thresholds
    found = []
    for of in charged.seus:
        own_kw = [power[id_] for id_ in of.seu.machine_ids if id_ in power]
        shaving = shave(site_kw, np.sum(own_kw, axis=0), thresholds) if own_kw else None
        if shaving is not None:
            at = edges[int(np.nanargmax(site_kw))]
            found.append(_opportunity(of, shaving, _worth(charged, shaving, at)))
    return found


async def _power_of(
    charged: _Charged, month: Period, edges: Sequence[datetime], context: Context
) -> Mapping[UUID, Floats]:
    """Mean power [kW] of every metered machine of the site by block; nothing where a meter tells
    longer blocks only, which hide the peaks of quarter hours."""
    catalogue, source = context.catalogue, charged.source
    machines = catalogue.machines_of([charged.site.id])
    meters = {each.id: catalogue.meters_of(each.id, source.id) for each in machines}
    ids = [id_ for id_, own in meters.items() if own]
    every = [meter for own in meters.values() for meter in own]
    if len(edges) < 2 or demand_interval_seconds(every, month) != BLOCK_SECONDS:
        return {}
    factor = power_kw(BLOCKS_OF_HOUR, source.unit)
    assert factor is not None  # only such sources are charged for demand
    used = await quantities_between(context.store.readings, source, ids, edges)
    return {id_: factor * quantities for id_, quantities in used.items()}


def _whole(part: Period, zone: ZoneInfo, now: datetime) -> Period:
    """The calendar month of a part of it, up to now: what a demand charge is counted on."""
    start = part.start.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (start + timedelta(days=32)).replace(day=1)
    return Period(start, min(following, now.astimezone(zone), key=utc))


def _edges(month: Period) -> list[datetime]:
    """The edges of the whole quarter hours of a period."""
    start, end = utc(month.start), utc(month.end)
    first = start + timedelta(seconds=-start.timestamp() % BLOCK_SECONDS)
    return [first + place * BLOCK for place in range((end - first) // BLOCK + 1)]


def _worth(charged: _Charged, shaving: Shaving, at: datetime) -> tuple[Money, ...]:
    """What a week saves: the month's demand charge of the power that is shaved."""
    peak = MonthlyPeak(shaving.peak_shaved_kw, at)
    month = demand_charge([peak], charged.tariffs, charged.site.zone).amounts
    return tuple(Money(MONEY.divide(each.amount, WEEKS_OF_MONTH), each.currency) for each in month)


def _opportunity(of: SeuOfSource, shaving: Shaving, costs: tuple[Money, ...]) -> Opportunity:
    """No energy is saved: it is used at other times."""
    return Opportunity(
        kind="peak",
        of=of,
        quantity=0.0,
        percent=0.0,
        savings=WeeklySavings(0.0, None, None, costs),
        value=shaving.percent,
        threshold=shaving.threshold,
        effort="medium",
        priority=priority_of(shaving.percent, True),
        peak_kw=shaving.peak_shaved_kw,
        evidence={
            "peak_kw": shaving.peak_kw,
            "reached_kw": shaving.reached_kw,
            "usual_kw": shaving.usual_kw,
            "blocks": float(shaving.blocks),
        },
    )
