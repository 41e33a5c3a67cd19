"""A client that makes action plans and changes them over and over until it is killed.

What is stored is told once its storing has returned: what was told must never be lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection

from enms_core.domain.action_plan import ActionPlan, PlanContent, PlanStatus
from enms_core.domain.errors import StorageError
from enms_core.settings import Settings
from enms_core.storage.action_plans import action_plans, store_plan, update_plan
from enms_core.storage.store import Store
from tests.core.baseline_cases import of_seu

CHANGES: tuple[PlanStatus, ...] = ("in_progress", "completed", "cancelled")
WHO = "Ada"


def work(url: str, told: Connection) -> None:
    """Make plans, each with its changes."""
    asyncio.run(_work(url, told))


async def _work(url: str, told: Connection) -> None:
    store = Store(Settings(database_url=url))
    await store.connect()
    number = 0
    while True:
        number += 1
        try:
            of = await of_seu(store)
            known = await action_plans(store.registers, (of,))
            title = f"plan {len(known)}"
            content = PlanContent("leak", {"per_week": number / 7}, model_version=number)
            proposed = ActionPlan(None, of, title, content, target_savings_kwh=number / 3)
            plan, _ = await store_plan(store.registers, proposed, (of,), WHO)
            told.send(facts(plan))
            for after in changes(plan):
                plan = await update_plan(store.registers, plan, after, (of,), WHO)
                told.send(facts(plan))
        except StorageError:
            await asyncio.sleep(0.05)  # the server was killed


def changes(plan: ActionPlan) -> Iterator[ActionPlan]:
    """How far a plan is, by and by: a column and a part of its contents at once."""
    for percent, status in zip((10.0, 50.0, 90.0), CHANGES, strict=True):
        content = replace(plan.content, progress_percent=percent)
        yield replace(plan, status=status, content=content)


def facts(plan: ActionPlan) -> tuple[str, str, float | None]:
    """Which plan it is, and how far."""
    assert plan.id is not None
    return plan.id, plan.status, plan.content.progress_percent
