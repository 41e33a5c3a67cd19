from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray

from enms_core.demo.plant import COMPRESSED_AIR, NATURAL_GAS, STEAM, Plant
from enms_core.demo.simulate import simulate
from enms_core.demo.sources import SOURCES

ANCHOR = date(2026, 11, 18)
PLANT = Plant(ANCHOR, second_country=True)
# Two days around the flat-line of the European compressor, 23 days before the anchor.
START = datetime(2026, 10, 25, 22, tzinfo=timezone.utc)
END = START + timedelta(days=2)
MINUTE_FROM = START + timedelta(days=1, hours=5)
QUARTER = timedelta(minutes=15)

Tables = dict[tuple[str, str], dict[str, NDArray[Any]]]


def collect(plant: Plant, start: datetime, end: datetime, minute_from: datetime) -> Tables:
    """All rows: (table, name of machine or factory) -> columns, with `time`."""
    names = {machine.id: machine.name for machine in plant.machines}
    names |= {factory.id: factory.name for factory in plant.factories}
    parts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for batch in simulate(plant, start, end, minute_from):
        parts[batch.table, names[batch.owner]].append({"time": batch.times, **batch.columns})
    return {
        key: {name: np.concatenate([chunk[name] for chunk in chunks]) for name in chunks[0]}
        for key, chunks in parts.items()
    }


def local_day(zone: str, day: date) -> tuple[datetime, datetime]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return midnight.astimezone(timezone.utc), (midnight + timedelta(days=1)).astimezone(
        timezone.utc
    )


@pytest.fixture(scope="module")
def two_days() -> Tables:
    return collect(PLANT, START, END, MINUTE_FROM)


@pytest.fixture(scope="module")
def two_months() -> Tables:
    start = datetime(2026, 5, 31, 22, tzinfo=timezone.utc)
    end = start + timedelta(days=60)
    return collect(PLANT, start, end, end)


@settings(max_examples=15, deadline=None)
@given(quarters=st.integers(1, 2 * 96 - 1))
def test_two_windows_that_touch_make_exactly_the_rows_of_the_whole(
    two_days: Tables, quarters: int
) -> None:
    middle = START + quarters * QUARTER
    first = collect(PLANT, START, middle, MINUTE_FROM)
    second = collect(PLANT, middle, END, MINUTE_FROM)

    assert set(two_days) == set(first) | set(second)
    for key, whole in two_days.items():
        halves = [half[key] for half in (first, second) if key in half]
        for name, values in whole.items():
            assert_array_equal(values, np.concatenate([half[name] for half in halves]))


def test_windows_of_months_split_like_short_ones(two_months: Tables) -> None:
    start = datetime(2026, 6, 20, 4, 15, tzinfo=timezone.utc)
    later = collect(PLANT, start, start + timedelta(days=20), start + timedelta(days=20))

    for (table, owner), columns in later.items():
        whole = two_months[table, owner]
        inside = np.isin(whole["time"], columns["time"])
        for name, values in columns.items():
            assert_array_equal(values, whole[name][inside])


def test_another_seed_makes_another_plant(two_days: Tables) -> None:
    other = collect(Plant(ANCHOR, seed=1), START, START + QUARTER * 8, END)
    key = ("energy_readings", "Boiler-1")
    assert not np.isin(other[key]["energy_kwh"], two_days[key]["energy_kwh"]).any()


def test_fifteen_minutes_sum_up_to_their_quarter_hour() -> None:
    quarterly = collect(PLANT, START, END, END)
    minutely = collect(PLANT, START, END, START)

    for source in SOURCES.values():
        key = (source.readings_table, "Boiler-1")
        if source.name == COMPRESSED_AIR:
            key = (source.readings_table, "Compressor-1")
        minutes = minutely[key][source.consumption_column].reshape(-1, 15)
        quarters = quarterly[key][source.consumption_column]
        assert_allclose(minutes.sum(axis=1), quarters, rtol=1e-12, atol=1e-9)
        assert np.ptp(minutes, axis=1).max() > 0


