"""Stamps that jitter: moved onto the grid on which the meter means to write."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.clock_changes import ClockChanges
from enms_core.analysis.grid import FixedGrid, Grid, instants_of, microseconds, moments_of
from enms_core.analysis.import_chunk import Instants

# A stamp that is further off [share of the interval] means what it says.
LARGEST_JITTER = 0.1
# Longer intervals have no jitter: an hour's shift of theirs is a clock change or another zone.
LONGEST_SNAPPED = timedelta(hours=1)


def snapped_to_clock(
    starts: Instants, interval: timedelta, zone: ZoneInfo
) -> tuple[Instants, NDArray[np.bool_]]:
    """Starts of intervals on the grid of a site's clock where they are near it, and which moved.

    Each is judged by what the clock shows at its own moment, whatever comes with it.
    """
    if interval > LONGEST_SNAPPED:
        return starts, np.zeros(len(starts), dtype=np.bool_)
    moments = moments_of(starts)
    walls = ClockChanges(zone).wall(moments)
    on_grid, is_moved, _ = snapped(instants_of(walls), FixedGrid(interval))
    return instants_of(moments + moments_of(on_grid) - walls), is_moved


def snapped(starts: Instants, grid: Grid) -> tuple[Instants, NDArray[np.bool_], timedelta]:
    """Starts of intervals on the grid where they are near it, which moved, the largest move.

    Others stay, so that they can be told. Two starts that are near the same place both move there:
    then one of them is a duplicate or a contradiction.
    """
    moments = moments_of(starts)
    reach = int(LARGEST_JITTER * microseconds(grid.interval))
    nearest = grid.starts(grid.cells(moments + reach))
    distance = np.abs(nearest - moments)
    is_moved = (distance > 0) & (distance <= reach)
    largest = int(distance[is_moved].max()) if is_moved.any() else 0
    moved = instants_of(np.where(is_moved, nearest, moments))
    return moved, is_moved, timedelta(microseconds=largest)
