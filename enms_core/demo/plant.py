"""The demo plant as it stands there: sites, machines and how each machine uses energy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from uuid import UUID, uuid5

import numpy as np

from enms_core.demo.chance import Floats
from enms_core.demo.weather import Climate

NAMESPACE = UUID("6d0b1a52-6f0e-4c1c-9a7b-2f1f7a5c5001")

ELECTRICITY = "electricity"
NATURAL_GAS = "natural_gas"
STEAM = "steam"
COMPRESSED_AIR = "compressed_air"


def identity(*names: str) -> UUID:
    """The id of a thing of the demo plant: the same in every database."""
    return uuid5(NAMESPACE, "/".join(names))


class Duty(Enum):
    """What a machine follows: orders of its own, the site's output, or the climate."""

    LINE = "line"
    UTILITY = "utility"
    CLIMATE = "climate"


@dataclass(frozen=True)
class LinearLoad:
    """Quantity per hour of a running machine, linear in its drivers (kW, or kg/h for steam)."""

    per_hour: float
    per_unit: float = 0.0
    per_degc: float = 0.0
    per_heating_k: float = 0.0
    per_cooling_k: float = 0.0
    per_moisture_percent: float = 0.0
    heating_base_degc: float = 16.0
    cooling_base_degc: float = 20.0

    def at(
        self, units_per_hour: Floats, outdoor_temp_c: Floats, moisture_percent: Floats
    ) -> Floats:
        """The quantity per hour at these drivers."""
        return np.asarray(
            self.per_hour
            + self.per_unit * units_per_hour
            + self.per_degc * outdoor_temp_c
            + self.per_heating_k * np.maximum(self.heating_base_degc - outdoor_temp_c, 0.0)
            + self.per_cooling_k * np.maximum(outdoor_temp_c - self.cooling_base_degc, 0.0)
            + self.per_moisture_percent * moisture_percent
        )


@dataclass(frozen=True)
class MachineSpec:
    """A machine. `noise` is the share of its load that no driver explains (one sigma)."""

    factory: str
    name: str
    type: str
    rated_power_kw: float
    duty: Duty
    electricity: LinearLoad
    noise: float = 0.04
    units_per_hour: float = 0.0
    uses_moist_material: bool = False
    steam: LinearLoad | None = None
    air_nm3_per_kwh: float | None = None
    aliases: tuple[str, ...] = ()

    @property
    def id(self) -> UUID:
        return identity("machine", self.name)

    @property
    def energy_sources(self) -> tuple[str, ...]:
        """Names of the carriers that are metered here."""
        boiler = (NATURAL_GAS, STEAM) if self.steam else ()
        compressor = (COMPRESSED_AIR,) if self.air_nm3_per_kwh else ()
        return (ELECTRICITY, *boiler, *compressor)

    @property
    def produces(self) -> bool:
        """Whether units are counted at this machine (made by it, or served by it)."""
        return self.units_per_hour > 0


@dataclass(frozen=True)
class FactorySpec:
    """A site: zone (IANA), currency (ISO 4217), country (ISO 3166) and climate."""

    name: str
    timezone: str
    currency: str
    country: str
    climate: Climate

    @property
    def id(self) -> UUID:
        return identity("factory", self.name)


@dataclass(frozen=True)
class Plant:
    """The demo plant of one seeding. All planted dates count from `anchor`, its local day.

    `plain` plants no troubles; `second_country` adds a site in another zone and currency.
    """

    anchor: date
    seed: int = 50001
    plain: bool = False
    second_country: bool = False

    @cached_property
    def factories(self) -> tuple[FactorySpec, ...]:
        return (DEMO, EUROPEAN, AMERICAN) if self.second_country else (DEMO, EUROPEAN)

    @cached_property
    def machines(self) -> tuple[MachineSpec, ...]:
        names = {factory.name for factory in self.factories}
        return tuple(machine for machine in MACHINES if machine.factory in names)

    def factory(self, name: str) -> FactorySpec:
        return next(factory for factory in self.factories if factory.name == name)

    def machines_of(self, factory: FactorySpec) -> tuple[MachineSpec, ...]:
        return tuple(machine for machine in self.machines if machine.factory == factory.name)


