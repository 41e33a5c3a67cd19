"""Action plans: what people decided to do about an SEU, and what it saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from enms_core.domain.answer import Answer
from enms_core.domain.asking import AsksBack
from enms_core.domain.causes import Effort, Priority, Suspicion
from enms_core.domain.evidence import Evidence
from enms_core.domain.opportunity import OpportunityKind
from enms_core.domain.payback import Payback
from enms_core.domain.question import Outcome
from enms_core.domain.seu import SeuOfSource

PlanStatus = Literal["planned", "in_progress", "completed", "cancelled"]
# What is to be done: about what a suspicion or an opportunity says.
ActionKey = Suspicion | OpportunityKind
# The indicator that will prove it: actual against expected, or a KPI.
Monitoring = Literal[
    "deviation", "operating_hours", "idle_share", "base_load", "sec", "peak_demand"
]
# Why nothing is told of what a plan saved: it is not completed; the day of its completion is not
# known; too few hours have passed since; there is no baseline to hold it against; no hour since can
# be compared.
NotVerified = Literal[
    "not_completed", "no_date", "too_early", "no_baseline", "no_readings", "no_measure"
]
DONE: frozenset[PlanStatus] = frozenset({"completed", "cancelled"})


@dataclass(frozen=True)
class PlannedAction:
    """One step of a plan. action: its key in the language files; savings in the SEU's unit."""

    action: ActionKey
    priority: Priority
    effort: Effort
    owner: str | None = None
    due: date | None = None
    savings_per_week: float | None = None

    def data(self) -> dict[str, object]:
        return {**vars(self), "due": _day(self.due)}


@dataclass(frozen=True)
class VerifiedSavings:
    """What a plan has saved since its completion: use as it would have gone on - actual use, with
    half the interval's width. is_significant: not by chance.

    It would have gone on as the baseline expects and, in each hour, by `excess_per_hour` more, as
    before the plan was made. percent: of that use. hours: that are compared since.
    """

    quantity: float
    uncertainty: float | None
    percent: float | None
    is_significant: bool | None
    start: datetime
    end: datetime
    model_version: int
    expected: float = 0.0
    actual: float = 0.0
    excess_per_hour: float = 0.0
    hours: float = 0.0

    def data(self) -> dict[str, object]:
        ends = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return {**vars(self), **ends}


@dataclass(frozen=True)
class PlanContent:
    """What a plan is made of: problem and causes as figures (worded by the language files).

    monitoring: the EnPI that will prove it. model_version: of the baseline it is held against.
    unit: of target_savings_per_week, which is the greatest of its actions: none is counted twice.
    progress_percent: how far it is, where somebody said so. payback: where a cost was told.
    """

    problem: ActionKey | None
    facts: Mapping[str, float] = field(default_factory=dict)
    since: datetime | None = None
    actions: tuple[PlannedAction, ...] = ()
    monitoring: Monitoring | None = None
    model_version: int | None = None
    target_savings_per_week: float | None = None
    unit: str | None = None
    progress_percent: float | None = None
    payback: Payback | None = None

    def data(self) -> dict[str, object]:
        return {
            **vars(self),
            "payback": self.payback.data() if self.payback else None,
            "facts": dict(self.facts),
            "since": self.since.isoformat() if self.since else None,
            "actions": [each.data() for each in self.actions],
        }


NO_CONTENT = PlanContent(None)