def test_meters_turn_to_one_minute_at_the_given_time(two_days: Tables) -> None:
    times = two_days["energy_readings", "HVAC-Main"]["time"]
    change = np.datetime64(MINUTE_FROM.replace(tzinfo=None), "s")
    assert set(np.diff(times[times < change]).astype(int)) == {900}
    assert set(np.diff(times[times >= change]).astype(int)) == {60}
    assert len(times) == 29 * 4 + 19 * 60


def test_an_interval_that_is_not_over_is_left_out() -> None:
    end = START + timedelta(minutes=52, seconds=30)
    rows = collect(PLANT, START, end, START + 2 * QUARTER)
    assert len(rows["production_data", "Boiler-1"]["time"]) == 3
    assert len(rows["energy_readings", "Boiler-1"]["time"]) == 2 + 22


@pytest.mark.parametrize(
    ("machine", "zone", "day", "quarters"),
    [
        ("Compressor-1", "Europe/Berlin", date(2026, 3, 29), 92),
        ("Compressor-1", "Europe/Berlin", date(2026, 6, 10), 96),
        ("Compressor-1", "Europe/Berlin", date(2026, 10, 25), 100),
        ("Compressor-US-1", "America/Chicago", date(2026, 3, 8), 92),
        ("Compressor-US-1", "America/Chicago", date(2026, 11, 1), 100),
    ],
)
def test_a_local_day_has_the_rows_of_its_length(
    machine: str, zone: str, day: date, quarters: int
) -> None:
    start, end = local_day(zone, day)
    rows = collect(PLANT, start, end, end)
    for table in ("energy_readings", "production_data", "environmental_data"):
        assert len(rows[table, machine]["time"]) == quarters


def test_each_site_has_every_table(two_days: Tables) -> None:
    produced = {m.name for m in PLANT.machines if m.produces}
    assert {owner for table, owner in two_days if table == "production_data"} == produced
    assert {owner for table, owner in two_days if table == "production_plan"} == produced
    weather = {owner for table, owner in two_days if table == "site_weather"}
    assert weather == {factory.name for factory in PLANT.factories}
    for table in ("energy_readings", "environmental_data"):
        metered = {owner for name, owner in two_days if name == table}
        assert metered == {machine.name for machine in PLANT.machines}


def test_no_value_is_missing_or_infinite(two_days: Tables) -> None:
    for columns in two_days.values():
        for values in columns.values():
            if values.dtype.kind == "f":
                assert np.isfinite(values).all()


def test_the_plan_is_seven_days_ahead_and_says_what_becomes_of_running_machines() -> None:
    start = datetime(2026, 6, 1, tzinfo=timezone.utc)
    week = timedelta(days=7)
    plan = collect(PLANT, start, start + week, start)["production_plan", "Injection-Molding-1"]
    second_week = collect(PLANT, start + week, start + 2 * week, start)
    made = second_week["production_data", "Injection-Molding-1"]

    assert_array_equal(plan["time"], made["time"])
    running = made["operating_mode"] == "running"
    ratio = made["production_count"][running].sum() / plan["planned_count"][running].sum()
    assert ratio == pytest.approx(1.0, abs=0.02)


def test_status_events_tell_the_mode_of_every_quarter_hour(two_months: Tables) -> None:
    for machine in (m.name for m in PLANT.machines if m.produces):
        events = two_months["machine_status_history", machine]
        rows = two_months["production_data", machine]
        known = rows["time"] >= events["time"][0]
        latest = np.searchsorted(events["time"], rows["time"][known], side="right") - 1
        assert_array_equal(events["mode"][latest], rows["operating_mode"][known])
        assert_array_equal(events["is_running"], events["mode"] == "running")
        assert (events["mode"][1:] != events["mode"][:-1]).all()


