"""What goes with readings: pieces made, weather and states are stored by the rules of readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    ProductionTarget,
    Reason,
    StatusTarget,
    WeatherTarget,
)
from enms_core.storage.imports.companions import storing_rank
from tests.core.conftest import FACTORY, Keep, counts, execute, refused, rows

HOUR = timedelta(hours=1)
PIECES = ProductionTarget(column="pieces", machine="Lathe-7", interval=HOUR)
GOOD = ProductionTarget(column="good", machine="Lathe-7", interval=HOUR, quantity="good_count")
STATUS = StatusTarget(column="state", machine="Lathe-7")
CELSIUS = WeatherTarget(column="temp", quantity="outdoor_temp_c")
FAHRENHEIT = WeatherTarget(column="tempF", quantity="outdoor_temp_c", unit="°F")


def at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=timezone.utc)


class TestWeather:
    TEMPERATURES = "SELECT time, outdoor_temp_c FROM site_weather ORDER BY time"

    def test_fahrenheit_is_stored_as_celsius(self, keep: Keep, workshop_url: str) -> None:
        report = keep(FAHRENHEIT, [("00:00", 68.0), ("01:00", 14.0), ("02:00", -40.0)])
        stored = [value for _time, value in rows(workshop_url, self.TEMPERATURES)]
        assert stored == pytest.approx([20.0, -10.0, -40.0], abs=1e-12)
        assert (counts(report), report.unit, report.quantity) == ((3, 3, 0, 0), "°C", None)

    def test_it_belongs_to_the_site_and_is_no_forecast(self, keep: Keep, workshop_url: str) -> None:
        keep(CELSIUS, [("00:00", 5.0)])
        told = rows(workshop_url, "SELECT factory_id, time, is_forecast FROM site_weather")
        assert told == [(FACTORY, at(0), False)]

    def test_a_forecast_of_the_same_hour_stays_what_it_is(
        self, keep: Keep, workshop_url: str
    ) -> None:
        execute(
            workshop_url,
            "INSERT INTO site_weather (factory_id, time, outdoor_temp_c, is_forecast) "
            f"VALUES ('{FACTORY}', '2026-03-02T00:00Z', 9, true)",
        )
        report = keep(CELSIUS, [("00:00", 5.0)])
        told = rows(workshop_url, "SELECT outdoor_temp_c, is_forecast FROM site_weather ORDER BY 2")
        assert (counts(report), told) == ((1, 1, 0, 0), [(5.0, False), (9.0, True)])

    def test_humidity_and_wind_join_the_row_of_the_temperature(
        self, keep: Keep, workshop_url: str
    ) -> None:
        keep(CELSIUS, [("00:00", 5.0)])
        humid = WeatherTarget(column="rh", quantity="outdoor_humidity_percent", unit="%")
        windy = WeatherTarget(column="wind", quantity="wind_speed_m_s", unit="km/h")
        reports = [keep(humid, [("00:00", 81.0)]), keep(windy, [("00:00", 36.0), ("01:00", 18.0)])]
        told = rows(
            workshop_url,
            "SELECT outdoor_temp_c, outdoor_humidity_percent, wind_speed_m_s FROM site_weather "
            "ORDER BY time",
        )
        assert [counts(each) for each in reports] == [(1, 1, 0, 0), (2, 2, 0, 0)]
        assert told == [(5.0, 81.0, pytest.approx(10.0)), (None, None, pytest.approx(5.0))]

    def test_what_no_weather_can_be_is_refused(self, keep: Keep, workshop_url: str) -> None:
        report = keep(CELSIUS, [("00:00", 5.0), ("01:00", 68.5)])
        assert refused(report) == [(3, Reason.IMPOSSIBLE, "68.5")]
        assert rows(workshop_url, self.TEMPERATURES) == [(at(0), 5.0)]

    @pytest.mark.parametrize("kind", ["real", "numeric(6, 1)", "integer"])
    def test_a_column_that_holds_less_of_a_value_contradicts_nothing(
        self, keep: Keep, workshop_url: str, kind: str
    ) -> None:
        execute(workshop_url, f"ALTER TABLE site_weather ALTER outdoor_temp_c TYPE {kind}")
        fine = [("00:00", 1.13), ("01:00", 2.75)]
        assert [counts(keep(CELSIUS, fine)) for _ in range(2)] == [(2, 2, 0, 0), (2, 0, 0, 2)]
        assert len(keep(CELSIUS, [("01:00", 4.75)]).rejections) == 1

    def test_another_unit_than_one_of_temperature_is_refused(self, keep: Keep) -> None:
        with pytest.raises(ImportFailed, match="kWh cannot be converted to °C"):
            keep(WeatherTarget(column="t", quantity="outdoor_temp_c", unit="kWh"), [("00:00", 5.0)])


class TestAgain:
    """The same for amounts of all kinds: here of pieces."""

    COUNTS = "SELECT time, production_count FROM production_data ORDER BY time"
    TOLD = (("00:00", 10.0), ("01:00", 12.0), ("02:00", 0.0))

    def test_a_second_time_changes_nothing(self, keep: Keep, workshop_url: str) -> None:
        first = keep(PIECES, self.TOLD)
        before = rows(workshop_url, self.COUNTS)
        again = keep(PIECES, self.TOLD)
        assert (counts(first), counts(again)) == ((3, 3, 0, 0), (3, 0, 0, 3))
        assert rows(workshop_url, self.COUNTS) == before
        assert (again.quantity, again.first, again.last) == (22.0, at(0), at(2))

    def test_another_value_for_a_stored_time_is_refused(
        self, keep: Keep, workshop_url: str
    ) -> None:
        keep(PIECES, self.TOLD)
        report = keep(PIECES, [("01:00", 13.0), ("03:00", 4.0)])
        assert refused(report) == [(2, Reason.CONTRADICTS_STORED, "13")]
        assert (counts(report), report.quantity) == ((2, 1, 0, 1), 16.0)
        stored = [value for _time, value in rows(workshop_url, self.COUNTS)]
        assert stored == [10.0, 12.0, 0.0, 4.0]

    def test_it_replaces_the_stored_one_where_that_was_asked_for(
        self, keep: Keep, workshop_url: str
    ) -> None:
        keep(PIECES, self.TOLD)
        report = keep(PIECES, [("00:00", 10.0), ("01:00", 13.0), ("03:00", 4.0)], replace=True)
        assert (counts(report), refused(report)) == ((3, 1, 1, 1), [])
        stored = [value for _time, value in rows(workshop_url, self.COUNTS)]
        assert stored == [10.0, 13.0, 0.0, 4.0]

    def test_the_first_of_two_values_in_the_file_stays(self, keep: Keep, workshop_url: str) -> None:
        report = keep(PIECES, [("00:00", 10.0), ("00:00", 11.0), ("00:00", 10.0)])
        assert refused(report) == [(3, Reason.CONTRADICTS_FILE, "11")]
        assert (report.duplicates, rows(workshop_url, self.COUNTS)) == (1, [(at(0), 10.0)])

    def test_with_replacing_the_last_one_wins(self, keep: Keep, workshop_url: str) -> None:
        report = keep(PIECES, [("00:00", 10.0), ("00:00", 11.0)], replace=True)
        assert (report.duplicates, refused(report)) == (1, [])
        assert rows(workshop_url, self.COUNTS) == [(at(0), 11.0)]


class TestProduction:
    def test_an_hour_whose_other_count_is_refused_is_no_missing_one(self, keep: Keep) -> None:
        keep(PIECES, [("01:00", 12.0)])
        report = keep(PIECES, [("00:00", 1.0), ("01:00", 13.0), ("02:00", 1.0)])
        assert (len(report.rejections), report.missing_intervals) == (1, 0)
        assert (counts(report), report.quantity) == ((3, 2, 0, 1), 14.0)

    def test_a_column_of_whole_numbers_tells_what_it_makes_of_pieces(
        self, keep: Keep, workshop_url: str
    ) -> None:
        """It holds 400 of 560: that was reported as stored whole."""
        execute(
            workshop_url,
            "DROP VIEW enms.production_data_15min, enms.production_data_1hour CASCADE;"
            "ALTER TABLE production_data ALTER production_count TYPE integer",
        )
        report = keep(PIECES, [("00:00", 1000.4), ("01:00", 12.0)])
        stored = [value for _time, value in rows(workshop_url, TestAgain.COUNTS)]
        assert (stored, report.quantity) == ([1000, 12], 1012.0)
        [remark] = report.remarks
        assert (remark.code, remark.quantity) == ("rounded", pytest.approx(-0.4))
        with pytest.raises(ImportFailed, match=r"1\.4 .* would make 1$"):
            keep(PIECES, [("03:00", 1.4)])

    def test_hours_that_are_missing_are_told(self, keep: Keep) -> None:
        report = keep(PIECES, [("00:00", 1.0), ("01:00", 1.0), ("04:00", 1.0)])
        assert (report.missing_intervals, report.gap_count) == (2, 1)
        assert (list(report.gaps), report.coverage_percent) == ([(at(2), at(4))], 60.0)

    def test_good_pieces_join_the_pieces_made(self, keep: Keep, workshop_url: str) -> None:
        keep(PIECES, [("00:00", 10.0), ("01:00", 12.0)])
        report = keep(GOOD, [("00:00", 9.0), ("01:00", 12.0)])
        told = rows(
            workshop_url, "SELECT production_count, good_count FROM production_data ORDER BY time"
        )
        assert (counts(report), told) == ((2, 2, 0, 0), [(10.0, 9.0), (12.0, 12.0)])

    def test_good_pieces_of_nothing_counted_are_refused(
        self, keep: Keep, workshop_url: str
    ) -> None:
        report = keep(GOOD, [("00:00", 9.0)])
        assert refused(report) == [(2, Reason.NO_COUNT, "9")]
        assert rows(workshop_url, "SELECT FROM production_data") == []

    def test_pieces_have_no_unit(self, keep: Keep) -> None:
        with pytest.raises(ImportFailed, match="'pieces' counts pieces: they have no unit"):
            keep(replace(PIECES, unit="kg"), [("00:00", 9.0)])

    def test_pieces_made_are_stored_before_good_ones(self) -> None:
        assert sorted([GOOD, STATUS, PIECES], key=storing_rank) == [STATUS, PIECES, GOOD]

    def test_an_interval_across_another_of_the_file_is_refused(self, keep: Keep) -> None:
        report = keep(PIECES, [("00:00", 1.0), ("00:30", 2.0), ("01:00", 3.0)])
        assert refused(report) == [(3, Reason.ACROSS_FILE, "2")]
        assert (report.rows, report.quantity) == (2, 4.0)

    def test_an_interval_across_stored_ones_is_refused(self, keep: Keep) -> None:
        keep(PIECES, [("00:00", 1.0), ("01:00", 2.0)])
        report = keep(PIECES, [("00:30", 5.0), ("02:00", 3.0)])
        assert refused(report) == [(2, Reason.ACROSS_STORED, "5")]
        assert counts(report) == (1, 1, 0, 0)
