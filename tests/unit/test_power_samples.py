"""Power to energy: means of intervals, samples of a moment, and gaps, by hand and with pandas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from enms_core.analysis.grid import FixedGrid, moments_of
from enms_core.analysis.power_samples import PowerFlows
from enms_core.analysis.survey import Spacing, spacing_of
from enms_core.domain.imports import Stamp
from tests.unit.metered import HOUR, QUARTER, Made, at, instants, made

MINUTE = timedelta(minutes=1)


def measured(stamp: Stamp | None, minutes: Sequence[float], values: Sequence[float]) -> Made:
    """Samples of kW, usually a quarter of an hour apart."""
    return made(PowerFlows(stamp, QUARTER), instants(minutes), values)


def energies(found: Made) -> list[tuple[datetime, float]]:
    return [(start, pytest.approx(energy)) for start, energy in found.quantities.items()]


class TestMeans:
    """A logger's mean of each interval: 4 kW over a quarter of an hour are 1 kWh."""

    def test_at_the_start_of_their_intervals(self) -> None:
        found = measured("start", [0, 15, 30], [4, 8, 12])
        assert found.quantities == {at(0): 1, at(15): 2, at(30): 3}
        assert (found.estimated, found.remarks) == (frozenset(), ())

    def test_at_the_end_of_their_intervals(self) -> None:
        found = measured("end", [15, 30, 45], [4, 8, 12])
        assert found.quantities == {at(0): 1, at(15): 2, at(30): 3}
        assert (found.estimated, found.remarks) == (frozenset(), ())

    @pytest.mark.parametrize("stamp", ["start", "end"])
    def test_a_single_one_is_a_whole_interval(self, stamp: Stamp) -> None:
        assert list(measured(stamp, [30], [4]).quantities.values()) == [1]

    @pytest.mark.parametrize(("stamp", "held"), [("start", 1), ("end", 3)])
    def test_over_missing_ones_their_mean_is_held_and_marked(
        self, stamp: Stamp, held: float
    ) -> None:
        found = measured(stamp, [0, 15, 60, 75], [8, 4, 12, 16])
        energy = list(found.quantities.values())
        assert energy == [2, 1, held, held, 3, 4]
        assert found.estimated == set(list(found.quantities)[2:4])
        assert [(each.code, each.quantity) for each in found.remarks] == [("gap_filled", 2 * held)]

    @pytest.mark.parametrize("stamp", ["start", "end"])
    def test_over_a_longer_gap_nothing_is_held(self, stamp: Stamp) -> None:
        found = measured(stamp, [0, 15, 150, 165], [8, 4, 12, 16])
        assert list(found.quantities.values()) == [2, 1, 3, 4]
        assert not found.estimated
        assert [(each.code, each.quantity) for each in found.remarks] == [("gap_left", None)]

    def test_a_late_one_is_held_until_it_comes(self) -> None:
        found = measured("start", [0, 15, 37, 45], [4, 4, 8, 4])
        assert found.quantities == pytest.approx(
            {at(0): 1, at(15): 1, at(30): 7 / 15 + 16 / 15, at(45): 1}
        )
        assert not found.estimated

    def test_minutes_make_the_hours_that_pandas_has(self) -> None:
        rates = np.random.default_rng(3).uniform(0, 50, 60 * 24)
        moments = instants(list(range(rates.size)))
        found = made(PowerFlows("start", MINUTE), moments, list(rates), grid=FixedGrid(HOUR))
        hours = pd.Series(rates, pd.DatetimeIndex(moments)).resample("h").mean()
        assert list(found.quantities.values()) == pytest.approx(list(hours), rel=1e-12)


class TestMoments:
    """Samples of a moment: between two the rate goes straight from one to the other."""

    def test_a_rate_that_rises_evenly(self) -> None:
        """From 0 to 8 kW in half an hour: the first quarter has a mean of 2, the second of 6."""
        found = measured(None, [0, 30], [0, 8])
        assert energies(found) == [(at(0), 0.5), (at(15), 1.5)]

    def test_a_rise_between_samples_that_lie_across_the_clock(self) -> None:
        """1 kW more each hour from 10 minutes past on, from 1 kW: 2 kW at ten past one."""
        minutes = [10.0 + 20 * place for place in range(7)]
        found = measured(None, minutes, [1 + place / 3 for place in range(7)])
        rate = {
            start: 1 + ((start - at(0)) / HOUR) + 7.5 / 60 - 10 / 60 for start in found.quantities
        }
        assert len(rate) == 7
        assert energies(found) == [(start, mean / 4) for start, mean in rate.items()]

    def test_over_missing_ones_the_rate_goes_straight_and_is_marked(self) -> None:
        found = measured(None, [0, 15, 45, 60], [4, 4, 8, 8])
        assert energies(found) == [(at(0), 1), (at(15), 1.25), (at(30), 1.75), (at(45), 2)]
        assert found.estimated == {at(15), at(30)}

    def test_of_a_meter_that_sends_as_it_likes_a_late_one_is_no_missing_one(self) -> None:
        moments = instants([0, 1, 2, 11, 12, 13, 30])
        found = made(PowerFlows(None, MINUTE, usual_step=QUARTER), moments, [4.0] * 7)
        assert energies(found) == [(at(0), 1), (at(15), 1)]
        assert (found.estimated, found.remarks) == (frozenset(), ())

    def test_over_a_longer_gap_there_is_nothing(self) -> None:
        found = measured(None, [0, 15, 150, 165], [4, 4, 8, 8])
        assert energies(found) == [(at(0), 1), (at(150), 2)]
        assert [(each.code, each.start, each.end) for each in found.remarks] == [
            ("gap_left", at(15), at(150))
        ]

    def test_the_last_sample_tells_nothing_of_what_follows(self) -> None:
        assert not measured(None, [0], [4]).quantities


class TestSpacing:
    """How far apart samples are, and whether one that comes later has left one out."""

    def test_samples_that_leave_some_out_are_regular(self) -> None:
        moments = moments_of(instants([0, 1, 2.05, 3, 7, 8, 11, 12, 13]))
        assert spacing_of(moments, QUARTER) == Spacing(MINUTE, None)

    def test_samples_at_any_time_may_be_an_interval_apart(self) -> None:
        moments = moments_of(instants([0, 0.4, 1, 1.3, 2, 3.5, 3.6, 5]))
        assert spacing_of(moments, QUARTER).step == QUARTER

    def test_slow_ones_at_any_time_may_be_as_far_apart_as_they_usually_are(self) -> None:
        moments = moments_of(instants([0, 20, 57, 64, 110, 133, 190]))
        assert spacing_of(moments, QUARTER) == Spacing(at(30) - at(0), at(30) - at(0))

    def test_a_single_one_stands_for_an_interval(self) -> None:
        assert spacing_of(moments_of(instants([3])), QUARTER) == Spacing(QUARTER, None)
