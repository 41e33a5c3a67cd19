"""A significant energy use with what its ids stand for."""

from __future__ import annotations

from collections.abc import Iterable
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


def apart(uses: Iterable[SeuOfSource]) -> tuple[SeuOfSource, ...]:
    """Those that share no machine with an earlier one of the same source: what they use together
    counts no machine twice."""
    found: list[SeuOfSource] = []
    for of in uses:
        machines = set(of.seu.machine_ids)
        same = (each for each in found if each.source.id == of.source.id)
        if not any(machines & set(each.seu.machine_ids) for each in same):
            found.append(of)
    return tuple(found)
