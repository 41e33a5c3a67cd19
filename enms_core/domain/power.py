"""Rates of use: the latest reading, and the demand over fixed blocks of time.

A rate is in the source's unit per hour: kW for a source metered in kWh.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from enms_core.domain.wall_time import LATEST_READING


@dataclass(frozen=True)
class LatestReading:
    """The last reading of a machine before an instant. `time` is the start of its interval.

    rate is None where the row tells none and no meter tells the interval to divide by.
    """

    machine_id: UUID
    time: datetime
    rate: float | None

    def age(self, now: datetime) -> timedelta:
        return now - self.time

    def is_current(self, now: datetime) -> bool:
        """Whether it tells the rate of now; an older one has to be said with its age."""
        return self.age(now) <= LATEST_READING


@dataclass(frozen=True)
class DemandWindow:
    """Half-open time [UTC] that demand is asked for, in blocks of interval_seconds from its start.

    is_whole: it consists of whole blocks. Only a period that has no whole block in it is taken as
    it is; its blocks are then incomplete.
    """

    start: datetime
    end: datetime
    interval_seconds: int
    is_whole: bool = True

    @property
    def expected_blocks(self) -> int:
        """How many blocks there are, those that are cut included."""
        return -((self.start - self.end) // timedelta(seconds=self.interval_seconds))


@dataclass(frozen=True)
class BlockRate:
    """Mean rate over one block, and when the first of its quarter hours with readings began."""

    rate: float
    start: datetime


@dataclass(frozen=True)
class Demand:
    """The extreme blocks of a window, each the first of its kind.

    peak counts incomplete blocks with what they have. minimum is that of complete blocks only: one
    with missing readings would always be low. blocks: those with readings; incomplete_blocks: those
    of them that lack some.
    """

    window: DemandWindow
    peak: BlockRate | None = None
    minimum: BlockRate | None = None
    blocks: int = 0
    incomplete_blocks: int = 0
