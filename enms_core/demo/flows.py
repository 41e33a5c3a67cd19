"""The energy that flows through each meter, from what the machine does and the weather."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.demo import boiler
from enms_core.demo.activity import QUARTERS_PER_HOUR, Activity, Mode, Site
from enms_core.demo.chance import Floats, Ints, Scales, stream, wander
from enms_core.demo.plant import (
    COMPRESSED_AIR,
    ELECTRICITY,
    NATURAL_GAS,
    STEAM,
    LinearLoad,
    MachineSpec,
    Plant,
)
from enms_core.demo.sources import SOURCES, SourceSpec
from enms_core.demo.truths import (
    FROZEN_KINDS,
    MISSING_KINDS,
    SHARE_KINDS,
    PlantedTruth,
    TruthKind,
    truths_of,
)

# (quarter hours, weight): most of what no driver explains is gone after some hours.
LOAD: Scales = ((1, 0.5), (6, 0.6), (32, 0.5), (192, 0.3))
SLOW: Scales = ((960, 0.8), (288, 0.5))
QUICK: Scales = ((8, 0.8), (1, 0.4))

STANDBY_SHARE = 0.01
STARTUP_SHARE = 0.08
PART_LOAD_LOSS = 0.05
LIMIT_SHARE = 1.03
CARRIER_NOISE = 0.02
AIR_LESS_PER_DEGC = 0.003
AIR_REFERENCE_DEGC = 15.0

# A truth may freeze a meter for this long at most: the simulator looks back no further.
LEAD_QUARTERS = 96


@dataclass(frozen=True)
class Flow:
    """What one meter sees per quarter hour of a site's index.

    `quantity` in the source's unit; `conditions` are further columns of the readings table;
    `is_present` is false where the meter delivered nothing; `observed` is the position whose
    values a frozen meter repeats (its own position otherwise).
    """

    source: SourceSpec
    quantity: Floats
    conditions: dict[str, Floats]
    is_present: NDArray[np.bool_]
    observed: Ints


@dataclass(frozen=True)
class _Meters:
    """A machine with its site: what all its flows are computed from."""

    plant: Plant
    machine: MachineSpec
    site: Site
    activity: Activity

    def noise(self, name: str, scales: Scales) -> Floats:
        return wander(stream(self.plant.seed, self.machine.name, name), self.site.index, scales)

    def around(self, value: float, spread: float, name: str, scales: Scales = QUICK) -> Floats:
        return value + spread * self.noise(name, scales)

    def truths(self, source: str, kinds: frozenset[TruthKind]) -> tuple[PlantedTruth, ...]:
        return truths_of(self.plant, self.machine, source, *kinds)

    def share_factor(self, source: str) -> Floats:
        """Product of the planted changes of consumption, 1 in a healthy machine."""
        factor = np.ones(len(self.site.index))
        for truth in self.truths(source, SHARE_KINDS):
            factor *= 1.0 + truth.size * truth.progress(self.site.index)
        return factor

    def flow(self, source: str, quantity: Floats, **conditions: Floats) -> Flow:
        return Flow(
            SOURCES[source], quantity, conditions, self._is_present(source), self._observed(source)
        )

    def _is_present(self, source: str) -> NDArray[np.bool_]:
        present = np.ones(len(self.site.index), dtype=bool)
        for truth in self.truths(source, MISSING_KINDS):
            present &= ~truth.covers(self.site.index)
        return present

    def _observed(self, source: str) -> Ints:
        observed = np.arange(len(self.site.index))
        for truth in self.truths(source, FROZEN_KINDS):
            last_good = truth.quarters[0] - 1 - int(self.site.index[0])
            observed[truth.covers(self.site.index)] = max(last_good, 0)
        return observed


def flows(plant: Plant, machine: MachineSpec, site: Site, activity: Activity) -> Iterator[Flow]:
    """The flows of a machine, one per metered source.

    The first LEAD_QUARTERS of the site's index are the past that the rest needs (start-ups, frozen
    meters); they are not exact themselves.
    """
    meters = _Meters(plant, machine, site, activity)
    healthy_kw = _healthy_kw(meters)
    yield _electricity(meters, healthy_kw)
    if machine.steam is not None:
        steam = _steam(meters)
        yield steam
        yield _natural_gas(meters, steam)
    if machine.air_nm3_per_kwh is not None:
        yield _compressed_air(meters, healthy_kw / QUARTERS_PER_HOUR * machine.air_nm3_per_kwh)


def _healthy_kw(meters: _Meters) -> Floats:
    """Power without anything planted; standby where the machine neither runs nor idles."""
    machine, mode = meters.machine, meters.activity.mode
    demand_kw = _running_demand(meters, machine.electricity)
    part_load = 1.0 + PART_LOAD_LOSS * (1.0 - demand_kw / machine.rated_power_kw) ** 2
    running_kw = demand_kw * part_load * meters.around(1.0, machine.noise, "load", LOAD)
    starts = meters.activity.is_running & (np.roll(mode, 1) != Mode.RUNNING)
    running_kw += STARTUP_SHARE * machine.rated_power_kw * starts
    power_kw = np.full(len(mode), STANDBY_SHARE * machine.rated_power_kw)
    power_kw[mode == Mode.IDLE] = machine.electricity.per_hour
    power_kw *= meters.around(1.0, CARRIER_NOISE, "standby")
    return np.where(meters.activity.is_running, running_kw, power_kw)


def _running_demand(meters: _Meters, load: LinearLoad) -> Floats:
    return load.at(
        meters.activity.units * QUARTERS_PER_HOUR,
        meters.site.weather.outdoor_temp_c,
        meters.activity.moisture_percent,
    )


def _electricity(meters: _Meters, healthy_kw: Floats) -> Flow:
    rated_kw = meters.machine.rated_power_kw
    power_kw = healthy_kw * meters.share_factor(ELECTRICITY)
    for truth in meters.truths(ELECTRICITY, frozenset({TruthKind.SPIKE})):
        power_kw = power_kw + truth.size * truth.covers(meters.site.index)
    power_kw = np.clip(power_kw, 0.0, LIMIT_SHARE * rated_kw)
    load = power_kw / rated_kw
    power_factor = 0.58 + 0.36 * np.sqrt(load) + 0.008 * meters.noise("power factor", QUICK)
    return meters.flow(
        ELECTRICITY,
        power_kw / QUARTERS_PER_HOUR,
        voltage_v=meters.around(401.0, 1.6, "voltage") - 5.0 * load,
        power_factor=np.clip(power_factor, 0.4, 0.99),
    )


def _steam(meters: _Meters) -> Flow:
    assert meters.machine.steam is not None
    kg_per_hour = _running_demand(meters, meters.machine.steam)
    kg_per_hour = kg_per_hour * meters.around(1.0, CARRIER_NOISE, "steam", LOAD)
    pressure = meters.around(boiler.STEAM_PRESSURE_BAR, 0.15, "steam pressure")
    quality = np.clip(meters.around(boiler.STEAM_QUALITY, 0.003, "steam quality"), 0.95, 1.0)
    above_bar = pressure - boiler.STEAM_PRESSURE_BAR
    return meters.flow(
        STEAM,
        np.where(meters.activity.is_running, kg_per_hour / QUARTERS_PER_HOUR, 0.0),
        pressure_bar=pressure,
        temperature_c=boiler.STEAM_TEMPERATURE_C + boiler.STEAM_DEGC_PER_BAR * above_bar,
        enthalpy_kj_kg=boiler.steam_enthalpy_kj_kg(quality),
        quality_percent=100.0 * quality,
    )


def _natural_gas(meters: _Meters, steam: Flow) -> Flow:
    calorific = meters.around(boiler.CALORIFIC_VALUE_MJ_M3, 0.2, "calorific value", SLOW)
    load = steam.quantity * QUARTERS_PER_HOUR / boiler.STEAM_CAPACITY_KG_H
    gas_m3 = boiler.gas_m3(steam.quantity, steam.conditions["enthalpy_kj_kg"], calorific, load)
    gas_m3 = gas_m3 * meters.around(1.0, CARRIER_NOISE, "gas", LOAD)
    return meters.flow(
        NATURAL_GAS,
        gas_m3 * meters.share_factor(NATURAL_GAS),
        pressure_bar=meters.around(2.5, 0.03, "gas pressure"),
        temperature_c=12.0 + 0.25 * (meters.site.weather.outdoor_temp_c - 10.0),
        calorific_value_mj_m3=calorific,
    )


def _compressed_air(meters: _Meters, air_nm3: Floats) -> Flow:
    """Air at the points of use: the air of a leak is lost before it is metered."""
    warmer_k = meters.site.weather.outdoor_temp_c - AIR_REFERENCE_DEGC
    air_nm3 = air_nm3 * (1.0 - AIR_LESS_PER_DEGC * warmer_k)
    air_nm3 = air_nm3 * meters.around(1.0, CARRIER_NOISE, "air", LOAD)
    return meters.flow(
        COMPRESSED_AIR,
        np.where(meters.activity.is_running, air_nm3, 0.0),
        pressure_bar=meters.around(7.2, 0.12, "air pressure"),
        dewpoint_c=meters.around(3.0, 0.5, "dewpoint"),
    )
