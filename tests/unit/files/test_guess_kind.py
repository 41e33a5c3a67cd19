"""Amounts, or a counter: by the values, and by the column's name where those are too few."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from enms_core.domain.imports import Kind
from enms_core.files.guess_kind import kind_of

RISING = np.linspace(5000, 5100, 200)
NOISE = np.random.default_rng(7).uniform(0, 9, 500)


def kind(values: object, *, is_counter: bool = False, is_amount: bool = False) -> Kind | None:
    found = kind_of(np.array(values, dtype=np.float64), is_counter=is_counter, is_amount=is_amount)
    return found.kind


def test_values_that_rise_and_fall_are_amounts() -> None:
    assert kind(NOISE) == kind(NOISE, is_amount=True) == "interval"
    assert kind(NOISE, is_counter=True, is_amount=True) == "interval"


def test_a_name_that_says_counter_is_never_overruled() -> None:
    """A register that ran backwards in the sun was summed up as 3.9 GWh of 1.7 MWh."""
    assert kind(NOISE, is_counter=True) is None


@pytest.mark.parametrize(
    "values",
    [5000 + np.cumsum(8 * np.sin(np.arange(672) / 15) + 2.5), 12345.6 + NOISE / 500],
    ids=["runs backwards by day", "trembles"],
)
def test_values_that_fall_by_little_beside_them_may_be_a_counter(
    values: NDArray[np.float64],
) -> None:
    assert kind(values) is None


def test_an_even_load_is_no_counter() -> None:
    assert kind(5 + NOISE // 3 / 4) == "interval"


def test_what_stands_still_at_a_large_value_may_be_a_counter_of_an_idle_machine() -> None:
    """5,000 minutes of 12345.6 were stored as 61.7 GWh."""
    still = np.full(5000, 12345.6)
    assert kind(still) is None
    assert kind(still, is_amount=True) is None
    assert kind(still, is_counter=True) == "counter"
    assert kind(still * 0) == "interval"


def test_values_that_only_rise_are_a_counter_whatever_the_name_says() -> None:
    assert kind(RISING) == kind(RISING, is_amount=True) == "counter"


def test_a_counter_may_stand_still_and_have_rows_without_a_value() -> None:
    values = np.repeat(RISING, 3)
    values[::7] = np.nan
    assert kind(values) == "counter"


def test_a_counter_that_begins_anew_every_day_is_told_by_its_name_only() -> None:
    days = np.tile(np.arange(96) * 0.5, 10)
    assert kind(days) is None
    assert kind(days, is_counter=True) == "counter"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1.5, 2.5, 3.5), "interval"),
        ((1000, 1001, 1002.5), None),
        ((1, 2, 3, 4, 5, 6), None),
        ((5, 5, 5), "interval"),
        ((5,), "interval"),
        ((), "interval"),
    ],
    ids=["small", "large", "six", "still", "one", "none"],
)
def test_few_rows_are_left_open_unless_they_are_small(
    values: NDArray[np.float64], expected: Kind | None
) -> None:
    assert kind(values) == expected


@pytest.mark.parametrize("values", [(1000, 1001, 1002.5), (1, 2, 3, 4, 5, 6)])
def test_the_name_decides_of_few_rows(values: NDArray[np.float64]) -> None:
    assert kind(values, is_counter=True) == "counter"
    assert kind(values, is_amount=True) == "interval"
    assert kind(values, is_counter=True, is_amount=True) is None


def test_a_machine_that_starts_up_for_some_hours_is_no_counter() -> None:
    ramp = np.arange(20) ** 1.5
    assert kind(ramp) is None
    assert kind(ramp, is_amount=True) == "interval"
