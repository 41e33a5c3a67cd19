"""From flows to the columns of the readings tables, at a quarter hour or at a minute."""

from __future__ import annotations

import json
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from enms_core.demo.activity import QUARTERS_PER_HOUR, Activity, Mode, Site
from enms_core.demo.chance import Floats, Ints, Scales, stream, uniform, wander
from enms_core.demo.flows import Flow
from enms_core.demo.plant import ELECTRICITY, MachineSpec, Plant
from enms_core.demo.working_time import QUARTER_S

Columns: TypeAlias = "dict[str, NDArray[np.generic]]"

MINUTES_PER_QUARTER = 15
MINUTE_SPREAD = 0.15
ROOM: Scales = ((96, 0.7), (12, 0.5))
REJECT_SHARES = (0.005, 0.03)
MODE_NAMES = np.array([mode.name.lower() for mode in Mode])


def readings(plant: Plant, machine: MachineSpec, site: Site, flow: Flow, minutely: bool) -> Columns:
    """Columns of a flow's readings table, for every quarter hour or every minute of the site."""
    observed = flow.observed
    quantity = flow.quantity[observed]
    conditions = {name: values[observed] for name, values in flow.conditions.items()}
    interval_h = 1.0 / QUARTERS_PER_HOUR
    if minutely:
        key = stream(plant.seed, machine.name, flow.source.name, "minutes")
        quantity = _by_minute(key, site.index[observed], quantity)
        conditions = {
            name: np.repeat(values, MINUTES_PER_QUARTER) for name, values in conditions.items()
        }
        interval_h /= MINUTES_PER_QUARTER
    columns: Columns = {
        flow.source.consumption_column: quantity,
        flow.source.rate_column: quantity / interval_h,
        **conditions,
    }
    if flow.source.name == ELECTRICITY:
        columns |= _electrical(quantity, interval_h, conditions)
    return columns


def production(plant: Plant, machine: MachineSpec, site: Site, activity: Activity) -> Columns:
    """Columns of production_data."""
    units = activity.units
    low, high = REJECT_SHARES
    share = low + (high - low) * uniform(stream(plant.seed, machine.name, "quality"), site.index)
    chance = uniform(stream(plant.seed, machine.name, "rejects"), site.index)
    rejects = np.minimum(np.floor(units * share + chance), units)
    is_down = (activity.mode == Mode.FAULT) | (activity.mode == Mode.MAINTENANCE)
    return {
        "production_count": units,
        "good_count": units - rejects,
        "reject_count": rejects,
        "throughput": units * QUARTERS_PER_HOUR,
        "operating_mode": MODE_NAMES[activity.mode],
        "downtime_seconds": np.where(is_down, float(QUARTER_S), 0.0),
        "metadata": _metadata(machine, activity),
    }


def environment(plant: Plant, machine: MachineSpec, site: Site, flow: Flow) -> Columns:
    """Columns of environmental_data; `flow` is the machine's electricity, which warms it."""
    outdoor = site.weather.outdoor_temp_c
    room = wander(stream(plant.seed, machine.name, "room"), site.index, ROOM)
    indoor = 20.5 + 0.12 * (outdoor - 10.0) + 0.7 * room
    load = flow.quantity * QUARTERS_PER_HOUR / machine.rated_power_kw
    casing = wander(stream(plant.seed, machine.name, "casing"), site.index, ROOM)
    return {
        "outdoor_temp_c": outdoor,
        "indoor_temp_c": indoor,
        "outdoor_humidity_percent": site.weather.outdoor_humidity_percent,
        "pressure_bar": site.weather.air_pressure_bar,
        "machine_temp_c": indoor + 2.0 + 38.0 * load + casing,
    }


def site_weather(site: Site) -> Columns:
    """Columns of site_weather."""
    return {
        "outdoor_temp_c": site.weather.outdoor_temp_c,
        "outdoor_humidity_percent": site.weather.outdoor_humidity_percent,
        "wind_speed_m_s": site.weather.wind_speed_m_s,
        "is_forecast": np.zeros(len(site.index), dtype=bool),
    }


def _electrical(energy_kwh: Floats, interval_h: float, conditions: dict[str, Floats]) -> Columns:
    """Current of a three-phase load, and reactive energy, from power and power factor."""
    power_factor = conditions["power_factor"]
    apparent_va = energy_kwh / interval_h * 1000.0 / power_factor
    return {
        "current_a": apparent_va / (np.sqrt(3.0) * conditions["voltage_v"]),
        "reactive_kvarh": energy_kwh * np.sqrt(1.0 - power_factor**2) / power_factor,
        "data_source": np.full(len(energy_kwh), "simulator"),
        "is_estimated": np.zeros(len(energy_kwh), dtype=bool),
    }


def _by_minute(key: int, index: Ints, quantity: Floats) -> Floats:
    """Split quarter hours into minutes that sum up to them."""
    minute = index[:, np.newaxis] * MINUTES_PER_QUARTER + np.arange(MINUTES_PER_QUARTER)
    weight = 1.0 + MINUTE_SPREAD * (2.0 * uniform(key, minute) - 1.0)
    weight /= weight.sum(axis=1, keepdims=True)
    return np.asarray((weight * quantity[:, np.newaxis]).ravel())


def _metadata(machine: MachineSpec, activity: Activity) -> NDArray[np.generic]:
    if not machine.uses_moist_material:
        return np.full(len(activity.mode), None)
    facts = [json.dumps({"moisture": percent}) for percent in activity.moisture_percent.tolist()]
    return np.array(facts)