DEMO = FactorySpec(
    "Demo Manufacturing Plant", "Europe/Berlin", "EUR", "DE", Climate(10.0, 9.5, 3.6, 3.6, 0.9)
)
EUROPEAN = FactorySpec(
    "European Production Facility", "Europe/Berlin", "EUR", "DE", Climate(9.2, 8.5, 3.0, 3.3, 0.7)
)
AMERICAN = FactorySpec(
    "American Assembly Plant", "America/Chicago", "USD", "US", Climate(10.5, 13.0, 4.5, 4.6, -5.85)
)

MACHINES = (
    MachineSpec(
        DEMO.name,
        "Compressor-1",
        "compressor",
        rated_power_kw=55.0,
        duty=Duty.UTILITY,
        units_per_hour=500.0,
        electricity=LinearLoad(per_hour=9.0, per_unit=0.056, per_degc=0.12),
        air_nm3_per_kwh=8.6,
    ),
    MachineSpec(
        DEMO.name,
        "HVAC-Main",
        "hvac",
        rated_power_kw=150.0,
        duty=Duty.CLIMATE,
        electricity=LinearLoad(per_hour=24.0, per_heating_k=2.5, per_cooling_k=4.2),
        noise=0.065,
    ),
    MachineSpec(
        DEMO.name,
        "Conveyor-A",
        "motor",
        rated_power_kw=22.0,
        duty=Duty.LINE,
        units_per_hour=600.0,
        electricity=LinearLoad(per_hour=2.5, per_unit=0.0125),
    ),
    MachineSpec(
        DEMO.name,
        "Hydraulic-Pump-1",
        "pump",
        rated_power_kw=45.0,
        duty=Duty.LINE,
        units_per_hour=250.0,
        electricity=LinearLoad(per_hour=6.0, per_unit=0.06),
    ),
    MachineSpec(
        DEMO.name,
        "Injection-Molding-1",
        "injection_molding",
        rated_power_kw=120.0,
        duty=Duty.LINE,
        units_per_hour=180.0,
        electricity=LinearLoad(per_hour=14.0, per_unit=0.35, per_moisture_percent=40.0),
        uses_moist_material=True,
    ),
    MachineSpec(
        DEMO.name,
        "Boiler-1",
        "boiler",
        rated_power_kw=45.0,
        duty=Duty.UTILITY,
        units_per_hour=500.0,
        electricity=LinearLoad(per_hour=6.0, per_unit=0.012, per_heating_k=0.25),
        steam=LinearLoad(per_hour=60.0, per_unit=0.45, per_heating_k=9.0),
    ),
    MachineSpec(
        EUROPEAN.name,
        "Compressor-EU-1",
        "compressor",
        rated_power_kw=90.0,
        duty=Duty.UTILITY,
        units_per_hour=800.0,
        electricity=LinearLoad(per_hour=14.0, per_unit=0.058, per_degc=0.2),
    ),
    MachineSpec(
        EUROPEAN.name,
        "HVAC-EU-North",
        "hvac",
        rated_power_kw=200.0,
        duty=Duty.CLIMATE,
        electricity=LinearLoad(per_hour=30.0, per_heating_k=3.2, per_cooling_k=5.0),
        noise=0.065,
    ),
    MachineSpec(
        AMERICAN.name,
        "Compressor-US-1",
        "compressor",
        rated_power_kw=75.0,
        duty=Duty.UTILITY,
        units_per_hour=650.0,
        electricity=LinearLoad(per_hour=12.0, per_unit=0.055, per_degc=0.15),
    ),
    MachineSpec(
        AMERICAN.name,
        "Conveyor-US-1",
        "motor",
        rated_power_kw=30.0,
        duty=Duty.LINE,
        units_per_hour=700.0,
        electricity=LinearLoad(per_hour=3.5, per_unit=0.015),
    ),
    MachineSpec(
        AMERICAN.name,
        "HVAC-US-1",
        "hvac",
        rated_power_kw=120.0,
        duty=Duty.CLIMATE,
        electricity=LinearLoad(per_hour=18.0, per_heating_k=1.6, per_cooling_k=3.0),
        noise=0.065,
    ),
)
