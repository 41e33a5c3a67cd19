"""Making an action plan of what was found, after a yes."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.action_plan import ActionPlan, AsksForTitle, AsksToCreatePlan, PlanCreated
from enms_core.domain.answer import Answer
from enms_core.domain.question import Question
from enms_core.services.action_plan_making import plan_for
from enms_core.services.asked_seus import seus_of
from enms_core.services.context import Context
from enms_core.services.seus import all_seus, no_seu
from enms_core.storage.action_plans import store_plan


async def answer_action_plan_create(question: Question, context: Context) -> Answer:
    """The plan that would be stored, to be confirmed; or that it is."""
    seus = seus_of(question, context)
    if not seus:
        return no_seu(question, context)
    plan = await plan_for(question, context)
    if plan is None:
        waiting = replace(question, confirmed=False)
        return AsksForTitle(question=waiting, need="plan", of=seus[0] if len(seus) == 1 else None)
    whole = replace(question, plan=plan.title)
    if not question.confirmed:
        return AsksToCreatePlan(question=whole, need="confirmation", plan=plan)
    return await stored(plan, whole, context)


async def stored(plan: ActionPlan, question: Question, context: Context) -> PlanCreated:
    """A plan as it is in the table now."""
    seus = all_seus(context.catalogue)
    kept, is_known = await store_plan(context.store.registers, plan, seus, context.who)
    return PlanCreated(question=replace(question, confirmed=False), plan=kept, is_known=is_known)
