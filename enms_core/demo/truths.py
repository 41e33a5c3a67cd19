"""What is planted in the demo plant: its troubles with their dates, and the true drivers.

The simulator applies this table, and tests look here for what an analysis has to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.demo.boiler import gas_m3_per_kg_steam
from enms_core.demo.chance import Floats, Ints
from enms_core.demo.plant import (
    COMPRESSED_AIR,
    ELECTRICITY,
    NATURAL_GAS,
    STEAM,
    LinearLoad,
    MachineSpec,
    Plant,
)
from enms_core.demo.working_time import is_working_day, quarter_index


class TruthKind(str, Enum):
    """Kinds of planted facts; what `size` means depends on them."""

    LEAK = "leak"
    RETROFIT = "retrofit"
    FOULING = "fouling"
    NIGHT_RUNNING = "night_running"
    LEFT_IDLE = "left_idle"
    MAINTENANCE = "maintenance"
    SPIKE = "spike"
    FLAT_LINE = "flat_line"
    STUCK_METER = "stuck_meter"
    METER_GAP = "meter_gap"
    METER_REPLACEMENT = "meter_replacement"


SHARE_KINDS = frozenset({TruthKind.LEAK, TruthKind.RETROFIT, TruthKind.FOULING})
FROZEN_KINDS = frozenset({TruthKind.FLAT_LINE, TruthKind.STUCK_METER})
MISSING_KINDS = frozenset({TruthKind.METER_GAP, TruthKind.METER_REPLACEMENT})

UNITS = dict.fromkeys(SHARE_KINDS, "share") | {TruthKind.SPIKE: "kW"}

NIGHT_HOURS = (22, 5)


@dataclass(frozen=True)
class PlantedTruth:
    """A planted fact; `end` None: it lasts.

    `size` with `unit` "share" is the change of consumption against the healthy machine (a drift
    reaches it at `end` and keeps it), with "kW" an addition, with "h" a duration (infinite when it
    lasts). `energy_source` None: the machine as a whole, not one of its meters.
    """

    kind: TruthKind
    machine: str
    energy_source: str | None
    start: datetime
    end: datetime | None
    size: float
    unit: str

    @property
    def quarters(self) -> tuple[int, float]:
        """First quarter-hour index, and the first one after the end (infinite when it lasts)."""
        end = np.inf if self.end is None else quarter_index(self.end)
        return quarter_index(self.start), end

    def covers(self, index: Ints) -> NDArray[np.bool_]:
        first, last = self.quarters
        return np.asarray((index >= first) & (index < last))

    def progress(self, index: Ints) -> Floats:
        """0 before the start; 1 at once for a step, at the end for a drift, and from then on."""
        first, last = self.quarters
        if self.kind is not TruthKind.FOULING:
            return np.asarray(index >= first, dtype=np.float64)
        return np.asarray(np.clip((index - first) / (last - first), 0.0, 1.0))


@dataclass(frozen=True)
class TrueDriver:
    """A driver of a machine's use of a source.

    `coefficient` is the source's unit per hour of running and per unit of the driver (an hour has
    1/24 of a day's degree days; operating_hours carries the load that nothing else drives); None
    where the relation is not linear.
    """

    machine: str
    energy_source: str
    driver: str
    coefficient: float | None
    base_temperature_degc: float | None = None


# Kind, machine, energy source, days before the anchor, local hour, duration in hours (None: it
# lasts), size (None: the duration).
Row: TypeAlias = "tuple[TruthKind, str, str | None, int, int, int | None, float | None]"

DATED: tuple[Row, ...] = (
    (TruthKind.LEAK, "Compressor-1", ELECTRICITY, 35, 0, None, 0.08),
    (TruthKind.NIGHT_RUNNING, "HVAC-Main", None, 28, 0, None, None),
    (TruthKind.FOULING, "Boiler-1", NATURAL_GAS, 91, 0, 91 * 24, 0.06),
    (TruthKind.RETROFIT, "Injection-Molding-1", ELECTRICITY, 182, 0, None, -0.07),
    (TruthKind.LEFT_IDLE, "Hydraulic-Pump-1", None, 800, 0, None, None),
    (TruthKind.METER_GAP, "Compressor-1", ELECTRICITY, 120, 3, 6, None),
    (TruthKind.METER_GAP, "Injection-Molding-1", ELECTRICITY, 64, 0, 24, None),
    (TruthKind.METER_GAP, "Boiler-1", NATURAL_GAS, 200, 10, 6, None),
    (TruthKind.METER_GAP, "HVAC-EU-North", ELECTRICITY, 300, 0, 48, None),
    (TruthKind.METER_GAP, "Conveyor-A", ELECTRICITY, 12, 14, 2, None),
    (TruthKind.METER_REPLACEMENT, "Hydraulic-Pump-1", ELECTRICITY, 150, 9, 3, None),
)
# These need a machine at work, so their day moves back to a working day.
ON_WORKING_DAYS: tuple[Row, ...] = (
    (TruthKind.SPIKE, "Conveyor-A", ELECTRICITY, 19, 10, 1, 10.0),
    (TruthKind.SPIKE, "Hydraulic-Pump-1", ELECTRICITY, 10, 13, 2, 20.0),
    (TruthKind.FLAT_LINE, "Compressor-EU-1", ELECTRICITY, 23, 8, 10, None),
    (TruthKind.STUCK_METER, "HVAC-EU-North", ELECTRICITY, 47, 11, 1, None),
    (TruthKind.MAINTENANCE, "Compressor-1", None, 60, 8, 4, None),
    (TruthKind.MAINTENANCE, "Compressor-1", None, 240, 8, 4, None),
    (TruthKind.MAINTENANCE, "Compressor-1", None, 420, 8, 4, None),
    (TruthKind.MAINTENANCE, "HVAC-Main", None, 110, 7, 6, None),
    (TruthKind.MAINTENANCE, "HVAC-Main", None, 290, 7, 6, None),
    (TruthKind.MAINTENANCE, "Conveyor-A", None, 45, 14, 3, None),
    (TruthKind.MAINTENANCE, "Conveyor-A", None, 225, 14, 3, None),
    (TruthKind.MAINTENANCE, "Hydraulic-Pump-1", None, 40, 9, 5, None),
    (TruthKind.MAINTENANCE, "Injection-Molding-1", None, 100, 6, 8, None),
    (TruthKind.MAINTENANCE, "Injection-Molding-1", None, 183, 6, 16, None),
    (TruthKind.MAINTENANCE, "Boiler-1", None, 75, 6, 12, None),
    (TruthKind.MAINTENANCE, "Boiler-1", None, 270, 6, 12, None),
    (TruthKind.MAINTENANCE, "Compressor-EU-1", None, 90, 8, 4, None),
    (TruthKind.MAINTENANCE, "HVAC-EU-North", None, 130, 7, 6, None),
)


@lru_cache(maxsize=32)
def planted_truths(plant: Plant) -> tuple[PlantedTruth, ...]:
    """All planted facts in order of time; none in a plain plant."""
    if plant.plain:
        return ()
    dated = [_truth(plant, row, working_day=False) for row in DATED]
    working = [_truth(plant, row, working_day=True) for row in ON_WORKING_DAYS]
    return tuple(sorted(dated + working, key=lambda truth: truth.start))


def truths_of(
    plant: Plant, machine: MachineSpec, source: str | None, *kinds: TruthKind
) -> tuple[PlantedTruth, ...]:
    """The planted facts of some kinds about one meter, or (source None) about the machine."""
    return tuple(
        truth
        for truth in planted_truths(plant)
        if truth.machine == machine.name and truth.energy_source == source and truth.kind in kinds
    )


def true_drivers(plant: Plant) -> tuple[TrueDriver, ...]:
    """The drivers that the simulated physics follows, for each machine and source."""
    return tuple(driver for machine in plant.machines for driver in _drivers(machine))


def _truth(plant: Plant, row: Row, working_day: bool) -> PlantedTruth:
    kind, machine, source, days_before, hour, hours, size = row
    spec = next(spec for spec in plant.machines if spec.name == machine)
    factory = plant.factory(spec.factory)
    day = plant.anchor - timedelta(days=days_before)
    while working_day and not is_working_day(factory.country, day):
        day -= timedelta(days=1)
    start = _local(day, hour, factory.timezone)
    end = None
    if hours is not None:
        end_day, end_hour = divmod(hour + hours, 24)
        end = _local(day + timedelta(days=end_day), end_hour, factory.timezone)
    if size is None:
        size = np.inf if end is None else (end - start) / timedelta(hours=1)
    return PlantedTruth(kind, machine, source, start, end, size, UNITS.get(kind, "h"))


def _local(day: date, hour: int, zone: str) -> datetime:
    """The instant of a local wall time, in UTC."""
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(timezone.utc)


def _drivers(machine: MachineSpec) -> Iterator[TrueDriver]:
    yield from _load_drivers(machine.name, ELECTRICITY, machine.electricity)
    if machine.steam is not None:
        yield from _load_drivers(machine.name, STEAM, machine.steam)
        yield TrueDriver(machine.name, NATURAL_GAS, "steam_kg", gas_m3_per_kg_steam())
    if machine.air_nm3_per_kwh is not None:
        nm3_per_kwh = machine.air_nm3_per_kwh
        yield TrueDriver(machine.name, COMPRESSED_AIR, "electricity_kwh", nm3_per_kwh)
        yield TrueDriver(machine.name, COMPRESSED_AIR, "outdoor_temp_c", None)


def _load_drivers(machine: str, source: str, load: LinearLoad) -> Iterator[TrueDriver]:
    heating, cooling = load.heating_base_degc, load.cooling_base_degc
    terms = (
        ("operating_hours", load.per_hour, None),
        ("production_count", load.per_unit, None),
        ("outdoor_temp_c", load.per_degc, None),
        ("heating_degree_days", load.per_heating_k * 24.0, heating),
        ("cooling_degree_days", load.per_cooling_k * 24.0, cooling),
        ("material_moisture_percent", load.per_moisture_percent, None),
    )
    for driver, coefficient, base in terms:
        if coefficient:
            yield TrueDriver(machine, source, driver, coefficient, base)
