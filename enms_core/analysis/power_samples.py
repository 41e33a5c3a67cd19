"""Power: samples of a rate, and the energy that they stand for (rate times time)."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from enms_core.analysis.flows import HOUR_US, LATE_INTERVALS, Amounts, Flows, longest_step
from enms_core.analysis.grid import Moments, microseconds, moments_of
from enms_core.analysis.import_chunk import Instants
from enms_core.analysis.remarks import Remarks
from enms_core.domain.imports import LARGEST_GAP, Stamp


class PowerFlows:
    """Samples of a rate on their way to flows; any cut of them into chunks gives the same.

    stamp "start" and "end": a sample is the mean of the interval that it begins or ends, as a
    logger writes it; the first and the last one stand for a whole interval too. None: samples of a
    moment, between which the rate goes straight (trapezoid). spacing: the usual distance of two
    samples. usual_step: how far apart samples may be that come as they like, None where they come
    regularly: a step of more than one and a half of it misses samples. Over missing samples, up to
    `largest_gap`, the mean is held, or the rate goes straight: estimated (remark gap_filled, with
    its amount). Over a longer gap nothing is known (gap_left).
    """

    def __init__(
        self,
        stamp: Stamp | None,
        spacing: timedelta,
        *,
        usual_step: timedelta | None = None,
        largest_gap: timedelta = LARGEST_GAP,
    ) -> None:
        self.remarks = Remarks()
        self._stamp = stamp
        self._spacing = microseconds(spacing)
        self._late = int(LATE_INTERVALS * microseconds(usual_step or spacing))
        self._longest = longest_step(usual_step or spacing, largest_gap)
        self._last: tuple[int, float] | None = None

    def add(self, instants: Instants, values: Amounts) -> Flows:
        """The flows that these samples end. Instants rise, also from call to call."""
        if not len(instants):
            return Flows.none()
        moments = moments_of(instants)
        if self._last is not None:
            moments = np.concatenate([[self._last[0]], moments])
            values = np.concatenate([[self._last[1]], values])
        elif self._stamp == "end":
            # The interval that the first sample ends.
            moments = np.concatenate([[moments[0] - self._spacing], moments])
            values = np.concatenate([values[:1], values])
        self._last = (int(moments[-1]), float(values[-1]))
        return self._sloped(moments, values) if self._stamp is None else self._held(moments, values)

    def finish(self) -> Flows:
        """The interval that the last sample begins."""
        if self._stamp != "start" or self._last is None:
            return Flows.none()
        moment, value = self._last
        start, end = np.array([moment]), np.array([moment + self._spacing])
        return _of_rate(start, end, np.array([value]), is_estimated=False)

    def _sloped(self, moments: Moments, values: Amounts) -> Flows:
        start, end = moments[:-1], moments[1:]
        hours = (end - start) / HOUR_US
        used = hours * (values[:-1] + values[1:]) / 2
        skew = hours * np.diff(values) / 2
        flows = Flows(start, end, used, end - start > self._late, skew)
        is_gap = end - start > self._longest
        filled, left = flows.those(flows.estimated & ~is_gap), flows.those(is_gap)
        self._tell(filled, left.start, left.end)
        return flows.those(~is_gap)

    def _held(self, moments: Moments, values: Amounts) -> Flows:
        """A sample's own interval, up to the next sample where that is there in time; then what is
        held over missing samples."""
        start, end = moments[:-1], moments[1:]
        spans = end - start
        is_late, is_gap = spans > self._late, spans > self._longest
        own = np.where(is_late, self._spacing, spans)
        if self._stamp == "start":
            rates, edge = values[:-1], start + own
            measured = _of_rate(start, edge, rates, is_estimated=False)
            rest = _of_rate(edge, end, rates, is_estimated=True)
        else:
            rates, edge = values[1:], end - own
            measured = _of_rate(edge, end, rates, is_estimated=False)
            rest = _of_rate(start, edge, rates, is_estimated=True)
        filled, left = rest.those(is_late & ~is_gap), rest.those(is_gap)
        self._tell(filled, left.start, left.end)
        return _in_order(measured, filled)

    def _tell(self, filled: Flows, left_start: Moments, left_end: Moments) -> None:
        self.remarks.add_all("gap_filled", filled.start, filled.end, filled.quantity)
        self.remarks.add_all("gap_left", left_start, left_end, None)


def _of_rate(start: Moments, end: Moments, rates: Amounts, *, is_estimated: bool) -> Flows:
    estimated = np.full(start.size, is_estimated, dtype=np.bool_)
    return Flows.even(start, end, rates * ((end - start) / HOUR_US), estimated)


def _in_order(first: Flows, second: Flows) -> Flows:
    if not second.start.size:
        return first
    both = Flows(
        np.concatenate([first.start, second.start]),
        np.concatenate([first.end, second.end]),
        np.concatenate([first.quantity, second.quantity]),
        np.concatenate([first.estimated, second.estimated]),
        np.concatenate([first.skew, second.skew]),
    )
    return both.those(np.argsort(both.start, kind="stable"))
