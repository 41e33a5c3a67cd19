"""Key performance indicators of time and of use while waiting; formulas as in docs/kpis.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.demand import SECONDS_PER_HOUR
from enms_core.domain.period import Period
from enms_core.domain.status import StatusStretch

Floats = NDArray[np.float64]
IDLE = "idle"
OFF = "off"
# Two instants closer than this are one [s]: times are doubles of seconds since 1970.
SAME_SECONDS = 1e-3


@dataclass(frozen=True)
class TimeInModes:
    """Time [s] by what a machine did, or the sum over several machines.

    down: in maintenance, broken, or in any other mode of its own in which it did not run. untold:
    it did not run, and the history does not say why. unknown: no history.
    """

    running: float = 0.0
    idle: float = 0.0
    down: float = 0.0
    off: float = 0.0
    untold: float = 0.0
    unknown: float = 0.0

    def __add__(self, other: TimeInModes) -> TimeInModes:
        return TimeInModes(
            self.running + other.running,
            self.idle + other.idle,
            self.down + other.down,
            self.off + other.off,
            self.untold + other.untold,
            self.unknown + other.unknown,
        )

    @property
    def known(self) -> float:
        return self.running + self.idle + self.down + self.off + self.untold

    @property
    def operating_hours(self) -> float:
        return self.running / SECONDS_PER_HOUR

    @property
    def idle_hours(self) -> float:
        return self.idle / SECONDS_PER_HOUR

    @property
    def availability_percent(self) -> float | None:
        """Time in which it ran or waited, of all time but that in which it was switched off [%].

        As the technical availability of VDI 3423. None where it was off all the time, and where the
        history does not say why it stood still.

        >>> TimeInModes(running=60, idle=15, down=25, off=900).availability_percent
        75.0
        """
        ready = self.running + self.idle
        wanted = ready + self.down
        return 100.0 * ready / wanted if wanted and not self.untold else None


def time_in_modes(stretches: Iterable[StatusStretch]) -> TimeInModes:
    """How long a machine did what."""
    return sum((_of_stretch(each) for each in stretches), TimeInModes())


def _of_stretch(stretch: StatusStretch) -> TimeInModes:
    seconds = stretch.duration.total_seconds()
    if stretch.is_running is None:
        return TimeInModes(unknown=seconds)
    if stretch.is_running:
        return TimeInModes(running=seconds)
    if stretch.mode is None:
        return TimeInModes(untold=seconds)
    if stretch.mode == IDLE:
        return TimeInModes(idle=seconds)
    return TimeInModes(off=seconds) if stretch.mode == OFF else TimeInModes(down=seconds)


@dataclass(frozen=True)
class EnergyBlocks:
    """Use of a machine in blocks of one length: when they began [s since 1970], and how much."""

    starts: Floats
    energy: Floats
    seconds: int


@dataclass(frozen=True)
class IdleUse:
    """Use while idle, of all use whose status is known, in one unit."""

    idle: float
    known: float

    def __add__(self, other: IdleUse) -> IdleUse:
        return IdleUse(self.idle + other.idle, self.known + other.known)

    @property
    def share_percent(self) -> float | None:
        """None where nothing was used.

        >>> IdleUse(5.0, 40.0).share_percent
        12.5
        """
        return 100.0 * self.idle / self.known if self.known > 0.0 else None


def idle_use(blocks: EnergyBlocks, stretches: Sequence[StatusStretch]) -> IdleUse:
    """Use of the blocks in which a machine idled and never ran.

    A block in which it ran for a part counts as work: the use of its parts is not known. Blocks
    whose status is not known from end to end count neither way.
    """
    ran = _overlap(blocks, stretches, lambda each: each.is_running is True)
    idled = _overlap(blocks, stretches, lambda each: each.is_running is False and each.mode == IDLE)
    told = _overlap(blocks, stretches, lambda each: each.is_known)
    is_known = told >= blocks.seconds - SAME_SECONDS
    is_idle = is_known & (idled > SAME_SECONDS) & (ran <= SAME_SECONDS)
    return IdleUse(float(blocks.energy[is_idle].sum()), float(blocks.energy[is_known].sum()))


def _overlap(
    blocks: EnergyBlocks,
    stretches: Sequence[StatusStretch],
    counts: Callable[[StatusStretch], bool],
) -> Floats:
    """Time of each block that lies in the stretches which count [s]; they are in order of time."""
    counted = [each for each in stretches if counts(each)]
    if not counted:
        return np.zeros(len(blocks.starts))
    edges = np.array([[each.start.timestamp(), each.end.timestamp()] for each in counted])
    lengths = edges[:, 1] - edges[:, 0]
    passed = np.concatenate([[0.0], np.cumsum(lengths)])
    totals = np.stack([passed[:-1], passed[1:]], axis=1)
    ends = blocks.starts + blocks.seconds
    until, since = (np.interp(at, edges.ravel(), totals.ravel()) for at in (ends, blocks.starts))
    return np.asarray(until - since, dtype=np.float64)


def runs_of(starts: Sequence[datetime], seconds: int) -> tuple[Period, ...]:
    """Blocks in order of time, those that follow each other as one period."""
    step, runs = timedelta(seconds=seconds), list[list[datetime]]()
    for start in starts:
        if runs and runs[-1][1] == start:
            runs[-1][1] = start + step
        else:
            runs.append([start, start + step])
    return tuple(Period(begin, end) for begin, end in runs)
