"""The demo plant by the hour, in memory: what tests of the analysis work on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from enms_core.demo.activity import QUARTERS_PER_HOUR, Activity, Site, activity, site_over
from enms_core.demo.chance import Floats
from enms_core.demo.flows import LEAD_QUARTERS, flows
from enms_core.demo.plant import ELECTRICITY, MachineSpec, Plant
from enms_core.demo.working_time import QUARTER_S, quarter_index

HOUR_S = 3600


@dataclass(frozen=True)
class HourlyMachine:
    """A machine's hours; all arrays are as long as `times` [datetime64[s], UTC, start of hour].

    `quantities` holds what the meters delivered, by source name and in the source's unit; an hour
    in which one of the meters missed a reading is not `is_complete`. `run_share` is the part of
    the hour in mode running. `moisture_percent` is None where no material is dried.
    """

    times: NDArray[np.datetime64]
    quantities: dict[str, Floats]
    production_count: Floats
    run_share: Floats
    is_complete: NDArray[np.bool_]
    outdoor_temp_c: Floats
    outdoor_humidity_percent: Floats
    moisture_percent: Floats | None

    @property
    def energy_kwh(self) -> Floats:
        """Electricity."""
        return self.quantities[ELECTRICITY]


def simulate_hours(
    plant: Plant, factory_name: str, start: datetime, end: datetime
) -> dict[str, HourlyMachine]:
    """The machines of a factory by name, over the whole hours [start, end) (aware, on the hour)."""
    if any(moment.timestamp() % HOUR_S for moment in (start, end)):
        raise ValueError(f"not on the hour: {start.isoformat()}, {end.isoformat()}")
    factory = plant.factory(factory_name)
    index = np.arange(quarter_index(start) - LEAD_QUARTERS, quarter_index(end))
    site = site_over(plant, factory, index)
    return {machine.name: _hourly(plant, machine, site) for machine in plant.machines_of(factory)}


def _hourly(plant: Plant, machine: MachineSpec, site: Site) -> HourlyMachine:
    done = activity(plant, machine, site)
    metered = list(flows(plant, machine, site, done))
    present = np.logical_and.reduce([flow.is_present for flow in metered])
    return HourlyMachine(
        times=(site.index[LEAD_QUARTERS::QUARTERS_PER_HOUR] * QUARTER_S).astype("datetime64[s]"),
        quantities={
            flow.source.name: _sum(flow.quantity[flow.observed] * flow.is_present)
            for flow in metered
        },
        production_count=_sum(done.units),
        run_share=_mean(done.is_running),
        is_complete=_mean(present) == 1.0,
        outdoor_temp_c=_mean(site.weather.outdoor_temp_c),
        outdoor_humidity_percent=_mean(site.weather.outdoor_humidity_percent),
        moisture_percent=_moisture(machine, done),
    )


def _moisture(machine: MachineSpec, done: Activity) -> Floats | None:
    if not machine.uses_moist_material:
        return None
    return _mean(done.moisture_percent)


def _sum(values: Floats) -> Floats:
    return np.asarray(_by_hour(values).sum(axis=1))


def _mean(values: NDArray[np.generic]) -> Floats:
    return np.asarray(_by_hour(values).mean(axis=1))


def _by_hour(values: NDArray[np.generic]) -> Floats:
    """Quarter hours after the lead, one row per hour."""
    return values[LEAD_QUARTERS:].astype(np.float64).reshape(-1, QUARTERS_PER_HOUR)
