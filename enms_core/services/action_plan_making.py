"""What a plan is made of: what an analysis recommends, and what rules find beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from enms_core.analysis.payback import payback_of
from enms_core.domain.action_plan import (
    NO_CONTENT,
    ActionKey,
    ActionPlan,
    Monitoring,
    PlanContent,
    PlannedAction,
)
from enms_core.domain.advice import Advice
from enms_core.domain.causes import Effort, Priority, Recommendation, WeeklySavings, greatest
from enms_core.domain.intents import LAST_30_DAYS
from enms_core.domain.opportunity import Opportunity, OpportunityList
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.action_plan_titles import title_of
from enms_core.services.advice import advice_on
from enms_core.services.asked_seus import seus_of, versions_of
from enms_core.services.context import Context
from enms_core.services.opportunities import find_opportunities

# Weeks in which a step can be done, by its effort: what is proposed where no day is said.
WEEKS_OF: Mapping[Effort, int] = {"low": 2, "medium": 6, "high": 12}
WEEKS_OF_YEAR = 365 / 7
MOST_ACTIONS = 4
# What a change shows in; all others in use against what is expected.
MONITORING: Mapping[ActionKey, Monitoring] = {
    "schedule": "operating_hours",
    "standby": "idle_share",
    "idle": "idle_share",
    "base_load": "base_load",
    "part_load": "sec",
    "peak": "peak_demand",
}
ORDER: Mapping[Priority, int] = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True)
class Subject:
    """What a plan is about. version: of the active baseline, None where there is none. savings: of
    its actions, the greatest."""

    of: SeuOfSource
    content: PlanContent
    version: int | None
    savings: WeeklySavings | None = None


async def plan_for(question: Question, context: Context) -> ActionPlan | None:
    """The plan for what is found of a question's machines; one of a person's own title where that
    is said. None where nothing is found and no title said."""
    subject = await _subject(question, context)
    if subject is None:
        return None
    proposed = plan_of(subject, context)
    is_own = question.plan is not None and not _are_alike(question.plan, proposed.title)
    if is_own or subject.content.problem is None:
        if question.plan is None:
            return None
        bare = PlanContent(None, monitoring="deviation" if subject.version else None,
                           model_version=subject.version)  # fmt: skip
        title = " ".join(question.plan.split())
        # Of machines that nobody named alone, none is given somebody's own plan.
        is_one = len(question.scope.machine_ids) == 1
        of, content = (subject.of, bare) if is_one else (None, NO_CONTENT)
        proposed = ActionPlan(None, of, title, content)
    savings = None if is_own else subject.savings
    return replace(
        proposed,
        content=_with_payback(proposed.content, question, savings),
        responsible_person=question.person,
        start_date=_today(subject.of, context),
        target_date=due_of(question, context) or proposed.target_date,
    )


def _with_payback(
    content: PlanContent, question: Question, savings: WeeklySavings | None
) -> PlanContent:
    """What a plan is made of, with when it pays off where a cost was told."""
    if question.cost is None:
        return content
    return replace(content, payback=payback_of(question.cost, savings))


def plan_of(subject: Subject, context: Context) -> ActionPlan:
    """A plan of what was found, not stored yet."""
    of, content = subject.of, subject.content
    today = _today(of, context)
    actions = tuple(
        replace(each, due=today + timedelta(weeks=WEEKS_OF[each.effort]))
        for each in content.actions
    )
    weekly, factor = content.target_savings_per_week, of.source.kwh_per_unit
    yearly = None if weekly is None or factor is None else WEEKS_OF_YEAR * weekly * factor
    return ActionPlan(
        id=None,
        of=of,
        title=title_of(content.problem, of, context),
        content=replace(content, actions=actions, unit=of.source.unit),
        target_savings_kwh=yearly,
        target_date=max((each.due for each in actions if each.due), default=None),
    )


def due_of(question: Question, context: Context) -> date | None:
    """The day that is said, at the machines' site."""
    if question.date is None:
        return None
    return context.local_period(question.date, question.scope.machine_ids).start.date()


