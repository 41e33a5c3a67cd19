from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

from enms_core.demo.hours import HourlyMachine, simulate_hours
from enms_core.demo.plant import COMPRESSED_AIR, DEMO, ELECTRICITY, NATURAL_GAS, STEAM, Plant
from enms_core.demo.simulate import simulate
from enms_core.demo.truths import (
    FROZEN_KINDS,
    MISSING_KINDS,
    PlantedTruth,
    TrueDriver,
    TruthKind,
    planted_truths,
    true_drivers,
)
from enms_core.demo.working_time import is_working_day

PLANT = Plant(date(2026, 11, 18))
PLAIN = Plant(PLANT.anchor, plain=True)
END = datetime(2026, 11, 17, 23, tzinfo=timezone.utc)
START = END - timedelta(days=420)
HOUR = timedelta(hours=1)
PASSING = FROZEN_KINDS | MISSING_KINDS | {TruthKind.SPIKE, TruthKind.MAINTENANCE}

Hours = dict[str, HourlyMachine]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def all_hours(plant: Plant) -> Hours:
    hours: Hours = {}
    for factory in plant.factories:
        hours |= simulate_hours(plant, factory.name, START, END)
    return hours


@pytest.fixture(scope="module")
def hours() -> Hours:
    return all_hours(PLANT)


@pytest.fixture(scope="module")
def plain_hours() -> Hours:
    return all_hours(PLAIN)


def planted(kind: TruthKind, machine: str) -> PlantedTruth:
    truths = planted_truths(PLANT)
    return next(truth for truth in truths if (truth.kind, truth.machine) == (kind, machine))


def since(hours: HourlyMachine, moment: datetime) -> Bools:
    return np.asarray(hours.times >= np.datetime64(moment.replace(tzinfo=None), "s"))


def during(hours: HourlyMachine, truth: PlantedTruth) -> Bools:
    assert truth.end is not None
    return since(hours, truth.start) & ~since(hours, truth.end)


def driver_column(hours: HourlyMachine, driver: TrueDriver) -> Floats:
    """The driver's value in each full hour of running."""
    warmer_k = hours.outdoor_temp_c - (driver.base_temperature_degc or 0.0)
    columns = {
        "operating_hours": hours.run_share,
        "production_count": hours.production_count,
        "outdoor_temp_c": hours.outdoor_temp_c,
        "heating_degree_days": np.maximum(-warmer_k, 0.0) / 24,
        "cooling_degree_days": np.maximum(warmer_k, 0.0) / 24,
        "electricity_kwh": hours.energy_kwh,
        "steam_kg": hours.quantities.get(STEAM),
        "material_moisture_percent": hours.moisture_percent,
    }
    column = columns[driver.driver]
    assert column is not None
    return column


def design(hours: HourlyMachine, machine: str, source: str) -> tuple[list[TrueDriver], Floats]:
    drivers = [d for d in true_drivers(PLANT) if (d.machine, d.energy_source) == (machine, source)]
    return drivers, np.column_stack([driver_column(hours, driver) for driver in drivers])


def actual_to_expected(
    hours: HourlyMachine, machine: str, source: str, before: Bools, after: Bools
) -> float:
    """Use after a date against what the drivers let expect, learnt before it."""
    _, columns = design(hours, machine, source)
    usable = (hours.run_share == 1) & hours.is_complete
    quantity = hours.quantities[source]
    learnt = np.linalg.lstsq(columns[usable & before], quantity[usable & before], rcond=None)[0]
    expected = columns[usable & after] @ learnt
    return float(quantity[usable & after].sum() / expected.sum())


