"""Opportunities to save energy, found by rules over all SEUs of a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from enms_core.domain.answer import Answer
from enms_core.domain.causes import Effort, Priority, Suspicion, WeeklySavings
from enms_core.domain.evidence import Evidence
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.tariff import Money, money_data

# idle: much used while nothing is made; schedule: runs outside its times; extra_load: more than its
# baseline since a day; wear: ever more than its baseline; part_load: works at poor load; base_load:
# much used while off; peak: an unusual load in the site's highest blocks raises the demand charge.
OpportunityKind = Literal[
    "idle", "schedule", "extra_load", "wear", "part_load", "base_load", "peak"
]


@dataclass(frozen=True)
class Thresholds:
    """From where on a rule tells of an opportunity; the settings have them by the same names.

    opportunity_percent: of an SEU's use; what would save less is not told. idle_percent: of its use
    while nothing is made. schedule_hours: of running a week outside its times. extra_load_percent:
    above its baseline. base_load_percent: use while off, of that while running. part_load_percent:
    output below so much of the good output is poor load. peak_percent: of the peak.
    peak_blocks: so many blocks of a month may be lowered.
    """

    opportunity_percent: float = 1.0
    idle_percent: float = 5.0
    schedule_hours: float = 3.0
    extra_load_percent: float = 2.0
    base_load_percent: float = 10.0
    part_load_percent: float = 40.0
    peak_percent: float = 5.0
    peak_blocks: int = 8


@dataclass(frozen=True)
class Opportunity:
    """One way to save. quantity: over the period asked about, in the SEU's unit; percent: of what
    the SEU used in it. value, threshold: the figure that the rule looks at, and the setting that it
    is beyond. suspicion: what it points to, where the rest of a baseline does. peak_kw: what the
    demand would fall by. savings: in a usual week."""

    kind: OpportunityKind
    of: SeuOfSource
    quantity: float
    percent: float
    savings: WeeklySavings
    value: float
    threshold: float
    effort: Effort
    priority: Priority
    since: datetime | None = None
    suspicion: Suspicion | None = None
    peak_kw: float | None = None
    evidence: Mapping[str, float] = field(default_factory=dict)

    def data(self) -> dict[str, object]:
        return {
            **self.of.data(),
            "kind": self.kind,
            "quantity": self.quantity,
            "percent": self.percent,
            "savings_per_week": self.savings.data(),
            "value": self.value,
            "threshold": self.threshold,
            "effort": self.effort,
            "priority": self.priority,
            "since": self.since.isoformat() if self.since else None,
            "suspicion": self.suspicion,
            "peak_kw": self.peak_kw,
            "evidence": dict(self.evidence),
        }


@dataclass(frozen=True)
class SourceSavings:
    """What all opportunities of one source save in a week: no hour's use counted twice."""

    energy_source: str
    unit: str
    savings: WeeklySavings

    def data(self) -> dict[str, object]:
        return {
            "energy_source": self.energy_source,
            "unit": self.unit,
            "savings_per_week": self.savings.data(),
        }


@dataclass(frozen=True, kw_only=True)
class OpportunityList(Answer):
    """The opportunities, the most worth first. sources: their totals. costs: of all, per currency.
    without: SEUs whose rest could not be looked at, because they have no active baseline."""

    opportunities: tuple[Opportunity, ...]
    sources: tuple[SourceSavings, ...]
    costs: tuple[Money, ...]
    carbon_kg: float | None
    examined: tuple[SeuOfSource, ...]
    without: tuple[SeuOfSource, ...] = ()

    def data(self) -> dict[str, object]:
        return {
            "suspected": self.question.suspected,
            "opportunities": [each.data() for each in self.opportunities],
            "sources": [each.data() for each in self.sources],
            **money_data(self.costs),
            "carbon_kg": self.carbon_kg,
            "examined": [each.data() for each in self.examined],
            "without_baseline": [each.data() for each in self.without],
        }

    def evidence(self) -> Evidence:
        return Evidence()

    @property
    def told(self) -> tuple[UUID, ...]:
        """What was named; else the machine of each opportunity, in order. None where one has
        several machines or a machine several: then nobody knows which the second one is."""
        ids = [each.of.seu.machine_ids for each in self.opportunities]
        alone = tuple(of_one[0] for of_one in ids if len(of_one) == 1)
        is_clear = len(alone) == len(ids) == len(set(alone))
        return super().told or (alone if is_clear else ())
