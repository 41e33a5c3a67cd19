"""The demo plant's SEUs in memory, as the tables that baselines are trained on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.hourly_table import DriverSpec, Floats, HourlyTable
from enms_core.demo import tables
from enms_core.demo.activity import Activity, Mode, Site, activity, site_over
from enms_core.demo.features import FEATURES
from enms_core.demo.flows import LEAD_QUARTERS, Flow, flows
from enms_core.demo.plant import ELECTRICITY, NATURAL_GAS, STEAM, MachineSpec, Plant
from enms_core.demo.working_time import quarter_index

ANCHOR = date(2026, 11, 18)
# The reporting weeks that intervals are judged on.
WEEKS = 26
TRAINING_DAYS = 365

OUTPUTS = frozenset({"production_count", "throughput", "steam_kg", "electricity_kwh"})
COUNTS = OUTPUTS | {"operating_hours"}
KINDS = {"heating_degree_days": "heating", "cooling_degree_days": "cooling"}


@dataclass(frozen=True)
class DemoSeu:
    """One SEU of the demo plant with all that may drive it."""

    machine: str
    source: str
    table: HourlyTable


@lru_cache(maxsize=4)
def demo_seus(
    seed: int, *, plain: bool = True, days: int = TRAINING_DAYS, days_before: int = 0
) -> tuple[DemoSeu, ...]:
    """All SEUs over the days that end so many days before the anchor."""
    plant = Plant(ANCHOR, seed=seed, plain=plain, second_country=True)
    end = datetime(ANCHOR.year, ANCHOR.month, ANCHOR.day, tzinfo=timezone.utc)
    end -= timedelta(days=days_before)
    index = np.arange(quarter_index(end - timedelta(days=days)) - LEAD_QUARTERS, quarter_index(end))
    return tuple(
        seu
        for factory in plant.factories
        for machine in plant.machines_of(factory)
        for seu in _seus(plant, machine, site_over(plant, factory, index))
    )


def _seus(plant: Plant, machine: MachineSpec, site: Site) -> Iterator[DemoSeu]:
    done = activity(plant, machine, site)
    metered = {flow.source.name: flow for flow in flows(plant, machine, site, done)}
    columns = _columns(plant, machine, site, done, metered)
    for source, flow in metered.items():
        names = [feature.name for feature in FEATURES[source] if feature.is_driver]
        yield DemoSeu(machine.name, source, _table(site, done, flow, columns, names))


def _columns(
    plant: Plant, machine: MachineSpec, site: Site, done: Activity, metered: dict[str, Flow]
) -> dict[str, Floats]:
    """Every driver by name, NaN where it is not recorded for the machine."""
    around = tables.environment(plant, machine, site, metered[ELECTRICITY])
    temperature = _mean(site.weather.outdoor_temp_c)
    columns = {
        "operating_hours": _mean(done.is_running),
        "outdoor_temp_c": temperature,
        "heating_degree_days": temperature,
        "cooling_degree_days": temperature,
        "outdoor_humidity_percent": _mean(site.weather.outdoor_humidity_percent),
        "indoor_temp_c": _mean(around["indoor_temp_c"]),
        "pressure_bar": _mean(around["pressure_bar"]),
        "electricity_kwh": _sum(metered[ELECTRICITY].quantity),
    }
    if machine.produces:
        columns["production_count"] = _sum(done.units)
        columns["throughput"] = _mean(4.0 * done.units)
    if machine.uses_moist_material:
        columns["material_moisture_percent"] = _mean(done.moisture_percent)
    if STEAM in metered:
        gas = metered[NATURAL_GAS].conditions
        columns["steam_kg"] = _sum(metered[STEAM].quantity)
        columns["gas_pressure_bar"] = _mean(gas["pressure_bar"])
        columns["calorific_value"] = _mean(gas["calorific_value_mj_m3"])
    return columns


def _table(
    site: Site, done: Activity, flow: Flow, columns: dict[str, Floats], names: list[str]
) -> HourlyTable:
    if "pressure_bar" in flow.conditions:
        columns = {**columns, "pressure_bar": _mean(flow.conditions["pressure_bar"])}
    present = _mean(flow.is_present)
    hours = site.index[LEAD_QUARTERS::4] // 4
    rows = len(hours)
    stopped = np.isin(done.mode, (Mode.OFF, Mode.FAULT, Mode.MAINTENANCE))
    delivered = _sum(flow.quantity[flow.observed] * flow.is_present)
    return HourlyTable(
        hours=hours,
        local_day=site.working.clock.day[LEAD_QUARTERS::4].copy(),
        quantity=np.where(present > 0, delivered, np.nan),
        is_complete=present == 1.0,
        is_backfilled=np.zeros(rows, dtype=bool),
        running=_mean(done.is_running),
        is_stopped=_mean(stopped) > 0,
        drivers={name: columns.get(name, np.full(rows, np.nan)) for name in names},
        specs={name: spec_of(name) for name in names},
    )


def spec_of(name: str) -> DriverSpec:
    """What the registers tell of a driver."""
    return DriverSpec(
        name,
        kind=KINDS.get(name, "value"),  # type: ignore[arg-type]
        aggregation="sum" if name in COUNTS - {"throughput"} else "mean",
        is_production=name in OUTPUTS,
        is_condition=name not in COUNTS,
    )


def _by_hour(values: NDArray[np.generic]) -> Floats:
    return values[LEAD_QUARTERS:].astype(np.float64).reshape(-1, 4)


def _sum(values: NDArray[np.generic]) -> Floats:
    return np.asarray(_by_hour(values).sum(axis=1))


def _mean(values: NDArray[np.generic]) -> Floats:
    return np.asarray(_by_hour(values).mean(axis=1))
