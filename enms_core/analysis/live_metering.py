"""Counters and power meters that are listened to: readings from samples that still come in.

What a meter sent lately is gone through again with each new sample, up to the interval that is
still open: so nothing has to be remembered but the samples, and a restart changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from enms_core.analysis.cells import Readings
from enms_core.analysis.counter import CounterFlows
from enms_core.analysis.flows import Amounts, longest_step
from enms_core.analysis.grid import (
    FixedGrid,
    Grid,
    instant_of,
    instants_of,
    moment_of,
    moments_of,
)
from enms_core.analysis.import_chunk import Instants
from enms_core.analysis.metering import Metering
from enms_core.analysis.power_samples import PowerFlows
from enms_core.analysis.survey import spacing_of
from enms_core.domain.imports import Kind, Remark, Stamp

# Told already where a reading is marked as estimated.
UNTOLD = "gap_filled"
CAME_BACK = "wrong_reading"

_NONE = Readings(instants_of(np.empty(0, np.int64)), np.empty(0), np.empty(0, np.bool_))


@dataclass(frozen=True)
class LiveSample:
    """What a meter showed at an instant: of a counter in the source's unit, of power in that unit
    per hour. serial: the meter's name, None where nobody told it."""

    time: datetime
    value: float
    serial: str | None = None


@dataclass(frozen=True, kw_only=True)
class LiveMeter:
    """How a meter's samples are to be read; interval: of the readings made from them.

    register_digits: of a counter, in its own unit; factor: how many of the source's units that is.
    """

    kind: Kind
    stamp: Stamp | None
    interval: timedelta
    largest_gap: timedelta
    register_digits: int | None
    factor: float
    zone: ZoneInfo

    def open_since(self, newest: datetime) -> datetime:
        """Since when samples can complete a reading: the start of the newest one's interval."""
        grid = self.grid(newest)
        return instant_of(int(grid.starts(grid.cells(np.array([moment_of(newest)])))[0]))

    def needed_since(self, newest: datetime) -> datetime:
        """Since when, and with one sample before it, samples are needed.

        A doubt about a counter may be older than the open interval, and how often a meter of power
        sends must be known from more than its last two samples.
        """
        if self.kind == "power":
            return self.open_since(newest) - self.interval
        doubtful = longest_step(self.interval, self.largest_gap) * timedelta(microseconds=1)
        return self.open_since(newest) - doubtful

    def grid(self, instant: datetime) -> Grid:
        """Intervals that begin with those of the site's clock, of longer ones than an hour in its
        standard time: else a batch would be cut as the clock goes at its end."""
        wall = instant.astimezone(self.zone)
        standard = (wall.utcoffset() or timedelta()) - (wall.dst() or timedelta())
        return FixedGrid(self.interval, -standard % self.interval)


@dataclass(frozen=True)
class Metered:
    """Readings that are complete now and were not before, and what there is to know; quantities in
    the unit of the source."""

    readings: Readings
    remarks: Sequence[Remark]


def metered(
    meter: LiveMeter,
    samples: Sequence[LiveSample],
    newest: datetime | None,
    unit: str,
    highest_rate: float | None = None,
) -> Metered:
    """The readings that samples complete; their times rise.

    newest: of the samples known before; None where there is none. unit: of the source.
    highest_rate: the most that can be used [unit per hour], None where nobody knows. One sample
    alone tells nothing, not even how long a rate lasts.
    """
    if len(samples) < 2:
        return Metered(_NONE, ())
    metering = Metering(_flows(meter, samples, highest_rate), meter.grid(samples[-1].time))
    readings = metering.add(*_columns(meter, samples))
    told = [
        each
        for each in metering.remarks(unit, meter.factor)
        if newest is None or (each.end or each.start) > newest
    ]
    if newest is not None and not any(each.code == CAME_BACK for each in told):
        since = moment_of(meter.open_since(newest))
        readings = readings.those(moments_of(readings.start) >= since)
    readings = replace(readings, quantity=readings.quantity * meter.factor)
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


def _flows(
    meter: LiveMeter, samples: Sequence[LiveSample], highest_rate: float | None
) -> CounterFlows | PowerFlows:
    if meter.kind == "counter":
        return CounterFlows(
            meter.interval,
            register_digits=meter.register_digits,
            largest_gap=meter.largest_gap,
            highest_rate=None if highest_rate is None else highest_rate / meter.factor,
        )
    # Two samples with a gap between them must not pass for a slow meter.
    moments = np.array([moment_of(each.time) for each in samples])
    spacing = spacing_of(moments, meter.interval)
    return PowerFlows(
        meter.stamp,
        min(spacing.usual, meter.interval),
        usual_step=None if spacing.step is None else meter.interval,
        largest_gap=meter.largest_gap,
    )


def _columns(
    meter: LiveMeter, samples: Sequence[LiveSample]
) -> tuple[Instants, Amounts, Sequence[str]]:
    """Instants, values in the meter's own unit, serials."""
    moments = np.array([moment_of(each.time) for each in samples])
    values = np.array([each.value for each in samples]) / meter.factor
    return instants_of(moments), values, [each.serial or "" for each in samples]
