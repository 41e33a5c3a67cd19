"""The rows of the demo plant's registers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, time, timezone
from typing import TypeAlias
from zoneinfo import ZoneInfo

from enms_core.demo.features import FEATURES
from enms_core.demo.plant import (
    AMERICAN,
    DEMO,
    ELECTRICITY,
    EUROPEAN,
    FactorySpec,
    MachineSpec,
    Plant,
    identity,
)
from enms_core.demo.sources import SOURCES, SourceSpec
from enms_core.demo.truths import PlantedTruth, TruthKind, truths_of
from enms_core.demo.working_time import QUARTER_S, holidays, quarter_index

Row: TypeAlias = dict[str, object]

MINUTE_S = 60
TARIFF_YEAR = 2000
ALL_WEEKDAYS = tuple(range(7))
MIDNIGHT = time(0)


@dataclass(frozen=True)
class Tariff:
    """A rate per kWh in local time; equal times are the whole day."""

    name: str
    rate_per_kwh: float
    start: time = MIDNIGHT
    end: time = MIDNIGHT
    demand_charge_per_kw: float | None = None


TARIFFS = {
    DEMO.name: (
        Tariff("day", 0.20, time(8), time(20), demand_charge_per_kw=9.0),
        Tariff("night", 0.10, time(20), time(8), demand_charge_per_kw=9.0),
    ),
    EUROPEAN.name: (Tariff("flat", 0.18),),
    AMERICAN.name: (Tariff("flat", 0.12),),
}


def registers(
    plant: Plant, start: datetime, end: datetime, minute_from: datetime
) -> dict[str, list[Row]]:
    """Rows by table, for a plant with readings in [start, end), minutely from `minute_from`."""
    return {
        "factories": [_factory(factory) for factory in plant.factories],
        "machines": [_machine(plant, machine) for machine in plant.machines],
        "energy_sources": [{"id": source.id, **asdict(source)} for source in SOURCES.values()],
        "energy_source_features": list(_features()),
        "meters": list(_meters(plant, start, minute_from)),
        "seus": list(_seus(plant)),
        "energy_tariffs": [row for factory in plant.factories for row in _tariffs(factory)],
        "site_holidays": [row for f in plant.factories for row in _holidays(f, start, end)],
    }


def _factory(factory: FactorySpec) -> Row:
    return {
        "id": factory.id,
        "name": factory.name,
        "timezone": factory.timezone,
        "currency": factory.currency,
        "country": factory.country,
    }


def _machine(plant: Plant, machine: MachineSpec) -> Row:
    return {
        "id": machine.id,
        "factory_id": plant.factory(machine.factory).id,
        "name": machine.name,
        "type": machine.type,
        "rated_power_kw": machine.rated_power_kw,
        "aliases": list(machine.aliases),
        "is_active": True,
    }


def _features() -> Iterator[Row]:
    for source, features in FEATURES.items():
        for feature in features:
            table, column = feature.column.split(".")
            yield {
                "energy_source_id": SOURCES[source].id,
                "feature_name": feature.name,
                "data_type": "numeric",
                "source_table": table,
                "source_column": column,
                "aggregation_function": feature.aggregation,
                "description": None,
                "is_regression_feature": feature.is_driver,
            }


def _meters(plant: Plant, start: datetime, minute_from: datetime) -> Iterator[Row]:
    """Meters of 15 minutes up to `minute_from`, and of one minute from then on."""
    minutely_from = datetime.fromtimestamp(quarter_index(minute_from) * QUARTER_S, timezone.utc)
    for machine in plant.machines:
        for name in machine.energy_sources:
            source = SOURCES[name]
            replaced = truths_of(plant, machine, name, TruthKind.METER_REPLACEMENT)
            for since, until in _service_times(start, minutely_from, replaced):
                yield _meter(machine, source, QUARTER_S, since, until)
            yield _meter(machine, source, MINUTE_S, max(start, minutely_from), None)


def _service_times(
    start: datetime, end: datetime, replacements: tuple[PlantedTruth, ...]
) -> Iterator[tuple[datetime, datetime]]:
    """Stretches in which one meter after the other served, without the replacements' gaps."""
    for replacement in replacements:
        assert replacement.end is not None
        if start < replacement.start and replacement.end < end:
            yield start, replacement.start
            start = replacement.end
    if start < end:
        yield start, end


def _meter(
    machine: MachineSpec,
    source: SourceSpec,
    interval_s: int,
    valid_from: datetime,
    valid_to: datetime | None,
) -> Row:
    return {
        "id": identity("meter", machine.name, source.name, str(interval_s), valid_from.isoformat()),
        "machine_id": machine.id,
        "energy_source_id": source.id,
        "nominal_interval_seconds": interval_s,
        "kind": "interval",
        "stamp": "start",
        "unit": source.unit,
        "register_digits": None,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }


def _seus(plant: Plant) -> Iterator[Row]:
    """One SEU for each machine and source."""
    for machine in plant.machines:
        for source in machine.energy_sources:
            name = f"{machine.name} {source.replace('_', ' ')}"
            yield {
                "id": identity("seu", name),
                "name": name,
                "description": None,
                "energy_source_id": SOURCES[source].id,
                "machine_ids": [machine.id],
            }


def _tariffs(factory: FactorySpec) -> Iterator[Row]:
    for tariff in TARIFFS[factory.name]:
        yield {
            "factory_id": factory.id,
            "energy_source_id": SOURCES[ELECTRICITY].id,
            "name": tariff.name,
            "rate_per_unit": tariff.rate_per_kwh,
            "currency": factory.currency,
            "weekdays": list(ALL_WEEKDAYS),
            "start_time": tariff.start,
            "end_time": tariff.end,
            "valid_from": datetime(TARIFF_YEAR, 1, 1, tzinfo=ZoneInfo(factory.timezone)),
            "valid_to": None,
            "demand_charge_per_kw": tariff.demand_charge_per_kw,
        }


def _holidays(factory: FactorySpec, start: datetime, end: datetime) -> Iterator[Row]:
    """The holidays of all years touched, and of the year to come for the forecasts."""
    for day, name in holidays(factory.country, start.year, end.year + 1):
        yield {"factory_id": factory.id, "day": day, "name": name}
