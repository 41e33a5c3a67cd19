"""How action plans are said: the one to be stored, what is changed, and that it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from enms_core.domain.action_plan import (
    ActionPlan,
    AsksForTitle,
    AsksToCreatePlan,
    AsksToUpdatePlan,
    AsksWhichPlan,
    NoPlans,
    PlanCreated,
    PlanList,
    PlanUpdated,
)
from enms_core.domain.answer import Answer
from enms_core.language.render import Dialog
from enms_core.language.speech.action_plan_list import say_plan_list, say_saved
from enms_core.language.speech.action_plan_words import (
    change_words,
    day_words,
    expected_slots,
    pays_off,
    person_words,
    title_slots,
    title_words,
)
from enms_core.language.speech.voice import Voice


def say_asks_to_create(answer: AsksToCreatePlan, voice: Voice) -> list[Dialog]:
    """What is to be done, what it saves, until when, what will prove it; then whether to store."""
    plan = answer.plan
    return [
        _proposed(plan, voice),
        *_expected(plan, voice),
        *pays_off(plan, voice),
        *_until(plan, voice),
        *_monitored(plan, voice),
        ("action_plan_shall_store", {}),
    ]


def _proposed(plan: ActionPlan, voice: Voice) -> Dialog:
    if plan.content.problem is None:
        return "action_plan_proposed_bare", title_slots(plan, voice)
    do = voice.words.phrase(f"recommend_do_{plan.content.problem}")
    return "action_plan_proposed", {**title_slots(plan, voice), "do": do}


def _expected(plan: ActionPlan, voice: Voice) -> list[Dialog]:
    slots = expected_slots(plan, voice)
    return [("action_plan_expected", slots)] if slots else []


def _until(plan: ActionPlan, voice: Voice) -> list[Dialog]:
    if plan.target_date is None:
        person = plan.responsible_person
        slots = {**title_slots(plan, voice), "person": person_words(person or "", voice)}
        return [("action_plan_person", slots)] if person else []
    day = {"day": day_words(plan.target_date, voice)}
    if plan.responsible_person is None:
        return [("action_plan_due_by", day)]
    person_slots = {"person": person_words(plan.responsible_person, voice)}
    return [("action_plan_due_person", {**day, **person_slots})]


def _monitored(plan: ActionPlan, voice: Voice) -> list[Dialog]:
    if plan.content.monitoring is None or plan.content.problem is None:
        return []
    enpi = voice.words.phrase(f"action_plan_enpi_{plan.content.monitoring}")
    return [("action_plan_monitor", {"enpi": enpi})]


def say_asks_for_title(_answer: AsksForTitle, _voice: Voice) -> list[Dialog]:
    return [("action_plan_which_title", {})]


def say_created(answer: PlanCreated, voice: Voice) -> list[Dialog]:
    """That it is stored, and whom it lacks."""
    plan = answer.plan
    dialog = "action_plan_known" if answer.is_known else "action_plan_stored"
    said: list[Dialog] = [(dialog, title_slots(plan, voice))]
    if plan.responsible_person is None:
        said.append(("action_plan_no_person", title_slots(plan, voice)))
    return said


def say_which_plan(answer: AsksWhichPlan, voice: Voice) -> list[Dialog]:
    """Which of them, after that there is none of the words said."""
    titles = [title_words(plan, voice) for plan in answer.plans]
    if answer.unknown is None:
        return [("action_plan_which", {"titles": voice.words.listed(titles, "list_or")})]
    slots = {"plan": voice.words.name(answer.unknown), "titles": voice.words.listed(titles)}
    return [("action_plan_unknown", slots)]


def say_asks_to_update(answer: AsksToUpdatePlan, voice: Voice) -> list[Dialog]:
    changes = {"changes": change_words(answer.change, voice)}
    return [("action_plan_shall_change", {**title_slots(answer.before, voice), **changes})]


def say_updated(answer: PlanUpdated, voice: Voice) -> list[Dialog]:
    """What is now as it was to be; of a completed plan what it saved."""
    plan, change = answer.after, answer.change
    title = title_slots(plan, voice)
    said: list[Dialog] = [("action_plan_updated", {})]
    if change.progress_percent is not None and change.status != "completed":
        percent = voice.words.percent(change.progress_percent)
        said.append(("action_plan_progress", {**title, "percent": percent}))
    elif change.status is not None:
        status = voice.words.phrase(f"action_plan_status_{change.status}")
        said.append(("action_plan_is", {**title, "status": status}))
    if change.person is not None:
        said.append(("action_plan_person", {**title, "person": person_words(change.person, voice)}))
    if change.due is not None:
        said.append(("action_plan_due", {**title, "day": day_words(change.due, voice)}))
    return [*said, *_verified(answer, voice)]


def _verified(answer: PlanUpdated, voice: Voice) -> list[Dialog]:
    if answer.change.status != "completed":
        return []
    if answer.after.unverified == "too_early":
        return [("action_plan_verify_later", {})]
    return say_saved(answer.after, voice) if answer.after.verified else []


def say_no_plans(answer: NoPlans, voice: Voice) -> list[Dialog]:
    scope = answer.question.scope
    if not scope.is_said:
        return [("action_plan_none", {})]
    return [("action_plan_none_of", {"scope": voice.scope(scope)})]


OF_PLANS: Mapping[type[Answer], Callable[[Any, Voice], list[Dialog]]] = {
    AsksToCreatePlan: say_asks_to_create,
    AsksForTitle: say_asks_for_title,
    AsksWhichPlan: say_which_plan,
    AsksToUpdatePlan: say_asks_to_update,
    PlanCreated: say_created,
    PlanUpdated: say_updated,
    PlanList: say_plan_list,
    NoPlans: say_no_plans,
}
