"""What energy cost: per source, per machine, and together by currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.evidence import Evidence, RuleEvidence
from enms_core.domain.rated import RatedAnswer
from enms_core.domain.tariff import Cost, Money, TariffCost, money_data, sum_by_currency


@dataclass(frozen=True)
class SourceCost:
    """Energy cost of one source; quantity: what was used of it, in its unit."""

    source: EnergySource
    quantity: float
    cost: Cost

    @property
    def is_rated(self) -> bool:
        return bool(self.cost.by_tariff)

    def data(self) -> dict[str, object]:
        return {
            "energy_source": self.source.name,
            "quantity": self.quantity,
            "unit": self.source.unit,
            "is_purchased": self.source.is_purchased,
            **money_data(self.cost.amounts),
            "basis": sorted(self.cost.bases),
            "tariffs": [_tariff_data(each) for each in self.cost.by_tariff],
            "missing_quantity": self.cost.missing_quantity,
        }


@dataclass(frozen=True)
class MachineCost:
    """Energy cost of one machine, of the sources that are in the total."""

    machine: Machine
    cost: Cost

    def data(self) -> dict[str, object]:
        return {"machine": self.machine.name, **money_data(self.cost.amounts)}


@dataclass(frozen=True, kw_only=True)
class CostAnswer(RatedAnswer[SourceCost, MachineCost]):
    """Energy cost without demand charge."""

    @property
    def total(self) -> tuple[Money, ...]:
        """The sum per currency."""
        return sum_by_currency(money for each in self.counted for money in each.cost.amounts)

    @property
    def charges_demand(self) -> bool:
        """Whether a tariff of the total also charges for demand."""
        return any(
            used.tariff.demand_charge_per_kw
            for each in self.counted
            for used in each.cost.by_tariff
        )

    def data(self) -> dict[str, object]:
        return {
            **money_data(self.total),
            "demand_charge": None,
            "sources": [each.data() for each in self.sources],
            "machines": [each.data() for each in self.machines],
        }

    def evidence(self) -> Evidence:
        costs = ((each.source.name, each.cost) for each in self.sources)
        return replace(self.readings, prices=price_evidence(costs))


def price_evidence(costs: Iterable[tuple[str, Cost]]) -> tuple[RuleEvidence, ...]:
    """The prices behind costs, each by the name of the energy source that it is of."""
    found = (
        RuleEvidence(
            source,
            None if used.tariff.basis == "flat" else used.tariff.name,
            used.tariff.basis,
        )
        for source, cost in costs
        for used in cost.by_tariff
    )
    return tuple(dict.fromkeys(found))


def _tariff_data(used: TariffCost) -> dict[str, object]:
    return {
        "name": used.tariff.name,
        "rate_per_unit": float(used.tariff.rate_per_unit),
        "currency": used.tariff.currency,
        "basis": used.tariff.basis,
        "quantity": float(used.quantity),
        "cost": float(used.amount),
    }
