"""Several claims together: no hour twice, intervals in squares."""

from __future__ import annotations

import numpy as np
import pytest

from enms_core.analysis.claims import Claim, Weekly, distinct
from enms_core.analysis.weekly_totals import kept, sum_of_weeks, week_hours_of

WEEK = Weekly(10.0, 8.0, 12.0)


def claim(*per_hour: float, week: Weekly = WEEK) -> Claim:
    return Claim("idle", np.array(per_hour), week, 1.0, 0.0)


FIRST, SECOND = claim(3.0, 0.0, 2.0), claim(1.0, 4.0, 2.0, week=Weekly(7.0, 3.5, None))


def test_an_hour_counts_with_its_greatest_claim() -> None:
    """3, 4 and 2: the first keeps all of 5, the second 4 of 7."""
    one, other = kept([FIRST, SECOND])

    assert list(one.per_hour) == [3.0, 0.0, 2.0]
    assert list(other.per_hour) == [0.0, 4.0, 0.0]
    assert (one.weekly, other.weekly) == (
        WEEK,
        Weekly(pytest.approx(4.0), pytest.approx(2.0), None),
    )


def test_what_is_kept_is_all_that_is_distinct() -> None:
    chance = np.random.default_rng(3)
    claims = [claim(*chance.uniform(0.0, 5.0, 50)) for _ in range(5)]

    together = sum(each.per_hour for each in kept(claims))

    assert together == pytest.approx(distinct(claims))


def test_no_claims_keep_nothing() -> None:
    assert kept([]) == ()
    assert kept([claim(0.0, 0.0)])[0].weekly == Weekly(0.0, 0.0, 0.0)


def test_hours_are_scaled_to_a_week() -> None:
    week = week_hours_of(FIRST, FIRST.per_hour)

    assert list(week) == [6.0, 0.0, 4.0]
    assert list(week_hours_of(claim(0.0, 0.0), np.zeros(2))) == [0.0, 0.0]


def test_weeks_add_up_and_their_intervals_in_squares() -> None:
    found = sum_of_weeks([Weekly(10.0, 7.0, 13.0), Weekly(20.0, 16.0, 24.0)])

    assert found == Weekly(30.0, 25.0, 35.0)


def test_a_sum_has_no_interval_where_a_part_has_none() -> None:
    assert sum_of_weeks([Weekly(10.0, 7.0, 13.0), Weekly(20.0, None, None)]) == Weekly(
        30.0, None, None
    )


def test_no_weeks_are_nothing() -> None:
    assert sum_of_weeks([]) == Weekly(0.0, 0.0, 0.0)
