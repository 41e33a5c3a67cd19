"""Hours of a made-up machine that works from six to ten on weekdays and is off else."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.claims import Asked
from enms_core.analysis.hourly_table import DriverSpec, HourlyTable
from tests.unit.baselines.made_tables import FIRST_HOUR, PRODUCTION, made

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# 20,000 days since 1970 is a Saturday, the first Monday is two days later.
MONDAY = 4
RUNNING_KWH, OFF_KWH = 20.0, 0.5


@dataclass(frozen=True)
class Machine:
    """Eight weeks of it; hour, weekday: of each row, Monday 0."""

    table: HourlyTable
    hour: NDArray[np.int64]
    weekday: NDArray[np.int64]

    @property
    def works(self) -> Bools:
        return np.asarray(self.table.running > 0.0)

    def asked(self, days: int = 28) -> Asked:
        """About its last days."""
        last = int(self.table.hours[-1]) + 1
        return Asked(self.table, last - 24 * days, last)

    def changed(self, rows: Bools, **columns: float | bool) -> Machine:
        """The same with other values in some rows; units are the driver's."""
        table = self.table
        for name, value in columns.items():
            if name == "units":
                drivers = {"units": np.where(rows, value, table.drivers["units"])}
                table = replace(table, drivers=drivers)
            else:
                table = replace(table, **{name: np.where(rows, value, getattr(table, name))})
        return replace(self, table=table)


def machine(weeks: int = 8, spec: DriverSpec = PRODUCTION) -> Machine:
    hours = FIRST_HOUR + np.arange(24 * 7 * weeks)
    hour, weekday = hours % 24, (hours // 24 + 3) % 7
    works = (weekday < 5) & (hour >= 6) & (hour < 22)
    use = np.where(works, RUNNING_KWH, OFF_KWH)
    table = made(use, {spec.name: np.where(works, 100.0, 0.0)}, (spec,))
    table = replace(table, running=works.astype(np.float64), is_stopped=~works)
    return Machine(table, hour, weekday)
