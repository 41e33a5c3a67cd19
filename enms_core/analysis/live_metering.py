"""Counters and power meters that are listened to: readings from samples that still come in.

What a meter sent lately is gone through again with each new sample, up to the interval that is
still open: so nothing has to be remembered but the samples, and a restart changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.cells import Cells, Readings
from enms_core.analysis.counter import CounterFlows
from enms_core.analysis.flows import Flows, longest_step
from enms_core.analysis.grid import (
    FixedGrid,
    Grid,
    clock_phase,
    instant_of,
    instants_of,
    moment_of,
    moments_of,
)
from enms_core.analysis.power_samples import PowerFlows
from enms_core.analysis.remarks import Remarks
from enms_core.domain.imports import Kind, Remark, Stamp

# Told already where a reading is marked as estimated.
UNTOLD = "gap_filled"
CAME_BACK = "wrong_reading"


@dataclass(frozen=True)
class LiveSample:
    """What a meter showed at an instant: of a counter in the source's unit, of power in that unit
    per hour. serial: the meter's name, None where nobody told it."""

    time: datetime
    value: float
    serial: str | None = None


@dataclass(frozen=True, kw_only=True)
class LiveMeter:
    """How a meter's samples are to be read; interval: of the readings made from them."""

    kind: Kind
    stamp: Stamp | None
    interval: timedelta
    largest_gap: timedelta
    register_digits: int | None
    zone: ZoneInfo

    def open_since(self, newest: datetime) -> datetime:
        """Since when samples can complete a reading: the start of the newest one's interval."""
        grid = self.grid(newest)
        return instant_of(int(grid.starts(grid.cells(np.array([moment_of(newest)])))[0]))

    def needed_since(self, newest: datetime) -> datetime:
        """Since when, and with one sample before it, samples are needed. A doubt about a counter
        may be older than the open interval."""
        since = self.open_since(newest)
        if self.kind == "counter":
            since -= longest_step(self.interval, self.largest_gap) * timedelta(microseconds=1)
        return since

    def grid(self, instant: datetime) -> Grid:
        """Intervals that begin with those of the site's clock."""
        return FixedGrid(self.interval, clock_phase(self.interval, self.zone, instant))


@dataclass(frozen=True)
class Metered:
    """Readings that are complete now and were not before, and what there is to know."""

    readings: Readings
    remarks: Sequence[Remark]


def metered(
    meter: LiveMeter, samples: Sequence[LiveSample], newest: datetime | None, unit: str
) -> Metered:
    """The readings that samples complete; there are samples, and their times rise.

    newest: of the samples known before; None where there is none. unit: of the source.
    """
    cells = Cells(meter.grid(samples[-1].time))
    flows, remarks = _flows(meter, samples)
    readings = cells.add(flows)
    told = [
        each
        for each in sorted((*remarks.told(unit), *cells.remarks.told(unit)), key=_start)
        if newest is None or (each.end or each.start) > newest
    ]
    if newest is not None and not any(each.code == CAME_BACK for each in told):
        since = moment_of(meter.open_since(newest))
        readings = _those(readings, moments_of(readings.start) >= since)
    return Metered(readings, [each for each in told if each.code != UNTOLD])


def tail_of(
    meter: LiveMeter, samples: Sequence[LiveSample], newest: datetime | None
) -> Sequence[LiveSample]:
    """What a file needs that goes on after the newest sample: those of its interval, which is
    open, and the one before; samples in the order of time."""
    if newest is None:
        return ()
    since = meter.open_since(newest)
    before = sum(each.time <= since for each in samples)
    return samples[max(before - 1, 0) :]


def is_long_since_begun(
    meter: LiveMeter, samples: Sequence[LiveSample], newest: datetime | None
) -> bool:
    """Whether a whole interval lies between the first of these samples and the open one; else they
    are what a file needs that ends before them."""
    if newest is None or not samples:
        return False
    return samples[0].time <= meter.open_since(newest) - meter.interval


def _flows(meter: LiveMeter, samples: Sequence[LiveSample]) -> tuple[Flows, Remarks]:
    moments = np.array([moment_of(each.time) for each in samples])
    values = np.array([each.value for each in samples])
    if meter.kind == "counter":
        serials = [each.serial or "" for each in samples]
        counter = CounterFlows(
            meter.interval,
            register_digits=meter.register_digits,
            largest_gap=meter.largest_gap,
        )
        return counter.add(instants_of(moments), values, serials), counter.remarks
    spacing = meter.interval
    if len(samples) > 1:
        spacing = int(np.median(np.diff(moments))) * timedelta(microseconds=1)
    power = PowerFlows(meter.stamp, spacing, largest_gap=meter.largest_gap)
    return power.add(instants_of(moments), values), power.remarks


def _start(remark: Remark) -> datetime:
    return remark.start


def _those(readings: Readings, chosen: NDArray[np.bool_]) -> Readings:
    return Readings(
        readings.start[chosen], readings.quantity[chosen], readings.is_estimated[chosen]
    )
