"""Which part of each hour a machine ran, from the changes of its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enms_core.analysis.hour_grid import HOUR_SECONDS, HourGrid
from enms_core.analysis.hourly_table import Bools, Floats

# Less than this of an hour [s] is the rounding of a sum.
TINY_SECONDS = 1e-3


@dataclass(frozen=True)
class StatusSteps:
    """The changes of one machine's status: times [s since a grid begins], rising, and what holds
    from each on."""

    times: Floats
    is_running: Bools
    is_offline: Bools


def running_hours(machines: Sequence[StatusSteps], grid: HourGrid) -> Floats:
    """Which part of each hour some machine ran; before its first change a machine did not."""
    known = [each for each in machines if len(each.times)]
    if not known:
        return np.full(len(grid), np.nan)
    times = np.unique(np.concatenate([each.times for each in known]))
    ran = np.zeros(len(times), dtype=np.bool_)
    for each in known:
        place = np.searchsorted(each.times, times, side="right") - 1
        ran |= (place >= 0) & each.is_running[place]
    return share_of_hours(times, ran, grid)


def machine_hours(machines: Sequence[StatusSteps], grid: HourGrid) -> Floats:
    """How many hours the machines ran within each hour, all together."""
    shares = [share_of_hours(each.times, each.is_running, grid) for each in machines]
    known = np.isfinite(shares).any(axis=0) if shares else np.zeros(len(grid), dtype=np.bool_)
    return np.where(known, np.nansum(shares, axis=0) if shares else 0.0, np.nan)


def stopped_hours(machines: Sequence[StatusSteps], grid: HourGrid) -> Bools:
    """The hours in which a machine was in maintenance, broken or off for a while."""
    stopped = np.zeros(len(grid), dtype=np.bool_)
    for each in machines:
        stopped |= np.nan_to_num(share_of_hours(each.times, each.is_offline, grid)) > 0.0
    return stopped


def share_of_hours(times: Floats, states: Bools, grid: HourGrid) -> Floats:
    """Which part of each hour [0..1] a state held; NaN where it was not known for all of it.

    times: of changes [s since the grid begins], rising, negative before it. states: from each
    change on.

    >>> grid = HourGrid(10, 13)
    >>> share_of_hours(np.array([-5.0, 1800.0]), np.array([False, True]), grid)
    array([0.5, 1. , 1. ])
    """
    edges = np.arange(len(grid) + 1) * float(HOUR_SECONDS)
    if not len(times):
        return np.full(len(grid), np.nan)
    ends = np.append(times[1:], max(edges[-1], times[-1]) + 1.0)
    held = np.concatenate([[0.0], np.cumsum(np.where(states, ends - times, 0.0))])
    seconds = np.diff(np.interp(edges, np.append(times, ends[-1]), held))
    seconds[np.abs(seconds) < TINY_SECONDS] = 0.0
    share = np.minimum(seconds / HOUR_SECONDS, 1.0)
    share[share > 1.0 - TINY_SECONDS / HOUR_SECONDS] = 1.0
    return np.where(edges[:-1] >= times[0], share, np.nan)