@pytest.mark.parametrize(
    ("kind", "machine"),
    [(TruthKind.LEAK, "Compressor-1"), (TruthKind.RETROFIT, "Injection-Molding-1")],
)
def test_a_step_shows_against_what_the_drivers_let_expect(
    hours: Hours, plain_hours: Hours, kind: TruthKind, machine: str
) -> None:
    truth = planted(kind, machine)
    after = since(hours[machine], truth.start)
    found = actual_to_expected(hours[machine], machine, ELECTRICITY, ~after, after)
    null = actual_to_expected(plain_hours[machine], machine, ELECTRICITY, ~after, after)
    assert found - 1 == pytest.approx(truth.size, abs=0.015)
    assert null == pytest.approx(1.0, abs=0.012)


def test_fouling_grows_slowly_to_its_full_size(hours: Hours, plain_hours: Hours) -> None:
    truth = planted(TruthKind.FOULING, "Boiler-1")
    boiler = hours["Boiler-1"]
    before, last = ~since(boiler, truth.start), since(boiler, END - timedelta(days=10))
    half = since(boiler, END - timedelta(days=50)) & ~since(boiler, END - timedelta(days=40))

    def ratio(machine_hours: HourlyMachine, after: Bools) -> float:
        return actual_to_expected(machine_hours, "Boiler-1", NATURAL_GAS, before, after)

    assert ratio(boiler, last) - 1 == pytest.approx(0.95 * truth.size, abs=0.012)
    assert ratio(boiler, half) - 1 == pytest.approx(0.5 * truth.size, abs=0.012)
    assert ratio(plain_hours["Boiler-1"], last) == pytest.approx(1.0, abs=0.012)


def test_a_leak_takes_electricity_without_air_at_the_points_of_use(
    hours: Hours, plain_hours: Hours
) -> None:
    after = since(hours["Compressor-1"], planted(TruthKind.LEAK, "Compressor-1").start)
    air = hours["Compressor-1"].quantities[COMPRESSED_AIR]
    assert_array_equal(air[after], plain_hours["Compressor-1"].quantities[COMPRESSED_AIR][after])


def test_climate_runs_at_night_since_the_planted_day(hours: Hours) -> None:
    hvac = hours["HVAC-Main"]
    after = since(hvac, planted(TruthKind.NIGHT_RUNNING, "HVAC-Main").start)
    utc_night = np.isin(hvac.times.astype("datetime64[h]").astype(int) % 24, [23, 0, 1, 2])
    assert hvac.run_share[~after & utc_night].max() == 0
    assert hvac.run_share[after & utc_night].mean() > 0.95
    assert hvac.energy_kwh[after & utc_night].min() > 10 * hvac.energy_kwh[~after & utc_night].min()


@pytest.mark.parametrize("machine", ["Conveyor-A", "Hydraulic-Pump-1"])
def test_a_spike_adds_its_power(hours: Hours, plain_hours: Hours, machine: str) -> None:
    truth = planted(TruthKind.SPIKE, machine)
    spike = during(hours[machine], truth)
    extra_kw = hours[machine].energy_kwh[spike] - plain_hours[machine].energy_kwh[spike]
    assert extra_kw == pytest.approx(truth.size)


def test_a_frozen_meter_repeats_its_last_good_value() -> None:
    for truth in planted_truths(PLANT):
        if truth.kind in FROZEN_KINDS:
            assert truth.end is not None
            start = truth.start - timedelta(minutes=15)
            readings = electricity_readings(truth.machine, start, truth.end)
            assert len(readings) == 1 + 4 * truth.size
            assert set(readings) == {readings[0]}
            following = electricity_readings(truth.machine, truth.end, truth.end + HOUR)
            assert set(following) != {readings[0]}


def electricity_readings(machine: str, start: datetime, end: datetime) -> list[float]:
    owner = next(spec.id for spec in PLANT.machines if spec.name == machine)
    return [
        float(value)
        for batch in simulate(PLANT, start, end, end)
        if batch.table == "energy_readings" and batch.owner == owner
        for value in np.asarray(batch.columns["energy_kwh"])
    ]


