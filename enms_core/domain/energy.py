"""Energy that was used: per source, per machine, and together."""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.domain.answer import Answer
from enms_core.domain.evidence import Evidence
from enms_core.domain.use import MachineUse, SourceUse, evidence_of


@dataclass(frozen=True, kw_only=True)
class EnergyAnswer(Answer):
    """Energy used by the machines of a question, carriers kept apart.

    purchased_energy_kwh is the sum over purchased carriers; None where one of them has no
    conversion, or where the question named a carrier that is not purchased.
    """

    uses: tuple[SourceUse, ...]
    machines: tuple[MachineUse, ...]
    purchased_energy_kwh: float | None

    def data(self) -> dict[str, object]:
        """The contract's `data`: `quantity`, `unit` and `energy_kwh` where one carrier answers."""
        head: dict[str, object] = {}
        if len(self.uses) == 1:
            use = self.uses[0]
            head = {
                "energy_kwh": use.energy_kwh,
                "quantity": use.quantity,
                "unit": use.source.unit,
                "energy_source": use.source.name,
                "coverage_percent": use.coverage_percent,
            }
        return {
            **head,
            "purchased_energy_kwh": self.purchased_energy_kwh,
            "sources": [use.data() for use in self.uses],
            "machines": [machine.data() for machine in self.machines],
        }

    def evidence(self) -> Evidence:
        return evidence_of(self.uses)
