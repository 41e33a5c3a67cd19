"""Meters for tests: samples, their way to readings in chunks, and a plain walk beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.cells import Readings
from enms_core.analysis.counter import CounterFlows
from enms_core.analysis.grid import FixedGrid, Grid
from enms_core.analysis.metering import Metering
from enms_core.analysis.power_samples import PowerFlows
from enms_core.domain.imports import Remark

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
UTC = ZoneInfo("UTC")
BEGIN = datetime(2024, 3, 4, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Made:
    """What became of samples: quantities by start, which of them are estimated, and remarks."""

    quantities: dict[datetime, float]
    estimated: frozenset[datetime]
    remarks: tuple[Remark, ...]

    @property
    def total(self) -> float:
        return sum(self.quantities.values())

    def told(self, *codes: str) -> float:
        """The quantities of remarks of some codes together."""
        return sum(each.quantity or 0.0 for each in self.remarks if each.code in codes)

    def codes(self) -> list[str]:
        return [each.code for each in self.remarks]


def at(minutes: float, begin: datetime = BEGIN) -> datetime:
    return begin + timedelta(minutes=minutes)


def instants(minutes: Sequence[float], begin: datetime = BEGIN) -> NDArray[np.datetime64]:
    return np.array(
        [at(each, begin).replace(tzinfo=None) for each in minutes], dtype="datetime64[us]"
    )


def made(
    flows: CounterFlows | PowerFlows,
    moments: NDArray[np.datetime64],
    values: Sequence[float],
    *,
    grid: Grid | None = None,
    serials: Sequence[str] | None = None,
    cuts: Sequence[int] = (),
) -> Made:
    """The readings of samples that come in chunks, cut before the places `cuts`."""
    metering = Metering(flows, grid or FixedGrid(QUARTER))
    found = []
    edges = [0, *cuts, len(moments)]
    for start, end in pairwise(edges):
        names = None if serials is None else serials[start:end]
        chunk = np.array(values[start:end], dtype=np.float64)
        found.append(metering.add(moments[start:end], chunk, names))
    found.append(metering.finish())
    flags = [bool(each) for part in found for each in part.is_estimated]
    quantities = of_readings(found)
    estimated = frozenset(start for start, flag in zip(quantities, flags, strict=True) if flag)
    return Made(quantities, estimated, metering.remarks("kWh"))


def of_readings(parts: Sequence[Readings]) -> dict[datetime, float]:
    """Quantities by start; each interval is there once, in the order of time."""
    starts = [_aware(each) for part in parts for each in part.start]
    assert starts == sorted(set(starts))
    amounts = [float(each) for part in parts for each in part.quantity]
    return dict(zip(starts, amounts, strict=True))


def _aware(instant: np.datetime64) -> datetime:
    moment: datetime = instant.astype("datetime64[us]").item()
    return moment.replace(tzinfo=timezone.utc)


def walked(
    steps: Sequence[tuple[datetime, datetime, float]], interval: timedelta = QUARTER
) -> dict[datetime, float]:
    """The intervals that steps (start, end, quantity) cover whole:
    a plain loop over the intervals of each step."""
    quantities: dict[datetime, float] = {}
    covered: dict[datetime, timedelta] = {}
    for start, end, quantity in steps:
        cell = start - (start - BEGIN) % interval
        while cell < end:
            part = min(end, cell + interval) - max(start, cell)
            quantities[cell] = quantities.get(cell, 0.0) + quantity * (part / (end - start))
            covered[cell] = covered.get(cell, timedelta()) + part
            cell += interval
    return {cell: quantities[cell] for cell in quantities if covered[cell] >= 0.98 * interval}
