"""Emissions of energy use: what was used, times the carbon factor that was valid then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum

from enms_core.analysis.validity import winners, within
from enms_core.domain.carbon import (
    CarbonFactor,
    Emissions,
    FactorEmissions,
    FactorQuantity,
    FactorStretch,
)
from enms_core.domain.period import Period


def factor_stretches(period: Period, factors: Sequence[CarbonFactor]) -> tuple[FactorStretch, ...]:
    """The period cut at every instant at which another carbon factor becomes the one that counts.

    The factors are those that hold for the site. A factor of its region wins over one for all
    regions, then the one valid from the latest date, then the one given first.
    """
    ranked = sorted(factors, key=_rank)
    spans = (within(period, factor.valid_from, factor.valid_to) for factor in ranked)
    claims = ((start, end, place) for place, (start, end) in enumerate(spans) if start < end)
    return tuple(FactorStretch(*held) for held in winners(period, ranked, claims))


def emissions(uses: Iterable[FactorQuantity]) -> Emissions:
    """Emissions of what was used in stretches: sum of quantity_i * factor_i [kg CO2e]."""
    quantities: dict[CarbonFactor, list[float]] = {}
    missing: list[FactorQuantity] = []
    for use in uses:
        if use.stretch.factor is None:
            missing.append(use)
        else:
            quantities.setdefault(use.stretch.factor, []).append(use.quantity)
    return Emissions(
        tuple(_emissions_by(factor, used) for factor, used in quantities.items()), tuple(missing)
    )


def total_emissions(emitted: Iterable[Emissions]) -> Emissions:
    """The emissions of one energy source together: one figure for what one factor counts."""
    together = sum(emitted, Emissions())
    quantities: dict[CarbonFactor, list[float]] = {}
    for each in together.by_factor:
        quantities.setdefault(each.factor, []).append(each.quantity)
    by_factor = tuple(_emissions_by(factor, used) for factor, used in quantities.items())
    return Emissions(by_factor, together.missing)


def _emissions_by(factor: CarbonFactor, quantities: Sequence[float]) -> FactorEmissions:
    quantity = fsum(quantities)
    return FactorEmissions(factor, quantity, quantity * factor.factor_kg_per_unit)


def _rank(factor: CarbonFactor) -> tuple[bool, float]:
    since = float("inf") if factor.valid_from is None else -factor.valid_from.timestamp()
    return factor.region is None, since
