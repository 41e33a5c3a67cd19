"""How plans are told: how far they are, who does them, until when, and what they saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from enms_core.domain.action_plan import ActionPlan, PlanList
from enms_core.language.render import Dialog
from enms_core.language.speech.action_plan_words import (
    day_words,
    expected_slots,
    pays_off,
    person_words,
    title_slots,
)
from enms_core.language.speech.performance_words import as_rough_as, percent_words, roughly
from enms_core.language.speech.voice import Voice

MOST_TOLD = 3
# Plans that are asked for by something else than their status.
WITHOUT_STATUS = frozenset({"overdue", "open"})
# Where one plan alone is told of, with when it pays off.
OF_COST = frozenset({"all", "savings"})


def say_plan_list(answer: PlanList, voice: Voice) -> list[Dialog]:
    """How many, then the first of them."""
    plans = answer.plans
    if not plans:
        return [_none_such(answer, voice)]
    told = plans if answer.question.in_full else plans[:MOST_TOLD]
    said = [_count(answer, voice)] if len(plans) > 1 and answer.asked == "all" else []
    for plan in told:
        said += OF_ASKED[answer.asked](plan, answer, voice)
    if len(plans) == 1 and answer.asked in OF_COST:
        said += pays_off(plans[0], voice)
    return [*said, *_more(len(plans) - len(told), voice)]


def _more(count: int, voice: Voice) -> list[Dialog]:
    if count > 1:
        return [("action_plan_more_several", {"count": voice.words.count(count)})]
    return [("action_plan_more_one", {})] if count else []


def _none_such(answer: PlanList, voice: Voice) -> Dialog:
    asked = answer.question.plan_asked
    kind = "which" if asked in WITHOUT_STATUS else "status"
    what = {"what": voice.words.phrase(f"action_plan_{kind}_{asked}")}
    if answer.all_plans == 1:
        return "action_plan_none_such_one", what
    return "action_plan_none_such", {**what, "count": voice.words.count(answer.all_plans)}


def _count(answer: PlanList, voice: Voice) -> Dialog:
    count = {"count": voice.words.count(len(answer.plans))}
    if answer.question.plan_asked is not None:
        return "action_plan_count_same", count
    is_open = sum(plan.is_open for plan in answer.plans)
    return "action_plan_count", {**count, "open": voice.words.count(is_open)}


def _item(plan: ActionPlan, answer: PlanList, voice: Voice) -> list[Dialog]:
    title = title_slots(plan, voice)
    if plan.is_overdue(answer.today):
        return _due(plan, answer, voice)
    status = {"status": voice.words.phrase(f"action_plan_status_{plan.status}")}
    if plan.target_date is None or not plan.is_open:
        return [("action_plan_is", {**title, **status})]
    slots = {**title, **status, "day": day_words(plan.target_date, voice)}
    if plan.responsible_person is None:
        return [("action_plan_item", slots)]
    person = {"person": person_words(plan.responsible_person, voice)}
    return [("action_plan_item_person", {**slots, **person})]


def _responsible(plan: ActionPlan, _answer: PlanList, voice: Voice) -> list[Dialog]:
    title = title_slots(plan, voice)
    if plan.responsible_person is None:
        return [("action_plan_no_person", title)]
    person = person_words(plan.responsible_person, voice)
    return [("action_plan_person", {**title, "person": person})]


def _due(plan: ActionPlan, answer: PlanList, voice: Voice) -> list[Dialog]:
    title = title_slots(plan, voice)
    if plan.target_date is None:
        return [("action_plan_no_due", title)]
    dialog = "action_plan_overdue" if plan.is_overdue(answer.today) else "action_plan_due"
    return [(dialog, {**title, "day": day_words(plan.target_date, voice)})]


def _saved(plan: ActionPlan, _answer: PlanList, voice: Voice) -> list[Dialog]:
    return say_saved(plan, voice)


def say_saved(plan: ActionPlan, voice: Voice) -> list[Dialog]:
    """What it saved with its uncertainty; else why that is not told."""
    title = title_slots(plan, voice)
    if plan.verified is not None:
        return _verified(plan, voice)
    expected = expected_slots(plan, voice)
    if plan.unverified == "not_completed" and plan.is_open and expected is not None:
        return [("action_plan_saves_later", {**title, **expected})]
    return [(f"action_plan_unverified_{plan.unverified or 'not_completed'}", title)]


def _verified(plan: ActionPlan, voice: Voice) -> list[Dialog]:
    found, of = plan.verified, plan.of
    assert found is not None and of is not None
    unit, quantity = of.source.unit, roughly(abs(found.quantity))
    slots = {
        **title_slots(plan, voice),
        "amount": voice.words.amount(quantity, unit),
        "source": voice.words.source(of.source.name),
    }
    if found.uncertainty is None:
        return [("action_plan_saved_bare", slots)]
    if not found.is_significant:
        most = max(0.0, found.quantity) + found.uncertainty
        del slots["amount"]
        return [("action_plan_saved_unsure", {**slots, "margin": _amount(most, unit, voice)})]
    half = as_rough_as(found.uncertainty, quantity)
    slots["margin"] = voice.words.amount(half, unit)
    if found.quantity < 0.0:
        return [("action_plan_used_more", slots)]
    return [("action_plan_saved", slots), *_share(plan, voice)]


def _amount(value: float, unit: str, voice: Voice) -> str:
    return voice.words.amount(roughly(value), unit)


def _share(plan: ActionPlan, voice: Voice) -> list[Dialog]:
    assert plan.verified is not None
    if plan.verified.percent is None:
        return []
    percent = percent_words(plan.verified.percent, voice)
    version = voice.words.count(plan.verified.model_version)
    return [("action_plan_saved_share", {"percent": percent, "version": version})]


OF_ASKED: Mapping[str, Callable[[ActionPlan, PlanList, Voice], list[Dialog]]] = {
    "all": _item,
    "responsible": _responsible,
    "due": _due,
    "savings": _saved,
}
