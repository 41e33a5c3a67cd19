"""When machines ran and when they did not: over a period, and in a usual week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Machine
from enms_core.domain.evidence import Evidence
from enms_core.domain.status import OfflineEvent, OfflineEvents
from enms_core.domain.week_pattern import WeekPattern

HistoryMetric = Literal["offline", "uptime"]


@dataclass(frozen=True)
class MachineHistory:
    """What a machine did in its factory's own cut of the period.

    by_mode: time in each mode. running, unknown: time in which it ran, and time before its history
    begins or after it was last heard of. changes: rows of the history that tell it. last_sign: the
    last that was heard of it, where that leaves time unknown.
    """

    machine: Machine
    zone: ZoneInfo
    by_mode: Mapping[str | None, timedelta]
    running: timedelta
    unknown: timedelta
    offline: OfflineEvents
    changes: int
    last_sign: datetime | None = None

    @property
    def known(self) -> timedelta:
        return sum(self.by_mode.values(), timedelta())

    @property
    def uptime_percent(self) -> float | None:
        """Running time in known time [%]; None where nothing is known."""
        return 100.0 * (self.running / self.known) if self.known else None

    def data(self) -> dict[str, object]:
        return {
            "machine": self.machine.name,
            "uptime_percent": self.uptime_percent,
            "running_seconds": self.running.total_seconds(),
            "known_seconds": self.known.total_seconds(),
            "unknown_seconds": self.unknown.total_seconds(),
            "modes": [
                {"mode": mode, "seconds": time.total_seconds()}
                for mode, time in self.by_mode.items()
            ],
            "offline_events": [self._event_data(event) for event in self.offline.events],
            "offline_seconds": self.offline.total.total_seconds(),
        }

    def _event_data(self, event: OfflineEvent) -> dict[str, object]:
        return {
            "start": event.start.astimezone(self.zone).isoformat(),
            "end": event.end.astimezone(self.zone).isoformat(),
            "mode": event.mode,
            "seconds": event.duration.total_seconds(),
        }


@dataclass(frozen=True, kw_only=True)
class StatusHistoryAnswer(Answer):
    """When machines were offline, or how much of the time they ran, at the instant `now`."""

    metric: HistoryMetric
    machines: tuple[MachineHistory, ...]
    now: datetime

    @property
    def known(self) -> tuple[MachineHistory, ...]:
        return tuple(history for history in self.machines if history.known)

    def data(self) -> dict[str, object]:
        return {
            "metric": self.metric,
            "machines": [history.data() for history in self.machines],
        }

    def evidence(self) -> Evidence:
        return Evidence(status_changes=sum(history.changes for history in self.machines))


@dataclass(frozen=True)
class MachinePattern:
    """The usual week of a machine; None where its history is too short for one."""

    machine: Machine
    pattern: WeekPattern | None
    changes: int

    def data(self) -> dict[str, object]:
        return {
            "machine": self.machine.name,
            "pattern": self.pattern.data() if self.pattern else None,
        }


@dataclass(frozen=True, kw_only=True)
class PatternAnswer(Answer):
    """When machines usually run, by their history over a period."""

    machines: tuple[MachinePattern, ...]

    def data(self) -> dict[str, object]:
        only = self.machines[0].pattern if len(self.machines) == 1 else None
        return {
            "metric": "pattern",
            "machines": [each.data() for each in self.machines],
            "pattern": only.data() if only else None,
        }

    def evidence(self) -> Evidence:
        return Evidence(status_changes=sum(each.changes for each in self.machines))
