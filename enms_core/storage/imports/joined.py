"""The samples of a file between those that are kept of the stretches beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.grid import Moments, microseconds, moment_of, moments_of
from enms_core.domain.imports import Remark
from enms_core.storage.imports.counter_samples import CounterSamples
from enms_core.storage.imports.staging import StagedRows, Staging

PARTIAL = "partial_interval"
LAST_MOMENT = np.iinfo(np.int64).max


class Joined:
    """A file's staged samples, with neighbours where it goes on from another stretch.

    The neighbours' own intervals are stored already, but for those that are cut by their ends: what
    lies before the first neighbour or after the last one is neither stored nor told again.
    """

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self._first, self._last = -LAST_MOMENT, LAST_MOMENT
        self._before: StagedRows | None = None
        self._after: StagedRows | None = None

    @classmethod
    async def to_neighbours(cls, staging: Staging, samples: CounterSamples) -> Joined:
        """Joined to the stretches before and after, where nothing is stored in between."""
        joined = cls(staging)
        joined._first = moment_of(samples.stretch.first)
        joined._last = moment_of(samples.stretch.last)
        joined._before, joined._after = await samples.neighbours()
        return joined

    async def pieces(self) -> AsyncIterator[StagedRows]:
        """All samples in the order of time; neighbours have the line of the nearest row."""
        before, line = self._before, 0
        async for rows in self._staging.in_order():
            if before is not None:
                yield _of_line(before, int(rows.lines[0]))
                before = None
            yield rows
            line = int(rows.lines[-1])
        if self._after is not None:
            yield _of_line(self._after, line)

    def are_told(self, starts: Moments, interval: timedelta) -> NDArray[np.bool_]:
        """Whether intervals lie between the neighbours."""
        told = np.ones(len(starts), dtype=np.bool_)
        if self._before is not None:
            told &= starts >= _moments(self._before)[0]
        if self._after is not None:
            told &= starts + microseconds(interval) <= _moments(self._after)[-1]
        return told

    def is_told(self, remark: Remark) -> bool:
        """Whether a remark is about the file, and not about a neighbour's own stretch."""
        start, end = moment_of(remark.start), moment_of(remark.end or remark.start)
        if remark.code == PARTIAL:
            return end > self._first and start < self._last
        is_before = self._before is not None and end <= _moments(self._before)[-1]
        is_after = self._after is not None and start >= _moments(self._after)[0]
        return not is_before and not is_after


def _moments(rows: StagedRows) -> Moments:
    return moments_of(rows.instants)


def _of_line(rows: StagedRows, line: int) -> StagedRows:
    return replace(rows, lines=np.full_like(rows.lines, line))
