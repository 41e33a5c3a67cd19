"""Counters and power meters over messages: readings without a loss, doubts told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from enms_core.domain.messages import LiveReason
from tests.core.listen_runs import MAPPING, NINE, counts, kept, line, press, quarters, readings


def lathe(at: str, total_wh: float, serial: str = "A") -> str:
    return line("plant/Lathe-1/counter", ts=at, total={"Wh": total_wh}, serial=serial)


def oven(at: str, power_w: float) -> str:
    return line("plant/Oven-1/power", ts=at, W=power_w)


COUNTER = [
    ("09:00", 1_000_000),
    ("09:10", 1_002_000),
    ("09:20", 1_004_000),
    ("09:30", 1_006_000),
    ("09:50", 1_016_000),
    ("10:00", 1_017_000),
]


@pytest.mark.parametrize("size", [1, 2, 3, 6])
def test_a_counter_loses_nothing_between_batches(size: int, empty_url: str, tmp_path: Path) -> None:
    lines = [lathe(f"2026-03-02T{at}Z", total) for at, total in COUNTER]
    for first in range(0, len(lines), size):
        kept(empty_url, lines[first : first + size], tmp_path)
    # 9:15 lies halfway from 9:10 to 9:20, and 9:45 at three quarters of the way to 9:50.
    assert readings(empty_url, "Lathe-1") == pytest.approx(quarters(3.0, 3.0, 7.5, 3.5))
    again = kept(empty_url, lines, tmp_path)
    assert counts(again) == (0, len(lines), [])


def test_a_counter_tells_of_a_new_meter_a_roll_over_and_a_late_sample(
    empty_url: str, tmp_path: Path
) -> None:
    told = [
        lathe("2026-03-02T09:00Z", 999_999_000),  # of nine whole digits
        lathe("2026-03-02T09:15Z", 1_000),
        lathe("2026-03-02T09:30Z", 500_000, "B"),
        lathe("2026-03-02T09:45Z", 502_000, "B"),
    ]
    remarks = [remark for each in told for remark in kept(empty_url, [each], tmp_path).remarks]
    assert ["roll over" in remarks[0], "replacement" in remarks[1]] == [True, True]
    assert readings(empty_url, "Lathe-1") == pytest.approx(
        {NINE: 2.0, NINE + timedelta(minutes=30): 2.0}
    )
    late = kept(empty_url, [lathe("2026-03-02T09:20Z", 2_000)], tmp_path)
    assert counts(late) == (0, 0, [LiveReason.LATE])


def test_a_counter_that_jumps_and_comes_back_has_used_what_lies_between(
    empty_url: str, tmp_path: Path
) -> None:
    # A week of 2 kWh in an hour, by which more than 20 kWh in an hour are none.
    week = [press_hour(number) for number in range(7 * 24)]
    hourly = MAPPING.replace("interval: 15 min", "interval: 60 min")
    kept(empty_url, week, tmp_path, hourly)
    told = [("09:00", 1_000_000), ("09:05", 9_000_000), ("09:10", 1_001_000), ("09:15", 1_001_500)]
    lines = [
        line("plant/Press-1/counter", ts=f"2026-03-02T{at}Z", total={"Wh": wh}, serial="A")
        for at, wh in told
    ]
    remarks = [remark for each in lines for remark in kept(empty_url, [each], tmp_path).remarks]
    assert ["wrong reading" in each for each in remarks] == [True]
    assert readings(empty_url, "Press-1")[NINE] == pytest.approx(1.5)


def press_hour(number: int) -> str:
    """A reading of 2 kWh of the week before."""
    start = NINE - timedelta(days=7) + number * timedelta(hours=1)
    return press(f"{start.isoformat()}Z", 2.0)


def test_power_counts_until_the_next_sample_and_not_over_a_long_silence(
    empty_url: str, tmp_path: Path
) -> None:
    told = [("09:00", 60_000), ("09:05", 30_000), ("09:10", 0), ("09:15", 90_000), ("14:00", 5_000)]
    for at, power_w in told:
        kept(empty_url, [oven(f"2026-03-02T{at}Z", power_w)], tmp_path)
    assert readings(empty_url, "Oven-1") == pytest.approx(quarters(5.0 + 2.5 + 0.0))
