"""The register of meters: a file of another interval comes from another meter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Site
from tests.core.conftest import PRESS, WORKSHOP, Import, execute, rows, stored

METERS = """
SELECT nominal_interval_seconds, valid_from AT TIME ZONE 'Europe/Berlin',
       valid_to AT TIME ZONE 'Europe/Berlin'
FROM meters ORDER BY valid_from
"""


RATES = "SELECT power_kw FROM energy_readings ORDER BY time"
DAY = timedelta(days=1)


def day(month: int, day_of_month: int = 1) -> datetime:
    return datetime(2026, month, day_of_month)


def readings(first: datetime, minutes: int, count: int) -> list[str]:
    return [
        f"{first + n * timedelta(minutes=minutes):%Y-%m-%d %H:%M},{n + 1}" for n in range(count)
    ]


HOURLY = readings(day(1), 60, 24)


def test_a_finer_file_behind_the_last_reading_ends_the_meter_and_begins_another(
    imported: Import, empty_url: str
) -> None:
    imported(HOURLY)
    imported(readings(day(2), 15, 96))
    assert rows(empty_url, METERS) == [(3600, day(1), day(2)), (900, day(2), None)]
    assert stored(empty_url) == (120, 1, 1, 2)


def test_a_finer_file_before_the_first_reading_is_an_earlier_meter(
    imported: Import, empty_url: str
) -> None:
    imported(readings(day(2), 60, 24))
    imported(readings(day(1), 15, 96))
    assert rows(empty_url, METERS) == [(900, day(1), day(2)), (3600, day(2), None)]


def test_a_finer_file_in_a_hole_serves_between_two_times_of_the_meter(
    imported: Import, empty_url: str
) -> None:
    imported(HOURLY)
    imported(readings(day(3), 60, 24))
    imported(readings(day(2), 15, 96))
    wanted = [(3600, day(1), day(2)), (900, day(2), day(2, 2)), (3600, day(2, 2), None)]
    assert rows(empty_url, METERS) == wanted


def test_each_file_again_changes_nothing(imported: Import, empty_url: str) -> None:
    files = (HOURLY, readings(day(3), 60, 24), readings(day(2), 15, 96))
    for lines in files:
        imported(lines)
    before = rows(empty_url, METERS)
    for lines in files:
        assert imported(lines).stored == 0
    assert rows(empty_url, METERS) == before


def test_a_later_file_of_the_same_interval_needs_no_other_meter(
    imported: Import, empty_url: str
) -> None:
    imported(HOURLY)
    imported(readings(day(3), 60, 24))
    assert rows(empty_url, METERS) == [(3600, day(1), None)]


def test_a_coarser_file_directly_behind_the_last_reading_lies_across_nothing(
    imported: Import, empty_url: str
) -> None:
    """What is stored before the file is over after its own interval, not after the file's: the
    first hour, or of days the whole file, was refused."""
    imported(readings(day(1), 15, 96))
    hourly = imported(readings(day(1, 2), 60, 24))
    daily = imported(readings(day(1, 3), 24 * 60, 20))
    assert (hourly.stored, hourly.rejections) == (24, [])
    assert (daily.stored, daily.rejections) == (20, [])
    wanted = [(900, day(1), day(1, 2)), (3600, day(1, 2), day(1, 3)), (86400, day(1, 3), None)]
    assert rows(empty_url, METERS) == wanted


class TestLocalDays:
    """In Berlin 29 March 2026 has 23 hours and 25 October 25: meters meet at midnight."""

    def test_hours_follow_a_day_that_has_only_23(self, imported: Import, empty_url: str) -> None:
        imported(readings(day(3, 27), 24 * 60, 3))
        imported(readings(day(3, 30), 60, 24))
        assert rows(empty_url, METERS) == [
            (86400, day(3, 27), day(3, 30)), (3600, day(3, 30), None)
        ]  # fmt: skip

    def test_the_25th_hour_of_a_day_is_part_of_it(self, imported: Import, empty_url: str) -> None:
        imported(readings(day(10, 23), 24 * 60, 3))
        with pytest.raises(ImportFailed, match=r"reads every 1 day, the file every 1 hour"):
            imported(readings(datetime(2026, 10, 25, 23), 60, 24))
        assert stored(empty_url) == (3, 1, 1, 1)

    def test_a_day_follows_hours_and_a_day_of_23_is_over_at_midnight(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(readings(day(3, 28), 60, 24))
        imported(readings(day(3, 30), 60, 24))
        days = imported(readings(day(3, 29), 24 * 60, 1), replace(PRESS, interval=DAY))
        assert (days.stored, rows(empty_url, METERS)[1]) == (1, (86400, day(3, 29), day(3, 30)))

    def test_the_rate_of_a_day_is_its_mean_over_the_hours_it_has(
        self, imported: Import, empty_url: str
    ) -> None:
        imported([f"2026-{date} 00:00,2300" for date in ("03-28", "03-29", "03-30")])
        imported([f"2026-{date} 00:00,2400" for date in ("10-24", "10-25", "10-26")])
        rates = [row[0] for row in rows(empty_url, RATES)]
        assert rates == pytest.approx([2300 / 24, 100, 2300 / 24, 100, 96, 100])

    def test_a_gap_begins_at_midnight(self, imported: Import) -> None:
        report = imported([f"2026-{date} 00:00,5" for date in ("03-27", "03-28", "03-29", "04-02")])
        [(start, end)] = report.gaps
        assert (start, end) == (
            datetime.fromisoformat("2026-03-30T00:00+02:00"),
            datetime.fromisoformat("2026-04-02T00:00+02:00"),
        )


@pytest.mark.parametrize("first", [day(1), datetime(2026, 1, 1, 23, 15)], ids=["same", "last hour"])
def test_a_finer_file_over_stored_readings_is_refused(
    imported: Import, empty_url: str, first: datetime
) -> None:
    imported(HOURLY)
    with pytest.raises(ImportFailed, match=r"reads every 1 hour, the file every 15 minutes"):
        imported(readings(first, 15, 96))
    assert stored(empty_url) == (24, 1, 1, 1)


def test_a_meter_that_was_registered_with_another_interval_is_not_replaced_unasked(
    imported: Import, empty_url: str
) -> None:
    execute(empty_url, WORKSHOP.replace("2026-11-01T00:00+01:00", "2025-11-01T00:00+01:00"))
    execute(empty_url, "DELETE FROM energy_readings")
    before = rows(empty_url, METERS)
    lines = readings(datetime(2025, 10, 1), 15, 50 * 96)
    with pytest.raises(ImportFailed, match="reads every 3600 s is registered"):
        imported(
            lines, replace(PRESS, machine="Lathe-7"), site=Site(name="Workshop"), timezone="UTC"
        )
    assert rows(empty_url, METERS) == before
