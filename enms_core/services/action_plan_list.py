"""Which action plans there are, who does them, until when, and what they saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from enms_core.domain.action_plan import ActionPlan, AsksWhichPlan, NoPlans, PlanList
from enms_core.domain.answer import Answer
from enms_core.domain.question import PlanAsked, Question
from enms_core.services.action_plan_titles import meant_plans
from enms_core.services.action_plan_verify import with_savings
from enms_core.services.context import Context
from enms_core.services.seus import all_seus
from enms_core.storage.action_plans import action_plans

PlanListAsked = Literal["all", "responsible", "savings", "due"]
# Which plans are meant where some of them are.
WHICH: Mapping[PlanAsked, Callable[[ActionPlan, date], bool]] = {
    "overdue": lambda plan, today: plan.is_overdue(today),
    "open": lambda plan, _: plan.is_open,
    "planned": lambda plan, _: plan.status == "planned",
    "in_progress": lambda plan, _: plan.status == "in_progress",
    "completed": lambda plan, _: plan.status == "completed",
    "cancelled": lambda plan, _: plan.status == "cancelled",
}


async def answer_action_plan_list(question: Question, context: Context) -> Answer:
    """The plans of the machines asked about; of one that is named, what of it is asked."""
    plans = await plans_of(question, context)
    if not plans:
        return NoPlans(question=question)
    today = today_at(question, context)
    if question.plan:
        found = meant_plans(question.plan, plans, context)
        if not found:
            return which_plan(question, plans, question.plan)
    else:
        found = plans
    which = WHICH.get(question.plan_asked) if question.plan_asked else None
    meant = [plan for plan in found if which is None or which(plan, today)]
    return PlanList(
        question=question,
        plans=await with_savings(meant, context),
        today=today,
        asked=_asked(question.plan_asked),
        all_plans=len(plans),
        outcome="answered" if meant else "no_data",
    )


def _asked(asked: PlanAsked | None) -> PlanListAsked:
    if asked in ("responsible", "savings", "due"):
        return asked
    return "all"


async def plans_of(question: Question, context: Context) -> tuple[ActionPlan, ...]:
    """The stored plans; of the machines where some are named."""
    plans = await action_plans(context.store.registers, all_seus(context.catalogue))
    if not question.scope.is_said:
        return plans
    ids = set(question.scope.machine_ids)
    return tuple(plan for plan in plans if plan.of and ids & set(plan.of.seu.machine_ids))


def which_plan(
    question: Question, plans: Sequence[ActionPlan], unknown: str | None = None
) -> AsksWhichPlan:
    """Which of some plans is meant."""
    return AsksWhichPlan(question=question, need="plan", plans=tuple(plans), unknown=unknown)


def today_at(question: Question, context: Context) -> date:
    """The local day."""
    zone = context.catalogue.zone_of(question.scope.machine_ids)
    return context.now.astimezone(zone).date()
