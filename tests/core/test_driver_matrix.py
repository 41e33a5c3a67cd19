"""What stands in the hours of an energy use, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from enms_core.analysis.hourly_table import DriverSpec, Floats
from tests.conftest import run_on
from tests.core.conftest import execute
from tests.core.matrix_asking import hours_of
from tests.core.matrix_works import (
    HALL,
    LATHE,
    SAW,
    SECOND,
    equal,
    feature,
    five_hours,
    status,
    value,
    weather,
)

BOTH = ("Lathe-7", "Saw-2")


def refresh(url: str) -> None:
    run_on(url, lambda store: store.refresh_rollups())


@pytest.fixture(params=["readings", "rollups"])
def hall_url(request: pytest.FixtureRequest, workshop_url: str) -> str:
    """The hall; its rollups are brought up to date, or everything is read from the rows."""
    execute(workshop_url, SECOND)
    if request.param == "rollups":
        refresh(workshop_url)
    return workshop_url


class TestUse:
    def test_is_the_sum_of_all_machines(self, hall_url: str) -> None:
        table = five_hours(hall_url, BOTH)

        assert equal(table.quantity, 6.5, 6.5, 6.5, 6.5, 6.5)
        assert table.is_complete.all()
        assert table.hours[0] * 3600 == 1_794_870_000  # 2026-11-16T23:00Z

    def test_is_not_complete_where_a_reading_of_one_machine_is_missing(self, hall_url: str) -> None:
        execute(
            hall_url,
            f"DELETE FROM energy_readings WHERE machine_id = '{SAW}' "
            "AND time = '2026-11-17T01:15+01:00'",
        )

        table = five_hours(hall_url, BOTH)

        assert table.is_complete.tolist() == [True, False, True, True, True]
        assert equal(table.quantity, 6.5, 5.5, 6.5, 6.5, 6.5)

    def test_is_unknown_where_one_machine_told_nothing(self, hall_url: str) -> None:
        execute(
            hall_url,
            f"DELETE FROM energy_readings WHERE machine_id = '{LATHE}' "
            "AND time >= '2026-11-17T03:00+01:00'",
        )

        table = five_hours(hall_url, BOTH)

        assert equal(table.quantity, 6.5, 6.5, 6.5, None, None)
        assert table.is_complete.tolist() == [True, True, True, False, False]

    def test_is_marked_where_a_reading_was_written_afterwards(self, hall_url: str) -> None:
        execute(
            hall_url,
            "UPDATE energy_readings SET data_source = 'backfill' "
            "WHERE time = '2026-11-17T02:45+01:00'",
        )

        table = five_hours(hall_url, BOTH)

        assert table.is_backfilled.tolist() == [False, False, True, False, False]

    def test_of_a_number_that_is_none_is_a_missing_reading(self, hall_url: str) -> None:
        execute(
            hall_url,
            "UPDATE energy_readings SET energy_kwh = 'NaN' "
            f"WHERE machine_id = '{SAW}' AND time = '2026-11-17T02:45+01:00'",
        )

        table = five_hours(hall_url, ["Saw-2"])

        assert equal(table.quantity, 4, 4, 3, 4, 4)
        assert table.is_complete.tolist() == [True, True, False, True, True]

    def test_is_complete_only_where_a_meter_serves_the_whole_hour(self, hall_url: str) -> None:
        """The saw's meter is replaced by one of five minutes between 01:30 and 01:45."""
        meters = f"meters WHERE machine_id = '{SAW}'"
        execute(
            hall_url,
            f"""
            INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind,
                                stamp, unit, valid_from)
            SELECT machine_id, energy_source_id, 300, kind, stamp, unit, '2026-11-17T01:45+01:00'
            FROM {meters};
            UPDATE meters SET valid_to = '2026-11-17T01:30+01:00'
            WHERE machine_id = '{SAW}' AND nominal_interval_seconds = 900;
            INSERT INTO energy_readings (machine_id, time, energy_kwh)
            SELECT '{SAW}', t, 0.25 FROM generate_series('2026-11-17T01:45+01:00'::timestamptz,
                   '2026-11-17T03:55+01:00', '5 minutes') AS t
            ON CONFLICT (machine_id, time) DO UPDATE SET energy_kwh = 0.25;
            DELETE FROM energy_readings WHERE machine_id = '{SAW}'
            AND time = '2026-11-17T01:30+01:00'
        """,
        )

        table = five_hours(hall_url, ["Saw-2"])

        assert table.is_complete.tolist() == [True, False, True, True, False]
        assert equal(table.quantity, 4, 2.75, 3, 3, 4)

    def test_of_a_meter_of_days_is_complete_in_no_hour(self, hall_url: str) -> None:
        execute(
            hall_url,
            f"UPDATE meters SET nominal_interval_seconds = 86400 WHERE machine_id = '{LATHE}'",
        )

        assert not five_hours(hall_url).is_complete.any()

    def test_without_a_meter_is_complete_with_the_usual_number_of_readings(
        self, hall_url: str
    ) -> None:
        execute(
            hall_url,
            f"DELETE FROM meters; DELETE FROM energy_readings "
            f"WHERE machine_id = '{SAW}' AND time = '2026-11-17T01:15+01:00'",
        )

        table = five_hours(hall_url, BOTH)

        assert table.is_complete.tolist() == [True, False, True, True, True]

    def test_of_a_machine_without_the_source_adds_nothing(self, hall_url: str) -> None:
        execute(
            hall_url,
            f"INSERT INTO machines (factory_id, name, type) VALUES ('{HALL}', 'Bench-1', 'bench')",
        )

        table = five_hours(hall_url, ("Lathe-7", "Bench-1"))

        assert equal(table.quantity, 2.5, 2.5, 2.5, 2.5, 2.5)
        assert table.is_complete.all()


