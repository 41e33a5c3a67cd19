"""From the samples of counters and of power to readings of an interval's energy.

A first walk over the samples finds the grid (`PhaseSurvey(...).grid`) and what a counter can have
used (`CounterSurvey(...).highest_rate`); the second makes the readings:

    samples -> flows (`CounterFlows`, `PowerFlows`) -> cells of the grid (`Cells`) -> readings

All keep what they need from call to call, so that samples come in chunks of any size.
"""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.analysis.cells import Cells, Readings
from enms_core.analysis.counter import CounterFlows
from enms_core.analysis.flows import Amounts
from enms_core.analysis.grid import Grid
from enms_core.analysis.import_chunk import Instants
from enms_core.analysis.power_samples import PowerFlows
from enms_core.analysis.remarks import in_order
from enms_core.domain.imports import Remark


class Metering:
    """One meter's samples on their way to readings, in the unit of the samples (power: times h)."""

    def __init__(self, flows: CounterFlows | PowerFlows, grid: Grid) -> None:
        self._flows = flows
        self._cells = Cells(grid)

    def add(
        self, instants: Instants, values: Amounts, serials: Sequence[str] | None = None
    ) -> Readings:
        """The readings that these samples complete. Instants rise, also from call to call.

        serials: of counters, the meter's name of each sample.
        """
        if isinstance(self._flows, CounterFlows):
            return self._cells.add(self._flows.add(instants, values, serials))
        return self._cells.add(self._flows.add(instants, values))

    def finish(self) -> Readings:
        """The readings that the end of the samples completes."""
        return self._cells.add(self._flows.finish()).followed_by(self._cells.finish())

    def remarks(self, unit: str = "", factor: float = 1.0) -> tuple[Remark, ...]:
        """What there is to know, in the order of time; quantities times `factor`, in `unit`."""
        told = (*self._flows.remarks.told(unit, factor), *self._cells.remarks.told(unit, factor))
        return in_order(told)
