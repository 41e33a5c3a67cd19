"""No use is saved twice, and a usual week is told with its interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from enms_core.analysis.claims import Asked, Claim, Weekly, distinct, weekly_of
from enms_core.analysis.weekly_totals import kept
from tests.unit.performance.made_hours import machine

Floats = NDArray[np.float64]
HOURS = 24
CLAIMS = st.lists(arrays(np.float64, HOURS, elements=st.floats(-5.0, 50.0)), min_size=1, max_size=5)


def claim(per_hour: Floats) -> Claim:
    return Claim("idle", per_hour, Weekly(7.0, None, None), value=0.0, threshold=0.0)


@given(CLAIMS, arrays(np.float64, HOURS, elements=st.floats(0.0, 30.0)))
def test_no_hour_saves_more_than_it_used_nor_than_its_greatest_claim(
    wanted: list[Floats], used: Floats
) -> None:
    made = machine()
    asked = made.changed(np.arange(len(made.table)) >= 0, quantity=used.mean()).asked(days=1)
    rows = asked.is_in
    whole = [np.concatenate([np.zeros(len(made.table) - HOURS), each]) for each in wanted]

    claims = [claim(asked.capped(each, rows)) for each in whole]
    total = distinct(claims)

    assert (total <= asked.table.quantity + 1e-12).all()
    assert (total[~rows] == 0.0).all()
    assert all((total >= each.per_hour).all() for each in claims)
    assert float(total.sum()) <= sum(each.quantity for each in claims) + 1e-9


@given(CLAIMS)
def test_what_is_kept_of_all_claims_is_the_total(wanted: list[Floats]) -> None:
    claims = [claim(np.maximum(each, 0.0)) for each in wanted]

    counted = kept(claims)

    together = np.sum([each.per_hour for each in counted], axis=0)
    assert together == pytest.approx(distinct(claims), abs=1e-9)
    assert all(0.0 <= each.weekly.quantity <= each.claim.weekly.quantity for each in counted)


def test_two_claims_of_the_same_hours_by_hand() -> None:
    first, second = claim(np.array([3.0, 0.0, 2.0])), claim(np.array([1.0, 4.0, 2.0]))

    assert distinct([first, second]).tolist() == [3.0, 4.0, 2.0]
    # 3 + 2 of 5; 4 of 7, of a week of 7 kWh each.
    assert [each.weekly.quantity for each in kept([first, second])] == pytest.approx([7.0, 4.0])


def test_a_week_is_the_sum_of_its_mean_days() -> None:
    # Two weeks, of which the Mondays claim 10 and 14 kWh and nothing else is claimed: 12 a week;
    # s² = (2² + 2²) / 7 degrees of freedom, √(7 · 1/2) of it: 2.0; t(7; 97.5 %) = 2.364624.
    made = machine()
    asked = made.asked(days=14)
    since = int(made.table.hours[-24 * 14])
    claimed = np.zeros(len(made.table))
    mondays = np.flatnonzero(asked.is_in & (made.weekday == 0) & (made.hour == 12))
    claimed[mondays] = 10.0, 14.0

    week = weekly_of(asked, claimed, since)

    assert week.quantity == pytest.approx(12.0)
    assert week.upper == pytest.approx(12.0 + 2.364624 * 2.0, rel=1e-6)
    assert week.lower == pytest.approx(12.0 - 2.364624 * 2.0, rel=1e-6)


def test_two_days_tell_a_week_without_an_interval() -> None:
    made = machine()
    since = int(made.table.hours[-48])

    week = weekly_of(made.asked(days=14), np.ones(len(made.table)), since)

    assert week == Weekly(168.0, None, None)


def test_a_saturday_tells_no_week_the_four_weeks_before_it_do() -> None:
    made = machine()
    saturdays = np.where(made.weekday == 5, 2.0, 0.0)
    saturday = np.flatnonzero(made.weekday == 5)[-1]
    last = int(made.table.hours[saturday]) + 1

    week = weekly_of(Asked(made.table, last - 24, last), saturdays)

    assert week.quantity == pytest.approx(48.0)


def test_a_change_of_yesterday_is_told_of_the_days_since() -> None:
    made = machine()
    asked = made.asked(days=14)
    since = int(made.table.hours[-24 * 3])
    claimed = np.where(made.table.hours >= since, 2.0, 0.0)

    week = weekly_of(asked, claimed, since)

    assert week.quantity == pytest.approx(7 * 48.0)
