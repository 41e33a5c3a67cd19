"""A meter's file: each stamp becomes its instant, each value a number, or the file is refused."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from tests.core.conftest import HOURS, PRESS, Import, import_path, rows, stored

READINGS = "SELECT time, energy_kwh FROM energy_readings ORDER BY time"


def starts(url: str) -> list[object]:
    """Starts of the stored intervals."""
    return [row[0] for row in rows(url, READINGS)]


def instants(*written: str) -> list[datetime]:
    return [datetime.fromisoformat(each) for each in written]


class TestStamps:
    def test_stamps_are_local_time_of_the_factory(self, imported: Import, empty_url: str) -> None:
        report = imported(HOURS)
        assert starts(empty_url) == instants(
            "2026-03-02T00:00+01:00", "2026-03-02T01:00+01:00", "2026-03-02T02:00+01:00"
        )
        assert (report.rows, report.stored, report.quantity) == (3, 3, 7.5)
        assert (report.interval, report.missing_intervals) == (timedelta(hours=1), 0)

    def test_a_stamp_at_the_end_belongs_to_the_interval_before_it(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS, stamp="end")
        assert starts(empty_url)[0] == instants("2026-03-01T23:00+01:00")[0]

    def test_midnight_written_last_in_its_day_is_the_end_of_that_day(
        self, imported: Import, empty_url: str
    ) -> None:
        lines = ("2026-03-02 23:30,1", "2026-03-02 23:45,2", "2026-03-02 00:00,3",
                 "2026-03-03 00:15,4")  # fmt: skip
        report = imported(lines, stamp="end")
        assert rows(empty_url, READINGS)[-2:] == [
            (instants("2026-03-02T23:45+01:00")[0], 3.0),
            (instants("2026-03-03T00:00+01:00")[0], 4.0),
        ]
        assert report.missing_intervals == 0

    @pytest.mark.parametrize(
        ("lines", "first"),
        [
            (("13/02/2026 00:00,1", "13/02/2026 01:00,1"), "2026-02-13T00:00+01:00"),
            (("02/13/2026 00:00,1", "02/13/2026 01:00,1"), "2026-02-13T00:00+01:00"),
            (("01.02.2026 00:00,1", "01.02.2026 01:00,1"), "2026-02-01T00:00+01:00"),
            (("2026-02-01T00:00Z,1", "2026-02-01T01:00Z,1"), "2026-02-01T00:00+00:00"),
            (("2026-02-01T00:00-06:00,1", "2026-02-01T01:00-06:00,1"), "2026-02-01T06:00+00:00"),
        ],
        ids=["day first", "month first", "points", "UTC", "offset"],
    )
    def test_the_way_in_which_times_are_written_is_found(
        self, imported: Import, empty_url: str, lines: Sequence[str], first: str
    ) -> None:
        imported(lines)
        assert starts(empty_url)[0] == instants(first)[0]

    def test_times_that_fit_day_first_and_month_first_are_refused(
        self, imported: Import, empty_url: str
    ) -> None:
        with pytest.raises(ImportFailed, match="--time-format"):
            imported(("01/02/2026 00:00,1", "01/02/2026 01:00,1"))
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_a_way_of_writing_that_was_said_is_taken(
        self, imported: Import, empty_url: str
    ) -> None:
        lines = ("01/02/2026 00:00,1", "01/02/2026 01:00,1")
        imported(lines, time_format="%m/%d/%Y %H:%M")
        assert starts(empty_url)[0] == instants("2026-01-02T00:00+01:00")[0]

    def test_the_zone_of_a_file_may_be_another_than_its_factory_s(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS, timezone="UTC")
        assert starts(empty_url)[0] == instants("2026-03-02T00:00+00:00")[0]

    def test_the_hour_that_a_clock_change_repeats_is_stored_twice(
        self, imported: Import, empty_url: str
    ) -> None:
        written = ("01:30", "02:00", "02:30", "02:00", "02:30", "03:00")
        report = imported([f"2026-10-25 {at},1" for at in written])
        assert starts(empty_url) == instants(
            "2026-10-25T01:30+02:00", "2026-10-25T02:00+02:00", "2026-10-25T02:30+02:00",
            "2026-10-25T02:00+01:00", "2026-10-25T02:30+01:00", "2026-10-25T03:00+01:00",
        )  # fmt: skip
        assert report.missing_intervals == 0

    def test_the_hour_that_a_clock_change_skips_is_no_gap(self, imported: Import) -> None:
        written = ("01:00", "01:30", "03:00", "03:30")
        assert imported([f"2026-03-29 {at},1" for at in written]).missing_intervals == 0

    def test_a_time_in_the_skipped_hour_is_refused(self, imported: Import, empty_url: str) -> None:
        with pytest.raises(ImportFailed, match="clocks went forward") as caught:
            imported(("2026-03-29 01:00,1", "2026-03-29 02:00,1", "2026-03-29 03:00,1"))
        assert caught.value.line == 3
        assert stored(empty_url) == (0, 0, 0, 0)


class TestFiles:
    @pytest.mark.parametrize(
        "encode", [lambda raw: b"\xef\xbb\xbf" + raw, gzip.compress], ids=["mark", "gzip"]
    )
    def test_a_byte_order_mark_and_gzip_make_no_difference(
        self, imported: Import, encode: Callable[[bytes], bytes]
    ) -> None:
        assert imported(HOURS, encode=encode).quantity == 7.5

    def test_a_torn_gzip_stores_nothing(self, imported: Import, empty_url: str) -> None:
        with pytest.raises(ImportFailed, match="cannot be read"):
            imported(HOURS, encode=lambda raw: gzip.compress(raw)[:-9])
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_a_file_that_breaks_off_far_behind_its_begin_stores_nothing(
        self, imported: Import, empty_url: str
    ) -> None:
        """Its first rows are stored already when the end is found to be missing."""
        first = datetime(2026, 1, 1)
        lines = [f"{first + timedelta(minutes=n)},{n % 7}" for n in range(120_000)]
        with pytest.raises(ImportFailed, match="cannot be read"):
            imported(lines, encode=lambda raw: gzip.compress(raw)[:-9])
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_a_file_that_is_not_there_is_told(self, empty_url: str, tmp_path: Path) -> None:
        with pytest.raises(ImportFailed, match=r"lost\.csv"):
            import_path(empty_url, tmp_path / "lost.csv")

    def test_columns_are_found_by_name_and_numbers_may_have_a_decimal_comma(
        self, empty_url: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "meter.csv"
        path.write_text("status;kWh;when\nok;1.234,5;2026-03-02 00:00\nok;0,5;2026-03-02 01:00\n")
        target = replace(PRESS, column="kWh")
        assert import_path(empty_url, path, target, time_column="when").quantity == 1235.0

    def test_rows_without_a_value_are_missing_intervals(
        self, imported: Import, empty_url: str
    ) -> None:
        report = imported((HOURS[0], "2026-03-02 01:00,", "", HOURS[2]))
        assert (report.rows, report.missing_intervals) == (2, 1)
        assert len(starts(empty_url)) == 2

    @pytest.mark.parametrize("value", ["-1", "inf", "1e16", "one"])
    def test_a_value_that_is_no_amount_is_refused_with_its_line(
        self, imported: Import, empty_url: str, value: str
    ) -> None:
        with pytest.raises(ImportFailed) as caught:
            imported((*HOURS, f"2026-03-02 03:00,{value}"))
        assert caught.value.line == 5
        assert stored(empty_url) == (0, 0, 0, 0)

    @pytest.mark.parametrize(
        ("lines", "reason"),
        [
            ((), "no rows"),
            (HOURS[:1], "interval"),
            (("2026-03-02 00:00,", "2026-03-02 01:00,"), "no value"),
            (("yesterday,1", "today,2"), "time"),
            ((*HOURS, "2026-03-02 03:00"), "too few columns"),
        ],
        ids=["empty", "one row", "blank", "no times", "short row"],
    )
    def test_a_file_without_readings_is_refused(
        self, imported: Import, empty_url: str, lines: Sequence[str], reason: str
    ) -> None:
        with pytest.raises(ImportFailed, match=reason):
            imported(lines)
        assert stored(empty_url) == (0, 0, 0, 0)


class TestDays:
    """A daily meter's interval is the local day, which a clock change makes longer or shorter."""

    DAYS = ("2026-10-25 00:00,1", "2026-10-26 00:00,2", "2026-10-27 00:00,3", "2026-10-28 00:00,4")

    def test_a_day_that_ends_at_a_stamp_begins_at_the_midnight_before(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(self.DAYS, stamp="end")
        assert starts(empty_url) == instants(
            "2026-10-24T00:00+02:00",
            "2026-10-25T00:00+02:00",
            "2026-10-26T00:00+01:00",
            "2026-10-27T00:00+01:00",
        )


class TestOrderAndHeader:
    def test_a_file_that_runs_backwards_is_stored_as_if_it_ran_forwards(
        self, imported: Import, empty_url: str
    ) -> None:
        report = imported(tuple(reversed(HOURS)))
        assert (report.quantity, report.missing_intervals) == (7.5, 0)
        assert [row[1] for row in rows(empty_url, READINGS)] == [1.5, 2.5, 3.5]

    def test_a_file_without_a_header_is_refused(self, tmp_path: Path, empty_url: str) -> None:
        path = tmp_path / "bare.csv"
        path.write_text("\n".join(HOURS), encoding="utf-8")
        with pytest.raises(ImportFailed, match="header"):
            import_path(empty_url, path)
        assert stored(empty_url) == (0, 0, 0, 0)
