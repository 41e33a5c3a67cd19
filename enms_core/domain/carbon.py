"""Carbon factors, and the emissions of energy use by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import fsum
from typing import Literal

FactorBasis = Literal["factor", "flat"]
EmissionsBasis = Literal["factor", "flat", "missing"]


@dataclass(frozen=True)
class CarbonFactor:
    """kg of CO2 equivalent per unit of an energy source.

    region: country that it holds for, None for all. source: who published it and on which basis.
    valid_from and valid_to are None where open. basis "flat": not a row of carbon_factors but the
    energy source's own carbon_intensity.
    """

    factor_kg_per_unit: float
    region: str | None = None
    source: str | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    basis: FactorBasis = "factor"


@dataclass(frozen=True)
class FactorStretch:
    """Half-open stretch [UTC] under one carbon factor; None where no row covers it."""

    start: datetime
    end: datetime
    factor: CarbonFactor | None

    @property
    def rule(self) -> CarbonFactor | None:
        return self.factor


@dataclass(frozen=True)
class FactorQuantity:
    """What was used in one stretch, in the unit of the energy source."""

    stretch: FactorStretch
    quantity: float


@dataclass(frozen=True)
class FactorEmissions:
    """Emissions [kg CO2e] of the use under one factor."""

    factor: CarbonFactor
    quantity: float
    emissions_kg_co2e: float


@dataclass(frozen=True)
class Emissions:
    """Emissions of energy use, location based.

    by_factor: one entry per factor, in order of its first stretch. missing: the stretches that no
    factor covers, with what was used in them; their emissions are unknown and in no sum.
    """

    by_factor: tuple[FactorEmissions, ...] = ()
    missing: tuple[FactorQuantity, ...] = ()

    def __add__(self, other: Emissions) -> Emissions:
        """Side by side: quantities of other machines and sources are not added."""
        return Emissions(self.by_factor + other.by_factor, self.missing + other.missing)

    @property
    def emissions_kg_co2e(self) -> float | None:
        """The sum [kg CO2e]; None where nothing has a factor."""
        if not self.by_factor:
            return None
        return fsum(each.emissions_kg_co2e for each in self.by_factor)

    @property
    def missing_quantity(self) -> float:
        """What no factor covers, in the unit of the energy source; of one source only."""
        return fsum(use.quantity for use in self.missing)

    @property
    def bases(self) -> frozenset[EmissionsBasis]:
        """By what the use was counted; with "missing" the sum is not the whole."""
        bases: set[EmissionsBasis] = {each.factor.basis for each in self.by_factor}
        return frozenset(bases | {"missing"}) if self.missing else frozenset(bases)
