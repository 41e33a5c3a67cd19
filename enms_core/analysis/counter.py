"""Counters: registers that go up, read now and then, and what was used between two readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.flows import LATE_INTERVALS, Amounts, Flows, longest_step
from enms_core.analysis.grid import microseconds, moments_of
from enms_core.analysis.import_chunk import Instants
from enms_core.analysis.register import Limits, RegisterJudge
from enms_core.analysis.remarks import Remarks
from enms_core.analysis.samples import Sample, Samples, samples_after
from enms_core.domain.imports import LARGEST_GAP


class CounterFlows:
    """Samples of a counter on their way to flows; any cut of them into chunks gives the same.

    interval: of the readings to be made; a longer step is spread evenly and marked as estimated
    (remark gap_filled), one longer than `largest_gap` is told with its amount and not spread
    (gap_left). register_digits: whole digits of the register in the unit of the values. None:
    where it falls its range is guessed, and believed only where `highest_rate` allows the use.
    highest_rate: the most that can be used [unit per hour], as `CounterSurvey` finds it; None
    judges no rise. What is done with falls and jumps: `analysis/register.py`.
    """

    def __init__(
        self,
        interval: timedelta,
        *,
        register_digits: int | None = None,
        largest_gap: timedelta = LARGEST_GAP,
        highest_rate: float | None = None,
    ) -> None:
        self.remarks = Remarks()
        self._late = int(LATE_INTERVALS * microseconds(interval))
        self._longest = longest_step(interval, largest_gap)
        whole = None if register_digits is None else 10.0**register_digits
        limits = Limits(whole, highest_rate, microseconds(interval))
        self._judge = RegisterJudge(limits, self.remarks)
        self._last: Sample | None = None

    def add(
        self, instants: Instants, values: Amounts, serials: Sequence[str] | None = None
    ) -> Flows:
        """The flows that these samples end. Instants rise, also from call to call.

        serials: the meter's name of each sample; an empty one is that of the sample before.
        """
        if not len(instants):
            return Flows.none()
        samples = samples_after(self._last, moments_of(instants), values, serials)
        self._last = samples.at(-1)
        return self._without_gaps(self._used(samples))

    def finish(self) -> Flows:
        """The end of the samples: no more flows, but a last doubt is told."""
        self._judge.settle()
        return Flows.none()

    def _used(self, samples: Samples) -> Flows:
        """One flow for each step that is use. Only doubtful steps are looked at one by one."""
        start, end = samples.moments[:-1].copy(), samples.moments[1:]
        amount = np.diff(samples.values)
        is_used = (amount >= 0) & ~samples.has_changed()
        is_used &= self._judge.limits.are_possible(amount, end - start)
        doubtful = np.flatnonzero(~is_used)
        moving = np.flatnonzero(~is_used | (amount > 0))
        place = self._next(0, doubtful, moving, is_used)
        while place < start.size:
            found = self._judge.use(samples.at(place), samples.at(place + 1))
            is_used[place] = found is not None
            if found is not None:
                start[place], amount[place] = found
            place = self._next(place + 1, doubtful, moving, is_used)
        return Flows.even(start, end, amount, np.zeros_like(is_used)).those(is_used)

    def _next(
        self,
        place: int,
        doubtful: NDArray[np.int64],
        moving: NDArray[np.int64],
        is_used: NDArray[np.bool_],
    ) -> int:
        """The next step to be judged; after a doubt, any at which the register moves."""
        if self._judge.doubt is None:
            return _first_from(place, doubtful, is_used.size)
        following = _first_from(place, moving, is_used.size)
        is_used[place:following] = False
        return following

    def _without_gaps(self, flows: Flows) -> Flows:
        spans = flows.end - flows.start
        is_late, is_gap = spans > self._late, spans > self._longest
        for code, chosen in (("gap_filled", is_late & ~is_gap), ("gap_left", is_gap)):
            told = flows.those(chosen)
            self.remarks.add_all(code, told.start, told.end, told.quantity)
        return Flows.even(flows.start, flows.end, flows.quantity, is_late).those(~is_gap)


def _first_from(place: int, places: NDArray[np.int64], end: int) -> int:
    found = int(np.searchsorted(places, place))
    return int(places[found]) if found < places.size else end
