"""What a plan saved, by hand: the examples of docs/action-plans.md."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from scipy.special import stdtrit

from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.verified import Waste, verified, wasted_idle, wasted_less, wasted_off
from tests.core.performance_works import SAMPLES, SCATTER, flat_model

DAYS = 28
HALF = DAYS * 12  # hours: the plan is made, and done, after two weeks


def table(quantity: np.ndarray, running: np.ndarray | None = None) -> HourlyTable:
    hours = np.arange(len(quantity), dtype=np.int64)
    none = np.zeros(len(quantity), dtype=np.bool_)
    ran = np.ones(len(quantity)) if running is None else running
    return HourlyTable(hours, hours // 24, quantity, ~none, none, ran, none)


def halves(rows: HourlyTable) -> tuple[np.ndarray, np.ndarray]:
    return rows.hours < HALF, rows.hours >= HALF


def test_use_back_at_its_baseline_has_saved_what_it_was_above_it_before() -> None:
    """Baseline 2 kWh an hour; 2.5 before, 2 after: half a kWh in each of 336 hours."""
    rows = table(np.where(np.arange(DAYS * 24) < HALF, 2.5, 2.0))

    found = verified(flat_model(2.0), rows, *halves(rows))

    assert found is not None
    assert found.excess_per_hour == pytest.approx(0.5)
    assert found.expected == pytest.approx(HALF * 2.5)
    assert found.actual == pytest.approx(HALF * 2.0)
    assert found.quantity == pytest.approx(168.0)
    assert found.percent == pytest.approx(20.0)
    # alpha t CV sqrt((n/n')(1 + 2/n')/m) of 672 kWh, before and after alike
    t = float(stdtrit(SAMPLES - 1, 0.95))
    half = 1.26 * t * SCATTER / 2.0 * sqrt((1 + 2 / SAMPLES) / HALF) * HALF * 2.0
    assert found.uncertainty == pytest.approx(half * sqrt(2.0))
    assert found.is_significant


def test_without_a_time_before_the_baseline_alone_tells() -> None:
    rows = table(np.full(DAYS * 24, 1.5))
    before, after = halves(rows)

    found = verified(flat_model(2.0), rows, before & ~before, after)

    assert found is not None
    assert found.quantity == pytest.approx(HALF * 0.5)
    assert found.excess_per_hour == 0.0


def test_an_unchanged_use_has_saved_nothing() -> None:
    chance = np.random.default_rng(8)
    rows = table(2.5 + chance.normal(0.0, SCATTER, DAYS * 24))

    found = verified(flat_model(2.0), rows, *halves(rows))

    assert found is not None
    assert not found.is_significant


def test_too_few_hours_after_tell_nothing() -> None:
    rows = table(np.full(HALF + 23, 2.0))

    assert verified(flat_model(2.0), rows, *halves(rows)) is None


def test_idle_hours_that_are_switched_off_have_saved_their_use() -> None:
    """Idle at 3 kWh in eight hours of each day before, off since: 24 kWh a day over 14 days."""
    hour = np.arange(DAYS * 24)
    idles = (hour % 24 < 8) & (hour < HALF)
    off = (hour % 24 < 8) & (hour >= HALF)
    quantity = np.where(idles, 3.0, np.where(off, 0.0, 10.0))
    rows = table(quantity, np.where(idles | off, 0.0, 1.0))
    rows = HourlyTable(**{**vars(rows), "is_stopped": off})

    found = wasted_less(rows, wasted_idle(rows, None, HALF), *halves(rows))

    assert found is not None
    assert found.excess_per_hour == pytest.approx(3.0)
    assert found.quantity == pytest.approx(336.0)
    assert found.actual == pytest.approx(14 * 16 * 10.0)
    assert found.expected == pytest.approx(2240.0 + 336.0)
    assert found.uncertainty == 0.0


def test_what_is_used_while_off_is_not_saved_by_switching_off() -> None:
    """Idle at 3 kWh in eight hours of each day before, off at 1 kWh since: 2 kWh in each of 112."""
    hour = np.arange(DAYS * 24)
    idles = (hour % 24 < 8) & (hour < HALF)
    off = (hour % 24 < 8) & (hour >= HALF)
    rows = table(np.where(idles, 3.0, np.where(off, 1.0, 10.0)), np.where(idles | off, 0.0, 1.0))
    rows = HourlyTable(**{**vars(rows), "is_stopped": off})

    found = wasted_less(rows, wasted_idle(rows, None, HALF), *halves(rows))

    assert found is not None
    assert found.quantity == pytest.approx(224.0)


def test_a_second_shift_is_no_saving_of_base_load() -> None:
    """16 hours off at 3 kWh a day before, 8 since, because the machine works twice as long."""
    hour = np.arange(DAYS * 24)
    off = hour % 24 < np.where(hour < HALF, 16, 8)
    rows = table(np.where(off, 3.0, 20.0), np.where(off, 0.0, 1.0))
    rows = HourlyTable(**{**vars(rows), "is_stopped": off})

    found = wasted_less(rows, wasted_off(rows, None, HALF), *halves(rows))

    assert found is not None
    assert found.quantity == 0.0


def test_the_scatter_of_days_is_the_uncertainty_of_less_waste() -> None:
    """Days that waste 0 and 2 kWh an hour by turns, before and after: s² = 14/13 each."""
    day = np.arange(DAYS * 24) // 24
    waste = np.where(day % 2, 2.0, 0.0)
    rows = table(np.full(DAYS * 24, 5.0))

    everywhere = Waste(waste, np.ones(len(rows), dtype=np.bool_))
    found = wasted_less(rows, everywhere, *halves(rows))

    assert found is not None
    assert found.quantity == pytest.approx(0.0)
    error = 14 / 13 / 14
    half = float(stdtrit(26, 0.95)) * sqrt(2 * error) * HALF
    assert found.uncertainty == pytest.approx(half)