class TestSums:
    @pytest.fixture(autouse=True)
    def made(self, hall_url: str) -> None:
        """Units: the lathe 10, 10, none told, 30; the saw 1 an hour."""
        feature(hall_url, "units", "production_data", "production_count", "SUM")
        for hour, units in (("00:00", 4), ("00:30", 6), ("01:00", 10), ("03:00", 30)):
            value(hall_url, "production_data", "production_count", LATHE, hour, units)
        for hour in range(4):
            value(hall_url, "production_data", "production_count", SAW, f"0{hour}:00", 1)

    def test_are_unknown_where_a_machine_that_tells_them_told_nothing(self, hall_url: str) -> None:
        assert equal(five_hours(hall_url).drivers["units"], 10, 10, None, 30, None)
        assert equal(five_hours(hall_url, BOTH).drivers["units"], 11, 11, None, 31, None)

    def test_leave_out_a_machine_that_never_tells_them(self, hall_url: str) -> None:
        execute(hall_url, f"DELETE FROM production_data WHERE machine_id = '{SAW}'")

        assert equal(five_hours(hall_url, BOTH).drivers["units"], 10, 10, None, 30, None)

    def test_are_the_same_from_the_rollup(self, hall_url: str) -> None:
        refresh(hall_url)

        assert equal(five_hours(hall_url, BOTH).drivers["units"], 11, 11, None, 31, None)

    def test_tell_what_they_are(self, hall_url: str) -> None:
        assert five_hours(hall_url).specs["units"] == DriverSpec(
            "units", aggregation="sum", is_production=True, is_condition=False
        )

    def test_of_rows_are_zero_where_there_is_none(self, hall_url: str) -> None:
        feature(hall_url, "entries", "production_data", None, "COUNT")
        feature(hall_url, "judged", "production_data", "good_count", "COUNT")
        value(hall_url, "production_data", "production_count", LATHE, "00:45", 0)
        execute(
            hall_url,
            "UPDATE production_data SET good_count = 3 WHERE time = '2026-11-17T03:00+01:00'",
        )

        table = five_hours(hall_url)

        assert equal(table.drivers["entries"], 3, 1, 0, 1, 0)
        assert equal(table.drivers["judged"], 0, 0, 0, 1, 0)
        assert table.specs["entries"].aggregation == "sum"


