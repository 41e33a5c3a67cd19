"""What state machines were in, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class StatusChange:
    """A row of the status history: from `time` on the machine was in this mode.

    mode: running, idle, maintenance, fault or off; None where the history does not tell.
    """

    time: datetime
    mode: str | None
    is_running: bool


@dataclass(frozen=True)
class StatusStretch:
    """Half-open stretch [UTC] in one mode; is_running is None where the status is unknown."""

    start: datetime
    end: datetime
    mode: str | None
    is_running: bool | None

    @property
    def duration(self) -> timedelta:
        return self.end - self.start

    @property
    def is_known(self) -> bool:
        return self.is_running is not None

    @property
    def is_offline(self) -> bool:
        """Not to be had: in maintenance, broken or switched off. An idle machine waits for work."""
        return self.is_running is False and self.mode != "idle"


@dataclass(frozen=True)
class StatusNow:
    """The status of a machine at an instant, and since when it has been in it."""

    mode: str | None
    is_running: bool
    since: datetime


@dataclass(frozen=True)
class OfflineEvent:
    """A time in which a machine was not to be had: its part inside what was asked about [UTC].

    start, end: the first and the last moment inside. duration: the time inside, which is shorter
    where only certain hours of each day are asked about. modes: in order of appearance. is_begun:
    whether it was so before `start` already, as far as the history was looked at.
    """

    start: datetime
    end: datetime
    modes: tuple[str | None, ...]
    duration: timedelta
    is_begun: bool = False

    @property
    def mode(self) -> str | None:
        """None where there are several, or where it is not told."""
        return self.modes[0] if len(self.modes) == 1 else None


@dataclass(frozen=True)
class OfflineEvents:
    """How often a machine was offline in a period.

    Stretches in different offline modes that follow each other are one event. An event that began
    before the period or lasts beyond it counts with its part inside.
    """

    events: tuple[OfflineEvent, ...]

    @property
    def count(self) -> int:
        return len(self.events)

    @property
    def longest(self) -> OfflineEvent | None:
        """The first of the longest; None without any."""
        return max(self.events, key=lambda event: event.duration, default=None)

    @property
    def total(self) -> timedelta:
        return sum((event.duration for event in self.events), timedelta())
