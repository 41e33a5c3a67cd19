"""Power: files of a rate become readings of energy, and nothing is invented over a long gap."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import accumulate, pairwise

import pytest

from tests.core.conftest import PRESS, Import, rows

START = datetime(2026, 3, 2, tzinfo=timezone.utc)
POWER = replace(PRESS, kind="power", unit="kW", interval=timedelta(minutes=15))
READINGS = "SELECT energy_kwh, is_estimated FROM energy_readings ORDER BY time"


def minutes(first: int, values: list[float]) -> list[str]:
    """Minute after minute from so many minutes after the start on."""
    return [
        f"{START + timedelta(minutes=first + n):%Y-%m-%dT%H:%MZ},{value}"
        for n, value in enumerate(values)
    ]


def test_minutes_of_power_become_quarter_hours_of_energy(imported: Import, empty_url: str) -> None:
    report = imported(minutes(0, [60.0] * 15 + [120.0] * 15), POWER)
    assert rows(empty_url, READINGS) == [(15.0, False), (30.0, False)]
    assert (report.rows, report.quantity, report.unit) == (2, 45.0, "kWh")


def test_stamps_may_tell_the_end(imported: Import, empty_url: str) -> None:
    imported(minutes(1, [60.0] * 15 + [120.0] * 15), POWER, stamp="end")
    assert rows(empty_url, READINGS) == [(15.0, False), (30.0, False)]


def test_watts_become_the_source_s_unit(imported: Import, empty_url: str) -> None:
    imported(minutes(0, [60_000.0] * 30), replace(POWER, unit="W"))
    assert [row[0] for row in rows(empty_url, READINGS)] == pytest.approx([15.0, 15.0])


def test_a_long_gap_stays_one_and_a_short_one_is_an_estimate(
    imported: Import, empty_url: str
) -> None:
    lines = [*minutes(0, [60.0] * 15), *minutes(30, [60.0] * 15), *minutes(300, [60.0] * 15)]
    report = imported(lines, POWER)
    assert rows(empty_url, READINGS) == [(15.0, False), (15.0, True), (15.0, False), (15.0, False)]
    assert [each.code for each in report.remarks] == ["gap_filled", "gap_left"]
    assert (report.estimated, report.missing_intervals) == (1, 17)


def test_the_same_file_again_changes_nothing(imported: Import, empty_url: str) -> None:
    lines = minutes(3, [float(n % 40) for n in range(600)])
    imported(lines, POWER)
    before = rows(empty_url, READINGS)
    again = imported(lines, POWER)
    assert (again.stored, again.replaced, again.rejections) == (0, 0, [])
    assert rows(empty_url, READINGS) == before


def irregular(first: int, count: int, chance: random.Random) -> list[tuple[float, float]]:
    """Seconds since the start and kW, 7 to 45 seconds apart."""
    seconds = accumulate(
        (chance.choice((7, 11, 13, 29, 31, 45)) for _ in range(count)), initial=first
    )
    return [(float(each), round(chance.uniform(20, 90), 1)) for each in seconds]


def moments(samples: list[tuple[float, float]]) -> list[str]:
    return [f"{START + timedelta(seconds=at):%Y-%m-%dT%H:%M:%SZ},{value}" for at, value in samples]


def test_a_meter_that_sends_as_it_likes_misses_nothing_between_two_samples(
    imported: Import, empty_url: str
) -> None:
    """Its usual distance is a median: nearly every reading was told as estimated, and each longer
    step as a gap, although the values were right."""
    samples = irregular(0, 3000, random.Random(8))
    report = imported(moments(samples), POWER, stamp=None)
    used = sum(
        (later - at) * (value + follows) / 7200
        for (at, value), (later, follows) in pairwise(samples)
    )
    assert [each.code for each in report.remarks] == ["partial_interval"]
    assert (report.estimated, report.missing_intervals) == (0, 0)
    told = report.quantity + sum(each.quantity for each in report.remarks)
    assert told == pytest.approx(used)
    assert rows(empty_url, "SELECT bool_or(is_estimated) FROM energy_readings") == [(False,)]


def test_its_silence_of_more_than_an_interval_is_an_estimate(imported: Import) -> None:
    chance = random.Random(9)
    first = irregular(0, 1000, chance)
    later = irregular(int(first[-1][0]) + 3600, 1000, chance)
    report = imported(moments([*first, *later]), POWER, stamp=None)
    assert [each.code for each in report.remarks if each.code != "partial_interval"] == [
        "gap_filled"
    ]
    assert 3 <= report.estimated <= 5
