"""Words of action plans: titles, changes, days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from enms_core.domain.action_plan import ActionPlan, PlanChange
from enms_core.language.render import Dialog
from enms_core.language.speech.payback import say_payback_of_plan
from enms_core.language.speech.performance_words import roughly
from enms_core.language.speech.voice import Voice


def title_slots(plan: ActionPlan, voice: Voice) -> dict[str, str]:
    return {"title": title_words(plan, voice)}


def title_words(plan: ActionPlan, voice: Voice) -> str:
    """A title as it is said: machines in it by their spoken names."""
    return voice.words.name(plan.title)


def day_words(day: date, voice: Voice) -> str:
    return voice.words.day(day)


def person_words(name: str, voice: Voice) -> str:
    """A name as it was told; with its signs and numbers in words where it has any."""
    is_plain = all(word.isalpha() for word in name.split())
    return name if is_plain else voice.words.name(name)


def change_words(change: PlanChange, voice: Voice) -> str:
    """What is to be changed, as what shall be done."""
    return voice.words.listed(list(_changes(change, voice)), whole=True)


def _changes(change: PlanChange, voice: Voice) -> Iterator[str]:
    phrase = voice.words.phrase
    if change.progress_percent is not None:
        percent = {"percent": voice.words.percent(change.progress_percent)}
        yield phrase("action_plan_change_progress", percent)
    elif change.status is not None:
        yield phrase(f"action_plan_change_{change.status}")
    if change.person is not None:
        person = {"person": person_words(change.person, voice)}
        yield phrase("action_plan_change_person", person)
    if change.due is not None:
        yield phrase("action_plan_change_due", {"day": day_words(change.due, voice)})


def expected_slots(plan: ActionPlan, voice: Voice) -> dict[str, str] | None:
    """What a week should save; None where nothing tells."""
    weekly = plan.content.target_savings_per_week
    if weekly is None or plan.of is None:
        return None
    source = plan.of.source
    amount = voice.words.amount(roughly(weekly), plan.content.unit or source.unit)
    return {"amount": amount, "source": voice.words.source(source.name)}


def pays_off(plan: ActionPlan, voice: Voice) -> list[Dialog]:
    """When a plan has paid for itself, where its cost was told."""
    payback = plan.content.payback
    return [] if payback is None else say_payback_of_plan(payback, voice)
