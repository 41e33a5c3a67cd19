"""What a person asked: the language-neutral question behind a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from enms_core.domain.period import PeriodPhrase
from enms_core.domain.tariff import Money

Outcome = Literal[
    "answered",
    "clarify",
    "cancelled",
    "unknown_machine",
    "unknown_source",
    "no_data",
    "not_yet",
    "not_understood",
    "error",
]

ScopeKind = Literal["machines", "group", "site", "all"]
Order = Literal["highest", "lowest"]
Step = Literal["hour", "day"]
Comparison = Literal[">", ">=", "<", "<=", "less", "more"]
# Of what was expected.
Side = Literal["above", "below"]
Severity = Literal["warning", "critical"]
# What uses more than needed, where a person names it.
Suspected = Literal["leak", "schedule", "cooling", "standby", "wear"]
# What a question lacks when we ask back.
Need = Literal[
    "machine",
    "energy_source",
    "comparison",
    "term",
    "help_topic",
    "threshold",
    "plan",
    "drivers",
    "period",
    "confirmation",
    "offer",
]

# What is asked of action plans: who, when, what they saved; else which of them.
PlanAsked = Literal[
    "responsible",
    "due",
    "savings",
    "overdue",
    "open",
    "planned",
    "in_progress",
    "completed",
    "cancelled",
]


@dataclass(frozen=True)
class Scope:
    """The machines a question is about.

    `kind` says how they were named, because the answer names them the same way: single machines,
    a group of a kind ("all compressors"), one site, or everything. `label` is the group's type or
    the site's name. `is_said` is False where nothing was named and the default stands in. `seu_id`:
    the one SEU of these machines that was named as itself.
    """

    kind: ScopeKind
    machine_ids: tuple[UUID, ...]
    label: str | None = None
    is_said: bool = True
    seu_id: UUID | None = None


@dataclass(frozen=True)
class Threshold:
    """A bound with its unit; "less" and "more" are for changes ("five percent less").

    side: of a deviation, on which side of what was expected it is to lie; None on either.
    of_carbon: the mass is one of carbon dioxide.
    """

    value: float
    unit: str
    op: Comparison
    side: Side | None = None
    of_carbon: bool = False

    def data(self) -> dict[str, object]:
        """The contract's `threshold`; with the side where one is meant."""
        bound: dict[str, object] = {"value": self.value, "unit": self.unit, "op": self.op}
        return bound if self.side is None else {**bound, "side": self.side}


@dataclass(frozen=True)
class Question:
    """An intent and its slots.

    `sources` is empty when no carrier was named: energy as a whole. `period_said` is False where
    the period is the intent's default. `parts`: for a comparison, what was named one by one.
    `unit`: the unit that was asked for ("how many kilowatt hours of gas").
    `order` and `count`: of a ranking; `count` is the version of a baseline too. `step`: what an
    average or a series is by, None where not said. `in_full`: a list is wanted whole.
    `of_equation`, `of_training`: of a model its equation is asked for, or when and on what it was
    trained. `topic`: the words, or the key of the term
    or subject.
    `drivers`, `conditions`: names of features, and the values that some of them shall have.
    `horizon`: a stretch of the future; `period` is the same then. `plan`, `person`, `kind`: the
    words for an action plan, who is responsible, the kind of a report. `date`: the day that
    something is due. `progress`: a status of a plan, or "40 %". `confirmed`: the person has said
    yes to what the question writes. `suspected`: a cause that is asked about by name, and no other
    ("how much does the leak cost"). `plan_asked`: what of action plans is asked for, or which.
    `cost`: what a measure costs, as a person tells. `of_payback`: it is asked when that pays off.
    """

    intent: str
    scope: Scope
    period: PeriodPhrase
    sources: tuple[str, ...] = ()
    period_said: bool = False
    compared_to: PeriodPhrase | None = None
    metric: str | None = None
    parts: tuple[Scope, ...] = ()
    count: int | None = None
    order: Order = "highest"
    step: Step | None = None
    threshold: Threshold | None = None
    topic: str | None = None
    unit: str | None = None
    in_full: bool = False
    of_equation: bool = False
    of_training: bool = False
    drivers: tuple[str, ...] = ()
    conditions: tuple[tuple[str, float], ...] = ()
    horizon: PeriodPhrase | None = None
    severity: Severity | None = None
    suspected: Suspected | None = None
    plan: str | None = None
    person: str | None = None
    date: PeriodPhrase | None = None
    progress: str | None = None
    kind: str | None = None
    confirmed: bool = False
    plan_asked: PlanAsked | None = None
    cost: Money | None = None
    of_payback: bool = False

    @property
    def compares_sources(self) -> bool:
        """Whether energy sources are set against each other, and nothing else."""
        of_parts = len(self.parts) > 1 or self.compared_to is not None
        return self.intent == "comparison" and len(self.sources) > 1 and not of_parts

    @property
    def named(self) -> tuple[UUID, ...]:
        """The machines that were named one by one, in the order said."""
        if self.parts:
            return tuple(id_ for part in self.parts for id_ in part.machine_ids)
        return self.scope.machine_ids if self.scope.kind == "machines" else ()


@dataclass(frozen=True)
class Understanding:
    """What a sentence was taken for.

    `outcome` is `answered` where the question is complete and a service may answer it. `question`
    is None only for `not_understood` and `cancelled`. When we ask back, `need` is what is lacking,
    and `choices` (machines) or `source_choices` (energy sources) what may be answered; `later` are
    further choices of machines that the same question leaves open. `offered`: what "use those"
    means. `unknown`: the words that name nothing we know. `is_follow_up`: the answer before was
    needed to make the question whole. `rest`: the words of a second question in the same sentence;
    they build on the first. `first`: what was asked, where training a baseline is offered instead.
    """

    outcome: Outcome
    confidence: float
    question: Question | None = None
    choices: tuple[UUID, ...] = ()
    source_choices: tuple[str, ...] = ()
    need: Need | None = None
    unknown: str | None = None
    later: tuple[tuple[UUID, ...], ...] = ()
    is_follow_up: bool = False
    rest: str | None = None
    offered: tuple[str, ...] = ()
    first: Question | None = None


# What a service asks back when it has looked at the question. What is said then is put into the
# question, and the service tells what it still lacks.
ASKED_BY_SERVICE: frozenset[Need] = frozenset({"drivers", "period", "confirmation", "offer"})
NOT_UNDERSTOOD = Understanding("not_understood", 0.0)


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits for what it lacks: one of some machines or energy sources, or other
    words for what was not known.

    outcome: what was said of it. unknown, rest, offered, first: as in `Understanding`; `first` is
    answered once the training that waits is done.
    """

    question: Question
    choices: tuple[UUID, ...] = ()
    source_choices: tuple[str, ...] = ()
    need: Need | None = None
    later: tuple[tuple[UUID, ...], ...] = ()
    outcome: Outcome = "clarify"
    unknown: str | None = None
    rest: str | None = None
    offered: tuple[str, ...] = ()
    first: Question | None = None

    def first_of(self, question: Question) -> Question | None:
        """What was asked first, where a question is about the training that waits here."""
        waits = self.question
        own = (waits.intent, waits.scope.machine_ids, waits.sources)
        is_same = own == (question.intent, question.scope.machine_ids, question.sources)
        return self.first if is_same else None


@dataclass(frozen=True)
class Recalled:
    """The last answer of a conversation, as far as what is said next may refer to it.

    machine_ids: the machines that it told of, in the order in which it told them. version: of the
    baseline that it rests on, None of none or several.
    """

    question: Question
    machine_ids: tuple[UUID, ...] = ()
    version: int | None = None
