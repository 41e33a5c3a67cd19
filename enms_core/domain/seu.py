"""A significant energy use with what its ids stand for."""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.domain.catalogue import EnergySource, Machine, Seu


@dataclass(frozen=True)
class SeuOfSource:
    """A significant energy use with its energy source and machines."""

    seu: Seu
    source: EnergySource
    machines: tuple[Machine, ...]

    def data(self) -> dict[str, object]:
        return {
            "seu": self.seu.name,
            "energy_source": self.source.name,
            "unit": self.source.unit,
            "machines": [machine.name for machine in self.machines],
        }
