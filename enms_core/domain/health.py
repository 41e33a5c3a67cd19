"""Whether the energy system works: its database, its meters, its newest reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.evidence import Evidence
from enms_core.domain.period import utc


@dataclass(frozen=True)
class MeterState:
    """A meter in service, read each interval_seconds.

    last: start of its newest reading, in local time; None without any.
    """

    machine: Machine
    source: EnergySource
    last: datetime | None
    is_silent: bool
    interval_seconds: int

    @property
    def heard(self) -> datetime | None:
        """The end of the newest reading's interval."""
        return self.last + timedelta(seconds=self.interval_seconds) if self.last else None

    def data(self) -> dict[str, object]:
        return {
            "machine": self.machine.name,
            "energy_source": self.source.name,
            "last_reading": self.last.isoformat() if self.last else None,
        }


@dataclass(frozen=True, kw_only=True)
class HealthAnswer(Answer):
    """The database answered; what its meters last told, at the instant `now`."""

    meters: tuple[MeterState, ...]
    now: datetime

    @property
    def latest(self) -> datetime | None:
        """Start of the newest reading of all meters."""
        return max((meter.last for meter in self.meters if meter.last), default=None)

    @property
    def age_seconds(self) -> float | None:
        """Time since the newest reading was complete [s]; nothing while its interval runs."""
        latest = self.latest
        ends = [meter.heard for meter in self.meters if meter.heard and meter.last == latest]
        return max(0.0, (utc(self.now) - utc(min(ends))).total_seconds()) if ends else None

    @property
    def silent(self) -> tuple[MeterState, ...]:
        return tuple(meter for meter in self.meters if meter.is_silent)

    def data(self) -> dict[str, object]:
        return {
            "database": "ok",
            "latest_reading": self.latest.isoformat() if self.latest else None,
            "age_seconds": self.age_seconds,
            "meters": len(self.meters),
            "silent": [meter.data() for meter in self.silent],
        }

    def evidence(self) -> Evidence:
        return Evidence(last=self.latest, registers=True)
