"""Action plans as rows: what is changed, what is kept, and what the audit log says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enms_core.domain.action_plan import NO_CONTENT, ActionPlan, PlanContent
from enms_core.domain.errors import UnknownPlan
from enms_core.storage.action_plans import action_plans, store_plan, update_plan
from enms_core.storage.audit import latest
from tests.conftest import run_on
from tests.core.conftest import execute, rows

PLAN = ActionPlan(None, None, "Train the staff", NO_CONTENT)
METADATA = "SELECT metadata FROM action_plans"


def stored(url: str, plan: ActionPlan = PLAN) -> ActionPlan:
    kept, _ = run_on(url, lambda store: store_plan(store.registers, plan, (), "Ada"))
    return kept


def updated(url: str, before: ActionPlan, after: ActionPlan) -> ActionPlan:
    return run_on(url, lambda store: update_plan(store.registers, before, after, (), "Ada"))


def read(url: str) -> tuple[ActionPlan, ...]:
    return run_on(url, lambda store: action_plans(store.registers, ()))


def with_progress(plan: ActionPlan, percent: float | None) -> ActionPlan:
    return replace(plan, content=replace(plan.content, progress_percent=percent))


def test_the_same_open_plan_is_not_stored_twice(empty_url: str) -> None:
    first = stored(empty_url)
    second = stored(empty_url, replace(PLAN, title="train  the Staff"))

    assert first.id == second.id
    assert len(read(empty_url)) == 1


def test_what_another_program_keeps_beside_a_plan_stays(empty_url: str) -> None:
    stored(empty_url)
    execute(empty_url, """UPDATE action_plans SET metadata = '{"cost_center": "A7"}'""")
    [before] = read(empty_url)

    updated(empty_url, before, with_progress(before, 40.0))

    [(metadata,)] = rows(empty_url, METADATA)
    assert metadata["cost_center"] == "A7"
    assert read(empty_url)[0].content.progress_percent == 40.0


def test_what_a_later_version_stored_is_not_overwritten(empty_url: str) -> None:
    stored(empty_url)
    later = """UPDATE action_plans SET metadata = '{"format": 2, "steps": ["a"]}'"""
    execute(empty_url, later)
    [before] = read(empty_url)

    updated(empty_url, before, replace(with_progress(before, 40.0), status="in_progress"))

    assert rows(empty_url, METADATA) == [({"format": 2, "steps": ["a"]},)]
    assert read(empty_url)[0].status == "in_progress"


def test_progress_goes_when_a_plan_is_completed(empty_url: str) -> None:
    before = stored(empty_url)
    half = updated(empty_url, before, with_progress(before, 40.0))

    updated(empty_url, half, replace(with_progress(half, None), status="completed"))

    [found] = read(empty_url)
    assert (found.status, found.content.progress_percent) == ("completed", None)


def test_a_change_keeps_what_others_changed_in_the_meantime(empty_url: str) -> None:
    before = stored(empty_url, replace(PLAN, content=PlanContent(None, model_version=3)))
    updated(empty_url, before, replace(before, responsible_person="Grace"))

    updated(empty_url, before, with_progress(before, 10.0))

    [found] = read(empty_url)
    assert found.responsible_person == "Grace"
    assert (found.content.progress_percent, found.content.model_version) == (10.0, 3)


def test_a_plan_that_is_gone_is_not_changed(empty_url: str) -> None:
    before = stored(empty_url)
    execute(empty_url, "DELETE FROM action_plans")

    with pytest.raises(UnknownPlan):
        updated(empty_url, before, with_progress(before, 10.0))


def test_every_write_is_in_the_audit_log(empty_url: str) -> None:
    before = stored(empty_url)
    updated(empty_url, before, with_progress(before, 10.0))

    entries = run_on(empty_url, lambda store: latest(store.registers, 5))
    assert [(each.who, each.what) for each in entries] == [
        ("Ada", "plan.update"),
        ("Ada", "plan.create"),
    ]
