"""KPIs in SQL: each value against numbers worked out by hand, and against rows walked in Python."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row

from enms_core.domain.imports import Site
from enms_core.storage.rollups import ensure
from tests.conftest import run_on
from tests.core.conftest import execute, import_path
from tests.core.import_runs import power
from tests.core.kpi_truth import near, walked_kpis
from tests.core.kpi_workshop import LATHE, SUMMER, WORKS, Workshop, kpis

# Two carriers in one table, told apart by a column with a name that is hard to quote.
SHARED = """
CREATE TABLE "both; DROP TABLE meters --" (
    machine_id uuid, time timestamptz, "kind'""of" text, "k%s" double precision,
    PRIMARY KEY (machine_id, time, "kind'""of")
);
INSERT INTO energy_sources (name, unit, kwh_per_unit, readings_table, consumption_column,
                            carrier_column, carrier_value)
SELECT name, 'kWh', 1, 'both; DROP TABLE meters --', 'k%s', 'kind''"of', name
FROM unnest(ARRAY['grid', 'x'' OR true --']) AS name;
INSERT INTO "both; DROP TABLE meters --"
SELECT '00000000-0000-0000-0000-0000000000a1', time::timestamptz, kind, kwh
FROM (VALUES ('2026-06-01 00:00Z', 'grid', 10), ('2026-06-01 00:15Z', 'grid', 1),
             ('2026-06-01 00:00Z', 'x'' OR true --', 1),
             ('2026-06-01 00:15Z', 'x'' OR true --', 8)) AS v (time, kind, kwh);