class TestSumsOfRegularRows:
    """The lathe tells 10 units each quarter of an hour of the day."""

    @pytest.fixture(autouse=True)
    def made(self, hall_url: str) -> None:
        feature(hall_url, "units", "production_data", "production_count", "SUM")
        execute(
            hall_url,
            f"""
            INSERT INTO production_data (machine_id, time, production_count)
            SELECT '{LATHE}', t, 10 FROM generate_series('2026-11-17T00:00+01:00'::timestamptz,
                   '2026-11-17T23:45+01:00', '15 minutes') AS t
            """,
        )

    def lose(self, url: str, *times: str) -> None:
        for time in times:
            execute(url, "DELETE FROM production_data WHERE time = %s", f"2026-11-17T{time}+01:00")

    def units(self, url: str) -> Floats:
        day = "2026-11-17T00:00+01:00", "2026-11-18T00:00+01:00"
        return hours_of(url, "electricity", ["Lathe-7"], *day).drivers["units"]

    def test_are_unknown_where_a_row_is_missing(self, hall_url: str) -> None:
        self.lose(hall_url, "03:15", "07:00", "07:30")

        from_rows = self.units(hall_url)
        refresh(hall_url)
        from_rollup = self.units(hall_url)

        whole = [None if hour in (3, 7) else 40.0 for hour in range(24)]
        assert equal(from_rows, *whole) and equal(from_rollup, *whole)

    def test_are_unknown_where_a_row_tells_no_number(self, hall_url: str) -> None:
        at = "time = '2026-11-17T03:15+01:00'"
        execute(hall_url, "ALTER TABLE production_data ALTER production_count DROP NOT NULL")
        execute(hall_url, f"UPDATE production_data SET production_count = NULL WHERE {at}")

        assert equal(self.units(hall_url)[2:5], 40, None, 40)

    def test_of_an_hour_with_more_rows_are_whole(self, hall_url: str) -> None:
        value(hall_url, "production_data", "production_count", LATHE, "03:20", 5)

        assert equal(self.units(hall_url)[2:5], 40, 45, 40)

    def test_of_hours_without_rows_say_nothing_of_the_others(self, hall_url: str) -> None:
        """A machine that is off at night writes nothing then."""
        execute(hall_url, "DELETE FROM production_data WHERE time < '2026-11-17T12:00+01:00'")
        self.lose(hall_url, "15:45")

        assert equal(self.units(hall_url)[11:17], None, 40, 40, 40, None, 40)

    def test_of_one_machine_do_not_tell_how_often_another_one_writes(self, hall_url: str) -> None:
        for hour in range(24):
            value(hall_url, "production_data", "production_count", SAW, f"{hour:02}:00", 1)
        self.lose(hall_url, "03:15")
        edges = "2026-11-17T00:00+01:00", "2026-11-18T00:00+01:00"

        table = hours_of(hall_url, "electricity", BOTH, *edges)

        assert equal(table.drivers["units"][2:5], 41, None, 41)

    def test_of_rows_by_event_are_what_is_there(self, hall_url: str) -> None:
        """Four rows in 21 of 24 hours are no clear majority."""
        self.lose(hall_url, "03:15", "07:00", "07:30", "09:00")

        assert equal(self.units(hall_url)[2:10], 40, 30, 40, 40, 40, 20, 40, 30)


class TestAverages:
    def test_are_weighed_by_how_long_the_values_stand_for(self, hall_url: str) -> None:
        """Volts: the lathe 230 for an hour, the saw 200 for three quarters of one."""
        feature(hall_url, "volts", "energy_readings", "voltage_v")
        execute(
            hall_url, f"UPDATE energy_readings SET voltage_v = 230 WHERE machine_id = '{LATHE}'"
        )
        execute(
            hall_url,
            f"""
            UPDATE energy_readings SET voltage_v = 200
            WHERE machine_id = '{SAW}' AND extract(minute FROM time) < 45
        """,
        )
        refresh(hall_url)

        volts = five_hours(hall_url, BOTH).drivers["volts"]

        assert equal(volts, *[(230 * 60 + 200 * 45) / 105] * 5)

    def test_weigh_quarter_hours_alike_where_no_meter_tells(self, hall_url: str) -> None:
        """Minutely 10 for a quarter hour, then one value of 20."""
        feature(hall_url, "humidity", "environmental_data", "indoor_temp_c")
        for minute in range(15):
            value(hall_url, "environmental_data", "indoor_temp_c", LATHE, f"00:{minute:02}", 10)
        value(hall_url, "environmental_data", "indoor_temp_c", LATHE, "00:45", 20)

        from_rows = five_hours(hall_url).drivers["humidity"]
        refresh(hall_url)
        from_rollup = five_hours(hall_url).drivers["humidity"]

        assert equal(from_rows, 15, None, None, None, None)
        assert equal(from_rollup, 15, None, None, None, None)

    def test_extremes_are_those_of_any_machine(self, hall_url: str) -> None:
        for kind in ("MIN", "MAX"):
            feature(hall_url, kind, "environmental_data", "indoor_temp_c", kind)
        for machine, time, degrees in (
            (LATHE, "00:10", 20),
            (LATHE, "00:50", 24),
            (SAW, "00:30", 18),
            (SAW, "01:30", 17),
        ):
            value(hall_url, "environmental_data", "indoor_temp_c", machine, time, degrees)

        table = five_hours(hall_url, BOTH)

        assert equal(table.drivers["MIN"], 18, 17, None, None, None)
        assert equal(table.drivers["MAX"], 24, 17, None, None, None)
        assert (table.specs["MIN"].aggregation, table.specs["MAX"].aggregation) == ("min", "max")


