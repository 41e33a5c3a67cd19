"""An SEU's hours as columns: what a baseline is trained on and predicts for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.baseline import DriverKind
from enms_core.domain.period import Period

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
# How hours of a driver become a day of it.
Aggregation = Literal["sum", "mean", "min", "max"]
SECONDS_OF_HOUR = 3600


@dataclass(frozen=True)
class DriverSpec:
    """A relevant variable as the database registers it.

    kind "heating", "cooling": the column holds the mean outdoor temperature of each hour [°C], and
    the driver is the degree days below or above a base. is_production: it counts what was made.
    is_condition: it may fall with rising use for physical reasons (a temperature, a pressure).
    """

    name: str
    kind: DriverKind = "value"
    aggregation: Aggregation = "mean"
    is_production: bool = False
    is_condition: bool = True


@dataclass(frozen=True)
class HourlyTable:
    """All columns have one row per hour, without a gap between the first and the last.

    hours: hours since 1970 [UTC] at which rows begin. local_day: a number that hours of the same
    local day share, one more for each day. quantity: use of all machines of the SEU together, in
    the source's unit; NaN where there is no reading. is_complete: every reading that the meters
    should have given is there. is_backfilled: some were written afterwards. running: part of the
    hour in which a machine ran [0..1], NaN where the status is unknown. is_stopped: a machine was
    in maintenance, broken or off for a part of the hour. drivers: by name; NaN where unknown.
    """

    hours: Ints
    local_day: Ints
    quantity: Floats
    is_complete: Bools
    is_backfilled: Bools
    running: Floats
    is_stopped: Bools
    drivers: Mapping[str, Floats] = field(default_factory=dict)
    specs: Mapping[str, DriverSpec] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.hours)

    @property
    def span(self) -> Period:
        """From the first hour to the end of the last [UTC]; of a table that has any."""
        first, last = (int(self.hours[place]) for place in (0, -1))
        return Period(_instant(first), _instant(last + 1))


def _instant(hours: int) -> datetime:
    return datetime.fromtimestamp(SECONDS_OF_HOUR * hours, timezone.utc)
