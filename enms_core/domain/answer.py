"""What a service found out: numbers with their unit, period, source and coverage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.evidence import NO_EVIDENCE, Evidence
from enms_core.domain.period import Period
from enms_core.domain.question import Outcome, Question

FactValue = float | int | str | None


@dataclass(frozen=True)
class DataIssue:
    """Something a listener must know about the data behind a number; the speech words it.

    names: lists of names, such as the sources that it is about. machines: those it is about.
    """

    code: str
    facts: dict[str, FactValue] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    machines: tuple[Machine, ...] = ()

    def data(self) -> dict[str, object]:
        """The contract's issue: lists as one text."""
        lists = {name: ", ".join(names) for name, names in self.names.items()}
        if self.machines:
            lists["machines"] = ", ".join(machine.name for machine in self.machines)
        return {"code": self.code, **self.facts, **lists}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What all answers have.

    period: the stretch that is told, in the zone of the machines; None where the answer has none.
    """

    question: Question
    period: Period | None = None
    issues: tuple[DataIssue, ...] = ()
    outcome: Outcome = "answered"

    def data(self) -> dict[str, object]:
        """The contract's `data`: every number behind the speech, unrounded."""
        return {}

    def evidence(self) -> Evidence:
        """What the answer rests on."""
        return NO_EVIDENCE

    @property
    def told(self) -> tuple[UUID, ...]:
        """The machines that are told one by one, in this order: "the second one" is one of them."""
        return self.question.named


@dataclass(frozen=True, kw_only=True)
class NoReadings(Answer):
    """The period holds no reading; `first` and `last` tell where the readings there are lie."""

    sources: tuple[EnergySource, ...]
    first: datetime | None
    last: datetime | None
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {
            "first_reading": self.first.isoformat() if self.first else None,
            "last_reading": self.last.isoformat() if self.last else None,
        }


@dataclass(frozen=True, kw_only=True)
class NotBegun(Answer):
    """The question is about what was, the period has not begun, or begins this very moment."""

    is_just_begun: bool = False
    outcome: Outcome = "no_data"


@dataclass(frozen=True, kw_only=True)
class SourceNotUsed(Answer):
    """A machine was asked about a carrier that it has no meter for; nothing is asked where it has
    no meter that can be used at all."""

    asked: tuple[EnergySource, ...]
    available: tuple[EnergySource, ...]
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {"available_sources": [source.name for source in self.available]}


Refusal = NoReadings | NotBegun | SourceNotUsed
