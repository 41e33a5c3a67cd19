"""Titles of plans: made in the language of the person, and found again by words of it."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.action_plan import ActionKey, ActionPlan
from enms_core.domain.seu import SeuOfSource
from enms_core.language.files import LanguageFiles, load_language
from enms_core.language.plan_titles import PlanFinder
from enms_core.language.words import Words
from enms_core.services.context import Context
from enms_core.services.minds import known_language


def title_of(problem: ActionKey | None, of: SeuOfSource, context: Context) -> str:
    """What a plan is called that is made of a finding: as it is written, with machines by name."""
    words = Words(_files(context))
    names = [machine.name for machine in of.machines] or [of.seu.name]
    dialog = f"action_plan_title_{problem}" if problem else "action_plan_title"
    title = words.phrase(dialog, {"scope": words.listed(names, whole=True)})
    return title[:1].upper() + title[1:]


def meant_plans(said: str, plans: Sequence[ActionPlan], context: Context) -> tuple[ActionPlan, ...]:
    """The plans that some words may mean, those that fit best."""
    return PlanFinder(_files(context)).find(said, plans)


def meant_to_change(
    said: str, plans: Sequence[ActionPlan], context: Context
) -> tuple[ActionPlan, ...]:
    """The same, where one is to be changed: the open one where only one of them is."""
    found = meant_plans(said, plans, context)
    opened = tuple(plan for plan in found if plan.is_open)
    return opened if len(opened) == 1 else found


def _files(context: Context) -> LanguageFiles:
    return load_language(known_language(context.lang or context.store.settings.lang))
