"""Lengths of time as people write them."""

from __future__ import annotations

import doctest
from datetime import timedelta

import pytest

from enms_core.domain import durations
from enms_core.domain.durations import duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("15 min", 900),
        ("15min", 900),
        (" 2 H ", 7_200),
        ("1.5 hours", 5_400),
        ("1 day", 86_400),
        ("30s", 30),
    ],
)
def test_a_number_and_a_unit_are_a_length(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "15", "min", "-1 h", "0 min", "1 month", "1 h 30 min"])
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="length of time"):
        duration(text)


def test_the_example_is_true() -> None:
    assert doctest.testmod(durations).failed == 0
