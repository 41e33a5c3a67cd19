"""Changing an action plan after a yes: how far it is, who does it, until when."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from enms_core.domain.action_plan import (
    ActionPlan,
    AsksToUpdatePlan,
    NoPlans,
    PlanChange,
    PlanStatus,
    PlanUpdated,
)
from enms_core.domain.answer import Answer
from enms_core.domain.question import Question
from enms_core.services.action_plan_list import (
    answer_action_plan_list,
    plans_of,
    today_at,
    which_plan,
)
from enms_core.services.action_plan_making import due_of
from enms_core.services.action_plan_titles import meant_to_change
from enms_core.services.action_plan_verify import verify
from enms_core.services.context import Context
from enms_core.services.seus import all_seus
from enms_core.storage.action_plans import update_plan

STATUSES: tuple[PlanStatus, ...] = get_args(PlanStatus)
WHOLE_PERCENT = 100.0


async def answer_action_plan_update(question: Question, context: Context) -> Answer:
    """What of which plan would be changed, to be confirmed; or that it is."""
    plans = await plans_of(question, context)
    if not plans:
        return NoPlans(question=question)
    words = question.plan or ""
    found = meant_to_change(words, plans, context)
    if len(found) != 1:
        waiting = replace(question, confirmed=False)
        return which_plan(waiting, found or plans, None if found else words or None)
    (plan,) = found
    change = change_of(question, context)
    whole = replace(question, plan=plan.title)
    if not change:
        listed = replace(whole, intent="action_plan_list", confirmed=False)
        return await answer_action_plan_list(listed, context)
    if not question.confirmed:
        return AsksToUpdatePlan(question=whole, need="confirmation", before=plan, change=change)
    return await changed(plan, change, whole, context)


def change_of(question: Question, context: Context) -> PlanChange:
    """What is said of how far it is, of a person and of a day."""
    said = question.progress or ""
    status = next((each for each in STATUSES if each == said), None)
    percent = float(said.removesuffix("%")) if said.endswith("%") else None
    if percent is not None:
        status = reached(percent)
    return PlanChange(status, question.person, due_of(question, context), percent)


def reached(percent: float) -> PlanStatus:
    """What a plan is that is done to so much."""
    return "completed" if percent >= WHOLE_PERCENT else "in_progress"


async def changed(
    plan: ActionPlan, change: PlanChange, question: Question, context: Context
) -> PlanUpdated:
    """A plan as it is stored after a change; a completed one with what it saved by now."""
    after = with_change(plan, change, question, context)
    if after.status == "completed":
        after = await verify(after, context)
        saved_kwh = _kwh(after)
        if change.status == "completed" and saved_kwh is not None:
            after = replace(after, actual_savings_kwh=saved_kwh)
    seus = all_seus(context.catalogue)
    stored = await update_plan(context.store.registers, plan, after, seus, context.who)
    if stored.content.progress_percent != change.progress_percent:
        change = replace(change, progress_percent=None)  # others keep theirs in its place
    return PlanUpdated(
        question=replace(question, confirmed=False),
        before=plan,
        after=replace(stored, verified=after.verified, unverified=after.unverified),
        change=change,
    )


def with_change(
    plan: ActionPlan, change: PlanChange, question: Question, context: Context
) -> ActionPlan:
    """The day of completion is today; what is open again has none. Nothing but a change of the
    status touches that."""
    plan = replace(
        plan,
        responsible_person=change.person or plan.responsible_person,
        target_date=change.due or plan.target_date,
    )
    if change.status is None:
        return plan
    is_done = change.status == "completed"
    known = plan.completion_date if plan.status == "completed" else None
    return replace(
        plan,
        status=change.status,
        completion_date=(known or today_at(question, context)) if is_done else None,
        actual_savings_kwh=plan.actual_savings_kwh if is_done else None,
        content=replace(plan.content, progress_percent=change.progress_percent),
    )


def _kwh(plan: ActionPlan) -> float | None:
    """What is verified, where its unit has an energy."""
    factor = plan.of.source.kwh_per_unit if plan.of is not None else None
    return None if plan.verified is None or factor is None else plan.verified.quantity * factor
