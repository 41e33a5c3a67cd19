"""Quantities of hours, shared out among the stretches in which prices or factors hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from enms_core.analysis.hourly_table import SECONDS_OF_HOUR, Floats, Ints


def shared_out(hours: Ints, quantities: Floats, starts: Sequence[datetime]) -> Floats:
    """The quantity in each of the stretches that begin at `starts`, the last one without an end.

    hours: since 1970, ascending, none before the first start. An hour in which another stretch
    begins is shared out by time, as if its quantity were used evenly.
    """
    origin = int(hours[0])  # near it, parts of an hour are exact
    seconds = np.array([start.timestamp() for start in starts]) - SECONDS_OF_HOUR * origin
    edges, hours = seconds / SECONDS_OF_HOUR, hours - origin
    first = np.maximum(np.searchsorted(edges, hours, side="right") - 1, 0)
    last = np.maximum(np.searchsorted(edges, hours + 1, side="left") - 1, first)
    is_whole = first == last
    sums = np.bincount(first[is_whole], weights=quantities[is_whole], minlength=len(edges))
    for row in np.flatnonzero(~is_whole):
        inside = edges[first[row] + 1 : last[row] + 1]
        shares = np.diff(np.concatenate([[hours[row]], inside, [hours[row] + 1]]))
        sums[first[row] : last[row] + 1] += shares * quantities[row]
    return np.asarray(sums, dtype=np.float64)
