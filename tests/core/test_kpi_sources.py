"""Which sources the KPIs count, in which unit, and what they say of what is not known."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from enms_core.domain.units import KWH_PER_UNIT
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.rollups import ensure, refresh
from tests.conftest import run_on
from tests.core.conftest import execute, rows
from tests.core.kpi_truth import near
from tests.core.kpi_workshop import SUMMER, Workshop

# A day of two carriers in one table: 96 kWh of electricity and 960 of something else.
SHARED = """
CREATE TABLE shared_readings (
    time timestamptz NOT NULL, machine_id uuid NOT NULL, energy_type text NOT NULL,
    energy_kwh double precision, heat double precision{key}
);
INSERT INTO shared_readings
SELECT t, '00000000-0000-0000-0000-0000000000a1', kind, kwh
FROM (VALUES ('electricity', 1), ('gas', 10)) AS k (kind, kwh),
     generate_series('2026-06-01 00:00+02'::timestamptz, '2026-06-01 23:45+02', '15 min') AS t
"""
BY_KEY = ", UNIQUE (machine_id, time, energy_type)"
GRID = """
INSERT INTO energy_sources (name, unit, kwh_per_unit, readings_table, consumption_column)
VALUES ('grid', 'kWh', 1, 'shared_readings', 'energy_kwh')
"""
CARRIER = """
UPDATE energy_sources SET carrier_column = 'energy_type', carrier_value = 'electricity'
WHERE name = 'grid'
"""
LAMP = """
CREATE TABLE lamp_readings (
    time timestamptz, machine_id uuid, energy_kwh double precision, heat double precision,
    PRIMARY KEY (machine_id, time)
);
INSERT INTO energy_sources (name, unit, kwh_per_unit, readings_table, consumption_column)
VALUES ('lamp', 'kWh', 1, 'lamp_readings', 'energy_kwh')
"""
# Nothing is said of several sources together; what is made is no matter of sources.
UNKNOWN = {"production_count": 3.0}


@pytest.fixture
def workshop(empty_url: str) -> Workshop:
    return Workshop(empty_url)


def known(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def names_in_catalogue(workshop: Workshop) -> set[str]:
    catalogue = run_on(workshop.url, lambda store: load_catalogue(store.registers))
    return {source.name for source in catalogue.sources}  # type: ignore[attr-defined]


class TestWhatIsLeftOut:
    @pytest.mark.parametrize("key", [BY_KEY, ""], ids=["by its key", "by its usual name"])
    def test_rows_of_other_carriers_are_nobody_s_until_a_value_tells_them_apart(
        self, workshop: Workshop, key: str
    ) -> None:
        execute(workshop.url, SHARED.format(key=key))
        execute(workshop.url, GRID)
        workshop.meter(900, "grid")
        workshop.make(SUMMER[0], [3.0])
        assert known(workshop.all(*SUMMER)) == UNKNOWN
        with pytest.raises(psycopg.errors.InvalidParameterValue, match="grid"):
            workshop.all(*SUMMER, source="grid")
        execute(workshop.url, CARRIER)
        assert workshop.all(*SUMMER)["energy_kwh"] == 96
        assert workshop.all(*SUMMER, source="grid")["energy_kwh"] == 96

    def test_one_row_for_each_time_is_one_carrier_whatever_the_columns_are_named(
        self, workshop: Workshop
    ) -> None:
        one_each = SHARED.replace(", ('gas', 10)", "").format(key=", UNIQUE (time, machine_id)")
        execute(workshop.url, one_each)
        execute(workshop.url, GRID)
        workshop.meter(900, "grid")
        assert workshop.all(*SUMMER)["energy_kwh"] == 96

    def test_a_total_without_one_of_its_sources_is_none(self, workshop: Workshop) -> None:
        workshop.meter(900)
        workshop.tariff(0.10, per_kw=9.0)
        workshop.factor(0.4, None, "2020-01-01 00:00Z")
        workshop.read(SUMMER[0], [1.0] * 96)
        workshop.make(SUMMER[0], [3.0])
        execute(workshop.url, LAMP)
        workshop.meter(900, "lamp")
        workshop.read(SUMMER[0], [0.0] * 96, table="lamp_readings")
        execute(workshop.url, "UPDATE energy_sources SET cost_per_unit = 0 WHERE name = 'lamp'")
        kpis = ("sec", "peak_demand", "load_factor", "energy_cost", "demand_charge")
        assert workshop.all(*SUMMER)["energy_kwh"] == 96
        assert all(workshop.ask(kpi, *SUMMER) is not None for kpi in kpis)
        execute(workshop.url, "ALTER TABLE lamp_readings DROP COLUMN energy_kwh")
        assert known(workshop.all(*SUMMER)) == UNKNOWN
        assert all(workshop.ask(kpi, *SUMMER) is None for kpi in kpis)
        assert workshop.all(*SUMMER, source="electricity")["energy_kwh"] == 96

    @pytest.mark.parametrize(
        "change",
        [
            "ALTER TABLE lamp_readings RENAME TO lights",
            "ALTER TABLE lamp_readings ALTER energy_kwh TYPE text",
            "ALTER TABLE lamp_readings ALTER time TYPE timestamp",
            "ALTER TABLE lamp_readings ALTER machine_id TYPE text",
            "UPDATE energy_sources SET energy_content_column = 'cold' WHERE name = 'lamp'",
            "UPDATE energy_sources SET carrier_column = 'kind', carrier_value = 'a' "
            "WHERE name = 'lamp'",
            "UPDATE energy_sources SET unit = 'm3' WHERE name = 'lamp'",
        ],
    )
    def test_the_catalogue_leaves_out_the_same(self, workshop: Workshop, change: str) -> None:
        execute(workshop.url, LAMP)
        workshop.meter(900, "lamp")
        assert workshop.all(*SUMMER, source="lamp")["readings"] == 0
        assert "lamp" in names_in_catalogue(workshop)
        execute(workshop.url, change)
        assert "lamp" not in names_in_catalogue(workshop)
        assert known(workshop.all(*SUMMER)) == {}
        with pytest.raises(psycopg.errors.InvalidParameterValue, match="lamp"):
            workshop.all(*SUMMER, source="lamp")

    def test_production_that_cannot_be_read_is_not_known(self, workshop: Workshop) -> None:
        workshop.make(SUMMER[0], [3.0])
        assert workshop.all(*SUMMER)["production_count"] == 3
        execute(workshop.url, "ALTER TABLE production_data RENAME production_count TO made")
        assert workshop.all(*SUMMER)["production_count"] is None


class TestUnits:
    @pytest.mark.parametrize("unit", ["KWH", " kwh ", "kWh"])
    def test_kwh_are_kwh_however_they_are_spelled(self, workshop: Workshop, unit: str) -> None:
        workshop.meter(900)
        workshop.read(SUMMER[0], [1.0] * 96)
        execute(
            workshop.url,
            "UPDATE energy_sources SET unit = %s, kwh_per_unit = NULL WHERE name = 'electricity'",
            unit,
        )
        told = workshop.all(*SUMMER)
        assert (told["energy_kwh"], told["peak_demand_kw"], told["load_factor"]) == (96, 4, 1)

    @pytest.mark.parametrize("unit", KWH_PER_UNIT)
    def test_units_of_energy_convert_by_definition(self, workshop: Workshop, unit: str) -> None:
        spellings = (unit, unit.upper(), f"\t{unit.lower()} ")
        (told,) = rows(
            workshop.url,
            "SELECT " + ", ".join(f"enms.kpi_kwh_per_unit('{each}')" for each in spellings),
        )
        assert told == (pytest.approx(KWH_PER_UNIT[unit], rel=1e-15),) * 3

    def test_a_factor_of_the_register_comes_before_the_definition(self, workshop: Workshop) -> None:
        execute(workshop.url, LAMP)
        execute(workshop.url, "ALTER TABLE lamp_readings RENAME energy_kwh TO quantity")
        rename = "UPDATE energy_sources SET consumption_column = 'quantity', unit = %s, "
        workshop.meter(900, "lamp")
        workshop.read(SUMMER[0], [36.0], table="lamp_readings", column="quantity")
        for unit, factor, kwh in (("gj", None, 1e4), ("MJ", 2.0, 72.0), ("kg", None, None)):
            execute(workshop.url, rename + "kwh_per_unit = %s WHERE name = 'lamp'", unit, factor)
            assert workshop.all(*SUMMER)["energy_kwh"] == near(kwh)

    @pytest.mark.parametrize("is_refreshed", [False, True])
    def test_a_content_without_a_unit_is_not_reckoned_with(
        self, workshop: Workshop, is_refreshed: bool
    ) -> None:
        execute(workshop.url, LAMP)
        execute(
            workshop.url,
            "UPDATE energy_sources SET energy_content_column = 'heat' WHERE name = 'lamp'",
        )
        workshop.meter(900, "lamp")
        workshop.read(SUMMER[0], [1.0] * 96, table="lamp_readings", heat=38.5)
        run_on(workshop.url, ensure)
        if is_refreshed:
            run_on(workshop.url, refresh)
        assert workshop.all(*SUMMER)["energy_kwh"] == 96


@pytest.mark.parametrize("is_refreshed", [False, True])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
class TestWhatIsNoNumber:
    """A value that is no number counts as a missing one, in hours, quarter hours and readings."""

    def test_a_reading_of_it_is_a_missing_one(
        self, workshop: Workshop, value: float, is_refreshed: bool
    ) -> None:
        workshop.meter(300)
        workshop.tariff(0.10, per_kw=9.0)
        workshop.factor(0.5, None, "2020-01-01 00:00Z")
        workshop.read(SUMMER[0], [*[1.0] * 14, value, 1.0], 5)
        workshop.make(SUMMER[0], [6.0] * 8)
        if is_refreshed:
            run_on(workshop.url, refresh)
        for end, readings, percent in (
            ("02:00", 15, 62.5),
            ("01:20", 15, 93.75),
            ("01:14", 14, 100),
        ):
            told = workshop.all(SUMMER[0], f"2026-06-01 {end}+02")
            assert told == {
                "energy_kwh": readings,
                "production_count": 48 if end == "02:00" else 36 if end == "01:20" else 30,
                "sec_kwh_per_unit": 0.5,
                "peak_demand_kw": 12,
                "peak_time": datetime.fromisoformat(SUMMER[0]),
                "demand_interval_seconds": 900,
                "load_factor": 1,
                "energy_cost": Decimal(readings) / 10,
                "currency": "EUR",
                "emissions_kg_co2e": readings / 2,
                "carbon_intensity_kg_per_kwh": 0.5,
                "coverage_percent": percent,
                "readings": readings,
                "cost_basis": "tariff",
                "carbon_basis": "factor",
            }
        assert workshop.ask("demand_charge", *SUMMER) == 108

    def test_a_count_of_it_is_no_production(
        self, workshop: Workshop, value: float, is_refreshed: bool
    ) -> None:
        workshop.meter(900)
        workshop.read(SUMMER[0], [1.0] * 96)
        workshop.make(SUMMER[0], [*[1.0] * 8, value])
        if is_refreshed:
            run_on(workshop.url, refresh)
        for end in ("2026-06-01 02:15+02", "2026-06-01 02:10+02"):
            told = workshop.all(SUMMER[0], end)
            assert (told["production_count"], told["sec_kwh_per_unit"]) == (8, 1)

    def test_for_an_energy_content_of_it_the_usual_one_is_taken(
        self, workshop: Workshop, value: float, is_refreshed: bool
    ) -> None:
        workshop.meter(3600, "natural_gas")
        gas = {"table": "natural_gas_readings", "column": "consumption_m3"}
        workshop.read(SUMMER[0], [1.0], calorific_value_mj_m3=36.0, **gas)
        workshop.read("2026-06-01 01:00+02", [1.0], calorific_value_mj_m3=value, **gas)
        if is_refreshed:
            run_on(workshop.url, refresh)
        for end in ("2026-06-01 02:00+02", "2026-06-01 01:10+02"):
            execute(workshop.url, "UPDATE energy_sources SET kwh_per_unit = NULL")
            assert workshop.all(SUMMER[0], end)["energy_kwh"] is None
            execute(workshop.url, "UPDATE energy_sources SET kwh_per_unit = 9")
            assert workshop.all(SUMMER[0], end)["energy_kwh"] == pytest.approx(19, rel=1e-12)