async def _subject(question: Question, context: Context) -> Subject | None:
    if not question.period_said:
        question = replace(question, period=LAST_30_DAYS)
    if len(question.scope.machine_ids) == 1:
        advice = await advice_on(question, context)
        if advice is not None and advice.has_any:
            return of_advice(advice)
    found = await find_opportunities(replace(question, period=LAST_30_DAYS), context)
    if isinstance(found, OpportunityList) and found.opportunities:
        of = found.opportunities[0].of
        same = [each for each in found.opportunities if each.of == of]
        return _of_opportunities(of, same, await _version(of, context))
    seus = seus_of(question, context)
    if not seus:
        return None
    return Subject(seus[0], PlanContent(None), await _version(seus[0], context))


async def _version(of: SeuOfSource, context: Context) -> int | None:
    (known,) = await versions_of((of,), context)
    return known.active.version if known.active is not None else None


def of_advice(advice: Advice) -> Subject:
    """What was advised, the most worth first."""
    part = advice.part
    of, version = part.of, part.baseline.version
    if not part.recommendations:
        return _of_opportunities(of, advice.opportunities, version)
    first = part.recommendations[0]
    findings = part.cause.findings if part.cause is not None else ()
    finding = next((each for each in findings if each.suspicion == first.suspicion), None)
    facts: dict[str, float | None] = {"per_week": first.savings.quantity}
    if finding is not None:
        interval = {"lower": finding.lower, "upper": finding.upper}
        sure = {"confidence": finding.confidence, "per_hour": finding.per_hour}
        facts = {**finding.evidence, **facts, **interval, **sure}
    actions = [*map(_recommended, part.recommendations), *map(_found, advice.opportunities)]
    since = finding.since if finding is not None else None
    content = _content(first.suspicion, facts, since, actions, version)
    return Subject(of, content, version, advice.savings)


def _of_opportunities(
    of: SeuOfSource, found: Sequence[Opportunity], version: int | None
) -> Subject:
    first = found[0]
    savings = first.savings
    facts = {**first.evidence, "per_week": savings.quantity, "lower": savings.lower,
             "upper": savings.upper, "percent": first.percent}  # fmt: skip
    actions = [_found(each) for each in found]
    key = _key(first)
    content = _content(key, facts, first.since, actions, version)
    return Subject(of, content, version, greatest(each.savings for each in found))


def _content(
    problem: ActionKey,
    facts: Mapping[str, float | None],
    since: datetime | None,
    actions: Sequence[PlannedAction],
    version: int | None,
) -> PlanContent:
    """The problem's own step first, then the others by priority."""
    once = {each.action: each for each in reversed(actions)}
    ordered = sorted(once.values(), key=lambda each: (each.action != problem, ORDER[each.priority]))
    savings = [each.savings_per_week for each in ordered if each.savings_per_week]
    known = {name: float(value) for name, value in facts.items() if value is not None}
    return PlanContent(
        problem=problem,
        facts={name: value for name, value in known.items() if math.isfinite(value)},
        since=since,
        actions=tuple(ordered[:MOST_ACTIONS]),
        monitoring=MONITORING.get(problem, "deviation"),
        model_version=version,
        target_savings_per_week=max(savings, default=None),
    )


def _recommended(each: Recommendation) -> PlannedAction:
    return PlannedAction(
        each.suspicion, each.priority, each.effort, savings_per_week=each.savings.quantity
    )


def _key(each: Opportunity) -> ActionKey:
    """What a change of the rest points to says better what to do."""
    return each.suspicion if each.kind in ("extra_load", "wear") and each.suspicion else each.kind


def _found(each: Opportunity) -> PlannedAction:
    return PlannedAction(
        _key(each), each.priority, each.effort, savings_per_week=each.savings.quantity or None
    )


def _today(of: SeuOfSource, context: Context) -> date:
    return context.now.astimezone(context.catalogue.zone_of(of.seu.machine_ids)).date()


def _are_alike(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
