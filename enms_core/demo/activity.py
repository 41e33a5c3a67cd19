"""What the machines do: orders, modes and units, quarter hour by quarter hour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from enms_core.demo.chance import Floats, Ints, Scales, stream, uniform, wander
from enms_core.demo.plant import Duty, FactorySpec, MachineSpec, Plant
from enms_core.demo.truths import NIGHT_HOURS, TruthKind, truths_of
from enms_core.demo.weather import Weather, weather
from enms_core.demo.working_time import WorkingTime, working_time

SITE_ORDER_QUARTERS = 144
ORDER_QUARTERS = 72
OWN_ORDER_SHARE = 0.5
CHANGEOVER_QUARTERS = 2
BREAKDOWN_CELL_QUARTERS = 576
BREAKDOWN_CHANCE = 0.5
LONGEST_BREAKDOWN_QUARTERS = 12
QUARTERS_PER_HOUR = 4

ORDER_RATES = (0.6, 1.05)
MOISTURE_PERCENT = (0.05, 0.35)
PACE_NOISE = 0.04
PACE: Scales = ((1, 0.7), (8, 0.7))


class Mode(IntEnum):
    """Operating modes, named as the status history names them."""

    OFF = 0
    IDLE = 1
    MAINTENANCE = 2
    FAULT = 3
    RUNNING = 4


@dataclass(frozen=True)
class Site:
    """A site over a stretch of quarter hours; all arrays run along `index`."""

    factory: FactorySpec
    index: Ints
    working: WorkingTime
    weather: Weather


@dataclass(frozen=True)
class Order:
    """The order in work: its rate against nominal, its material, whether it is being set up."""

    rate: Floats
    moisture_percent: Floats
    is_changeover: NDArray[np.bool_]


@dataclass(frozen=True)
class Activity:
    """What a machine does: mode codes (`Mode`), units per quarter hour, moisture of material."""

    mode: NDArray[np.int8]
    units: Floats
    moisture_percent: Floats

    @property
    def is_running(self) -> NDArray[np.bool_]:
        return np.asarray(self.mode == Mode.RUNNING)


def site_over(plant: Plant, factory: FactorySpec, index: Ints) -> Site:
    """Working time and weather of a site; `index` ascends."""
    return Site(
        factory,
        index,
        working_time(factory.timezone, factory.country, index),
        weather(factory.climate, plant.seed, factory.name, index),
    )


def planned_units(plant: Plant, machine: MachineSpec, working: WorkingTime, index: Ints) -> Floats:
    """Units per quarter hour that shifts and orders ask for, in whole units."""
    rate = working.shift_rate * _order(plant, machine, index).rate
    return np.round(rate * machine.units_per_hour / QUARTERS_PER_HOUR)


def activity(plant: Plant, machine: MachineSpec, site: Site) -> Activity:
    """Mode, units and material of a machine."""
    order = _order(plant, machine, site.index)
    mode = _mode(plant, machine, site, order)
    pace = wander(stream(plant.seed, machine.name, "pace"), site.index, PACE)
    planned = planned_units(plant, machine, site.working, site.index)
    units = np.where(mode == Mode.RUNNING, np.round(planned * (1.0 + PACE_NOISE * pace)), 0.0)
    return Activity(mode, np.maximum(units, 0.0), order.moisture_percent)


def _mode(plant: Plant, machine: MachineSpec, site: Site, order: Order) -> NDArray[np.int8]:
    climate = machine.duty is Duty.CLIMATE
    scheduled = site.working.day_mode if climate else site.working.shift_rate > 0
    mode = np.where(scheduled, Mode.RUNNING, Mode.OFF).astype(np.int8)
    if machine.duty is Duty.LINE:
        mode[scheduled & order.is_changeover] = Mode.IDLE
    for truth in truths_of(plant, machine, None, TruthKind.LEFT_IDLE):
        mode[truth.covers(site.index) & (mode == Mode.OFF)] = Mode.IDLE
    for truth in truths_of(plant, machine, None, TruthKind.NIGHT_RUNNING):
        mode[truth.covers(site.index) & _is_night(site.working)] = Mode.RUNNING
    mode[_is_broken(plant, machine, site.index) & (mode == Mode.RUNNING)] = Mode.FAULT
    for truth in truths_of(plant, machine, None, TruthKind.MAINTENANCE):
        mode[truth.covers(site.index)] = Mode.MAINTENANCE
    return mode


def _is_night(working: WorkingTime) -> NDArray[np.bool_]:
    evening, morning = NIGHT_HOURS
    return working.clock.between((evening, 24)) | working.clock.between((0, morning))


def _order(plant: Plant, machine: MachineSpec, index: Ints) -> Order:
    """The site's orders; a line mixes in orders of its own."""
    site_key = stream(plant.seed, machine.factory, "orders")
    site_number, _ = _numbered(site_key, index, SITE_ORDER_QUARTERS)
    number, age = _numbered(stream(plant.seed, machine.name, "orders"), index, ORDER_QUARTERS)
    own = OWN_ORDER_SHARE if machine.duty is Duty.LINE else 0.0
    site_rate = uniform(stream(plant.seed, machine.factory, "order rate"), site_number)
    own_rate = uniform(stream(plant.seed, machine.name, "order rate"), number)
    moisture = uniform(stream(plant.seed, machine.name, "moisture"), number)
    return Order(
        rate=_between(ORDER_RATES, (1.0 - own) * site_rate + own * own_rate),
        moisture_percent=np.round(_between(MOISTURE_PERCENT, moisture), 3),
        is_changeover=age < CHANGEOVER_QUARTERS,
    )


def _numbered(key: int, index: Ints, mean_quarters: int) -> tuple[Ints, Ints]:
    """Number of the order in work and its age; lengths lie between zero and twice the mean."""
    cell = index // mean_quarters
    begin = _begin(key, cell, mean_quarters)
    # An order begins somewhere in its cell; before that the one of the cell before is in work.
    number = np.where(index >= begin, cell, cell - 1)
    return number, index - _begin(key, number, mean_quarters)


def _begin(key: int, number: Ints, mean_quarters: int) -> Ints:
    offset = np.floor(uniform(key, number) * mean_quarters).astype(np.int64)
    return number * mean_quarters + offset


def _is_broken(plant: Plant, machine: MachineSpec, index: Ints) -> NDArray[np.bool_]:
    """Short breakdowns: at most one in each cell of days."""
    cell = index // BREAKDOWN_CELL_QUARTERS
    happens, place, length = (
        uniform(stream(plant.seed, machine.name, "breakdown", name), cell)
        for name in ("happens", "place", "length")
    )
    latest = BREAKDOWN_CELL_QUARTERS - LONGEST_BREAKDOWN_QUARTERS
    since = index - cell * BREAKDOWN_CELL_QUARTERS - np.floor(place * latest)
    lasts = np.ceil(length * LONGEST_BREAKDOWN_QUARTERS)
    return np.asarray((happens < BREAKDOWN_CHANCE) & (since >= 0) & (since < lasts))


def _between(limits: tuple[float, float], share: Floats) -> Floats:
    low, high = limits
    return low + (high - low) * share
