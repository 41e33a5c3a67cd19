"""Start or end of the interval, by what a file shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.imports import ReadingsTarget, Stamp
from enms_core.files.guessing import Guessed, completed
from tests.unit.files.exports import DAY, HOUR, QUARTER, plan_of, register, saved, table

BERLIN = ZoneInfo("Europe/Berlin")


def rows(
    begin: str,
    *,
    step: timedelta = QUARTER,
    count: int = 960,
    offset: str = "",
    of: str = "time",
    form: str = "%Y-%m-%d %H:%M",
) -> list[str]:
    return table(
        f"{of},kWh",
        lambda at, kwh: f"{at:{form}}{offset},{kwh:.2f}",
        begin=begin,
        step=step,
        count=count,
    )


def guessed(tmp_path: Path, lines: Sequence[str]) -> Guessed:
    return completed(plan_of(saved(tmp_path, lines)), BERLIN)


@pytest.mark.parametrize(
    ("lines", "stamp"),
    [
        (rows("2026-03-01 00:15"), "end"),
        (rows("2026-03-01 00:00"), "start"),
        (rows("2026-03-01 00:00", count=961), "start"),
        (rows("2026-03-01 10:30", count=333), "start"),
        (rows("2026-03-01 01:00", step=HOUR, count=48), "end"),
        (rows("2026-03-01 00:00", step=DAY, count=48), "start"),
        (rows("2026-02-28 23:15", offset="Z"), "end"),
        (rows("2026-03-01 00:15", offset="+01:00"), "end"),
        (rows("2026-03-01 00:15", offset="Z"), "start"),
        (rows("2026-03-01 00:00", of="Interval End"), "end"),
        (rows("2026-03-01 00:15", of="Zeit von"), "start"),
        (rows("2026-03-01 00:15", of="von bis", count=96), "end"),
    ],
    ids=[
        "ends of days", "starts of days", "both edges", "in between", "hours", "days",
        "UTC of local days", "offset", "UTC of other days", "named end",
        "named start", "both names",
    ],
)  # fmt: skip
def test_the_edges_of_the_file_and_the_name_of_the_column_tell(
    lines: Sequence[str], stamp: Stamp, tmp_path: Path
) -> None:
    found = guessed(tmp_path, lines)
    assert (found.plan.format.stamp, found.choices) == (stamp, ())


SECONDS = "%Y-%m-%d %H:%M:%S"


@pytest.mark.parametrize(
    ("lines", "stamp"),
    [
        (rows("2026-03-01 00:59", step=HOUR, count=48), "end"),
        (rows("2026-03-01 00:59:59", step=HOUR, count=48, form=SECONDS), "end"),
        (rows("2026-03-01 00:14"), "end"),
        (rows("2026-03-01 00:14:59", form=SECONDS), "end"),
        (rows("2026-03-01 00:15:02", form=SECONDS), "end"),
        (rows("2026-03-01 00:00:02", form=SECONDS), "start"),
        (rows("2026-02-28 23:59:58", form=SECONDS), None),
        (rows("2026-03-01 10:29:59", count=333, form=SECONDS), None),
        (rows("2026-03-01 10:37", count=333), "start"),
        (rows("2026-03-01 14:30", count=39), None),
        (rows("2026-03-01 23:59", step=DAY, count=20), "end"),
        (rows("2026-03-01 23:59:59", step=DAY, count=20, form=SECONDS), "end"),
        (rows("2026-03-01 23:45", step=DAY, count=20), None),
        (rows("2026-03-01 06:00", step=DAY, count=20), "start"),
    ],
    ids=[
        "0:59", "0:59:59", "0:14", "0:14:59", "two seconds late", "starts two seconds late",
        "a clock that is late, or ends", "10:29:59", "a grid of its own", "up to midnight",
        "days at 23:59", "days at 23:59:59", "days at 23:45", "days at six",
    ],
)  # fmt: skip
def test_stamps_beside_full_intervals_are_judged_like_those_on_them(
    lines: Sequence[str], stamp: Stamp | None, tmp_path: Path
) -> None:
    """Only 0:15:00 sharp was known for an end: a file of 0:14:59 was stored an interval late."""
    found = guessed(tmp_path, lines)
    assert found.plan.format.stamp == stamp
    assert [each.flag for each in found.choices] == ([] if stamp else ["--stamp"])


def test_newest_first_a_file_up_to_midnight_is_a_choice_too(tmp_path: Path) -> None:
    lines = rows("2026-03-01 14:30", count=39)
    (choice,) = guessed(tmp_path, [lines[0], *lines[:0:-1]]).choices
    assert (choice.flag, choice.why) == (
        "--stamp", "the file begins within a day, but ends at midnight"
    )  # fmt: skip


def test_a_midnight_written_last_in_its_day_tells_at_once(tmp_path: Path) -> None:
    """The file is cut off at both sides, so that its edges tell nothing."""
    days = [
        line.replace(f"03-{day + 1:02} 00:00", f"03-{day:02} 00:00")
        for day in range(1, 5)
        for line in rows(f"2026-03-{day:02} 00:15", count=96)[1:]
    ]
    found = guessed(tmp_path, ["time,kWh", *days[40:-20]])
    assert found.plan.format.stamp == "end"
    assert "0:00 is written after the last row of its own day" in [each.why for each in found.found]


def test_seconds_that_look_like_24_00_are_no_midnight(tmp_path: Path) -> None:
    lines = table(
        "time,kWh",
        lambda at, kwh: f"{at},{kwh}",
        begin="2026-03-01 09:24:00",
        step=timedelta(minutes=1),
    )
    assert guessed(tmp_path, lines).plan.format.stamp == "start"


def test_a_counter_has_no_stamp_to_be_asked_for(tmp_path: Path) -> None:
    lines = register("time,value", lambda at, kwh: f"{at},{kwh:.1f}", begin="2026-03-01 00:15")
    found = guessed(tmp_path, lines[:700])
    assert found.choices == ()
    assert isinstance(found.plan.targets[0], ReadingsTarget)
    assert found.plan.targets[0].kind == "counter"
