"""Storing the readings of files: whose they are, all of them or nothing, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Reason
from enms_core.files.tables import CHUNK_ROWS
from tests.core.conftest import HOURS, PRESS, Import, execute, hours, rows, stored

READINGS = "SELECT time, energy_kwh FROM energy_readings ORDER BY time"
START = datetime(2026, 1, 5)  # of `hours`
SHARED = """
CREATE TABLE shared (machine_id uuid, time timestamptz, kind text, kwh double precision,
                     PRIMARY KEY (machine_id, time, kind));
INSERT INTO energy_sources (name, unit, kwh_per_unit, readings_table, consumption_column,
                            carrier_column, carrier_value)
SELECT name, 'kWh', 1, 'shared', 'kwh', 'kind', name FROM unnest(ARRAY['grid', 'solar']) AS name;
"""


class TestAgain:
    def test_a_second_import_stores_nothing_new(self, imported: Import, empty_url: str) -> None:
        imported(HOURS)
        again = imported(HOURS)
        assert (again.rows, again.stored, again.unchanged) == (3, 0, 3)
        assert stored(empty_url) == (3, 1, 1, 1)

    def test_overlapping_files_store_each_interval_once(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        later = imported((*HOURS[1:], "2026-03-02 03:00,4.5"))
        assert (later.rows, later.stored, stored(empty_url)) == (3, 1, (4, 1, 1, 1))

    def test_an_earlier_file_moves_the_meter_s_beginning(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        imported(("2026-03-01 22:00,1", "2026-03-01 23:00,1"))
        meters = rows(empty_url, "SELECT nominal_interval_seconds, valid_from FROM meters")
        assert meters == [(3600, datetime.fromisoformat("2026-03-01T22:00+01:00"))]

    def test_the_same_row_twice_counts_once_and_is_told(self, imported: Import) -> None:
        report = imported((HOURS[0], *HOURS))
        assert (report.rows, report.stored, report.quantity) == (3, 3, 7.5)
        assert report.duplicates == 1

    def test_rows_in_any_order_are_stored_as_if_they_were_in_order(
        self, imported: Import, empty_url: str
    ) -> None:
        lines = hours(300)
        report = imported([*lines[200:], *lines[:120], *lines[90:200]])
        assert (report.rows, report.duplicates, report.missing_intervals) == (300, 30, 0)
        assert [row[1] for row in rows(empty_url, READINGS)] == [float(n + 1) for n in range(300)]

    def test_what_was_stored_of_others_in_the_file_s_stretch_stays_as_it_is(
        self, imported: Import, empty_url: str
    ) -> None:
        """The file is stored piece by piece as it is read, until its last row is of an earlier
        hour; then what was stored of it is taken back, and nothing else."""
        imported(hours(2, START + timedelta(hours=70_000)), timezone="UTC")
        execute(empty_url, "UPDATE energy_readings SET voltage_v = 230, data_source = 'meter'")
        lines = [*hours(CHUNK_ROWS), *hours(CHUNK_ROWS, START + timedelta(hours=80_000))]
        report = imported([*lines, *hours(1, START - timedelta(hours=1))], timezone="UTC")
        assert (report.rows, report.stored) == (2 * CHUNK_ROWS + 1,) * 2
        kept = "SELECT count(*) FROM energy_readings WHERE voltage_v = 230"
        assert rows(empty_url, kept + " AND data_source = 'meter'") == [(2,)]

    def test_what_is_taken_back_is_of_the_file_s_own_carrier_only(
        self, imported: Import, empty_url: str
    ) -> None:
        """Two carriers have one table and the same hours; only a column tells them apart."""
        execute(empty_url, SHARED)
        grid, solar = (replace(PRESS, source=name) for name in ("grid", "solar"))
        imported(hours(48), grid, timezone="UTC")
        lines = hours(CHUNK_ROWS)
        imported([*lines, *hours(1, START - timedelta(hours=1))], solar, timezone="UTC")
        told = rows(empty_url, "SELECT kind, count(*), sum(kwh) FROM shared GROUP BY 1 ORDER BY 1")
        count = CHUNK_ROWS + 1
        assert told == [
            ("grid", 48, 48 * 49 / 2), ("solar", count, CHUNK_ROWS * count / 2 + 1)
        ]  # fmt: skip

    def test_a_dry_run_tells_the_same_and_stores_nothing(
        self, imported: Import, empty_url: str
    ) -> None:
        told = imported(HOURS, dry_run=True)
        assert stored(empty_url) == (0, 0, 0, 0)
        assert rows(empty_url, "SELECT count(*) FROM audit_log") == [(0,)]
        assert imported(HOURS) == told


class TestContradictions:
    """Of two values for one time one is wrong: the importer does not choose unless it is told."""

    def test_a_small_file_that_contradicts_itself_stores_nothing(
        self, imported: Import, empty_url: str
    ) -> None:
        with pytest.raises(
            ImportFailed, match="the file has another value for this time"
        ) as caught:
            imported((*HOURS, "2026-03-02 01:00,9"))
        assert caught.value.line == 5
        assert "1 of 4 rows" in caught.value.reason
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_a_small_file_that_contradicts_what_is_stored_stores_nothing_of_it(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        with pytest.raises(ImportFailed, match="another value is stored") as caught:
            imported((HOURS[0], "2026-03-02 01:00,9", "2026-03-02 03:00,4"))
        assert caught.value.line == 3
        assert [row[1] for row in rows(empty_url, READINGS)] == [1.5, 2.5, 3.5]

    def test_few_contradictions_are_left_out_and_told(
        self, imported: Import, empty_url: str
    ) -> None:
        lines = hours(300)
        imported(lines[:200])
        changed = [*lines[:7], "2026-01-05 07:00,99", *lines[8:], "2026-01-05 09:00,77"]
        report = imported(changed)
        assert (report.rows, report.stored, report.unchanged) == (300, 100, 200)
        assert (report.missing_intervals, report.quantity) == (0, sum(range(301)))
        told = [(each.line, each.reason, each.text) for each in report.rejections]
        assert told == [
            (9, Reason.CONTRADICTS_STORED, "99"),
            (302, Reason.CONTRADICTS_FILE, "77"),
        ]
        assert [row[1] for row in rows(empty_url, READINGS)] == [float(n + 1) for n in range(300)]

    def test_a_value_that_is_refused_is_told_as_the_file_has_it(self, imported: Import) -> None:
        lines = hours(300)
        target = replace(PRESS, unit="MWh")
        imported(lines, target)
        [told] = imported([*lines[:299], "2026-01-17 11:00,0.1234"], target).rejections
        assert (told.line, told.column, told.text) == (301, "value", "0.1234")

    def test_with_replace_the_file_counts(self, imported: Import, empty_url: str) -> None:
        imported(HOURS)
        lines = (HOURS[0], "2026-03-02 01:00,9", "2026-03-02 03:00,4", "2026-03-02 03:00,5")
        report = imported(lines, replace=True)
        assert (report.rows, report.stored, report.replaced, report.unchanged) == (3, 1, 1, 1)
        assert report.quantity == 15.5
        told = rows(empty_url, "SELECT energy_kwh, power_kw FROM energy_readings ORDER BY time")
        assert told == [(1.5, 1.5), (9.0, 9.0), (3.5, 3.5), (5.0, 5.0)]

    def test_replacing_again_changes_nothing(self, imported: Import) -> None:
        imported(HOURS)
        changed = (HOURS[0], "2026-03-02 01:00,9")
        imported(changed, replace=True)
        again = imported(changed, replace=True)
        assert (again.stored, again.replaced, again.unchanged) == (0, 0, 2)

    def test_an_estimate_gives_way_to_what_was_measured(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        execute(empty_url, "UPDATE energy_readings SET energy_kwh = 9, is_estimated = true")
        report = imported(HOURS)
        assert (report.stored, report.replaced) == (0, 3)
        told = rows(empty_url, "SELECT sum(energy_kwh), bool_or(is_estimated) FROM energy_readings")
        assert told == [(7.5, False)]


class TestJitter:
    def test_stamps_that_are_all_a_little_off_are_told_once(self, imported: Import) -> None:
        """A constant delay made a remark for each row, which hid all others."""
        lines = [f"{START + timedelta(minutes=15 * n, seconds=20)},{n}" for n in range(300)]
        [remark] = imported(lines).remarks
        assert (remark.code, remark.count) == ("snapped", 300)
        first = START.replace(tzinfo=ZoneInfo("Europe/Berlin"))
        assert (remark.start, remark.end) == (first, first + timedelta(minutes=15 * 300))


class TestRejected:
    """Some bad rows are left out and told; beyond one in a hundred the file is not understood."""

    def test_up_to_one_row_in_a_hundred_is_left_out_with_its_line_and_reason(
        self, imported: Import, empty_url: str
    ) -> None:
        lines = [*hours(198), "2026-01-13 06:00,broken", "yesterday,5"]
        report = imported(lines, PRESS, time_format="%Y-%m-%d %H:%M")
        assert (report.rows, stored(empty_url)[0]) == (198, 198)
        told = [(each.line, each.reason, each.text) for each in report.rejections]
        assert told == [(200, Reason.NO_NUMBER, "broken"), (201, Reason.NO_TIME, "yesterday")]

    def test_more_than_that_stores_nothing_and_tells_how_many_and_why(
        self, imported: Import, empty_url: str
    ) -> None:
        lines = [*hours(197), *(f"2026-01-13 0{hour}:00,broken" for hour in (5, 6, 7))]
        with pytest.raises(ImportFailed, match=r"3 of 200 rows .* no number.* 'broken'") as caught:
            imported(lines)
        assert caught.value.line == 199
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_rows_without_a_value_are_no_bad_rows(self, imported: Import) -> None:
        lines = [*hours(3), *(f"2026-01-05 0{hour}:00," for hour in (3, 4)), "2026-01-05 05:00,6"]
        report = imported(lines)
        assert (report.rows, report.empty, report.missing_intervals) == (4, 2, 2)
        gap = ("2026-01-05T03:00+01:00", "2026-01-05T05:00+01:00")
        assert report.gaps == [tuple(map(datetime.fromisoformat, gap))]
        assert report.coverage_percent == pytest.approx(100 * 4 / 6)


class TestOtherIntervals:
    """Energy must not count twice, and coverage must not lie."""

    def test_intervals_across_stored_ones_are_refused(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        with pytest.raises(ImportFailed, match="across"):
            imported(("2026-03-02 00:30,1", "2026-03-02 01:30,1", "2026-03-02 02:30,1"))
        assert stored(empty_url) == (3, 1, 1, 1)

    def test_intervals_across_others_of_the_file_are_refused_and_the_first_row_stays(
        self, imported: Import, empty_url: str
    ) -> None:
        report = imported([*hours(150), "2026-01-05 04:30,9", *hours(300)[150:]], PRESS)
        assert [(each.line, each.reason) for each in report.rejections] == [
            (152, Reason.ACROSS_FILE)
        ]
        assert (report.rows, report.quantity) == (300, sum(range(301)))
