"""Amounts so far beyond all others of a meter that they are rather a fault than a use.

A logger that lost its meter writes 65535 or 4294967295. Nothing proves that it is wrong, so that
it is stored; but it is the whole of a month's total, and must be told.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.grid import Moments

# So many times the median of what is not zero, and the largest of the others.
TIMES_OF_MEDIAN = 1000.0
TIMES_OF_NEXT = 10.0
# So many of the largest are looked at.
MOST = 100
# The median is known to one of so many parts of a doubling; powers of two beyond are taken as one.
PARTS = 8
POWERS = 64


class Outliers:
    """The amounts of a meter; any cut of them into chunks gives the same."""

    def __init__(self) -> None:
        self._counts = np.zeros(2 * POWERS * PARTS + 1, np.int64)
        self._starts = np.empty(0, np.int64)
        self._amounts = np.empty(0, np.float64)

    def add(self, starts: Moments, amounts: NDArray[np.float64]) -> None:
        """Some amounts with the starts of their intervals."""
        is_used = amounts > 0
        starts, used = starts[is_used], amounts[is_used]
        places = np.floor(np.log2(used) * PARTS).astype(np.int64) + POWERS * PARTS
        self._counts += np.bincount(
            np.clip(places, 0, len(self._counts) - 1), minlength=len(self._counts)
        )
        starts, used = np.concatenate([self._starts, starts]), np.concatenate([self._amounts, used])
        largest = np.lexsort((starts, -used))[:MOST]
        self._starts, self._amounts = starts[largest], used[largest]

    def found(self) -> tuple[Moments, NDArray[np.float64]]:
        """The outliers in the order of time: starts and amounts."""
        following = np.append(self._amounts[1:], np.inf)
        is_cut = (self._amounts > TIMES_OF_NEXT * following) & (
            self._amounts > TIMES_OF_MEDIAN * self._median()
        )
        count = int(np.flatnonzero(is_cut)[-1]) + 1 if is_cut.any() else 0
        order = np.argsort(self._starts[:count])
        return self._starts[:count][order], self._amounts[:count][order]

    def _median(self) -> float:
        """The upper end of the part in which the median lies."""
        middle = np.searchsorted(np.cumsum(self._counts), self._counts.sum() / 2)
        return float(2.0 ** ((int(middle) + 1) / PARTS - POWERS))