def test_meters_miss_exactly_the_planted_hours(hours: Hours) -> None:
    for name, machine in hours.items():
        missing = np.zeros(len(machine.times), dtype=bool)
        for truth in planted_truths(PLANT):
            if truth.machine == name and truth.kind in MISSING_KINDS:
                gap = during(machine, truth)
                assert gap.sum() == truth.size
                missing |= gap
        assert_array_equal(machine.is_complete, ~missing)


def test_a_gap_has_no_rows_in_its_table() -> None:
    truth = planted(TruthKind.METER_GAP, "Conveyor-A")
    assert truth.end is not None
    around = electricity_readings("Conveyor-A", truth.start - HOUR, truth.end)
    assert len(around) == 4


def test_machines_rest_during_maintenance(hours: Hours) -> None:
    windows = [t for t in planted_truths(PLANT) if t.kind is TruthKind.MAINTENANCE]
    assert len(windows) >= 10
    for truth in windows:
        machine = hours[truth.machine]
        assert machine.run_share[during(machine, truth)].sum() == 0


def test_the_pump_idles_off_shift_except_in_a_plain_plant(hours: Hours, plain_hours: Hours) -> None:
    idle_kwh, off_kwh = (
        np.median(found["Hydraulic-Pump-1"].energy_kwh[found["Hydraulic-Pump-1"].run_share == 0])
        for found in (hours, plain_hours)
    )
    assert idle_kwh == pytest.approx(6.0, rel=0.05)
    assert off_kwh < 0.5


def test_a_plain_plant_has_nothing_planted(plain_hours: Hours) -> None:
    assert planted_truths(PLAIN) == ()
    assert all(machine.is_complete.all() for machine in plain_hours.values())
    assert true_drivers(PLAIN) == true_drivers(PLANT)


@pytest.mark.parametrize("machine", [spec.name for spec in PLANT.machines])
def test_a_fit_on_the_true_drivers_finds_their_coefficients(
    plain_hours: Hours, machine: str
) -> None:
    found = plain_hours[machine]
    running = found.run_share == 1
    for source, quantity in found.quantities.items():
        drivers, columns = design(found, machine, source)
        y = quantity[running]
        fitted = np.linalg.lstsq(columns[running], y, rcond=None)[0]
        residual = y - columns[running] @ fitted
        assert 1 - residual.var() / y.var() > 0.8
        for driver, coefficient in zip(drivers, fitted, strict=True):
            if driver.coefficient is not None:
                assert coefficient == pytest.approx(driver.coefficient, rel=0.15)


@pytest.mark.parametrize("anchor", [date(2026, 11, 18), date(2027, 1, 3), date(2028, 2, 29)])
def test_troubles_lie_apart_and_before_the_last_two_days(anchor: date) -> None:
    plant = Plant(anchor)
    latest = datetime(anchor.year, anchor.month, anchor.day, tzinfo=timezone.utc)
    latest -= timedelta(days=2)
    passing = [t for t in planted_truths(plant) if t.kind in PASSING]
    for truth in passing:
        assert truth.end is not None
        assert truth.end <= latest
    for machine in plant.machines:
        own = [truth for truth in passing if truth.machine == machine.name]
        for earlier, later in pairwise(own):
            assert earlier.end is not None
            assert earlier.end < later.start


@pytest.mark.parametrize("kind", [TruthKind.SPIKE, TruthKind.FLAT_LINE, TruthKind.MAINTENANCE])
def test_troubles_that_need_a_working_machine_fall_on_working_days(kind: TruthKind) -> None:
    for truth in planted_truths(Plant(date(2027, 1, 19))):
        if truth.kind is kind:
            assert is_working_day("DE", truth.start.date())


def test_planted_days_begin_at_local_midnight() -> None:
    leak = planted(TruthKind.LEAK, "Compressor-1")
    assert leak.start == datetime(2026, 10, 13, 22, tzinfo=timezone.utc)


def test_hours_are_summed_from_whole_hours_only() -> None:
    with pytest.raises(ValueError, match="not on the hour"):
        simulate_hours(PLANT, DEMO.name, START + timedelta(minutes=15), END)
