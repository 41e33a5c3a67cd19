"""Flows: what went through a meter between two moments, and the samples that they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.grid import Moments, microseconds

Amounts = NDArray[np.float64]

# A step longer than this many intervals leaves out a sample; a shorter one is a late sample.
LATE_INTERVALS = 1.5
HOUR_US = 3_600_000_000


@dataclass(frozen=True)
class Flows:
    """Stretches of time in rising order, none across another, with what was used in each.

    start, end [µs of UTC]. quantity: the unit of the samples (of power: times hours). estimated:
    over a gap. skew: how much the first half lacks of an even share, twice; a rate that rises
    by r over h hours has r·h/2, an even one 0.
    """

    start: Moments
    end: Moments
    quantity: Amounts
    estimated: NDArray[np.bool_]
    skew: Amounts

    @classmethod
    def even(
        cls, start: Moments, end: Moments, quantity: Amounts, estimated: NDArray[np.bool_]
    ) -> Flows:
        """Flows at an even rate each."""
        return cls(start, end, quantity, estimated, np.zeros_like(quantity))

    @classmethod
    def none(cls) -> Flows:
        """Nothing known."""
        moments, amounts = np.empty(0, dtype=np.int64), np.empty(0)
        return cls.even(moments, moments, amounts, np.empty(0, dtype=np.bool_))

    def those(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Flows:
        """The flows of a mask, or of places in a new order."""
        return Flows(
            self.start[chosen],
            self.end[chosen],
            self.quantity[chosen],
            self.estimated[chosen],
            self.skew[chosen],
        )


def longest_step(interval: timedelta, largest_gap: timedelta) -> int:
    """The longest step [µs] over which a meter's values are carried."""
    return max(microseconds(largest_gap), int(LATE_INTERVALS * microseconds(interval)))