"""


@pytest.fixture
def workshop(empty_url: str) -> Workshop:
    return Workshop(empty_url)


class TestEnergy:
    def test_each_row_of_gas_has_its_own_energy(self, workshop: Workshop) -> None:
        workshop.meter(3600, "natural_gas")
        gas = {"table": "natural_gas_readings", "column": "consumption_m3"}
        workshop.read("2026-06-01 10:00+02", [10.0], calorific_value_mj_m3=38.5, **gas)
        workshop.read("2026-06-01 10:15+02", [20.0], calorific_value_mj_m3=36.0, **gas)
        workshop.read("2026-06-01 10:30+02", [5.0], **gas)
        assert workshop.all(*SUMMER)["energy_kwh"] is None
        execute(workshop.url, "UPDATE energy_sources SET kwh_per_unit = 10.0 WHERE unit = 'm³'")
        by_hand = 10 * 38.5 / 3.6 + 20 * 36 / 3.6 + 50
        assert workshop.all(*SUMMER)["energy_kwh"] == pytest.approx(by_hand, rel=1e-12)
        cut = workshop.all("2026-06-01 10:10+02", "2026-06-01 10:30+02")
        assert cut["energy_kwh"] == pytest.approx(200, rel=1e-12)
        assert (cut["peak_demand_kw"], cut["load_factor"]) == (None, None)

    def test_what_is_produced_is_told_by_name_only(self, workshop: Workshop) -> None:
        workshop.meter(3600)
        workshop.meter(3600, "steam")
        workshop.read("2026-06-01 10:00+02", [7.0])
        workshop.read(
            "2026-06-01 10:00+02",
            [1000.0],
            table="steam_readings",
            column="consumption_kg",
            enthalpy_kj_kg=2776.812,
        )
        assert workshop.all(*SUMMER)["energy_kwh"] == 7
        steam = workshop.all(*SUMMER, source="steam")["energy_kwh"]
        assert steam == pytest.approx(1000 * 2400 / 3600, rel=1e-12)

    def test_coverage_counts_what_the_meters_should_have_told(self, workshop: Workshop) -> None:
        workshop.meter(3600, until="2026-06-01 12:00+02")
        workshop.meter(900, since="2026-06-01 18:00+02")
        workshop.read("2026-06-01 00:00+02", [1.0] * 9, 60)
        workshop.read("2026-06-01 18:00+02", [1.0] * 12)
        told = workshop.all(*SUMMER)
        assert (told["readings"], told["coverage_percent"]) == (21, 50.0)

    def test_without_a_meter_nothing_is_said_about_power(self, workshop: Workshop) -> None:
        workshop.read(SUMMER[0], [1.0] * 24, 60)
        told = workshop.all(*SUMMER, source="electricity")
        assert (told["energy_kwh"], told["coverage_percent"]) == (24, None)
        assert (told["peak_demand_kw"], told["load_factor"]) == (None, None)

    def test_without_readings_nothing_is_known(self, workshop: Workshop) -> None:
        workshop.meter(900)
        told = workshop.all(*SUMMER)
        known = {name: value for name, value in told.items() if value is not None}
        assert known == {"readings": 0, "coverage_percent": 0.0}

    def test_a_reading_belongs_to_the_period_that_it_starts_in(self, workshop: Workshop) -> None:
        workshop.meter(900)
        workshop.read("2026-06-01 10:00+02", [1.0, 2.0, 4.0])
        told = workshop.all("2026-06-01 10:15+02", "2026-06-01 10:30+02")
        assert (told["energy_kwh"], told["readings"]) == (2, 1)

    def test_a_period_may_start_and_end_within_quarter_hours(self, workshop: Workshop) -> None:
        workshop.meter(60)
        workshop.read("2026-06-01 09:00+02", [1.0] * 180, 1)
        told = workshop.all("2026-06-01 09:52+02", "2026-06-01 11:03+02")
        assert (told["energy_kwh"], told["readings"], told["coverage_percent"]) == (71, 71, 100)

    def test_a_rollup_that_was_made_for_other_carriers_is_not_used(
        self, workshop: Workshop
    ) -> None:
        workshop.meter(900)
        workshop.read("2026-06-01 10:00+02", [1.0, 2.0], data_source="import")
        workshop.read("2026-06-01 10:30+02", [4.0, 8.0], data_source="meter")
        execute(
            workshop.url,
            "UPDATE energy_sources SET carrier_column = 'data_source', carrier_value = 'import'"
            " WHERE name = 'electricity'",
        )
        told = workshop.all(*SUMMER)
        assert (told["energy_kwh"], told["peak_demand_kw"], told["readings"]) == (3, 8, 2)


class TestDemand:
    def test_the_peak_is_that_of_fixed_quarter_hours(self, workshop: Workshop) -> None:
        workshop.meter(60)
        # The 15 minutes from 10:10 on would be 60 kW; no quarter hour of the clock is.
        workshop.read("2026-06-01 10:00+02", [0.1] * 10 + [1.0] * 15 + [0.1] * 5, 1)
        told = workshop.all("2026-06-01 10:00+02", "2026-06-01 10:30+02")
        assert told["peak_demand_kw"] == pytest.approx(4 * (10 + 0.5))
        assert told["peak_time"] == datetime.fromisoformat("2026-06-01T10:15+02:00")
        assert told["demand_interval_seconds"] == 900
        assert told["load_factor"] == pytest.approx(16.5 / 0.5 / 42)

    def test_cut_blocks_count_only_where_none_is_whole(self, workshop: Workshop) -> None:
        workshop.meter(60)
        workshop.read("2026-06-01 10:00+02", [3.0] * 15 + [1.0] * 30, 1)
        whole = workshop.ask("peak_demand", "2026-06-01 10:05+02", "2026-06-01 10:32+02")
        cut = workshop.ask("peak_demand", "2026-06-01 10:05+02", "2026-06-01 10:20+02")
        assert (whole, cut) == (60, 120)

    @pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kolkata"])
    def test_within_a_long_interval_only_the_mean_is_known(
        self, workshop: Workshop, zone: str
    ) -> None:
        execute(workshop.url, "UPDATE factories SET timezone = %s", zone)
        workshop.meter(3600)
        offset = "+02" if zone == "Europe/Berlin" else "+05:30"
        start = f"2026-06-01 00:00{offset}"
        workshop.read(start, [10.0] * 12 + [30.0] * 12, 60)
        told = workshop.all(start, f"2026-06-02 00:00{offset}")
        assert (told["peak_demand_kw"], told["demand_interval_seconds"]) == (30, 3600)
        assert told["peak_time"] == datetime.fromisoformat(f"2026-06-01 12:00{offset}")
        assert told["load_factor"] == pytest.approx(20 / 30)

    def test_intervals_that_do_not_divide_an_hour_s_quarters_are_kept_apart(
        self, workshop: Workshop
    ) -> None:
        workshop.meter(1200)
        workshop.read(SUMMER[0], [2.0, 3.0, 4.0] * 24, 20)
        told = workshop.all(*SUMMER)
        assert (told["peak_demand_kw"], told["load_factor"]) == (12, pytest.approx(0.75))

    def test_a_gap_does_not_lower_the_load_factor(self, workshop: Workshop) -> None:
        workshop.meter(900)
        workshop.read("2026-06-01 00:00+02", [5.0, 10.0])
        workshop.read("2026-06-01 12:00+02", [5.0, 10.0])
        assert workshop.ask("load_factor", *SUMMER) == pytest.approx(0.75)

    def test_a_period_within_one_interval_has_no_load_factor(self, workshop: Workshop) -> None:
        workshop.meter(3600)
        workshop.read("2026-06-01 10:00+02", [6.0], 60)
        workshop.make("2026-06-01 10:00+02", [1.0] * 4)
        told = workshop.all("2026-06-01 10:00+02", "2026-06-01 10:30+02")
        assert (told["peak_demand_kw"], told["load_factor"]) == (6, None)
        assert told["sec_kwh_per_unit"] is None

    def test_an_idle_machine_has_no_load_factor(self, workshop: Workshop) -> None:
        workshop.meter(900)
        workshop.read(SUMMER[0], [0.0] * 96)
        assert workshop.ask("peak_demand", *SUMMER) == 0
        assert workshop.ask("load_factor", *SUMMER) is None

    def test_several_sources_peak_together_and_hostile_names_stay_names(
        self, workshop: Workshop
    ) -> None:
        execute(workshop.url, SHARED.replace("k%s", "k%%s"))
        for source in ("grid", "x' OR true --"):
            workshop.meter(900, source)
        for _ in range(2):
            peaks = [workshop.ask("peak_demand", *SUMMER, source=s) for s in ("grid", None)]
            cut = workshop.all("2026-06-01 00:14Z", "2026-06-01 00:16Z", "x' OR true --")
            assert (peaks, cut["energy_kwh"], cut["readings"]) == ([40, 44], 8, 1)
            run_on(workshop.url, ensure)  # the second time with a rollup

    def test_a_source_whose_column_is_not_there_tells_nothing(self, workshop: Workshop) -> None:
        workshop.meter(900)
        workshop.read(SUMMER[0], [1.0] * 96)
        attack = "UPDATE energy_sources SET consumption_column = %s WHERE name = 'electricity'"
        execute(workshop.url, attack, 'energy_kwh" FROM energy_readings; DROP TABLE seus; --')
        assert workshop.all(*SUMMER)["energy_kwh"] is None
        assert workshop.ask("sec", *SUMMER) is None
        with pytest.raises(psycopg.errors.InvalidParameterValue, match="electricity"):
            workshop.all(*SUMMER, source="electricity")


class TestSec:
    def test_energy_and_units_are_of_the_same_complete_hours(self, workshop: Workshop) -> None:
        workshop.meter(900)
        workshop.read("2026-06-01 06:00+02", [1.0] * 4)  # complete, 10 units
        workshop.read("2026-06-01 07:00+02", [50.0] * 3)  # a reading is missing
        workshop.read("2026-06-01 08:00+02", [70.0] * 4)  # nothing tells production
        workshop.read("2026-06-01 09:00+02", [2.0] * 4)  # complete, half an hour of units
        workshop.make("2026-06-01 06:00+02", [2.5] * 4)
        workshop.make("2026-06-01 07:00+02", [2.5] * 4)
        workshop.make("2026-06-01 09:00+02", [7.0] * 2)
        assert workshop.ask("sec", *SUMMER) == pytest.approx(12 / 24)
        # Hours that the period cuts are left out, the units of the period are not.
        cut = workshop.all("2026-06-01 06:30+02", "2026-06-02 00:00+02")
        assert cut["sec_kwh_per_unit"] == pytest.approx(8 / 14)
        assert cut["production_count"] == 29

    def test_without_output_there_is_none(self, workshop: Workshop) -> None:
        workshop.meter(900)
        workshop.read(SUMMER[0], [1.0] * 96)
        assert workshop.ask("sec", *SUMMER) is None
        workshop.make(SUMMER[0], [0.0] * 96)
        told = workshop.all(*SUMMER)
        assert (told["sec_kwh_per_unit"], told["production_count"]) == (None, 0)

    def test_energy_that_cannot_be_converted_leaves_it_unknown(self, workshop: Workshop) -> None:
        workshop.meter(3600, "compressed_air")
        air = {"table": "compressed_air_end_use_readings", "column": "consumption_m3"}
        workshop.read(SUMMER[0], [1.0] * 24, 60, **air)
        workshop.make(SUMMER[0], [1.0] * 24, 60)
        assert workshop.ask("sec", *SUMMER, source="compressed_air") is None

    def test_each_purchased_source_has_to_be_complete(self, workshop: Workshop) -> None:
        workshop.meter(900)
        workshop.meter(3600, "natural_gas")
        execute(workshop.url, "UPDATE energy_sources SET kwh_per_unit = 10.0 WHERE unit = 'm³'")
        gas = {"table": "natural_gas_readings", "column": "consumption_m3"}
        workshop.read("2026-06-01 06:00+02", [1.0] * 8)
        workshop.read("2026-06-01 06:00+02", [3.0], **gas)
        workshop.make("2026-06-01 06:00+02", [1.0] * 8)
        assert workshop.ask("sec", *SUMMER) == pytest.approx((4 + 30) / 4)


class TestUse:
    @pytest.mark.parametrize(
        ("machine", "start", "end", "source"),
        [
            (LATHE, SUMMER[1], SUMMER[0], None),
            (LATHE, SUMMER[0], SUMMER[0], None),
            (LATHE, SUMMER[0], None, None),
            (LATHE, "-infinity", SUMMER[0], None),
            (WORKS, *SUMMER, None),
            (LATHE, *SUMMER, "plasma"),
        ],
        ids=["backwards", "empty", "no end", "endless", "unknown machine", "unknown source"],
    )
    def test_what_cannot_be_meant_is_refused(
        self, workshop: Workshop, machine: str, start: str, end: str, source: str | None
    ) -> None:
        with pytest.raises(psycopg.errors.InvalidParameterValue):
            kpis(workshop.url, "all_kpis", machine, start, end, source)

    def test_the_caller_s_settings_change_nothing(self, workshop: Workshop) -> None:
        workshop.meter(3600)
        workshop.tariff(0.10, "08:00", "20:00")
        workshop.read("2026-06-01 07:00+02", [1.0, 2.0], 60)
        with psycopg.connect(workshop.url) as connection:
            connection.execute("SET search_path = pg_catalog")
            connection.execute("SET timezone = 'Asia/Tokyo'")
            row = connection.execute(
                "SELECT enms.calculate_energy_cost(%s, %s, %s)",
                (LATHE, "2026-06-01 08:00+02", "2026-06-02 00:00+02"),
            ).fetchone()
        assert row == (Decimal("0.2"),)

    def test_each_function_says_what_it_returns(self, empty_url: str) -> None:
        described = """
            SELECT proname, obj_description(oid) FROM pg_proc
            WHERE pronamespace = 'enms'::regnamespace AND proname LIKE 'calculate%'
        """
        with psycopg.connect(empty_url) as connection:
            told = dict(connection.execute(described.encode()).fetchall())
        assert len(told) == 7
        assert all("half-open" in text for text in told.values())


PLANT_PERIODS = [
    ("2026-10-20T00:00+02:00", "2026-11-18T10:07+01:00"),  # clocks go back; the last days by minute
    ("2026-03-28T00:00+01:00", "2026-03-31T00:00+02:00"),  # clocks go forward
    ("2026-11-17T07:52:30+01:00", "2026-11-17T20:13+01:00"),  # cut within minutes
]
PLANT_SCOPES = [
    ("Compressor-1", None),
    ("Compressor-1", "compressed_air"),
    ("Boiler-1", None),
    ("Boiler-1", "natural_gas"),
    ("Boiler-1", "steam"),
    ("HVAC-EU-North", None),
]


@pytest.mark.parametrize(("start", "end"), PLANT_PERIODS)
@pytest.mark.parametrize(("machine", "source"), PLANT_SCOPES)
def test_the_plant_s_kpis_are_those_of_its_rows(
    plant_url: str, machine: str, source: str | None, start: str, end: str
) -> None:
    with psycopg.connect(plant_url, row_factory=dict_row) as connection:
        first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
        truth = walked_kpis(connection, machine, first, last, source)
    told = kpis(plant_url, "all_kpis", truth.machine_id, start, end, source)
    assert {name: told[name] for name in truth.values} == {
        name: near(value) for name, value in truth.values.items()
    }


STEEL = Path(__file__).parents[3] / "shared/data/steel/steel_industry_2018.csv.gz"


@pytest.mark.skipif(not STEEL.exists(), reason="the steel data set is not here")
def test_a_year_of_a_steel_plant_gives_the_published_figures(empty_url: str) -> None:
    works = Site(name="Steel works", timezone="Asia/Seoul")
    import_path(empty_url, STEEL, power("Steel", column="Usage_kWh"), works, stamp="end")
    with psycopg.connect(empty_url) as connection:
        row = connection.execute("SELECT id FROM machines").fetchone()
    assert row is not None
    year = ("2018-01-01 00:00+09", "2019-01-01 00:00+09")
    told = kpis(empty_url, "all_kpis", row[0], *year)
    assert round(told["energy_kwh"], 2) == 959_636.71
    assert round(told["peak_demand_kw"], 2) == 628.72
    assert round(told["load_factor"], 3) == 0.174
