"""What energy costs and emits for each unit made, over the hours of energy per unit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum
from typing import TypeVar
from uuid import UUID

from enms_core.analysis.carbon import factor_stretches
from enms_core.analysis.kpi import runs_of
from enms_core.analysis.tariff import priced_stretches
from enms_core.domain.carbon import Emissions, FactorStretch
from enms_core.domain.catalogue import EnergySource, Factory
from enms_core.domain.emissions import EMISSIONS_UNIT
from enms_core.domain.kpi import PER_UNIT, Kpi, NoKpi
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.domain.tariff import Cost, PricedStretch
from enms_core.services.asked import periods_of
from enms_core.services.carbon import rated_emissions
from enms_core.services.context import Context
from enms_core.services.cost import priced_cost
from enms_core.services.production import production_of
from enms_core.services.rated import Cut, Rated, Stretch, by_rule
from enms_core.services.usage import Usage, usage_of
from enms_core.storage.carbon import load_carbon_factors
from enms_core.storage.kpis import CommonHours, common_hours
from enms_core.storage.segments import segments_until
from enms_core.storage.tariffs import load_tariffs

MISSING = "missing"
Held = TypeVar("Held", bound=Stretch)
Hours = Mapping[UUID, CommonHours]


@dataclass(frozen=True)
class _Read:
    """What a machine used of a source, in its hours with production."""

    machine_id: UUID
    site: Factory
    source: EnergySource
    runs: tuple[Period, ...]


async def cost_per_unit(question: Question, context: Context) -> tuple[Kpi, ...]:
    """Cost for each unit made, a figure for each currency; None where it cannot be told."""
    usage, hours = await _hours(question, context)
    tariffs = await load_tariffs(context.store.readings)

    def cut(period: Period, site: Factory, source: EnergySource) -> tuple[PricedStretch, ...]:
        return priced_stretches(period, tariffs.get((site.id, source.id), ()), site.zone)

    costs: dict[UUID, Cost] = {}
    for read, rated in await _rated(usage, hours, cut, context):
        costs[read.machine_id] = costs.get(read.machine_id, Cost()) + priced_cost(rated)
    return _costs(costs, hours) or (
        Kpi(
            "cost_per_unit", None, None, reason=await _reason(hours, "no_price", question, context)
        ),
    )


def _costs(costs: Mapping[UUID, Cost], hours: Hours) -> tuple[Kpi, ...]:
    """Sum over sum of the machines that pay in one currency; nothing where none has a price."""
    by_currency: dict[str | None, list[tuple[Decimal, float]]] = {}
    for machine_id, cost in costs.items():
        for money in cost.amounts:
            own = (money.amount, hours[machine_id].units)
            by_currency.setdefault(money.currency, []).append(own)
    is_partial = any(MISSING in cost.bases for cost in costs.values())
    return tuple(
        Kpi(
            "cost_per_unit",
            fsum(float(amount) for amount, _ in own) / fsum(units for _, units in own),
            f"{currency or ''}{PER_UNIT}",
            is_partial=is_partial,
        )
        for currency, own in by_currency.items()
    )


async def carbon_per_unit(question: Question, context: Context) -> tuple[Kpi, ...]:
    """Emissions for each unit made [kg CO2e]; None where they cannot be told."""
    usage, hours = await _hours(question, context)
    factors = await load_carbon_factors(context.store.readings)

    def cut(period: Period, site: Factory, source: EnergySource) -> tuple[FactorStretch, ...]:
        return factor_stretches(period, factors.get((site.id, source.id), ()))

    emitted: dict[UUID, Emissions] = {}
    for read, rated in await _rated(usage, hours, cut, context):
        emissions = rated_emissions(rated)
        emitted[read.machine_id] = emitted.get(read.machine_id, Emissions()) + emissions
    return _emissions(emitted, hours) or (
        Kpi(
            "carbon_per_unit",
            None,
            None,
            reason=await _reason(hours, "no_factor", question, context),
        ),
    )


def _emissions(emitted: Mapping[UUID, Emissions], hours: Hours) -> tuple[Kpi, ...]:
    """Sum over sum of the machines that have a factor; nothing where none has."""
    known = {
        id_: each.emissions_kg_co2e
        for id_, each in emitted.items()
        if each.emissions_kg_co2e is not None
    }
    if not known:
        return ()
    per_unit = fsum(known.values()) / fsum(hours[id_].units for id_ in known)
    is_partial = any(MISSING in each.bases for each in emitted.values())
    unit = f"{EMISSIONS_UNIT}{PER_UNIT}"
    return (Kpi("carbon_per_unit", per_unit, unit, is_partial=is_partial),)


async def _reason(hours: Hours, otherwise: NoKpi, question: Question, context: Context) -> NoKpi:
    """Why there is nothing to tell per unit."""
    if any(each.units > 0 for each in hours.values()):
        return otherwise
    if hours:
        return "no_output"
    periods = periods_of(question, context)
    made = periods and await production_of(context.machines(question), periods, context)
    return "no_common_hours" if made else "no_production"


async def _hours(question: Question, context: Context) -> tuple[Usage, Hours]:
    """What was used, which there is something of, and the hours with production."""
    usage = await usage_of(question, context)
    assert isinstance(usage, Usage)
    segments = [
        segment
        for each in usage.machines
        for segment in segments_until(context.now, each.machine.id, each.periods)
    ]
    return usage, await common_hours(context.store.readings, segments, question.sources)


async def _rated(
    usage: Usage, hours: Hours, cut: Cut[Held], context: Context
) -> Sequence[tuple[_Read, Rated[Held]]]:
    """What was used while each rule held, in the hours of machines that made something."""
    reads = list(_reads(usage, hours, context))
    found = await asyncio.gather(*(_of_read(each, cut, context) for each in reads))
    return list(zip(reads, found, strict=True))


def _reads(usage: Usage, hours: Hours, context: Context) -> Iterator[_Read]:
    left_out = _left_out(usage)
    for each in usage.machines:
        own = hours.get(each.machine.id)
        if own is None or own.units <= 0:
            continue
        runs = runs_of(own.starts, own.seconds)
        site = context.catalogue.factory(each.machine.factory_id)
        for use in each.uses:
            if use.readings and use.source.name not in left_out:
                yield _Read(each.machine.id, site, use.source, runs)


def _left_out(usage: Usage) -> frozenset[str]:
    """Names of produced sources, where a purchased one was asked about beside them."""
    read = [use.source for use in usage.totals if use.readings]
    are_purchased = any(source.is_purchased for source in read)
    return frozenset(s.name for s in read if are_purchased and not s.is_purchased)


async def _of_read(read: _Read, cut: Cut[Held], context: Context) -> Rated[Held]:
    stretches = [held for run in read.runs for held in cut(run, read.site, read.source)]
    rated = await by_rule(read.source, [read.machine_id], stretches, context)
    return rated.get(read.machine_id, [])
