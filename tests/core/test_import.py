"""Storing the readings of files: whose they are, all of them or nothing, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import ReadingsTarget, Reason, Site
from tests.conftest import Asker, run_on
from tests.core.conftest import HOURS, PRESS, Import, execute, import_path, rows, stored
from tests.core.import_runs import WORKS

READINGS = "SELECT time, energy_kwh FROM energy_readings ORDER BY time"
NOWHERE = Site()
START = datetime(2026, 1, 5)


def hours(count: int, first: datetime = START) -> list[str]:
    """Hours of 1, 2, 3, ... kWh from a local time on."""
    return [f"{first + timedelta(hours=n):%Y-%m-%d %H:%M},{n + 1}" for n in range(count)]


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
        assert (report.rows, report.stored, report.unchanged) == (299, 100, 199)
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


@pytest.mark.parametrize("kind", ["real", "numeric(6, 1)", "integer", "numeric"])
class TestCoarseColumns:
    """An adopted table may hold less of a value than the file tells."""

    FINE = ("2026-03-02 00:00,1.13", "2026-03-02 01:00,2.75", "2026-03-02 02:00,0.1")

    @pytest.fixture
    def coarse_url(self, bare_url: str, kind: str) -> str:
        execute(
            bare_url,
            f"""CREATE TABLE energy_readings (time timestamptz, machine_id uuid, energy_kwh {kind},
                                              UNIQUE (machine_id, time))""",
        )
        run_on(bare_url, lambda store: store.upgrade())
        return bare_url

    def test_a_second_import_stores_nothing_new(self, coarse_url: str, tmp_path: Path) -> None:
        assert [import_lines(coarse_url, tmp_path, self.FINE) for _ in range(2)] == [3, 0]

    def test_another_value_is_still_refused(self, coarse_url: str, tmp_path: Path) -> None:
        import_lines(coarse_url, tmp_path, self.FINE)
        with pytest.raises(ImportFailed, match="another value is stored") as caught:
            import_lines(coarse_url, tmp_path, (self.FINE[0], "2026-03-02 01:00,4.75"))
        assert caught.value.line == 3


def import_lines(url: str, folder: Path, lines: Sequence[str]) -> int:
    path = folder / "meter.csv"
    path.write_text("\n".join(("time,value", *lines)))
    return import_path(url, path).stored


class TestDestinations:
    @pytest.mark.parametrize(
        ("unit", "quantity"),
        [
            ("kWh", 7.5),
            ("Wh", 0.0075),
            ("MWh", 7500.0),
            ("MJ", 7.5 / 3.6),
            ("KWH", 7.5),
            (" mwh", 7500.0),
            (None, 7.5),
        ],
    )
    def test_values_become_the_source_s_unit(
        self, imported: Import, unit: str | None, quantity: float
    ) -> None:
        report = imported(HOURS, replace(PRESS, unit=unit))
        assert report.quantity == pytest.approx(quantity, rel=1e-12)

    @pytest.mark.parametrize(("unit", "quantity"), [("kWh", 7.5), ("MJ", 7.5 / 3.6), (None, 7.5)])
    def test_the_source_s_own_unit_may_be_written_in_other_letters(
        self, imported: Import, empty_url: str, unit: str | None, quantity: float
    ) -> None:
        execute(empty_url, "UPDATE energy_sources SET unit = 'KWH' WHERE name = 'electricity'")
        report = imported(HOURS, replace(PRESS, unit=unit))
        assert report.quantity == pytest.approx(quantity, rel=1e-12)

    def test_a_rate_and_the_origin_are_stored_with_each_reading(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(("2026-03-02 00:00,1.5", "2026-03-02 00:15,2.5"))
        told = rows(empty_url, "SELECT power_kw, data_source FROM energy_readings ORDER BY time")
        assert told == [(6.0, "import"), (10.0, "import")]

    def test_a_carrier_is_named_as_people_say_it_and_its_unit_in_plain_letters(
        self, imported: Import
    ) -> None:
        report = imported(HOURS, replace(PRESS, source="Natural gas", unit="m3"))
        assert (report.unit, report.quantity) == ("m³", 7.5)

    @pytest.mark.parametrize(
        ("site", "target", "reason"),
        [
            (Site(name="New Works"), PRESS, "say its time zone"),
            (Site(name="New Works", timezone="Mars/Base"), PRESS, "time zone"),
            (WORKS, replace(PRESS, source="plasma"), "no energy source"),
            (NOWHERE, PRESS, "no machine"),
            (WORKS, replace(PRESS, unit="m³"), "converted"),
        ],
        ids=["new factory", "unknown zone", "unknown source", "unknown machine", "wrong unit"],
    )
    def test_a_destination_that_is_not_clear_is_refused(
        self, imported: Import, empty_url: str, site: Site, target: ReadingsTarget, reason: str
    ) -> None:
        with pytest.raises(ImportFailed, match=reason):
            imported(HOURS, target, site=site)
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_a_known_machine_needs_no_factory_to_be_said(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        imported(("2026-03-02 03:00,1", "2026-03-02 04:00,1"), site=NOWHERE)
        assert stored(empty_url) == (5, 1, 1, 1)

    def test_a_machine_in_two_factories_needs_its_factory_to_be_said(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        imported(HOURS, site=Site(name="Annex", timezone="Asia/Tokyo"))
        with pytest.raises(ImportFailed, match="more than one machine"):
            imported(("2026-03-02 03:00,1", "2026-03-02 04:00,1"), site=NOWHERE)
        assert stored(empty_url) == (6, 2, 2, 2)

    def test_what_was_imported_can_be_asked_for(
        self, imported: Import, empty_url: str, engine_on: Callable[..., Asker]
    ) -> None:
        imported(HOURS)
        reply = engine_on(empty_url).ask("what did press three consume on the 2nd of March 2026")
        assert (reply.outcome, reply.data["quantity"]) == ("answered", 7.5)


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
