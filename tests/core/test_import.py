"""Storing the readings of files: whose they are, all of them or nothing, once."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.storage.importing import Destination
from enms_core.storage.meter_file import FileFormat
from tests.conftest import Asker, run_on
from tests.core.conftest import HOURS, PRESS, Import, execute, import_path, rows, stored

STEEL = Path(__file__).parents[3] / "shared/data/steel/steel_industry_2018.csv.gz"
READINGS = "SELECT time, energy_kwh FROM energy_readings ORDER BY time"
ANYWHERE = Destination("Press-3", "press", "electricity")


class TestAgain:
    def test_a_second_import_stores_nothing_new(self, imported: Import, empty_url: str) -> None:
        imported(HOURS)
        again = imported(HOURS)
        assert (again.rows, again.stored, stored(empty_url)) == (3, 0, (3, 1, 1, 1))

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

    def test_the_same_row_twice_counts_once(self, imported: Import) -> None:
        report = imported((HOURS[0], *HOURS))
        assert (report.rows, report.stored, report.quantity) == (3, 3, 7.5)

    def test_a_file_that_contradicts_itself_stores_nothing(
        self, imported: Import, empty_url: str
    ) -> None:
        with pytest.raises(ImportFailed, match="two values") as caught:
            imported((*HOURS, "2026-03-02 01:00,9"))
        assert caught.value.line == 5
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_a_file_that_contradicts_what_is_stored_stores_nothing_of_it(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        with pytest.raises(ImportFailed, match="stored for this time already") as caught:
            imported((HOURS[0], "2026-03-02 01:00,9", "2026-03-02 03:00,4"))
        assert caught.value.line == 3
        assert [row[1] for row in rows(empty_url, READINGS)] == [1.5, 2.5, 3.5]


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
        with pytest.raises(ImportFailed, match="stored for this time already") as caught:
            import_lines(coarse_url, tmp_path, (self.FINE[0], "2026-03-02 01:00,4.75"))
        assert caught.value.line == 3


def import_lines(url: str, folder: Path, lines: Sequence[str]) -> int:
    path = folder / "meter.csv"
    path.write_text("\n".join(("time,value", *lines)))
    return import_path(url, path, PRESS, FileFormat()).stored


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
        destination = replace(PRESS, unit=unit)
        assert imported(HOURS, destination).quantity == pytest.approx(quantity, rel=1e-12)

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
        gas = Destination("Oven-1", "oven", "Natural gas", "Bakery", "Europe/Berlin", unit="m3")
        report = imported(HOURS, gas)
        assert (report.unit, report.quantity) == ("m³", 7.5)

    @pytest.mark.parametrize(
        ("destination", "reason"),
        [
            (Destination("Press-3", "press", "electricity", "New Works"), "say its time zone"),
            (Destination("Press-3", "press", "electricity", "New Works", "Mars/Base"), "time zone"),
            (Destination("Press-3", "press", "plasma", "New Works", "UTC"), "no energy source"),
            (Destination("Press-3", "press", "electricity", None), "no machine"),
            (Destination(*("Press-3", "press", "electricity", "W", "UTC"), unit="m³"), "converted"),
        ],
        ids=["new factory", "unknown zone", "unknown source", "unknown machine", "wrong unit"],
    )
    def test_a_destination_that_is_not_clear_is_refused(
        self, imported: Import, empty_url: str, destination: Destination, reason: str
    ) -> None:
        with pytest.raises(ImportFailed, match=reason):
            imported(HOURS, destination)
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_a_known_machine_needs_no_factory_to_be_said(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        imported(("2026-03-02 03:00,1", "2026-03-02 04:00,1"), ANYWHERE)
        assert stored(empty_url) == (5, 1, 1, 1)

    def test_a_machine_in_two_factories_needs_its_factory_to_be_said(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        imported(HOURS, Destination("Press-3", "press", "electricity", "Annex", "Asia/Tokyo"))
        with pytest.raises(ImportFailed, match="more than one machine"):
            imported(("2026-03-02 03:00,1", "2026-03-02 04:00,1"), ANYWHERE)
        assert stored(empty_url) == (6, 2, 2, 2)

    def test_what_was_imported_can_be_asked_for(
        self, imported: Import, empty_url: str, engine_on: Callable[..., Asker]
    ) -> None:
        imported(HOURS)
        reply = engine_on(empty_url).ask("what did press three consume on the 2nd of March 2026")
        assert (reply.outcome, reply.data["quantity"]) == ("answered", 7.5)


@pytest.mark.skipif(not STEEL.exists(), reason="the steel plant's data is not beside the checkout")
class TestSteelPlant:
    """A year of a real meter: day first, stamps at the end, midnight last in its day, a mark."""

    DESTINATION = Destination("Steel plant", "steelworks", "electricity", "Gwangyang", "Asia/Seoul")

    def test_the_year_is_complete_and_march_is_what_the_file_says(
        self, empty_url: str, engine_on: Callable[..., Asker]
    ) -> None:
        report = import_path(empty_url, STEEL, self.DESTINATION, FileFormat(stamp="end"))
        assert (report.rows, report.stored, report.missing_intervals) == (35_040, 35_040, 0)
        assert report.quantity == pytest.approx(959_636.71, abs=0.005)
        assert report.first == datetime.fromisoformat("2018-01-01T00:00+09:00")
        reply = engine_on(empty_url).ask("how much energy did the steel plant use in March 2018")
        assert reply.outcome == "answered"
        assert reply.data["quantity"] == pytest.approx(self.kwh_of("/03/18"), rel=1e-9)
        assert (reply.data["coverage_percent"], reply.issues) == (100.0, ())

    @staticmethod
    def kwh_of(month: str) -> float:
        """Sum over the rows that a month's days have in the file."""
        with gzip.open(STEEL, "rt", encoding="utf-8-sig", newline="") as file:
            return sum(
                float(row["Usage_kWh"])
                for row in csv.DictReader(file)
                if row["date"].split()[0].endswith(month)
            )


class TestOtherIntervals:
    """Energy must not count twice, and coverage must not lie."""

    def test_intervals_across_stored_ones_are_refused(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        with pytest.raises(ImportFailed, match="across"):
            imported(("2026-03-02 00:30,1", "2026-03-02 01:30,1", "2026-03-02 02:30,1"))
        assert stored(empty_url) == (3, 1, 1, 1)

    def test_a_file_of_another_interval_than_the_meter_is_refused(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(HOURS)
        with pytest.raises(ImportFailed, match="reads every 3600 s"):
            imported(("2026-03-03 00:00,1", "2026-03-03 00:15,1", "2026-03-03 00:30,1"))
        assert stored(empty_url) == (3, 1, 1, 1)
