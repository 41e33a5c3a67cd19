"""What there is: machines, energy sources, significant energy uses and drivers."""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import (
    Driver,
    EnergySource,
    Factory,
    Machine,
    RefusedDriver,
)
from enms_core.domain.evidence import Evidence
from enms_core.domain.seu import SeuOfSource


@dataclass(frozen=True, kw_only=True)
class Listing(Answer):
    """An answer that is what the registers say."""

    def evidence(self) -> Evidence:
        return Evidence(registers=True)


@dataclass(frozen=True, kw_only=True)
class MachineList(Listing):
    """Machines with their factories; where sources were named, those that have one of them."""

    machines: tuple[tuple[Machine, Factory], ...]
    sources: tuple[EnergySource, ...] = ()

    @property
    def by_factory(self) -> dict[Factory, int]:
        """How many machines each factory has, in the order of the factories' first machines."""
        counts: dict[Factory, int] = {}
        for _, factory in self.machines:
            counts[factory] = counts.get(factory, 0) + 1
        return counts

    def data(self) -> dict[str, object]:
        return {
            "count": len(self.machines),
            "machines": [
                {"machine": machine.name, "type": machine.type or None, "factory": factory.name}
                for machine, factory in self.machines
            ],
        }


@dataclass(frozen=True)
class SourceUsers:
    """An energy source, and the machines that have a meter or an SEU for it."""

    source: EnergySource
    machines: tuple[Machine, ...]

    def data(self) -> dict[str, object]:
        return {
            "energy_source": self.source.name,
            "unit": self.source.unit,
            "is_purchased": self.source.is_purchased,
            "machines": [machine.name for machine in self.machines],
        }


@dataclass(frozen=True, kw_only=True)
class SourceList(Listing):
    """The energy sources of some machines."""

    sources: tuple[SourceUsers, ...]

    def data(self) -> dict[str, object]:
        return {"sources": [each.data() for each in self.sources]}


@dataclass(frozen=True, kw_only=True)
class SeuList(Listing):
    """The significant energy uses of some machines; of some sources, where they were named."""

    seus: tuple[SeuOfSource, ...]
    sources: tuple[EnergySource, ...] = ()

    def data(self) -> dict[str, object]:
        return {"count": len(self.seus), "seus": [entry.data() for entry in self.seus]}


@dataclass(frozen=True)
class SourceDrivers:
    """What may drive the use of an energy source, and what was registered for it and is refused."""

    source: EnergySource
    drivers: tuple[Driver, ...]
    refused: tuple[RefusedDriver, ...]

    def data(self) -> dict[str, object]:
        return {
            "energy_source": self.source.name,
            "drivers": [
                {"driver": driver.name, "aggregation": driver.aggregation}
                for driver in self.drivers
            ],
            "refused": [
                {"driver": refused.name, "reason": refused.reason} for refused in self.refused
            ],
        }


@dataclass(frozen=True, kw_only=True)
class DriverList(Listing):
    """The drivers of one energy source, or of several."""

    sources: tuple[SourceDrivers, ...]

    def data(self) -> dict[str, object]:
        if len(self.sources) == 1:
            return self.sources[0].data()
        return {
            "energy_source": None,
            "drivers": [],
            "refused": [],
            "sources": [each.data() for each in self.sources],
        }