def test_machines_make_units_only_while_they_run(two_months: Tables) -> None:
    for machine in (m.name for m in PLANT.machines if m.produces):
        rows = two_months["production_data", machine]
        running = rows["operating_mode"] == "running"
        assert rows["production_count"][~running].sum() == 0
        assert (rows["production_count"][running] > 0).all()
        assert_array_equal(rows["good_count"] + rows["reject_count"], rows["production_count"])
        assert (rows["good_count"] >= 0).all()


def test_power_stays_within_what_the_machine_can_draw(two_months: Tables) -> None:
    for machine in PLANT.machines:
        rows = two_months["energy_readings", machine.name]
        assert rows["power_kw"].min() > 0
        assert rows["power_kw"].max() <= 1.03 * machine.rated_power_kw
        assert rows["power_kw"].max() > 0.4 * machine.rated_power_kw or machine.steam
        assert np.median(rows["voltage_v"]) == pytest.approx(400, abs=5)


def test_current_and_reactive_energy_follow_from_power(two_months: Tables) -> None:
    rows = two_months["energy_readings", "Injection-Molding-1"]
    apparent_kva = np.sqrt(3) * rows["voltage_v"] * rows["current_a"] / 1000
    assert_allclose(apparent_kva * rows["power_factor"], rows["power_kw"])
    assert_allclose(np.hypot(rows["energy_kwh"], rows["reactive_kvarh"]) * 4, apparent_kva)
    assert set(rows["data_source"]) == {"simulator"}


def test_boiler_turns_about_85_percent_of_the_gas_into_steam(two_months: Tables) -> None:
    gas = two_months[SOURCES[NATURAL_GAS].readings_table, "Boiler-1"]
    steam = two_months[SOURCES[STEAM].readings_table, "Boiler-1"]
    gas_kwh = (gas["consumption_m3"] * gas["calorific_value_mj_m3"]).sum() / 3.6
    feed_water = SOURCES[STEAM].reference_content
    steam_kwh = (steam["consumption_kg"] * (steam["enthalpy_kj_kg"] - feed_water)).sum() / 3600
    assert steam_kwh / gas_kwh == pytest.approx(0.85, abs=0.02)
    assert steam_kwh / steam["consumption_kg"].sum() == pytest.approx(0.67, abs=0.02)


def test_a_working_day_of_the_compressor_is_plausible(two_months: Tables) -> None:
    rows = two_months["energy_readings", "Compressor-1"]
    six_weeks_kwh = rows["energy_kwh"][: 42 * 96]  # from local midnight, a Monday
    daily_kwh = six_weeks_kwh.reshape(-1, 96).sum(axis=1)
    weekday = np.arange(42) % 7
    assert 600 < np.median(daily_kwh[weekday < 5]) < 1000
    assert daily_kwh[weekday == 6].max() < 400


def test_a_weekend_day_makes_30_percent_of_a_working_day(two_months: Tables) -> None:
    units = two_months["production_plan", "Boiler-1"]["planned_count"][: 8 * 7 * 96]
    from_six = np.roll(units, -24).reshape(8, 7, 96).sum(axis=(0, 2))
    assert from_six[5:].mean() / from_six[:5].mean() == pytest.approx(0.30, abs=0.05)


def test_material_moisture_is_json_where_material_is_dried(two_days: Tables) -> None:
    assert two_days["production_data", "Injection-Molding-1"]["metadata"][0].startswith(
        '{"moisture": 0.'
    )
    assert two_days["production_data", "Conveyor-A"]["metadata"][0] is None


def test_weather_is_that_of_the_season() -> None:
    means = []
    for month in (1, 7):
        start = datetime(2026, month, 1, tzinfo=timezone.utc)
        rows = collect(PLANT, start, start + timedelta(days=30), start)
        weather = rows["site_weather", "Demo Manufacturing Plant"]
        means.append(weather["outdoor_temp_c"].mean())
        assert weather["outdoor_humidity_percent"].min() >= 15
        assert weather["outdoor_humidity_percent"].max() <= 100
    assert -6 < means[0] < 6
    assert 14 < means[1] < 26
