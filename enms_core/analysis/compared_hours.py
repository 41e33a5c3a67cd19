"""The hours in which use can be held against what a model expects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable, Ints
from enms_core.analysis.prediction import expected_use, predictable
from enms_core.analysis.training_hours import ran
from enms_core.domain.baseline import Model


@dataclass(frozen=True)
class Compared:
    """rows: of the table. actual, expected: use of each. design: rows x drivers, as the model takes
    them. A day's expected use and drivers, of a model of days, are spread evenly over its hours."""

    rows: Ints
    actual: Floats
    expected: Floats
    design: Floats

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def rest(self) -> Floats:
        """actual - expected: above zero, more was used than expected."""
        return self.actual - self.expected

    def part(self, chosen: Bools) -> Compared:
        """Some of the rows."""
        return Compared(
            self.rows[chosen], self.actual[chosen], self.expected[chosen], self.design[chosen]
        )


def compared_hours(model: Model, table: HourlyTable, mask: Bools | None = None) -> Compared:
    """Hours in which the machines ran, each reading is there, and the drivers are known. mask: only
    some of the hours."""
    wanted = ran(table, model.equation.drivers) & table.is_complete & np.isfinite(table.quantity)
    if mask is not None:
        wanted &= mask
    samples = predictable(model.equation, table, wanted)
    design = samples.design(model.equation)
    sizes = samples.sizes
    expected = np.repeat(expected_use(model.equation, design) / sizes, sizes)
    return Compared(
        rows=samples.rows,
        actual=table.quantity[samples.rows],
        expected=expected,
        design=np.repeat(design / sizes[:, None], sizes, axis=0),
    )
