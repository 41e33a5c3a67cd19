"""Trends: what is worked out by hand, nothing where there is nothing, and what was planted."""

from __future__ import annotations

import doctest
from itertools import combinations
from statistics import median

import numpy as np
import pytest

from enms_core.analysis import trend
from enms_core.analysis.trend import (
    Floats,
    neighbour_correlation,
    slope_of,
    trend_p_value,
    without_weekdays,
)

WEEKEND_SHARE = 0.3


def by_place(values: Floats) -> Floats:
    return np.arange(len(values), dtype=float)


def noise(seed: int, count: int, memory: float) -> Floats:
    """An autoregressive series of the first order without any trend."""
    drawn = np.random.default_rng(seed).standard_normal(count + 50)
    for place in range(1, len(drawn)):
        drawn[place] += memory * drawn[place - 1]
    return drawn[50:]


def weekdays_of(count: int, first: int = 0) -> list[int]:
    return [(first + day) % 7 for day in range(count)]


class TestByHand:
    def test_the_slope_is_the_median_of_all_pairwise_slopes(self) -> None:
        """One odd day does not move it: the median of these 45 slopes is 2."""
        values = np.array([10.0, 12, 14, 16, 90, 20, 22, 24, 26, 28])
        slope = slope_of(by_place(values), values)
        pairs = combinations(enumerate(values), 2)
        assert median((b - a) / (y - x) for (x, a), (y, b) in pairs) == 2.0
        assert slope.direction == "rising"
        assert slope.change_percent == pytest.approx(100 * 2.0 / np.mean(values))

    def test_days_are_told_by_the_week(self) -> None:
        values = 100.0 + np.arange(14.0)
        slope = slope_of(by_place(values), values, weekdays_of(14))
        assert slope.change_percent == pytest.approx(100 * 7 / np.mean(values))

    def test_a_gap_in_the_days_does_not_make_the_slope_steeper(self) -> None:
        places = np.array([0.0, 1, 2, 3, 4, 20, 21, 22, 23, 24])
        slope = slope_of(places, 50.0 - places)
        assert slope.direction == "falling"
        assert slope.change_percent == pytest.approx(-100 / np.mean(50.0 - places))

    def test_what_a_weekday_differs_by_is_taken_out_at_the_level_of_all(self) -> None:
        values = np.array([8.0, 2, 9, 3])
        assert without_weekdays(values, [0, 6, 0, 6]).tolist() == [5.0, 5.0, 6.0, 6.0]

    def test_neighbours_that_alternate_have_no_memory(self) -> None:
        values = np.tile([1.0, -1.0], 20)
        assert neighbour_correlation(by_place(values), values) == 0.0

    def test_pairs_across_a_gap_are_no_neighbours(self) -> None:
        places = np.arange(0.0, 40.0, 2.0)
        assert neighbour_correlation(places, np.sin(places / 9)) == 0.0

    def test_ten_points_in_order_are_as_unlikely_as_two_of_their_orders(self) -> None:
        """Two of 10! orders are 5.0 standard deviations off; Student's t of 8 degrees of freedom
        passes that by chance once in a thousand times."""
        rising = np.arange(10.0)
        p_value = trend_p_value(by_place(rising), rising, 1.0)
        assert p_value == pytest.approx(0.00104, rel=0.01)

    def test_the_examples_in_the_docstrings_hold(self) -> None:
        assert doctest.testmod(trend).failed == 0


class TestNothingThere:
    def test_a_flat_series_has_no_trend(self) -> None:
        slope = slope_of(np.arange(30.0), np.full(30, 7.5), weekdays_of(30))
        assert (slope.direction, slope.change_percent, slope.p_value) == ("steady", None, 1.0)

    def test_less_than_eight_points_are_too_short(self) -> None:
        slope = slope_of(np.arange(7.0), np.arange(7.0))
        assert (slope.direction, slope.p_value, slope.points) == (None, None, 7)

    def test_a_machine_that_stood_still_has_no_trend(self) -> None:
        values = np.zeros(30)
        assert slope_of(by_place(values), values).direction == "steady"

    @pytest.mark.parametrize("count", [8, 10, 13, 16, 20])
    @pytest.mark.parametrize("first", range(7))
    def test_a_few_weeks_with_quiet_weekends_are_no_trend(self, count: int, first: int) -> None:
        weekdays = weekdays_of(count, first)
        shape = np.array([WEEKEND_SHARE if day >= 5 else 1.0 for day in weekdays])
        values = 900.0 * shape + 10.0 * noise(first, count, 0.3)
        assert slope_of(by_place(values), values, weekdays).direction == "steady"

    @pytest.mark.parametrize("memory", [0.0, 0.3, 0.6, 0.8])
    def test_chance_is_rarely_taken_for_a_trend(self, memory: float) -> None:
        """At most one in ten of series that remember the day before; without the correction it is
        every second one at 0.8."""
        series = [noise(seed, 60, memory) + 100.0 for seed in range(150)]
        found = [slope_of(by_place(each), each, weekdays_of(60)).direction for each in series]
        assert found.count("rising") + found.count("falling") <= 15


class TestPlanted:
    @pytest.mark.parametrize("percent_per_week", [-4.0, -2.0, 2.0, 4.0])
    def test_a_planted_slope_is_found_through_weekends_and_noise(
        self, percent_per_week: float
    ) -> None:
        count, weekdays = 84, weekdays_of(84)
        shape = np.array([WEEKEND_SHARE if day >= 5 else 1.0 for day in weekdays])
        course = 1.0 + percent_per_week / 100 * (np.arange(count) - count / 2) / 7
        values = 900.0 * course * (shape + 0.03 * noise(5, count, 0.4))
        slope = slope_of(by_place(values), values, weekdays)
        assert slope.direction == ("rising" if percent_per_week > 0 else "falling")
        assert slope.change_percent == pytest.approx(percent_per_week, rel=0.35)
