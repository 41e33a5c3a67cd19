"""Which part of each hour machines ran, against a walk through every second."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from enms_core.analysis.hour_grid import HourGrid
from enms_core.analysis.running_hours import (
    StatusSteps,
    machine_hours,
    running_hours,
    stopped_hours,
)

GRID = HourGrid(100, 104)
SECONDS = 4 * 3600
CHANGES = st.dictionaries(
    st.integers(-3600, SECONDS + 10), st.tuples(st.booleans(), st.booleans()), max_size=8
)


def steps(changes: dict[int, tuple[bool, bool]]) -> StatusSteps:
    times = sorted(changes)
    ran = np.array([changes[time][0] for time in times], dtype=bool)
    offline = np.array([changes[time][1] for time in times], dtype=bool)
    return StatusSteps(np.array(times, dtype=float), ran, offline & ~ran)


def by_second(each: StatusSteps, values: np.ndarray) -> np.ndarray:
    """The value at each second; NaN before the first change."""
    place = np.searchsorted(each.times, np.arange(SECONDS), side="right") - 1
    known = np.append(values.astype(float), np.nan)
    return known[place]


@given(st.lists(CHANGES, min_size=1, max_size=3))
def test_hours_are_the_sums_of_their_seconds(histories: list[dict[int, tuple[bool, bool]]]) -> None:
    machines = [steps(history) for history in histories]
    ran = np.array([by_second(each, each.is_running) for each in machines])
    offline = np.array([by_second(each, each.is_offline) for each in machines])

    known = np.isfinite(ran).any(axis=0)
    some = np.where(known, np.nan_to_num(ran).max(axis=0), np.nan).reshape(4, 3600).mean(axis=1)
    np.testing.assert_allclose(running_hours(machines, GRID), some, atol=1e-12)
    # Where a status begins in the middle of an hour, that hour of the machine is not known.
    shares = ran.reshape(len(machines), 4, 3600).mean(axis=2)
    total = np.where(np.isfinite(shares).any(axis=0), np.nansum(shares, axis=0), np.nan)
    np.testing.assert_allclose(machine_hours(machines, GRID), total, atol=1e-12)
    stopped = np.nan_to_num(offline.reshape(len(machines), 4, 3600).mean(axis=2)).max(axis=0) > 0
    assert stopped_hours(machines, GRID).tolist() == stopped.tolist()


def test_no_machine_has_no_history() -> None:
    assert np.isnan(running_hours([], GRID)).all()
    assert np.isnan(machine_hours([], GRID)).all()
    assert not stopped_hours([], GRID).any()
