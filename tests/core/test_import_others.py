"""What goes with readings: pieces made, weather and states are stored by the rules of readings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from enms_core.analysis.import_chunk import TargetChunk
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    ProductionTarget,
    Reason,
    StatusTarget,
    TargetReport,
    WeatherTarget,
)
from enms_core.storage.bulk import driver_connection
from enms_core.storage.imports.companions import Companion, store_companion, storing_rank
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.tally import Tally
from enms_core.storage.store import Store
from tests.conftest import Asker, run_on
from tests.core.conftest import execute, rows

FACTORY = UUID("00000000-0000-0000-0000-00000000000f")
LATHE = UUID("00000000-0000-0000-0000-0000000000a1")
HOUR = timedelta(hours=1)
PIECES = ProductionTarget(column="pieces", machine="Lathe-7", interval=HOUR)
GOOD = ProductionTarget(column="good", machine="Lathe-7", interval=HOUR, quantity="good_count")
STATUS = StatusTarget(column="state", machine="Lathe-7")
CELSIUS = WeatherTarget(column="temp", quantity="outdoor_temp_c")
FAHRENHEIT = WeatherTarget(column="tempF", quantity="outdoor_temp_c", unit="°F")

Row = tuple[str, float | str]
Keep = Callable[..., TargetReport]


@pytest.fixture
def keep(workshop_url: str) -> Keep:
    """Stores rows of (hour of 2 March 2026 in UTC, value), which stand in lines from the second."""

    def run(target: Companion, told: Sequence[Row], *, replace: bool = False) -> TargetReport:
        report = run_on(workshop_url, lambda store: _kept(store, target, told, replace))
        assert isinstance(report, TargetReport)
        return report

    return run


async def _kept(
    store: Store, target: Companion, told: Sequence[Row], replace: bool
) -> TargetReport:
    is_text = isinstance(target, StatusTarget)
    values = [value for _hour, value in told]
    chunk = TargetChunk(
        target=0,
        lines=np.arange(2, 2 + len(told)),
        instants=np.array([f"2026-03-02T{hour}" for hour, _value in told], dtype="datetime64[us]"),
        values=[str(value) for value in values] if is_text else np.array(values, dtype=float),
    )
    owner = FACTORY if isinstance(target, WeatherTarget) else LATHE
    async with store.registers.session() as session:
        connection = await driver_connection(session)
        staging = Staging(connection, 0, Tally(target.column, rows=len(told)), is_text=is_text)
        await staging.create()
        await staging.add(chunk)
        return await store_companion(
            connection, target, staging, owner, ZoneInfo("Europe/Berlin"), replace=replace
        )


def counts(report: TargetReport) -> tuple[int, int, int, int]:
    """Rows, stored now, replaced, there already."""
    return report.rows, report.stored, report.replaced, report.unchanged


def refused(report: TargetReport) -> list[tuple[int, Reason, str]]:
    return [(each.line, each.reason, each.text) for each in report.rejections]


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
            "DROP VIEW enms.production_data_15min, enms.production_data_1hour, enms.production_data_1day CASCADE;"
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


class TestStatus:
    HISTORY = "SELECT time, mode, is_running FROM machine_status_history ORDER BY time"
    TOLD = (("00:00", "running"), ("01:00", "running"), ("02:00", "idle"), ("03:00", "running"))

    def test_changes_are_stored_and_repetitions_are_not(
        self, keep: Keep, workshop_url: str
    ) -> None:
        report = keep(STATUS, self.TOLD)
        assert counts(report) == (3, 3, 0, 0)
        assert rows(workshop_url, self.HISTORY) == [
            (at(0), "running", True),
            (at(2), "idle", False),
            (at(3), "running", True),
        ]

    def test_a_second_time_changes_nothing(self, keep: Keep, workshop_url: str) -> None:
        keep(STATUS, self.TOLD)
        before = rows(workshop_url, self.HISTORY)
        assert counts(keep(STATUS, self.TOLD)) == (3, 0, 0, 3)
        assert rows(workshop_url, self.HISTORY) == before

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["older first", "newer first"])
    def test_files_give_the_same_history_in_any_order(
        self, keep: Keep, workshop_url: str, order: tuple[int, int]
    ) -> None:
        files = (self.TOLD, (("04:00", "running"), ("05:00", "off")))
        for number in order:
            keep(STATUS, files[number])
        modes = [(time, mode) for time, mode, _is_running in rows(workshop_url, self.HISTORY)]
        assert modes == [
            (at(0), "running"), (at(2), "idle"), (at(3), "running"), (at(4), "running"),
            (at(5), "off"),
        ]  # fmt: skip

    def test_another_state_for_a_stored_time_is_refused(
        self, keep: Keep, workshop_url: str
    ) -> None:
        keep(STATUS, self.TOLD)
        before = rows(workshop_url, self.HISTORY)
        report = keep(STATUS, [("00:00", "running"), ("02:00", "fault")])
        assert refused(report) == [(3, Reason.CONTRADICTS_STORED, "fault")]
        assert (counts(report), rows(workshop_url, self.HISTORY)) == ((1, 0, 0, 1), before)

    def test_a_repetition_still_replaces_another_stored_state(
        self, keep: Keep, workshop_url: str
    ) -> None:
        keep(STATUS, self.TOLD)
        report = keep(STATUS, [(hour, "running") for hour, _mode in self.TOLD], replace=True)
        modes = [mode for _time, mode, _is_running in rows(workshop_url, self.HISTORY)]
        assert (counts(report), modes) == ((3, 0, 1, 2), ["running"] * 3)

    def test_the_present_state_is_the_last_one_told(self, keep: Keep, workshop_url: str) -> None:
        present = "SELECT current_mode, is_running, last_updated FROM machine_status"
        keep(STATUS, self.TOLD)
        assert rows(workshop_url, present) == [("running", True, at(3))]
        keep(STATUS, [("04:00", "running"), ("05:00", "off"), ("06:00", "off")])
        assert rows(workshop_url, present) == [("off", False, at(6))]
        keep(STATUS, [("05:30", "fault")])
        assert rows(workshop_url, present) == [("off", False, at(6))]

    def test_what_is_stored_can_be_asked_for(
        self, keep: Keep, workshop_url: str, engine_on: Callable[..., Asker]
    ) -> None:
        keep(STATUS, self.TOLD)
        reply = engine_on(workshop_url).ask("how long did lathe seven run on the 2nd of March 2026")
        assert reply.outcome == "answered"
