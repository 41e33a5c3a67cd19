"""Whose clock a file's times are by, where it may be that of its factory or none that changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import FilePlan
from enms_core.files.guessing import Unattended, completed, settled
from enms_core.files.series import read
from tests.unit.files.exports import HOUR, QUARTER, plan_of, saved, used

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
WINTER = timezone(HOUR)
WINTER_HERE = timezone(-5 * HOUR)
MINUTE = timedelta(minutes=1)

SPRING = ("2025-03-20", "2025-04-10")
AUTUMN = ("2025-10-15", "2025-11-05")
SUMMER = ("2025-06-01", "2025-06-20")
YEAR = ("2025-01-01", "2026-01-01")


def written(
    clock: timezone | ZoneInfo,
    between: tuple[str, str],
    step: timedelta = QUARTER,
    *,
    header: str = "time",
    late: timedelta = timedelta(),
) -> list[str]:
    """Readings of a meter that tells each start by a clock."""
    first, last = (
        datetime.fromisoformat(day).replace(tzinfo=clock).astimezone(timezone.utc)
        for day in between
    )
    count = (last - first) // step
    walls = [(first + step * place + late).astimezone(clock) for place in range(count)]
    rows = enumerate(walls)
    return [f"{header},kWh", *(f"{at:%Y-%m-%d %H:%M:%S},{used(place):.2f}" for place, at in rows)]


def options(tmp_path: Path, lines: Sequence[str], zone: ZoneInfo = BERLIN) -> list[str]:
    """What is asked about the zone."""
    choices = completed(plan_of(saved(tmp_path, lines)), zone).choices
    assert all(each.what == "time zone" for each in choices)
    return [option for each in choices for option in each.options]


def found(tmp_path: Path, lines: Sequence[str], zone: ZoneInfo = BERLIN) -> str | None:
    """The zone that is found without a question; None is the factory's."""
    guessed = completed(plan_of(saved(tmp_path, lines)), zone)
    assert guessed.choices == ()
    return guessed.plan.format.timezone


@pytest.mark.parametrize("between", [SPRING, AUTUMN, YEAR], ids=["spring", "autumn", "year"])
@pytest.mark.parametrize("step", [5 * MINUTE, QUARTER, HOUR])
@pytest.mark.parametrize("late", [timedelta(), timedelta(seconds=8), 2 * MINUTE])
class TestStamps:
    def test_standard_time_all_year_is_a_choice(
        self, between: tuple[str, str], step: timedelta, late: timedelta, tmp_path: Path
    ) -> None:
        """Rows of the skipped hour were refused, and those of the summer stored an hour early."""
        lines = written(WINTER, between, step, late=late)
        assert options(tmp_path, lines) == ["Europe/Berlin", "Etc/GMT-1"]

    def test_a_file_that_goes_with_the_clocks_is_not_asked_about(
        self, between: tuple[str, str], step: timedelta, late: timedelta, tmp_path: Path
    ) -> None:
        assert found(tmp_path, written(BERLIN, between, step, late=late)) is None


def test_newest_first_it_is_the_same(tmp_path: Path) -> None:
    fixed, local = written(WINTER, YEAR, HOUR), written(BERLIN, YEAR, HOUR)
    assert options(tmp_path, [fixed[0], *fixed[:0:-1]]) == ["Europe/Berlin", "Etc/GMT-1"]
    assert found(tmp_path, [local[0], *local[:0:-1]]) is None


def test_ends_of_hours_have_the_edge_of_the_skipped_hour(tmp_path: Path) -> None:
    """2:00 ends the last hour before the change, and is no word for standard time."""
    lines = written(BERLIN, SPRING, HOUR, late=HOUR)
    old_time = [line.replace("2025-03-30 03:00", "2025-03-30 02:00") for line in lines]
    assert old_time != lines
    assert found(tmp_path, old_time) is None
    assert found(tmp_path, lines) is None
    fixed = written(WINTER, SPRING, HOUR, late=HOUR)
    assert options(tmp_path, fixed) == ["Europe/Berlin", "Etc/GMT-1"]


def test_rows_at_odd_times_tell_it_too(tmp_path: Path) -> None:
    """Power as it changes: after 7 to 45 seconds."""
    steps = np.random.default_rng(7).integers(7, 46, 12_000).cumsum()

    def rows(clock: timezone | ZoneInfo) -> list[str]:
        begin = datetime(2025, 3, 29, tzinfo=WINTER).astimezone(timezone.utc)
        walls = ((begin + timedelta(seconds=int(each))).astimezone(clock) for each in steps)
        return ["time,kW", *(f"{at:%Y-%m-%d %H:%M:%S},{at.second}" for at in walls)]

    assert found(tmp_path, rows(BERLIN)) is None
    assert options(tmp_path, rows(WINTER)) == ["Europe/Berlin", "Etc/GMT-1"]


def test_some_damaged_stamps_in_the_skipped_hour_are_no_evidence(tmp_path: Path) -> None:
    lines = written(BERLIN, SPRING)
    assert found(tmp_path, [*lines[:900], "2025-03-30 02:30:00,1.5", *lines[900:]]) is None


def test_rows_that_are_missing_about_a_change_tell_nothing(tmp_path: Path) -> None:
    for clock in (BERLIN, WINTER):
        for between, day in ((SPRING, "2025-03-30 0"), (AUTUMN, "2025-10-26 0")):
            lines = [each for each in written(clock, between) if not each.startswith(day)]
            assert found(tmp_path, lines) is None


