"""Counters to readings, by numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest

from enms_core.analysis.counter import CounterFlows
from enms_core.analysis.grid import FixedGrid
from enms_core.analysis.remarks import MOST_TOLD
from tests.unit.metered import HOUR, QUARTER, Made, at, instants, made

# Nothing in these tests uses more than 10 kWh in a quarter of an hour.
HIGHEST = 40.0


def read(minutes: Sequence[float], values: Sequence[float], **how: Any) -> Made:
    serials = how.pop("serials", None)
    return made(CounterFlows(QUARTER, **how), instants(minutes), values, serials=serials)


def counted(values: Sequence[float], **how: Any) -> Made:
    """A counter read every quarter of an hour."""
    return read([15.0 * place for place in range(len(values))], values, **how)


def quarters(*quantities: float | None) -> dict[datetime, float]:
    """Quantities of the quarters from the beginning on; None where there is none."""
    return {at(15 * place): each for place, each in enumerate(quantities) if each is not None}


class TestDifferences:
    def test_evenly_spaced_samples_are_their_differences_to_the_last_bit(self) -> None:
        values = [1234567.1, 1234567.3, 1234568.9, 1234568.9]
        found = counted(values)
        assert list(found.quantities.values()) == [
            after - before for before, after in pairwise(values)
        ]
        assert (found.estimated, found.remarks) == (frozenset(), ())

    @pytest.mark.parametrize("values", [[], [7.0]])
    def test_fewer_than_two_samples_are_no_reading(self, values: list[float]) -> None:
        assert counted(values) == Made({}, frozenset(), ())

    def test_several_samples_of_an_interval_add_up(self) -> None:
        found = read([0, 5, 10, 15, 20, 25, 30], [10, 11, 13, 16, 20, 25, 31])
        assert found == Made(quarters(6, 15), frozenset(), ())

    def test_late_polls_are_cut_at_the_clock_and_what_is_cut_off_is_told(self) -> None:
        """One kWh a minute, then two: of each poll 12 seconds lie in the next interval."""
        found = read([0.2, 15.2, 30.2], [0, 15, 45])
        assert found.quantities == pytest.approx(quarters(14.8, 0.2 + 29.6))
        assert found.estimated == {at(0)}, "12 seconds of it were not measured"
        (remark,) = found.remarks
        assert (remark.code, remark.start, remark.unit) == ("partial_interval", at(30), "kWh")
        assert remark.quantity == pytest.approx(0.4)

    def test_an_interval_of_which_a_minute_is_missing_is_none(self) -> None:
        found = read([1, 15, 30], [0, 14, 29])
        assert found.quantities == quarters(None, 15)
        assert [(each.start, each.quantity) for each in found.remarks] == [(at(0), 14)]

    def test_hours_from_quarters_agree_with_pandas(self) -> None:
        rng = np.random.default_rng(5)
        minutes = np.sort(rng.choice(np.arange(0, 60 * 24 * 20), 3000, replace=False)).astype(float)
        values = np.cumsum(rng.uniform(0, 3, minutes.size))
        flows = CounterFlows(HOUR, largest_gap=timedelta(days=30))
        found = made(flows, instants(list(minutes)), list(values), grid=FixedGrid(HOUR))
        series = pd.Series(values, pd.DatetimeIndex(instants(list(minutes))))
        hours = pd.date_range(series.index[0].ceil("h"), series.index[-1], freq="h")
        register = series.reindex(series.index.union(hours)).interpolate("time")[hours]
        expected = register.diff().dropna().to_numpy()
        assert list(found.quantities.values()) == pytest.approx(list(expected), rel=1e-9)


class TestGaps:
    def test_a_gap_is_spread_evenly_and_marked(self) -> None:
        found = read([0, 15, 75, 90], [0, 3, 7, 9])
        assert found.quantities == pytest.approx(quarters(3, 1, 1, 1, 1, 2))
        assert found.estimated == {at(15), at(30), at(45), at(60)}
        (remark,) = found.remarks
        assert (remark.code, remark.start, remark.end) == ("gap_filled", at(15), at(75))
        assert remark.quantity == 4

    def test_over_a_longer_gap_nothing_is_spread_and_its_amount_is_told(self) -> None:
        found = read([0, 15, 136, 150], [0, 3, 50, 60])
        assert found.quantities == quarters(3)
        assert found.told("gap_left") == 47
        assert found.told("partial_interval") == 10

    def test_the_largest_gap_itself_is_filled(self) -> None:
        found = read([0, 15, 135], [0, 3, 11])
        assert found.total == pytest.approx(11)
        assert found.codes() == ["gap_filled"]

    def test_a_day_between_two_samples_of_a_daily_meter_is_no_gap(self) -> None:
        day = timedelta(days=1)
        flows = CounterFlows(day)
        found = made(flows, instants([0, 1440, 2880]), [0, 5, 11], grid=FixedGrid(day))
        assert (list(found.quantities.values()), found.remarks) == ([5, 6], ())

    def test_many_gaps_are_told_as_one_remark_without_losing_their_amounts(self) -> None:
        count = 3 * MOST_TOLD
        found = read([200.0 * place for place in range(count)], list(range(count)))
        gaps = [each for each in found.remarks if each.code == "gap_left"]
        assert (len(gaps), sum(each.count for each in gaps)) == (MOST_TOLD + 1, count - 1)
        assert found.told("gap_left") == count - 1


class TestFalls:
    def test_a_register_that_rolls_over_goes_on_from_its_highest_number(self) -> None:
        found = counted([99_997, 99_999, 3, 5], register_digits=5)
        assert found.quantities == quarters(2, 4, 2)
        assert [(each.code, each.quantity) for each in found.remarks] == [("roll_over", 4)]

    def test_a_logger_that_rounds_may_show_the_number_behind_the_highest(self) -> None:
        """999.9996 MWh of three digits become 1000.000: that was a reset."""
        found = counted([999.991, 1000.0, 0.005], register_digits=3)
        assert found.codes() == ["roll_over"]
        assert found.total == pytest.approx(0.014)

    @pytest.mark.parametrize("values", [[99_996, 99_999, 3, 5], [65_532, 65_535, 3, 5]])
    def test_a_register_of_unknown_width_rolls_over_where_the_use_is_possible(
        self, values: list[float]
    ) -> None:
        found = counted(values, highest_rate=HIGHEST)
        assert list(found.quantities.values()) == [3, 4, 2]
        assert found.codes() == ["roll_over"]

    @pytest.mark.parametrize("digits", [5, None])
    def test_a_reset_near_the_end_of_the_register_is_no_roll_over(self, digits: int | None) -> None:
        """80,000 to 0 in a quarter of an hour would be a use of 20,000 kWh."""
        found = counted([79_990, 80_000, 0, 5, 9], register_digits=digits, highest_rate=HIGHEST)
        assert found.quantities == quarters(10, None, 5, 4)
        assert [(each.code, each.quantity) for each in found.remarks] == [("reset", None)]

    def test_without_a_width_and_a_highest_rate_no_fall_is_a_roll_over(self) -> None:
        found = counted([99_997, 99_999, 3, 5])
        assert found.quantities == quarters(2, None, 2)
        assert found.codes() == ["reset"]

    def test_a_fall_by_less_than_half_of_the_register_is_a_reset(self) -> None:
        found = counted([400, 402, 1, 3], register_digits=3)
        assert found.quantities == quarters(2, None, 2)
        assert found.codes() == ["reset"]

    def test_a_reset_at_the_end_is_told(self) -> None:
        assert counted([5, 6, 0]).codes() == ["reset"]

    def test_a_meter_that_counts_each_day_from_nought_loses_its_midnights_only(self) -> None:
        found = counted([4, 8, 0, 3, 9, 0, 1], highest_rate=HIGHEST)
        assert found.quantities == quarters(4, None, 3, 6, None, 1)
        assert found.codes() == ["reset", "reset"]


class TestWrongReadings:
    @pytest.mark.parametrize("highest", [HIGHEST, None])
    def test_a_nought_between_two_good_samples_costs_nothing(self, highest: float | None) -> None:
        found = counted([900, 904, 0, 908, 910], highest_rate=highest)
        assert found.quantities == quarters(4, 2, 2, 2)
        assert found.estimated == {at(15), at(30)}
        assert found.codes() == ["gap_filled", "wrong_reading"]

    def test_noughts_while_a_meter_cannot_be_read_are_no_use_of_nought(self) -> None:
        found = counted([900, 904, 0, 0, 0, 0, 0, 0, 0, 0, 0, 924, 926], highest_rate=HIGHEST)
        assert found.quantities == quarters(4, *[None] * 10, 2)
        assert found.told("gap_left") == 20

    def test_a_new_register_that_stands_still_is_believed_once_it_moves(self) -> None:
        found = counted([900, 904, 0, 0, 0, 3, 4], highest_rate=HIGHEST)
        assert found.quantities == quarters(4, None, None, None, 3, 1)

    def test_a_sample_far_too_high_costs_nothing(self) -> None:
        found = counted([900, 904, 99_999, 908, 910], highest_rate=HIGHEST)
        assert found.quantities == quarters(4, 2, 2, 2)
        assert found.codes() == ["gap_filled", "wrong_reading"]

    def test_a_small_step_back_is_not_counted_twice(self) -> None:
        found = counted([900.0, 904.0, 903.5, 906.0], highest_rate=HIGHEST)
        assert found.total == 6.0
        assert found.codes() == ["gap_filled", "wrong_reading"]

    def test_a_jump_is_left_out_and_its_amount_told(self) -> None:
        found = counted([900, 904, 50_904, 50_908], highest_rate=HIGHEST)
        assert found.quantities == quarters(4, None, 4)
        assert [(each.code, each.quantity) for each in found.remarks] == [("jump", 50_000)]

    def test_two_samples_a_second_apart_may_have_a_tick_of_the_register_between(self) -> None:
        found = read([0, 7, 7.02, 15], [0, 4, 5, 9], highest_rate=HIGHEST)
        assert found == Made(quarters(9), frozenset(), ())


class TestReplacement:
    def test_no_difference_of_two_meters_is_taken(self) -> None:
        found = counted([10, 12, 500, 503], serials=["A", "A", "B", "B"])
        assert found.quantities == quarters(2, None, 3)
        assert [(each.code, each.start) for each in found.remarks] == [("replacement", at(15))]

    def test_a_sample_that_does_not_name_its_meter_is_of_the_one_before(self) -> None:
        found = counted([10, 12, 14, 500, 503], serials=["", "A", "", "B", ""])
        assert found.quantities == quarters(2, 2, None, 3)

    def test_a_meter_that_is_replaced_by_one_showing_less_is_no_reset(self) -> None:
        found = counted([10, 12, 0, 3], serials=["A", "A", "B", "B"], register_digits=2)
        assert (found.quantities, found.codes()) == (quarters(2, None, 3), ["replacement"])
