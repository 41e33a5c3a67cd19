"""What a service found out: numbers with their unit, period, source and coverage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.period import Period
from enms_core.domain.question import Outcome, Question

FactValue = float | int | str | None


@dataclass(frozen=True)
class DataIssue:
    """Something a listener must know about the data behind a number; the speech words it."""

    code: str
    facts: dict[str, FactValue] = field(default_factory=dict)

    def data(self) -> dict[str, object]:
        return {"code": self.code, **self.facts}


@dataclass(frozen=True)
class SourceUse:
    """What was used of one energy source, by one machine or by several together.

    quantity: in the source's own unit. energy_kwh: the same as energy, None where the carrier has
    no conversion. readings: rows found. covered_seconds of expected_seconds of time have a reading;
    expected_seconds is None where no meter register tells the interval. asked_seconds: length of
    the period asked about.
    """

    source: EnergySource
    quantity: float
    energy_kwh: float | None
    readings: int
    covered_seconds: float
    expected_seconds: float | None
    first: datetime | None
    last: datetime | None
    asked_seconds: float | None = None

    @property
    def beyond_intervals_seconds(self) -> float:
        """Time at the edges of the period that no complete interval of the meter lies in [s]."""
        if self.asked_seconds is None or self.expected_seconds is None:
            return 0.0
        return max(0.0, self.asked_seconds - self.expected_seconds)

    @property
    def coverage_percent(self) -> float | None:
        """Share of the period that has readings [%], at most 100."""
        if self.expected_seconds is None:
            return None
        if self.expected_seconds == 0:
            return 100.0
        return min(100.0, 100.0 * self.covered_seconds / self.expected_seconds)

    @property
    def missing_seconds(self) -> float:
        return max(0.0, (self.expected_seconds or 0.0) - self.covered_seconds)

    def data(self) -> dict[str, object]:
        return {
            "energy_source": self.source.name,
            "quantity": self.quantity if self.readings else None,
            "unit": self.source.unit,
            "energy_kwh": self.energy_kwh,
            "is_purchased": self.source.is_purchased,
            "readings": self.readings,
            "coverage_percent": self.coverage_percent,
            "first_reading": self.first.isoformat() if self.first else None,
            "last_reading": self.last.isoformat() if self.last else None,
        }


@dataclass(frozen=True)
class MachineUse:
    """The energy sources of one machine, in its factory's own cut of the period."""

    machine: Machine
    period: Period
    uses: tuple[SourceUse, ...]

    def data(self) -> dict[str, object]:
        return {
            "machine": self.machine.name,
            "period": period_data(self.period),
            "sources": [use.data() for use in self.uses],
        }


@dataclass(frozen=True)
class EnergyAnswer:
    """Energy used by the machines of a question, carriers kept apart.

    purchased_energy_kwh is the sum over purchased carriers; None where one of them has no
    conversion, or where the question named a carrier that is not purchased.
    """

    question: Question
    period: Period
    uses: tuple[SourceUse, ...]
    machines: tuple[MachineUse, ...]
    purchased_energy_kwh: float | None
    issues: tuple[DataIssue, ...] = ()
    outcome: Outcome = "answered"

    def data(self) -> dict[str, object]:
        """The contract's `data`: `quantity`, `unit` and `energy_kwh` where one carrier answers."""
        head: dict[str, object] = {}
        if len(self.uses) == 1:
            use = self.uses[0]
            head = {
                "energy_kwh": use.energy_kwh,
                "quantity": use.quantity,
                "unit": use.source.unit,
                "energy_source": use.source.name,
                "coverage_percent": use.coverage_percent,
            }
        return {
            **head,
            "purchased_energy_kwh": self.purchased_energy_kwh,
            "sources": [use.data() for use in self.uses],
            "machines": [machine.data() for machine in self.machines],
        }


@dataclass(frozen=True)
class NoReadings:
    """The period holds no reading; `first` and `last` tell where the readings there are lie."""

    question: Question
    period: Period
    sources: tuple[EnergySource, ...]
    first: datetime | None
    last: datetime | None
    issues: tuple[DataIssue, ...] = ()
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {
            "first_reading": self.first.isoformat() if self.first else None,
            "last_reading": self.last.isoformat() if self.last else None,
        }


@dataclass(frozen=True)
class NotBegun:
    """The question is about what was, the period has not begun."""

    question: Question
    period: Period | None
    issues: tuple[DataIssue, ...] = ()
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {}


@dataclass(frozen=True)
class SourceNotUsed:
    """A machine was asked about a carrier that it has no meter for; nothing is asked where it has
    no meter that can be used at all."""

    question: Question
    asked: tuple[EnergySource, ...]
    available: tuple[EnergySource, ...]
    issues: tuple[DataIssue, ...] = ()
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {"available_sources": [source.name for source in self.available]}


Answer = EnergyAnswer | NoReadings | NotBegun | SourceNotUsed


def period_data(period: Period) -> dict[str, str]:
    """A period as the contract's JSON has it: local time with offset."""
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}
