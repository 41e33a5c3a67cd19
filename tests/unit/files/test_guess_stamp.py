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
    begin: str, *, step: timedelta = QUARTER, count: int = 960, offset: str = "", of: str = "time"
) -> list[str]:
    return table(
        f"{of},kWh",
        lambda at, kwh: f"{at:%Y-%m-%d %H:%M}{offset},{kwh:.2f}",
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
