"""Indicators of time and of use while idle, by numbers worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.analysis.kpi import (
    EnergyBlocks,
    IdleUse,
    TimeInModes,
    idle_use,
    runs_of,
    time_in_modes,
)
from enms_core.domain.status import StatusStretch

MIDNIGHT = datetime(2026, 6, 1, tzinfo=timezone.utc)


def did(*parts: tuple[float, str | None, bool | None]) -> list[StatusStretch]:
    """Stretches that follow each other from midnight on: minutes, mode, whether it ran."""
    found, at = [], MIDNIGHT
    for minutes, mode, is_running in parts:
        until = at + timedelta(minutes=minutes)
        found.append(StatusStretch(at, until, mode, is_running))
        at = until
    return found


def used(*energy: float, minutes: int = 15) -> EnergyBlocks:
    starts = MIDNIGHT.timestamp() + 60.0 * minutes * np.arange(len(energy))
    return EnergyBlocks(starts, np.array(energy), 60 * minutes)


def test_time_is_told_by_what_a_machine_did() -> None:
    time = time_in_modes(
        did(
            (60, "running", True),
            (30, "idle", False),
            (20, "maintenance", False),
            (10, "fault", False),
            (5, "setting up", False),
            (7, "off", False),
            (3, None, False),
            (2, None, None),
            (1, None, True),
        )
    )

    expected = TimeInModes(3660, 1800, 2100, 420, 180, 120)
    assert time == expected
    assert time.known == 61 * 60 + 30 * 60 + 35 * 60 + 7 * 60 + 3 * 60
    assert time + TimeInModes(running=40) == TimeInModes(3700, 1800, 2100, 420, 180, 120)


def test_availability_is_time_to_be_had_of_time_not_switched_off() -> None:
    assert TimeInModes(running=50, idle=10, down=20, off=500).availability_percent == 75.0
    assert TimeInModes(off=500).availability_percent is None
    assert TimeInModes(running=50, untold=1).availability_percent is None


def test_only_blocks_in_which_a_machine_never_ran_are_idle() -> None:
    blocks = used(1.0, 2.0, 4.0, 8.0, 16.0)
    stretches = did((15, "idle", False), (20, "running", True), (10, "idle", False),
                    (5, "idle", False), (10, "off", False), (15, "off", False))  # fmt: skip

    # Idle: the first; the fourth, idle for 5 and off for 10 minutes. The third ran for 5.
    assert idle_use(blocks, stretches) == IdleUse(1.0 + 8.0, 31.0)


def test_blocks_of_unknown_status_count_neither_way() -> None:
    stretches = did((20, None, None), (25, "idle", False))

    assert idle_use(used(1.0, 2.0, 4.0), stretches) == IdleUse(4.0, 4.0)
    assert idle_use(used(1.0), []) == IdleUse(0.0, 0.0)
    assert IdleUse(0.0, 0.0).share_percent is None


def test_blocks_between_the_hours_of_several_days_are_no_idling() -> None:
    """Stretches of daily hours have gaps between them."""
    night = did((30, "idle", False))
    next_night = [
        StatusStretch(s.start + timedelta(hours=24), s.end + timedelta(hours=24), s.mode, False)
        for s in night
    ]

    assert idle_use(used(*[1.0] * 100), [*night, *next_night]) == IdleUse(4.0, 4.0)


@given(
    st.lists(
        st.tuples(st.integers(1, 50), st.sampled_from(["idle", "running", "off"])), min_size=1
    ),
    st.lists(st.floats(0, 100), min_size=1, max_size=40),
)
def test_idling_never_uses_more_than_everything(
    parts: list[tuple[int, str]], energy: list[float]
) -> None:
    stretches = did(*((minutes, mode, mode == "running") for minutes, mode in parts))

    found = idle_use(used(*energy), stretches)

    assert 0.0 <= found.idle <= found.known <= sum(energy) + 1e-9


def test_blocks_that_follow_each_other_are_one_run() -> None:
    starts = [MIDNIGHT + timedelta(hours=hour) for hour in (0, 1, 2, 5, 7, 8)]

    runs = [(run.start.hour, run.end.hour) for run in runs_of(starts, 3600)]

    assert runs == [(0, 3), (5, 6), (7, 9)]
    assert runs_of([], 900) == ()


@pytest.mark.parametrize("hours", [0.5, 48.0])
def test_hours_are_seconds_over_3600(hours: float) -> None:
    time = TimeInModes(running=3600 * hours, idle=1800 * hours)

    assert (time.operating_hours, time.idle_hours) == (hours, hours / 2)
