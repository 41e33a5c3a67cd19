"""Samples drawn at random: nothing is lost, nothing invented, and chunks do not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.analysis.counter import CounterFlows
from enms_core.analysis.power_samples import PowerFlows
from enms_core.analysis.survey import CounterSurvey, PhaseSurvey
from enms_core.domain.imports import Stamp
from tests.unit.metered import QUARTER, UTC, Made, at, instants, made, walked

HIGHEST = 40.0
MOST_A_QUARTER = 10
LARGEST_GAP_MINUTES = 120

# Mostly a sample every quarter of an hour, some late, some missing, some gaps too long to fill.
STEPS = st.one_of(st.just(15), st.just(15), st.integers(1, 60), st.integers(1, 400))
CUTS = st.lists(st.integers(0, 60), max_size=5).map(sorted)


@dataclass(frozen=True)
class Drawn:
    """A register as it truly went, at minutes that rise."""

    minutes: Sequence[float]
    values: Sequence[float]


@st.composite
def registers(draw: st.DrawFn) -> Drawn:
    steps = draw(st.lists(STEPS, max_size=60))
    minutes = list(accumulate(steps, initial=draw(st.integers(0, 20))))
    used = [draw(st.integers(0, MOST_A_QUARTER)) / 4 for _ in steps]
    return Drawn(minutes, list(accumulate(used, initial=float(draw(st.integers(0, 1000))))))


def cuts_within(cuts: Sequence[int], size: int) -> list[int]:
    return [cut for cut in cuts if cut <= size]


def assert_same(found: Made, wanted: Made) -> None:
    assert found.quantities == pytest.approx(wanted.quantities, abs=1e-9)
    assert found.estimated == wanted.estimated
    assert found.codes() == wanted.codes()
    for one, other in zip(found.remarks, wanted.remarks, strict=True):
        assert (one.start, one.end, one.count) == (other.start, other.end, other.count)
        assert one.quantity == pytest.approx(other.quantity, abs=1e-9)


class TestCounters:
    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(registers(), CUTS)
    def test_are_as_a_plain_walk_has_them(self, register: Drawn, cuts: list[int]) -> None:
        steps = [
            (at(start), at(end), after - before)
            for (start, before), (end, after) in pairwise(
                zip(register.minutes, register.values, strict=True)
            )
            if end - start <= LARGEST_GAP_MINUTES
        ]
        found = made(
            CounterFlows(QUARTER),
            instants(register.minutes),
            register.values,
            cuts=cuts_within(cuts, len(register.values)),
        )
        assert found.quantities == pytest.approx(walked(steps), abs=1e-9)
        everything = found.total + found.told("gap_left", "partial_interval")
        assert everything == pytest.approx(register.values[-1] - register.values[0], abs=1e-9)

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(st.data(), registers(), CUTS, st.sampled_from([HIGHEST, None]))
    def test_are_the_same_however_wrong_and_however_cut(
        self, data: st.DataObject, register: Drawn, cuts: list[int], highest: float | None
    ) -> None:
        values = list(register.values)
        for place in data.draw(st.lists(st.integers(0, len(values) - 1), max_size=8)):
            values[place] = data.draw(st.sampled_from([0.0, 3.0, values[place] + 500, 99_999.0]))
        names = data.draw(
            st.none() | st.lists(st.sampled_from(["A", "A", "B", ""]),
                                 min_size=len(values), max_size=len(values))
        )  # fmt: skip
        moments = instants(register.minutes)
        one, other = (
            made(
                CounterFlows(QUARTER, highest_rate=highest, register_digits=4),
                moments, values, serials=names, cuts=cuts_within(places, len(values)),
            )
            for places in ([], cuts)
        )  # fmt: skip
        assert_same(other, one)

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(registers(), st.data())
    def test_noughts_between_good_samples_neither_lose_nor_add(
        self, register: Drawn, data: st.DataObject
    ) -> None:
        values = [value + 1000 for value in register.values]
        true_use = values[-1] - values[0]
        for place in range(1, len(values) - 1):
            if data.draw(st.integers(0, 5)) == 0:
                values[place] = 0.0
        found = made(
            CounterFlows(QUARTER, highest_rate=HIGHEST), instants(register.minutes), values
        )
        everything = found.total + found.told("gap_left", "partial_interval")
        assert everything == pytest.approx(true_use, abs=1e-9)

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(registers(), st.integers(0, 9_999))
    def test_roll_overs_lose_nothing(self, register: Drawn, begin: int) -> None:
        values = [(begin * 0.01 + value) % 100 for value in register.values]
        found = made(CounterFlows(QUARTER, register_digits=2), instants(register.minutes), values)
        everything = found.total + found.told("gap_left", "partial_interval")
        assert everything == pytest.approx(register.values[-1] - register.values[0], abs=1e-9)

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(registers(), st.data())
    def test_resets_and_jumps_add_nothing(self, register: Drawn, data: st.DataObject) -> None:
        values, shift = [], 0.0
        for value in register.values:
            if data.draw(st.integers(0, 9)) == 0:
                shift = data.draw(st.sampled_from([-value, 5_000 - value, 70_000 - value]))
            values.append(value + shift)
        found = made(
            CounterFlows(QUARTER, highest_rate=HIGHEST), instants(register.minutes), values
        )
        everything = found.total + found.told("gap_left", "partial_interval")
        assert everything <= register.values[-1] - register.values[0] + 1e-9

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(registers(), CUTS)
    def test_their_surveys_do_not_depend_on_chunks(self, register: Drawn, cuts: list[int]) -> None:
        moments, values = instants(register.minutes), np.array(register.values)
        found = []
        for places in ([], cuts_within(cuts, values.size)):
            rates, phases = CounterSurvey(QUARTER), PhaseSurvey(QUARTER, UTC)
            for start, end in pairwise([0, *places, values.size]):
                rates.add(moments[start:end], values[start:end])
                phases.add(moments[start:end])
            found.append((rates.highest_rate, phases.grid.starts(np.arange(3)).tolist()))
        assert found[0] == found[1]


class TestPower:
    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(registers(), CUTS, st.sampled_from(["start", "end", None]))
    def test_is_the_same_however_it_is_cut(
        self, drawn: Drawn, cuts: list[int], stamp: Stamp | None
    ) -> None:
        one, other = (
            made(PowerFlows(stamp, QUARTER), instants(drawn.minutes), drawn.values, cuts=places)
            for places in ([], cuts_within(cuts, len(drawn.values)))
        )
        assert_same(other, one)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(registers())
    def test_energy_is_the_area_under_the_rate(self, drawn: Drawn) -> None:
        """Without a gap that is too long, over all of the time from the first to the last."""
        minutes = [place * 17.0 for place in range(len(drawn.values))]
        found = made(PowerFlows(None, QUARTER), instants(minutes), drawn.values)
        area = sum((before + after) / 2 * 17 / 60 for before, after in pairwise(drawn.values))
        assert found.total + found.told("partial_interval") == pytest.approx(area, abs=1e-9)