@dataclass(frozen=True)
class ActionPlan:
    """A stored plan; id None before it is stored: the table's key as text.

    target_savings_kwh: of a year; actual_savings_kwh: verified when it was completed or last
    looked at with a yes. verified: now; unverified: why it is None. foreign: what another program,
    or a later version of this one, keeps beside the plan; it is never lost.
    """

    id: str | None
    of: SeuOfSource | None
    title: str
    content: PlanContent
    status: PlanStatus = "planned"
    target_savings_kwh: float | None = None
    responsible_person: str | None = None
    start_date: date | None = None
    target_date: date | None = None
    completion_date: date | None = None
    actual_savings_kwh: float | None = None
    verified: VerifiedSavings | None = None
    unverified: NotVerified | None = None
    notes: str | None = None
    created_at: datetime | None = None
    foreign: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.status not in DONE

    def is_overdue(self, today: date) -> bool:
        """Whether it should be done and is not."""
        return self.is_open and self.target_date is not None and self.target_date < today

    def data(self) -> dict[str, object]:
        """All of it, as JSON; dates in ISO 8601."""
        return {
            "id": self.id,
            "title": self.title,
            **(self.of.data() if self.of else {"seu": None}),
            "status": self.status,
            "responsible_person": self.responsible_person,
            "start_date": _day(self.start_date),
            "target_date": _day(self.target_date),
            "completion_date": _day(self.completion_date),
            "target_savings_kwh": self.target_savings_kwh,
            "actual_savings_kwh": self.actual_savings_kwh,
            "verified": self.verified.data() if self.verified else None,
            "unverified": self.unverified,
            "notes": self.notes,
            "created_at": self.created_at.isoformat() if self.created_at else None,
            "content": self.content.data(),
        }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True)
class PlanChange:
    """What is to be changed of a plan; what is None stays as it is."""

    status: PlanStatus | None = None
    person: str | None = None
    due: date | None = None
    progress_percent: float | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in vars(self).values())


@dataclass(frozen=True, kw_only=True)
class AsksToCreatePlan(AsksBack):
    """The plan that would be stored after a yes."""

    plan: ActionPlan

    def data(self) -> dict[str, object]:
        return {"plan": self.plan.data()}


@dataclass(frozen=True, kw_only=True)
class AsksForTitle(AsksBack):
    """Nothing points to anything to be done: what shall the plan be about? of: for what it is."""

    of: SeuOfSource | None


@dataclass(frozen=True, kw_only=True)
class AsksWhichPlan(AsksBack):
    """Several plans may be meant, or none is of these words. unknown: words of no plan."""

    plans: tuple[ActionPlan, ...]
    unknown: str | None = None

    def data(self) -> dict[str, object]:
        return {"plans": [each.data() for each in self.plans]}


@dataclass(frozen=True, kw_only=True)
class AsksToUpdatePlan(AsksBack):
    """What of a plan would be changed after a yes."""

    before: ActionPlan
    change: PlanChange

    def data(self) -> dict[str, object]:
        change = {**vars(self.change), "due": _day(self.change.due)}
        return {"plan": self.before.data(), "change": change}


@dataclass(frozen=True, kw_only=True)
class PlanCreated(Answer):
    """A plan as it was stored; is_known: the same was there already, and none was added."""

    plan: ActionPlan
    is_known: bool = False

    def data(self) -> dict[str, object]:
        return {"plan": self.plan.data()}

    def evidence(self) -> Evidence:
        return Evidence(registers=True)


@dataclass(frozen=True, kw_only=True)
class PlanUpdated(Answer):
    """A plan before and after a change."""

    before: ActionPlan
    after: ActionPlan
    change: PlanChange

    def data(self) -> dict[str, object]:
        return {"plan": self.after.data(), "before": self.before.data()}

    def evidence(self) -> Evidence:
        return Evidence(registers=True)


@dataclass(frozen=True, kw_only=True)
class NoPlans(Answer):
    """There is no plan, or none of the machines asked about."""

    outcome: Outcome = "no_data"

    def evidence(self) -> Evidence:
        return Evidence(registers=True)


@dataclass(frozen=True, kw_only=True)
class PlanList(Answer):
    """The plans asked about, open ones first. asked: what of each was asked about. today: local,
    what is overdue is so by it. all_plans: how many there are at all of these machines."""

    plans: tuple[ActionPlan, ...]
    today: date
    asked: Literal["all", "responsible", "savings", "due"] = "all"
    all_plans: int = 0
    outcome: Outcome = "answered"

    def data(self) -> dict[str, object]:
        return {"plans": [each.data() for each in self.plans], "asked": self.asked}

    def evidence(self) -> Evidence:
        return Evidence(registers=True)
