"""Several people who write one action plan at once: each with a connection of its own, and the plan
as it was before anybody changed it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest

from enms_core.domain.action_plan import PlanChange
from enms_core.domain.errors import StorageTimeout
from enms_core.services.action_plan_update import changed
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.baseline_cases import WITH_SEU
from tests.core.conftest import execute, rows
from tests.core.performance_works import NOW
from tests.core.plan_writers import (
    LOGGED,
    PLAN,
    at_once,
    changing,
    context_of,
    creating,
    histories,
    made,
    plans,
    question,
    read,
)

TODAY = date(2026, 11, 18)


@pytest.fixture
def url(workshop_url: str) -> str:
    execute(workshop_url, WITH_SEU)
    return workshop_url


def test_one_proposal_stored_by_several_at_once_is_one_plan(url: str) -> None:
    found = at_once(url, [creating(PLAN) for _ in range(6)])

    assert len({plan.id for plan in found}) == 1
    assert [row[3] for row in plans(url)] == ["Leak repair"]
    assert [entry[0] for entry in rows(url, LOGGED)] == ["plan.create"]
    histories(url)


def test_plans_of_several_titles_at_once_are_all_there(url: str) -> None:
    titles = {f"plan {number}" for number in range(10)}

    at_once(url, [creating(replace(PLAN, title=title)) for title in titles])

    assert {row[3] for row in plans(url)} == titles
    assert len(histories(url)) == 10


def test_what_different_people_change_at_once_is_all_kept(url: str) -> None:
    """Each of them read the plan before any other had changed it."""
    plan = made(url)
    due = TODAY + timedelta(weeks=9)

    at_once(
        url,
        [
            changing(plan, PlanChange("in_progress", progress_percent=40.0)),
            changing(plan, PlanChange(person="Grace")),
            changing(plan, PlanChange(due=due)),
        ],
    )

    [(_, *found)] = plans(url)
    assert found == ["in_progress", "40.0", "Leak repair", "Grace", due.isoformat(), None]
    [states] = histories(url).values()
    assert len(states) == 4
    content = read(url).content
    assert replace(content, progress_percent=None) == PLAN.content


def test_ten_changes_of_one_plan_at_once_are_all_logged_and_the_last_holds(url: str) -> None:
    plan = made(url)

    at_once(
        url,
        [
            changing(plan, PlanChange("in_progress", progress_percent=5.0 + number))
            for number in range(10)
        ],
    )

    [states] = histories(url).values()
    assert sorted(percent for _, percent in states[1:] if percent) == [5.0 + n for n in range(10)]
    [(_, status, progress, *_)] = plans(url)
    assert (status, float(progress)) == states[-1]


def test_two_completions_at_once_are_one(url: str) -> None:
    """The second changes nothing any more, and is told the plan as it is."""
    plan = made(url)

    both = at_once(url, [changing(plan, PlanChange("completed")) for _ in range(2)])

    assert [each.after.completion_date for each in both] == [TODAY, TODAY]
    assert [each.after.status for each in both] == ["completed", "completed"]
    assert [entry[0] for entry in rows(url, LOGGED)] == ["plan.create", "plan.update"]
    assert plans(url)[0][1:3] == ("completed", None)


def test_who_completes_what_was_just_completed_keeps_the_day_of_it(url: str) -> None:
    plan = made(url)
    at_once(url, [changing(plan, PlanChange("completed"))])

    async def a_day_later(store: Store) -> object:
        context = replace(await context_of(store), now=NOW + timedelta(days=1))
        return await changed(plan, PlanChange("completed"), question(), context)

    at_once(url, [a_day_later])

    assert plans(url)[0][6] == TODAY.isoformat()
    assert len(rows(url, LOGGED)) == 2


@pytest.mark.parametrize("read_as", ["planned", "in_progress"])
@pytest.mark.parametrize("first", ["completed", "in_progress"])
def test_completing_and_going_on_at_once_ends_as_one_of_the_two(
    url: str, first: str, read_as: str
) -> None:
    """Never half of each: a plan that goes on has no day of completion, a completed one no share
    that is done."""
    plan = made(url)
    if read_as == "in_progress":
        at_once(url, [changing(plan, PlanChange("in_progress"))])
        plan = replace(plan, status="in_progress")
    steps = {
        "completed": changing(plan, PlanChange("completed")),
        "in_progress": changing(plan, PlanChange("in_progress", progress_percent=40.0)),
    }

    at_once(url, [steps.pop(first)])
    at_once(url, list(steps.values()))

    [(_, status, progress, *_, completed)] = plans(url)
    assert (status, progress, completed) == (
        ("in_progress", "40.0", None)
        if first == "completed"
        else ("completed", None, TODAY.isoformat())
    )


def test_a_person_named_beside_a_completion_does_not_undo_it(url: str) -> None:
    plan = made(url)

    at_once(
        url,
        [
            changing(plan, PlanChange("completed")),
            *(changing(plan, PlanChange(person="Grace")) for _ in range(3)),
        ],
    )

    [(_, status, _, _, responsible, _, completed)] = plans(url)
    assert (status, responsible, completed) == ("completed", "Grace", TODAY.isoformat())


def test_what_another_program_writes_at_the_same_moment_is_kept(url: str) -> None:
    """It holds the row when ours comes to change it, and adds a field of its own."""
    plan = made(url)
    theirs = """
    UPDATE action_plans SET notes = 'parts ordered', metadata = metadata || '{"cost": "A7"}'
    """
    with psycopg.connect(url) as other:
        other.execute(theirs.encode())

        async def both(store: Store) -> object:
            ours = asyncio.create_task(
                changing(plan, PlanChange("in_progress", "Grace", None, 40.0))(store)
            )
            await waiting(store)
            await asyncio.to_thread(other.commit)
            return await ours

        run_on(url, both)

    found = read(url)
    assert (found.notes, dict(found.foreign)) == ("parts ordered", {"cost": "A7"})
    assert (found.responsible_person, found.content.progress_percent) == ("Grace", 40.0)
    assert replace(found.content, progress_percent=None) == PLAN.content


async def waiting(store: Store) -> None:
    """Wait until somebody waits for a lock."""
    blocked = """
    SELECT count(*) FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND datname = current_database()
    """
    while not await store.readings.fetch_value(blocked):
        await asyncio.sleep(0.02)


def test_who_waits_too_long_for_another_is_told_and_writes_nothing(url: str) -> None:
    plan = made(url)
    with psycopg.connect(url) as other:
        other.execute("UPDATE action_plans SET notes = 'held'")

        with pytest.raises(StorageTimeout):
            at_once(url, [changing(plan, PlanChange(person="Grace"))])
        other.rollback()

    assert plans(url)[0][4] is None
    assert [entry[0] for entry in rows(url, LOGGED)] == ["plan.create"]
