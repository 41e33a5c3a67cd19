"""Action plans for the tests that write them: by several at once, and what is stored of them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from enms_core.domain.action_plan import (
    ActionPlan,
    PlanChange,
    PlanContent,
    PlannedAction,
    PlanUpdated,
)
from enms_core.domain.intents import INTENTS
from enms_core.domain.question import Question, Scope
from enms_core.services.action_plan_create import stored
from enms_core.services.action_plan_update import changed
from enms_core.services.context import Context
from enms_core.services.seus import all_seus
from enms_core.storage.action_plans import action_plans
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.baseline_cases import of_seu
from tests.core.conftest import LATHE, rows
from tests.core.performance_works import NOW

Told = dict[str, list[tuple[str, float | None]]]
Writing = Callable[[Store], Coroutine[Any, Any, Any]]

PLANS = """
SELECT id::text, status, metadata #>> '{content,progress_percent}', title, responsible_person,
       target_date::text, completion_date::text
FROM action_plans ORDER BY created_at
"""
LOGGED = "SELECT what, before, after FROM audit_log WHERE what LIKE 'plan.%' ORDER BY id"
PLAN = ActionPlan(
    None,
    None,
    "Leak repair",
    PlanContent("leak", {"per_week": 2.5}, actions=(PlannedAction("leak", "high", "medium"),)),
)


def at_once(url: str, work: list[Writing]) -> list[Any]:
    async def together(_store: Store) -> object:
        return await asyncio.gather(*(asyncio.to_thread(run_on, url, each) for each in work))

    found = run_on(url, together)
    assert isinstance(found, list)
    return found


def creating(plan: ActionPlan) -> Writing:
    async def create(store: Store) -> ActionPlan:
        of = await of_seu(store)
        return (await stored(replace(plan, of=of), question(), await context_of(store))).plan

    return create


def changing(plan: ActionPlan, change: PlanChange) -> Writing:
    """A change of a plan as it was read before anybody changed it."""

    async def update(store: Store) -> PlanUpdated:
        return await changed(plan, change, question(), await context_of(store))

    return update


async def context_of(store: Store) -> Context:
    return Context(store, await load_catalogue(store.registers), NOW)


def question() -> Question:
    scope = Scope("machines", (LATHE,))
    return Question("action_plan_update", scope, INTENTS["action_plan_update"].period)


def made(url: str, plan: ActionPlan = PLAN) -> ActionPlan:
    found = at_once(url, [creating(plan)])[0]
    assert isinstance(found, ActionPlan)
    return found


def read(url: str) -> ActionPlan:
    async def found(store: Store) -> ActionPlan:
        seus = all_seus(await load_catalogue(store.registers))
        return (await action_plans(store.registers, seus))[0]

    plan = run_on(url, found)
    assert isinstance(plan, ActionPlan)
    return plan


def plans(url: str) -> list[tuple[Any, ...]]:
    return rows(url, PLANS)


def histories(url: str) -> Told:
    """By plan what the log says of status and progress; each entry goes on from the one before."""
    found: Told = defaultdict(list)
    last: dict[str, object] = {}
    entries: list[tuple[Any, ...]] = rows(url, LOGGED)
    for what, before, after in entries:
        key = after["id"]
        assert before == last.get(key)
        assert (what == "plan.create") == (before is None)
        last[key] = after
        found[key].append((after["status"], after["progress_percent"]))
    return found
