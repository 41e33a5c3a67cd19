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
FOREVER = np.iinfo(np.int64).max


class Joined:
    """A file's staged samples, with neighbours where it goes on from another stretch.

    The neighbours' own intervals are stored already, but for those that are cut by their ends: what
    lies before the first neighbour or after the last one is neither stored nor told again.
    """

    def __init__(
        self,
        staging: Staging,
        before: StagedRows | None = None,
        after: StagedRows | None = None,
    ) -> None:
        self._staging = staging
        self._before = before
        self._after = after
        self._since = -FOREVER if before is None else int(_moments(before)[0])
        self._until = FOREVER if after is None else int(_moments(after)[-1])

    @classmethod
    async def to_neighbours(cls, staging: Staging, samples: CounterSamples) -> Joined:
        """Joined to the stretches before and after, where nothing is stored in between."""
        before, after = await samples.neighbours()
        return cls(staging, before, after)

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
        ends = starts + microseconds(interval)
        told: NDArray[np.bool_] = (starts >= self._since) & (ends <= self._until)
        return told

    def is_told(self, remark: Remark) -> bool:
        """Whether a remark is about the file, and not about a neighbour's own stretch."""
        start, end = moment_of(remark.start), moment_of(remark.end or remark.start)
        is_before = self._before is not None and end <= _moments(self._before)[-1]
        is_after = self._after is not None and start >= _moments(self._after)[0]
        if is_before or is_after:
            return False
        return remark.code != PARTIAL or (self._since <= start and end <= self._until)


def _moments(rows: StagedRows) -> Moments:
    return moments_of(rows.instants)


def _of_line(rows: StagedRows, line: int) -> StagedRows:
    return replace(rows, lines=np.full_like(rows.lines, line))
