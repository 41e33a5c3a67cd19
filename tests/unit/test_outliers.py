"""Amounts beyond all others are found, and nothing that a machine can have used."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.analysis.outliers import Outliers

USUAL = np.random.default_rng(3).uniform(2, 12, 3000)


def found(amounts: list[float], cut: int = 1000) -> dict[int, float]:
    outliers, values = Outliers(), np.array(amounts, np.float64)
    for begin in range(0, len(values), cut):
        part = values[begin : begin + cut]
        outliers.add(np.arange(begin, begin + len(part)), part)
    starts, told = outliers.found()
    return dict(zip(starts.tolist(), told.tolist(), strict=True))


@pytest.mark.parametrize("wrong", [65535.0, 4294967295.0, 9999999999999.0])
def test_what_a_logger_writes_without_its_meter_is_found(wrong: float) -> None:
    assert found([*USUAL, wrong, *USUAL, wrong]) == {3000: wrong, 6001: wrong}


def test_wrong_values_of_several_sizes_are_found_together() -> None:
    assert found([*USUAL, 65535.0, 4294967295.0]) == {3000: 65535.0, 3001: 4294967295.0}


@pytest.mark.parametrize(
    "amounts",
    [[], [0.0, 0.0], [5.0], [0.0] * 500 + [9000.0], [*USUAL, 900.0], [*np.geomspace(1, 1e9, 99)]],
    ids=["none", "zeros", "one", "one among zeros", "a hundred times", "ever larger ones"],
)
def test_what_can_have_been_used_is_none(amounts: list[float]) -> None:
    assert found(amounts) == {}


@given(
    st.lists(st.floats(0, 1e6) | st.sampled_from([65535.0, 1e12]), max_size=60),
    st.integers(1, 60),
)
def test_any_cut_finds_the_same(amounts: list[float], cut: int) -> None:
    assert found(amounts, cut) == found(amounts, 60)
