"""What energy use emitted: per source, per machine, and together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import fsum

from enms_core.domain.carbon import Emissions, FactorEmissions
from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.evidence import Evidence, RuleEvidence
from enms_core.domain.rated import RatedAnswer

EMISSIONS_UNIT = "kg CO2e"


@dataclass(frozen=True)
class SourceEmissions:
    """Emissions of one source; quantity: what was used of it, in its unit."""

    source: EnergySource
    quantity: float
    emissions: Emissions

    @property
    def is_rated(self) -> bool:
        return bool(self.emissions.by_factor)

    def data(self) -> dict[str, object]:
        return {
            "energy_source": self.source.name,
            "quantity": self.quantity,
            "unit": self.source.unit,
            "is_purchased": self.source.is_purchased,
            "emissions_kg_co2e": self.emissions.emissions_kg_co2e,
            "basis": sorted(self.emissions.bases),
            "factors": [_factor_data(each) for each in self.emissions.by_factor],
            "missing_quantity": self.emissions.missing_quantity,
        }


@dataclass(frozen=True)
class MachineEmissions:
    """Emissions of one machine, of the sources that are in the total."""

    machine: Machine
    emissions: Emissions

    def data(self) -> dict[str, object]:
        emitted_kg = self.emissions.emissions_kg_co2e
        return {"machine": self.machine.name, "emissions_kg_co2e": emitted_kg}


@dataclass(frozen=True, kw_only=True)
class EmissionsAnswer(RatedAnswer[SourceEmissions, MachineEmissions]):
    """Emissions of energy use, location based."""

    @property
    def emissions_kg_co2e(self) -> float:
        """The sum [kg CO2e]."""
        return fsum(each.emissions.emissions_kg_co2e or 0.0 for each in self.counted)

    def data(self) -> dict[str, object]:
        return {
            "emissions_kg_co2e": self.emissions_kg_co2e,
            "method": "location_based",
            "sources": [each.data() for each in self.sources],
            "machines": [each.data() for each in self.machines],
        }

    def evidence(self) -> Evidence:
        emitted = ((each.source.name, each.emissions) for each in self.sources)
        return replace(self.readings, factors=factor_evidence(emitted))


def factor_evidence(emitted: Iterable[tuple[str, Emissions]]) -> tuple[RuleEvidence, ...]:
    """The factors behind emissions, each by the name of the energy source that it is of."""
    found = (
        RuleEvidence(source, used.factor.source, used.factor.basis)
        for source, emissions in emitted
        for used in emissions.by_factor
    )
    return tuple(dict.fromkeys(found))


def _factor_data(used: FactorEmissions) -> dict[str, object]:
    factor = used.factor
    return {
        "source": factor.source,
        "region": factor.region,
        "factor_kg_per_unit": factor.factor_kg_per_unit,
        "basis": factor.basis,
        "valid_from": factor.valid_from.isoformat() if factor.valid_from else None,
        "valid_to": factor.valid_to.isoformat() if factor.valid_to else None,
        "quantity": used.quantity,
        "emissions_kg_co2e": used.emissions_kg_co2e,
    }
