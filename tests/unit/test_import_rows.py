"""Rows of intervals: which lie across each other, where some are missing; against a plain walk."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.analysis.import_rows import MOST_GAPS, Continuity, lying_across, reach

HOUR = timedelta(hours=1)
UTC = ZoneInfo("UTC")
START = datetime(2026, 1, 1, tzinfo=timezone.utc)


def instants(hours: list[float]) -> np.ndarray:  # type: ignore[type-arg]
    first = np.datetime64("2026-01-01T00:00", "us")
    return first + np.array([round(3.6e9 * each) for each in hours], dtype="timedelta64[us]")


def across(hours: list[float], lines: list[int]) -> list[bool]:
    found: list[bool] = lying_across(instants(hours), np.array(lines), HOUR).tolist()
    return found


class TestLyingAcross:
    def test_rows_that_touch_do_not_lie_across_each_other(self) -> None:
        assert across([0, 1, 2, 5], [2, 3, 4, 5]) == [False] * 4

    def test_of_two_the_one_that_the_file_has_first_stays(self) -> None:
        assert across([0, 0.5, 1], [2, 4, 3]) == [False, True, False]
        assert across([0, 0.5, 1.5], [9, 4, 3]) == [True, False, False]

    def test_one_is_measured_by_the_last_that_stays(self) -> None:
        assert across([0, 0.4, 0.8, 1.2], [1, 2, 3, 4]) == [False, True, True, False]

    def test_the_last_row_of_the_piece_before_stays(self) -> None:
        before = instants([0])[0]
        found = lying_across(instants([0.5, 1]), np.array([1, 2]), HOUR, before)
        assert found.tolist() == [True, False]

    @given(st.lists(st.integers(0, 200), min_size=1, max_size=60, unique=True))
    @settings(derandomize=True, deadline=None)
    def test_what_stays_is_apart_and_nothing_else_could_stay(self, minutes: list[int]) -> None:
        hours = sorted(minute / 10 for minute in minutes)
        refused = across(hours, list(range(len(hours))))
        kept = [hour for hour, is_refused in zip(hours, refused, strict=True) if not is_refused]
        assert all(after - before > 0.999 for before, after in pairwise(kept))
        for hour, is_refused in zip(hours, refused, strict=True):
            assert not is_refused or any(abs(hour - each) < 0.999 for each in kept)


class TestContinuity:
    def test_the_missing_are_counted_and_each_gap_is_told_with_its_ends(self) -> None:
        continuity = Continuity(HOUR, UTC)
        continuity.add(instants([0, 1, 4, 5, 7]))
        assert (continuity.first, continuity.last) == (START, START + 7 * HOUR)
        assert (continuity.missing, continuity.gap_count) == (3, 2)
        assert continuity.gaps == [
            (START + 2 * HOUR, START + 4 * HOUR),
            (START + 6 * HOUR, START + 7 * HOUR),
        ]

    def test_more_gaps_than_can_be_told_are_still_counted(self) -> None:
        continuity = Continuity(HOUR, UTC)
        continuity.add(instants([2.0 * n for n in range(MOST_GAPS + 11)]))
        assert (len(continuity.gaps), continuity.gap_count) == (MOST_GAPS, MOST_GAPS + 10)
        assert continuity.missing == MOST_GAPS + 10

    @pytest.mark.parametrize("hours", [23, 24, 25])
    def test_a_local_day_has_an_hour_more_or_less_and_none_is_missing(self, hours: int) -> None:
        continuity = Continuity(timedelta(days=1), UTC)
        continuity.add(instants([0, 24, 24 + hours, 48 + hours]))
        assert continuity.missing == 0

    @given(
        st.lists(st.integers(0, 400), min_size=1, max_size=80, unique=True),
        st.lists(st.integers(0, 80), max_size=5),
    )
    @settings(derandomize=True, deadline=None)
    def test_any_pieces_tell_the_same(self, hours: list[int], cuts: list[int]) -> None:
        starts = instants([float(each) for each in sorted(hours)])
        whole, pieces = Continuity(HOUR, UTC), Continuity(HOUR, UTC)
        whole.add(starts)
        for piece in np.split(starts, sorted(cuts)):
            pieces.add(piece)
        assert vars(pieces) == vars(whole)
        assert whole.missing == max(hours) - min(hours) + 1 - len(hours)


def test_a_local_day_may_be_an_hour_shorter() -> None:
    assert reach(timedelta(days=1)) == 23 * HOUR
    assert reach(timedelta(minutes=15)) == timedelta(minutes=15)