def test_a_year_in_which_one_hour_is_there_twice_goes_with_the_clocks(tmp_path: Path) -> None:
    """Exports of 96 rows a day fill the skipped hour; their rows are refused, as ever."""
    lines = written(BERLIN, YEAR)
    place = lines.index(next(each for each in lines if each.startswith("2025-03-30 03:00")))
    filled = [f"2025-03-30 02:{minute:02}:00,0.0" for minute in (0, 15, 30, 45)]
    assert found(tmp_path, [*lines[:place], *filled, *lines[place:]]) is None


def test_where_nobody_can_be_asked_the_flag_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match=r"Europe/Berlin or Etc/GMT-1 .*say --timezone"):
        settled(plan_of(saved(tmp_path, written(WINTER, SPRING))), BERLIN, Unattended())


def test_each_choice_is_taken_as_it_is_made(tmp_path: Path) -> None:
    """The factory's zone was told when it was made: that alone is no word for the stamps."""
    plan = plan_of(saved(tmp_path, written(WINTER, SPRING)))
    told = replace(plan, format=replace(plan.format, timezone=plan.site.timezone))
    (choice,) = completed(told, BERLIN).choices
    plans = [settled(each, BERLIN, Unattended()) for each in choice.options.values()]
    assert [each.format.timezone for each in plans] == ["Europe/Berlin", "Etc/GMT-1"]
    assert _refused(plans[0], BERLIN) == 4
    assert _refused(plans[1], ZoneInfo("Etc/GMT-1")) == 0


def _refused(plan: FilePlan, zone: ZoneInfo) -> int:
    return sum(len(chunk.targets[0].rejections) for chunk in read(plan, zone))


class TestNames:
    @pytest.mark.parametrize(
        ("header", "clock", "zone", "told"),
        [
            ("Zeit (MEZ)", WINTER, BERLIN, "Etc/GMT-1"),
            ("Time CET", WINTER, BERLIN, "Etc/GMT-1"),
            ("Time (EST)", WINTER_HERE, NEW_YORK, "Etc/GMT+5"),
            ("time UTC+1", WINTER, BERLIN, "Etc/GMT-1"),
            ("time (GMT-5)", WINTER_HERE, NEW_YORK, "Etc/GMT+5"),
            ("time UTC", timezone.utc, BERLIN, "UTC"),
            ("Zeit (MEZ)", BERLIN, BERLIN, None),
            ("Zeit MEZ/MESZ", BERLIN, BERLIN, None),
            ("Time (EST)", NEW_YORK, NEW_YORK, None),
            ("best time", BERLIN, BERLIN, None),
        ],
    )
    def test_the_name_and_the_stamps_together_tell_the_zone(
        self, header: str, clock: timezone, zone: ZoneInfo, told: str | None, tmp_path: Path
    ) -> None:
        """UTC+1 was taken for UTC, and the names of times for nothing."""
        assert found(tmp_path, written(clock, YEAR, header=header), zone) == told

    @pytest.mark.parametrize("header", ["Zeit (MEZ)", "Zeit (CET)"])
    def test_in_summer_a_name_alone_is_a_choice(self, header: str, tmp_path: Path) -> None:
        """Many write it the whole year, for clocks that change."""
        lines = written(BERLIN, SUMMER, header=header)
        assert options(tmp_path, lines) == ["Europe/Berlin", "Etc/GMT-1"]

    def test_in_winter_a_name_makes_no_difference(self, tmp_path: Path) -> None:
        lines = written(BERLIN, ("2025-01-01", "2025-02-01"), header="Zeit (MEZ)")
        assert found(tmp_path, lines) is None

    def test_a_number_tells_it_alone(self, tmp_path: Path) -> None:
        lines = written(WINTER, SUMMER, header="time (UTC+1)")
        assert found(tmp_path, lines) == "Etc/GMT-1"

    def test_a_name_of_another_place_is_a_choice(self, tmp_path: Path) -> None:
        lines = written(WINTER, SUMMER, header="Time (CET)")
        assert options(tmp_path, lines, NEW_YORK) == ["America/New_York", "Etc/GMT-1"]

    def test_a_line_above_the_header_may_tell_the_zone(self, tmp_path: Path) -> None:
        lines = written(WINTER, SPRING)
        assert found(tmp_path, ["Zeitzone: MEZ", "", *lines]) == "Etc/GMT-1"
        made = ["Made at: 2025-05-01 12:00 (UTC+2)", "", *written(BERLIN, SPRING)]
        assert found(tmp_path, made) is None

    def test_an_offset_that_no_zone_is_named_after_is_refused(self, tmp_path: Path) -> None:
        lines = written(timezone(5.5 * HOUR), SPRING, header="time UTC+0530")
        with pytest.raises(ImportFailed, match="no time zone is named after"):
            completed(plan_of(saved(tmp_path, lines)), BERLIN)
        assert found(tmp_path, lines, ZoneInfo("Asia/Kolkata")) is None


def test_times_with_an_offset_are_not_asked_about(tmp_path: Path) -> None:
    lines = [each.replace(",", "+01:00,", 1) for each in written(WINTER, SPRING)]
    assert found(tmp_path, ["time (MEZ),kWh", *lines[1:]]) is None
