"""What quantities of hours cost and emit: by the tariff and the carbon factor of each hour."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from math import fsum
from typing import Any, TypeVar
from uuid import UUID

import numpy as np

from enms_core.analysis.carbon import emissions, factor_stretches
from enms_core.analysis.hourly_table import SECONDS_OF_HOUR, Floats, Ints
from enms_core.analysis.rated_hours import shared_out
from enms_core.analysis.tariff import energy_cost, priced_stretches
from enms_core.domain.carbon import FactorQuantity, FactorStretch
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.performance import Rated
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.tariff import PricedQuantity, PricedStretch, sum_by_currency
from enms_core.services.context import Context
from enms_core.services.rated import Stretch
from enms_core.storage.carbon import Factors, load_carbon_factors
from enms_core.storage.tariffs import Tariffs, load_tariffs

Held = TypeVar("Held", bound=Stretch)
# Nothing was asked to be rated.
NOTHING_RATED = Rated((), False, None)


@dataclass(frozen=True)
class HourlyRates:
    """The prices and factors of all sites; the stretches of one and a time are cut once."""

    tariffs: Tariffs
    factors: Factors
    catalogue: Catalogue
    _cut: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def rate(self, of: SeuOfSource, hours: Ints, quantities: Floats) -> Rated:
        """What quantities of hours (since 1970, ascending) cost and emit; negative ones are saved.

        An SEU whose machines stand at several sites has no price and no factor: which of them used
        how much of it is not told by its hours.
        """
        if not len(hours):
            return NOTHING_RATED
        sites = {machine.factory_id for machine in of.machines}
        if len(sites) != 1:
            return Rated((), True, None)
        period = Period(_instant(int(hours[0])), _instant(int(hours[-1]) + 1))
        (site,) = sites
        priced = self._priced(site, of, period)
        cost = energy_cost(PricedQuantity(*each) for each in _used(priced, hours, quantities))
        factors = self._factored(site, of, period)
        emitted = emissions(FactorQuantity(*each) for each in _used(factors, hours, quantities))
        carbon = None if emitted.missing else emitted.emissions_kg_co2e
        return Rated(cost.amounts, bool(cost.missing), carbon)

    def _priced(self, site: UUID, of: SeuOfSource, period: Period) -> Sequence[PricedStretch]:
        def cut() -> Sequence[PricedStretch]:
            rules = self.tariffs.get((site, of.source.id), ())
            return priced_stretches(period, rules, self.catalogue.factory(site).zone)

        return self._once(("price", site, of.source.id, period.start, period.end), cut)

    def _factored(self, site: UUID, of: SeuOfSource, period: Period) -> Sequence[FactorStretch]:
        def cut() -> Sequence[FactorStretch]:
            return factor_stretches(period, self.factors.get((site, of.source.id), ()))

        return self._once(("factor", site, of.source.id, period.start, period.end), cut)

    def _once(self, key: tuple[object, ...], cut: Callable[[], Sequence[Held]]) -> Sequence[Held]:
        if key not in self._cut:
            self._cut[key] = cut()
        found: Sequence[Held] = self._cut[key]
        return found


async def load_rates(context: Context) -> HourlyRates:
    """The prices and factors as the registers have them."""
    readings = context.store.readings
    tariffs, factors = await asyncio.gather(load_tariffs(readings), load_carbon_factors(readings))
    return HourlyRates(tariffs, factors, context.catalogue)


async def rate_hours(of: SeuOfSource, hours: Ints, quantities: Floats, context: Context) -> Rated:
    """What quantities of hours of an SEU cost and emit, by the tariff and the factor of each."""
    return (await load_rates(context)).rate(of, hours, quantities)


def rated_together(parts: Iterable[Rated]) -> Rated:
    """Sums: per currency, and of carbon where it is known of each part."""
    parts = tuple(parts)
    carbon = [each.carbon_kg for each in parts]
    known = [kg for kg in carbon if kg is not None]
    return Rated(
        sum_by_currency(money for each in parts for money in each.costs),
        any(each.cost_missing for each in parts),
        fsum(known) if known and len(known) == len(carbon) else None,
    )


def _used(stretches: Sequence[Held], hours: Ints, quantities: Floats) -> list[tuple[Held, float]]:
    """What was used under each rule, under its first stretch. Where nothing was, no rule is
    missing; where nothing was used at all, one that there is stands for the others."""
    sums = shared_out(hours, quantities, [each.start for each in stretches])
    first: dict[object, Held] = {}
    amounts: dict[object, list[float]] = {}
    for stretch, amount in zip(stretches, sums, strict=True):
        first.setdefault(stretch.rule, stretch)
        amounts.setdefault(stretch.rule, []).append(float(amount))
    used = [(first[rule], fsum(each)) for rule, each in amounts.items() if np.any(each)]
    return used or [(each, 0.0) for rule, each in first.items() if rule is not None][:1]


def _instant(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * SECONDS_OF_HOUR, timezone.utc)