class TestWeather:
    @pytest.fixture(autouse=True)
    def cold(self, hall_url: str) -> None:
        """5 °C measured in the first three hours; 9 °C forecast for all of them."""
        feature(hall_url, "outdoor", "site_weather", "outdoor_temp_c")
        for hour in range(5):
            weather(hall_url, f"0{hour}:00", "outdoor_temp_c", 9.0, is_forecast=True)
        for hour in range(3):
            weather(hall_url, f"0{hour}:00", "outdoor_temp_c", 5.0)

    def test_is_that_of_the_site_as_it_was_and_never_a_forecast(self, hall_url: str) -> None:
        assert equal(five_hours(hall_url).drivers["outdoor"], 5, 5, 5, None, None)

    def test_of_a_machine_wins_over_that_of_its_site(self, hall_url: str) -> None:
        feature(hall_url, "indoor", "environmental_data", "indoor_temp_c")
        value(hall_url, "environmental_data", "outdoor_temp_c", LATHE, "01:00", 30.0)
        value(hall_url, "environmental_data", "outdoor_temp_c", LATHE, "03:00", 40.0)

        before = five_hours(hall_url, BOTH).drivers["outdoor"]
        refresh(hall_url)

        assert equal(before, 5, (30 * 900 + 5 * 900) / 1800, 5, 40, None)
        assert equal(five_hours(hall_url).drivers["outdoor"], 5, 30, 5, 40, None)
        assert np.array_equal(five_hours(hall_url, BOTH).drivers["outdoor"], before, equal_nan=True)

    def test_a_temperature_of_readings_is_none_of_the_weather(self, hall_url: str) -> None:
        """Readings may have a column of the same name: that of the gas, not of the air."""
        feature(hall_url, "air", "site_weather", "temperature_c")
        feature(hall_url, "gas_temp", "natural_gas_readings", "temperature_c", "AVG", "natural_gas")
        execute(hall_url, "ALTER TABLE site_weather ADD temperature_c float8")
        execute(hall_url, "UPDATE site_weather SET temperature_c = 1 WHERE NOT is_forecast")
        value(hall_url, "natural_gas_readings", "consumption_m3", LATHE, "00:00", 1)
        execute(hall_url, "UPDATE natural_gas_readings SET temperature_c = 50")

        assert equal(five_hours(hall_url).drivers["air"], 1, 1, 1, None, None)

    @pytest.mark.parametrize("place", [("site_weather", "outdoor_temp_c"), (None, None)])
    def test_makes_degree_days(self, hall_url: str, place: tuple[str | None, str | None]) -> None:
        feature(hall_url, "heating_degree_days", *place, "CUSTOM")
        feature(hall_url, "cooling_degree_days", *place, "CUSTOM")

        table = five_hours(hall_url)

        for name, kind in (("heating_degree_days", "heating"), ("cooling_degree_days", "cooling")):
            assert equal(table.drivers[name], 5, 5, 5, None, None)
            assert table.specs[name] == DriverSpec(name, kind=kind, is_condition=False)


class TestStatus:
    @pytest.fixture(autouse=True)
    def history(self, hall_url: str) -> None:
        feature(hall_url, "operating_hours", None, None, "CUSTOM")
        for time, mode in (
            ("00:30", "running"),
            ("02:15", "idle"),
            ("02:45", "running"),
            ("03:54", "fault"),
            ("04:00", "idle"),
        ):
            status(hall_url, LATHE, time, mode)

    def test_is_the_part_of_the_hour_in_which_the_machine_ran(self, hall_url: str) -> None:
        table = five_hours(hall_url)

        assert equal(table.running, None, 1, 0.5, 0.9, 0)
        assert equal(table.drivers["operating_hours"], None, 1, 0.5, 0.9, 0)
        assert table.is_stopped.tolist() == [False, False, False, True, False]
        assert table.specs["operating_hours"].aggregation == "sum"

    def test_of_several_machines_is_that_of_one_at_least(self, hall_url: str) -> None:
        for time, mode in (("00:00", "off"), ("02:30", "running"), ("03:30", "idle")):
            status(hall_url, SAW, time, mode)

        table = five_hours(hall_url, BOTH)

        assert equal(table.running, 0.5, 1, 0.75, 0.9, 0)
        assert equal(table.drivers["operating_hours"], 0, 1, 1, 1.4, 0)
        assert table.is_stopped.tolist() == [True, True, True, True, False]

    def test_begins_with_the_last_change_before(self, hall_url: str) -> None:
        execute(hall_url, "UPDATE machine_status_history SET time = time - interval '1 day'")

        assert equal(five_hours(hall_url).running, 0, 0, 0, 0, 0)

    def test_is_unknown_without_a_history(self, hall_url: str) -> None:
        table = five_hours(hall_url, ["Saw-2"])

        assert np.isnan(table.running).all()
        assert np.isnan(table.drivers["operating_hours"]).all()
        assert not table.is_stopped.any()


