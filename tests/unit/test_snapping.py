"""Stamps on the grid of a site's clock."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from enms_core.analysis.snapping import snapped_to_clock

HOUR = timedelta(hours=1)


def moved(stamps: list[str], interval: timedelta, zone: str) -> tuple[list[str], list[bool]]:
    """Stamps of UTC after they were moved, to the minute, and which of them were."""
    starts = np.array(stamps, dtype="datetime64[us]")
    found, is_moved = snapped_to_clock(starts, interval, ZoneInfo(zone))
    return found.astype("datetime64[s]").astype(str).tolist(), is_moved.tolist()


def test_a_stamp_moves_to_the_clock_of_its_own_moment() -> None:
    """On Lord Howe the clocks go back by half an hour on 5 April 2026, at 15:00 of UTC on the 4th:
    the full hour of the clock is half past of UTC afterwards, whatever came before."""
    stamps = ["2026-04-04T13:01:00", "2026-04-04T17:31:00", "2026-04-04T18:15:00"]
    told = moved(stamps, HOUR, "Australia/Lord_Howe")
    expected = ["2026-04-04T13:00:00", "2026-04-04T17:30:00", "2026-04-04T18:15:00"]
    assert told == (expected, [True, True, False])
    one_by_one = [moved([each], HOUR, "Australia/Lord_Howe")[0][0] for each in stamps]
    assert one_by_one == expected


@pytest.mark.parametrize("hours", [2, 12])
def test_an_hour_of_a_longer_interval_is_no_jitter(hours: int) -> None:
    stamps = ["2026-03-28T23:00:00", "2026-03-29T22:00:00", "2026-03-29T22:01:00"]
    assert moved(stamps, hours * HOUR, "Europe/Berlin") == (stamps, [False, False, False])
