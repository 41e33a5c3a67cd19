from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from enms_core.demo.plant import Plant
from enms_core.demo.registers import registers
from enms_core.demo.truths import TruthKind, planted_truths

PLANT = Plant(date(2026, 11, 18))
END = datetime(2026, 11, 18, 9, 30, tzinfo=timezone.utc)
START = END - timedelta(days=762)
MINUTE_FROM = END - timedelta(days=2)


def rows_of(plant: Plant, table: str) -> list[dict[str, Any]]:
    return registers(plant, START, END, MINUTE_FROM)[table]


def test_the_plant_has_two_sites_eight_machines_and_eleven_seus() -> None:
    assert len(rows_of(PLANT, "factories")) == 2
    assert len(rows_of(PLANT, "machines")) == 8
    seus = {row["name"] for row in rows_of(PLANT, "seus")}
    assert len(seus) == 11
    assert {"Boiler-1 natural gas", "Compressor-1 compressed air"} <= seus


def test_a_second_country_adds_a_site_with_its_own_zone_and_currency() -> None:
    plant = Plant(PLANT.anchor, second_country=True)
    site = rows_of(plant, "factories")[-1]
    assert (site["timezone"], site["currency"]) == ("America/Chicago", "USD")
    assert len(rows_of(plant, "machines")) == 11
    assert {t["currency"] for t in rows_of(plant, "energy_tariffs")} == {"EUR", "USD"}


def test_ids_are_unique_and_the_same_for_every_plant() -> None:
    tables = registers(PLANT, START, END, MINUTE_FROM)
    ids = [row["id"] for rows in tables.values() for row in rows if "id" in row]
    assert len(set(ids)) == len(ids)
    other = Plant(date(2030, 1, 1), seed=3, plain=True)
    assert rows_of(other, "machines") == rows_of(PLANT, "machines")


def test_rows_refer_to_rows_that_exist() -> None:
    tables = registers(PLANT, START, END, MINUTE_FROM)
    known = {row["id"] for rows in tables.values() for row in rows if "id" in row}
    for rows in tables.values():
        for row in rows:
            references = {row[key] for key in row if key.endswith("_id")}
            assert references | set(row.get("machine_ids", ())) <= known  # type: ignore[call-overload]


def test_each_meter_serves_at_15_minutes_and_then_at_one() -> None:
    meters = rows_of(Plant(PLANT.anchor, plain=True), "meters")
    assert len(meters) == 2 * 11
    for meter in meters:
        minutely = meter["nominal_interval_seconds"] == 60
        since, until = (MINUTE_FROM, None) if minutely else (START, MINUTE_FROM)
        assert (meter["valid_from"], meter["valid_to"]) == (since, until)


def test_a_replaced_meter_has_two_rows_with_the_gap_between() -> None:
    truths = planted_truths(PLANT)
    truth = next(truth for truth in truths if truth.kind is TruthKind.METER_REPLACEMENT)
    machine = next(spec for spec in PLANT.machines if spec.name == truth.machine)
    served = [
        (meter["valid_from"], meter["valid_to"])
        for meter in rows_of(PLANT, "meters")
        if meter["machine_id"] == machine.id and meter["nominal_interval_seconds"] == 900
    ]
    assert served == [(START, truth.start), (truth.end, MINUTE_FROM)]


def test_a_plant_with_minutes_only_has_no_meter_of_15_minutes() -> None:
    meters = registers(PLANT, START, END, START)["meters"]
    assert {meter["nominal_interval_seconds"] for meter in meters} == {60}


def test_consequences_of_energy_use_are_no_drivers() -> None:
    drivers = {
        row["feature_name"]
        for row in rows_of(PLANT, "energy_source_features")
        if row["is_regression_feature"]
    }
    assert not {name for name in drivers if name.startswith(("avg_", "max_", "consumption_"))}
    assert "machine_temp_c" not in drivers
    assert {"material_moisture_percent", "steam_kg", "heating_degree_days"} <= drivers


def test_only_purchased_carriers_cross_the_border_of_the_site() -> None:
    sources = {row["name"]: row for row in rows_of(PLANT, "energy_sources")}
    assert [n for n, row in sources.items() if row["is_purchased"]] == [
        "electricity",
        "natural_gas",
    ]
    assert sources["natural_gas"]["kwh_per_unit"] == pytest.approx(10.69, abs=0.01)
    assert sources["steam"]["reference_content"] == pytest.approx(376.8, abs=0.1)


def test_the_two_rates_of_the_demo_site_cover_the_day() -> None:
    day, night, flat = rows_of(PLANT, "energy_tariffs")
    assert (day["start_time"], day["end_time"], day["rate_per_unit"]) == (time(8), time(20), 0.20)
    assert (night["start_time"], night["end_time"]) == (time(20), time(8))
    assert (flat["start_time"], flat["end_time"]) == (time(0), time(0))
    assert day["demand_charge_per_kw"] == 9.0
    assert flat["demand_charge_per_kw"] is None


def test_holidays_reach_into_the_coming_year() -> None:
    days = [row["day"] for row in rows_of(PLANT, "site_holidays")]
    assert min(days) <= START.date()
    assert max(days) == date(2027, 12, 26)