class TestAnothersUse:
    def test_is_the_sum_of_the_machines_and_unknown_where_readings_are_missing(
        self, hall_url: str
    ) -> None:
        feature(hall_url, "power", "energy_readings", "energy_kwh", "SUM", "compressed_air")
        execute(
            hall_url,
            f"DELETE FROM energy_readings WHERE machine_id = '{SAW}' "
            "AND time = '2026-11-17T01:15+01:00'",
        )

        table = five_hours(hall_url, BOTH, source="compressed_air")

        assert equal(table.drivers["power"], 6.5, None, 6.5, 6.5, 6.5)
        assert not table.is_complete.any()
        assert not table.specs["power"].is_production


class TestJson:
    @pytest.mark.parametrize(
        ("column", "facts", "found"),
        [
            ("metadata->moisture", '{"moisture": 12.5}', 12.5),
            ("metadata->>'moisture'", '{"moisture": "12.5"}', 12.5),
            ("metadata -> 'batch' ->> 'dry matter'", '{"batch": {"dry matter": -3}}', -3),
            ("metadata->values->1", '{"values": [1, 2]}', 2),
            ("metadata->moisture", '{"moisture": "wet"}', None),
            ("metadata->moisture", '{"moisture": true}', None),
            ("metadata->moisture", '{"moisture": {"a": 1}}', None),
            ("metadata->moisture", '{"moisture": null}', None),
            ("metadata->moisture", '{"moisture": "NaN"}', None),
            ("metadata->moisture", '{"moisture": ""}', None),
            ("metadata->moisture", '{"moisture": "."}', None),
            ("metadata->moisture", '{"moisture": "1.2.3"}', None),
            ("metadata->moisture", '{"moisture": 1e400}', None),
            ("metadata->moisture", '{"moisture": "1e999"}', None),
            ("metadata->moisture", '{"moisture": 1.5e3}', 1500),
            ("metadata->moisture", "[1]", None),
            ("metadata->moisture", "17", None),
        ],
    )
    def test_a_number_at_a_path_is_read_and_what_is_none_is_unknown(
        self, hall_url: str, column: str, facts: str, found: float | None
    ) -> None:
        feature(hall_url, "wet", "production_data", column)
        value(hall_url, "production_data", "production_count", LATHE, "01:00", 1)
        execute(hall_url, "UPDATE production_data SET metadata = %s::jsonb", facts)

        from_rows = five_hours(hall_url).drivers["wet"]
        refresh(hall_url)
        from_rollup = five_hours(hall_url).drivers["wet"]

        assert equal(from_rows, None, found, None, None, None)
        assert equal(from_rollup, None, found, None, None, None)


def test_a_driver_that_nobody_registered_is_unknown(workshop_url: str) -> None:
    table = five_hours(workshop_url, drivers=["humidity"])

    assert np.isnan(table.drivers["humidity"]).all()
    assert table.specs["humidity"].name == "humidity"


def test_only_whole_hours_of_a_period_are_told(workshop_url: str) -> None:
    edges = "2026-11-17T02:10+01:00", "2026-11-17T05:50+01:00"

    assert len(hours_of(workshop_url, "electricity", ["Lathe-7"], *edges)) == 2


def test_a_period_shorter_than_an_hour_has_none(workshop_url: str) -> None:
    edges = "2026-11-17T02:10+01:00", "2026-11-17T02:50+01:00"
    table = hours_of(workshop_url, "electricity", ["Lathe-7"], *edges)

    assert len(table) == len(table.quantity) == len(table.local_day) == 0


def test_days_of_a_zone_between_the_hours_have_24_of_them(workshop_url: str) -> None:
    execute(workshop_url, "UPDATE factories SET timezone = 'Asia/Kolkata'")
    edges = "2026-11-17T00:00+05:30", "2026-11-19T00:00+05:30"

    table = hours_of(workshop_url, "electricity", ["Lathe-7"], *edges)

    assert np.bincount(table.local_day - table.local_day[0]).tolist() == [24, 24]
