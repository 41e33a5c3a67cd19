"""A first look at all samples of a meter: what can be use, and when its intervals begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.flows import HOUR_US, Amounts
from enms_core.analysis.grid import (
    DAY,
    MICROSECOND,
    Grid,
    Moments,
    clock_phase,
    grid_of,
    instant_of,
    microseconds,
    moments_of,
)
from enms_core.analysis.import_chunk import Instants
from enms_core.analysis.samples import Sample, Samples, samples_after
from enms_core.analysis.snapping import LARGEST_JITTER

# A rise of more than ten times the fourth highest rate is none: up to three jumps cannot raise the
# limit, and a machine that really used so much did so in more than three intervals.
TIMES_OF_USUAL = 10.0
RANK = 4
# Enough samples to know when a meter is read.
PHASE_SAMPLES = 10_000
SAME_PHASE_SHARE = 0.9
REGULAR_SHARE = 0.9


class CounterSurvey:
    """The rates of a counter; any cut of its samples into chunks gives the same.

    interval: a step counts as no shorter, since a coarse register may tick between two samples that
    are a moment apart. Rises beside a fall are not counted: a register that shows nought when it
    cannot be read would otherwise make its own jumps possible.
    """

    def __init__(self, interval: timedelta) -> None:
        self._interval = microseconds(interval)
        self._last: Sample | None = None
        # The last two moves of the register: whether it rose, and how fast.
        self._rose = np.array([True, True])
        self._rates = np.zeros(2)
        self._highest = np.empty(0)

    def add(
        self, instants: Instants, values: Amounts, serials: Sequence[str] | None = None
    ) -> None:
        """Look at samples. Instants rise, also from call to call."""
        if not len(instants):
            return
        samples = samples_after(self._last, moments_of(instants), values, serials)
        self._last = samples.at(-1)
        rose, rates = self._moves(samples)
        rose = np.concatenate([self._rose, rose])
        rates = np.concatenate([self._rates, rates])
        counted = rose[1:-1] & rose[:-2] & rose[2:]
        self._highest = _highest_of(self._highest, rates[1:-1][counted])
        self._rose, self._rates = rose[-2:], rates[-2:]

    @property
    def highest_rate(self) -> float | None:
        """The most that can be used [unit per hour]; None where too little is known to judge."""
        rates = self._rates[1:][self._rose[1:] & self._rose[:1]]
        highest = _highest_of(self._highest, rates)
        return None if highest.size < RANK else TIMES_OF_USUAL * float(highest.min())

    def _moves(self, samples: Samples) -> tuple[NDArray[np.bool_], Amounts]:
        amounts, changed = np.diff(samples.values), samples.has_changed()
        spans = np.maximum(np.diff(samples.moments), self._interval)
        is_move = (amounts != 0) | changed
        rates = amounts * HOUR_US / spans
        return ((amounts > 0) & ~changed)[is_move], rates[is_move]


def _highest_of(first: Amounts, second: Amounts) -> Amounts:
    """The four highest rates; nought is none."""
    both = np.concatenate([first, second[second > 0]])
    return both if both.size <= RANK else np.partition(both, -RANK)[-RANK:]


@dataclass(frozen=True)
class Spacing:
    """How far apart samples are: usually, and where they may be further apart without any missing
    (as where a meter sends when it likes), None where they may not."""

    usual: timedelta
    step: timedelta | None = None


def spacing_of(moments: Moments, interval: timedelta) -> Spacing:
    """The spacing of rising samples [µs]. interval: of the readings to be made.

    Samples are regular where they are whole steps apart, of which some may be left out. Of others
    nobody can say that one is missing, until a whole interval has none.
    """
    distances = np.diff(moments)
    if not distances.size:
        return Spacing(interval)
    usual = int(np.median(distances))
    off = np.abs(distances - np.rint(distances / usual) * usual)
    spacing = usual * MICROSECOND
    if np.mean(off <= LARGEST_JITTER * usual) >= REGULAR_SHARE:
        return Spacing(spacing)
    return Spacing(spacing, max(spacing, interval))


class PhaseSurvey:
    """When a meter's intervals begin, by the first samples.

    A meter that is always read at the same time after the full interval keeps that time, so that
    its differences need no cutting. Else its intervals begin with those of the site's clock.
    """

    def __init__(self, interval: timedelta, zone: ZoneInfo) -> None:
        self._interval = interval
        self._zone = zone
        self._moments = np.empty(0, dtype=np.int64)

    def add(self, instants: Instants) -> None:
        """Look at samples, in the order of time."""
        room = PHASE_SAMPLES - self._moments.size
        if room > 0:
            self._moments = np.concatenate([self._moments, moments_of(instants[:room])])

    @property
    def spacing(self) -> Spacing:
        """How far apart the samples are."""
        return spacing_of(self._moments, self._interval)

    @property
    def grid(self) -> Grid:
        """The grid on which the meter's readings lie."""
        return grid_of(self._interval, self._zone, self._phase())

    def _phase(self) -> timedelta:
        if not self._moments.size:
            return timedelta()
        plain = grid_of(self._interval, self._zone)
        phases = self._moments - plain.starts(plain.cells(self._moments))
        found, counts = np.unique(phases, return_counts=True)
        most = int(counts.argmax())
        if counts[most] >= SAME_PHASE_SHARE * phases.size:
            return timedelta(microseconds=int(found[most]))
        return self._phase_of_clock(timedelta(microseconds=int(phases[0])))

    def _phase_of_clock(self, first: timedelta) -> timedelta:
        """Weeks and the like have no place on a clock: they begin on the day of the first."""
        if not self._interval % DAY:
            return first - first % DAY
        return clock_phase(self._interval, self._zone, instant_of(int(self._moments[0])))
