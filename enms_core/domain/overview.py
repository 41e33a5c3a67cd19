"""A factory at a glance: what it used, what that cost and caused, and who used the most."""

from __future__ import annotations

from dataclasses import dataclass, replace

from enms_core.domain.answer import Answer
from enms_core.domain.carbon import Emissions
from enms_core.domain.catalogue import Machine
from enms_core.domain.energy import EnergyAnswer
from enms_core.domain.evidence import Evidence, RuleEvidence
from enms_core.domain.machine_status import MachineState
from enms_core.domain.tariff import Cost


@dataclass(frozen=True)
class MachineEnergy:
    """Purchased energy of one machine [kWh]."""

    machine: Machine
    energy_kwh: float

    def data(self) -> dict[str, object]:
        return {"machine": self.machine.name, "value": self.energy_kwh, "unit": "kWh"}


@dataclass(frozen=True, kw_only=True)
class OverviewAnswer(Answer):
    """Figures of one period, each as the question for it alone would tell it.

    top: the machines that used the most purchased energy, the most first. states: None where the
    period does not reach to now. prices, factors: what cost and emissions rest on.
    """

    energy: EnergyAnswer
    cost: Cost
    emissions: Emissions
    top: tuple[MachineEnergy, ...]
    states: tuple[MachineState, ...] | None
    prices: tuple[RuleEvidence, ...] = ()
    factors: tuple[RuleEvidence, ...] = ()

    @property
    def known_states(self) -> tuple[MachineState, ...]:
        return tuple(state for state in self.states or () if state.status is not None)

    @property
    def running(self) -> int | None:
        """How many machines run now; None where no status tells it."""
        return sum(state.is_running for state in self.known_states) if self.known_states else None

    def data(self) -> dict[str, object]:
        last = [use.last for use in self.energy.uses if use.last is not None]
        return {
            "energy": self.energy.data(),
            "costs": [
                {"currency": money.currency, "amount": float(money.amount)}
                for money in self.cost.amounts
            ],
            "emissions_kg_co2e": self.emissions.emissions_kg_co2e,
            "machines_total": len(self.question.scope.machine_ids),
            "machines_running": self.running,
            "machines_with_status": len(self.known_states),
            "top": [each.data() for each in self.top],
            "latest_reading": max(last).isoformat() if last else None,
        }

    def evidence(self) -> Evidence:
        return replace(
            self.energy.evidence(),
            prices=self.prices,
            factors=self.factors,
            status_changes=len(self.known_states),
        )
