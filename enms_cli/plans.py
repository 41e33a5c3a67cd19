"""`enms plan`: action plans as they are stored. What is typed here needs no further yes."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable, Iterator
from datetime import date

from enms_cli.asked_scope import asked_scope
from enms_cli.baseline_choice import Works, works
from enms_cli.baseline_output import print_data, print_line
from enms_cli.faults import CommandFailed
from enms_cli.tables import number, table
from enms_core.domain.action_plan import ActionPlan, PlanChange
from enms_core.domain.intents import INTENTS
from enms_core.domain.question import Question, Scope
from enms_core.services.action_plan_create import stored
from enms_core.services.action_plan_making import plan_for
from enms_core.services.action_plan_titles import meant_plans
from enms_core.services.action_plan_update import changed
from enms_core.services.action_plan_verify import verify, with_savings
from enms_core.services.context import Context
from enms_core.services.seus import all_seus
from enms_core.settings import Settings
from enms_core.storage.action_plans import action_plans

Action = Callable[[argparse.Namespace, Context], Awaitable[None]]
COLUMNS = ("plan", "status", "responsible", "due", "a week", "saved")
UNVERIFIED = {
    "not_completed": "it is not completed",
    "no_date": "nobody noted when it was completed",
    "too_early": "less than a week has passed since its completion",
    "no_baseline": "there is no baseline to tell it by",
    "no_readings": "too many readings are missing",
}


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """One action on the stored plans."""
    async with works(options, settings) as at:
        await ACTIONS[options.action](options, _context(at, settings))
    return 0


def _context(at: Works, settings: Settings) -> Context:
    return Context(
        at.store, at.catalogue, at.now, week_start=settings.week_start, lang=settings.lang
    )


async def _list(options: argparse.Namespace, context: Context) -> None:
    plans = [plan for plan in await _plans(context) if options.all or plan.is_open]
    told = await with_savings(plans, context)
    if options.json:
        print_data({"plans": [plan.data() for plan in told]})
        return
    rows = [_row(plan) for plan in told]
    print_line("\n".join(table([COLUMNS, *rows], left=len(COLUMNS))))


async def _show(options: argparse.Namespace, context: Context) -> None:
    _tell(await verify(await _one(options, context), context), options)


async def _create(options: argparse.Namespace, context: Context) -> None:
    scope = asked_scope([options.machine], context.catalogue)
    question = Question(
        "action_plan_create",
        scope,
        INTENTS["action_plan_create"].period,
        plan=options.title,
        person=options.person,
    )
    due = _day(options.due)
    plan = await plan_for(question, context)
    if plan is None:
        raise CommandFailed(f"nothing was found to plan for {options.machine}; give a --title")
    if due is not None:
        plan = _due(plan, due)
    if not options.dry_run:
        plan = (await stored(plan, question, context)).plan
    _tell(plan, options)


async def _update(options: argparse.Namespace, context: Context) -> None:
    change = PlanChange(options.status, options.person, _day(options.due), options.progress)
    if not change:
        raise ValueError("nothing to change: --status, --progress, --person or --due")
    await _changed(change, options, context)


async def _complete(options: argparse.Namespace, context: Context) -> None:
    await _changed(PlanChange("completed"), options, context)


async def _cancel(options: argparse.Namespace, context: Context) -> None:
    await _changed(PlanChange("cancelled"), options, context)


async def _changed(change: PlanChange, options: argparse.Namespace, context: Context) -> None:
    plan = await _one(options, context)
    machines = plan.of.seu.machine_ids if plan.of is not None else ()
    question = Question(
        "action_plan_update",
        Scope("machines", machines),
        INTENTS["action_plan_update"].period,
        plan=plan.title,
        confirmed=True,
    )
    _tell((await changed(plan, change, question, context)).after, options)


async def _plans(context: Context) -> tuple[ActionPlan, ...]:
    return await action_plans(context.store.registers, all_seus(context.catalogue))


async def _one(options: argparse.Namespace, context: Context) -> ActionPlan:
    plans = await _plans(context)
    found = [plan for plan in plans if plan.id == options.plan]
    found = found or list(meant_plans(options.plan, plans, context))
    if len(found) == 1:
        return found[0]
    names = ", ".join(repr(plan.title) for plan in found or plans) or "none"
    raise CommandFailed(f"not one plan is meant by {options.plan!r}; there are {names}")


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _due(plan: ActionPlan, day: date) -> ActionPlan:
    return ActionPlan(**{**vars(plan), "target_date": day})


def _row(plan: ActionPlan) -> tuple[str, ...]:
    return (
        plan.title,
        plan.status,
        plan.responsible_person or "-",
        _date(plan.target_date),
        _weekly(plan),
        _saved(plan),
    )


def _date(day: date | None) -> str:
    return "-" if day is None else day.isoformat()


def _weekly(plan: ActionPlan) -> str:
    weekly = plan.content.target_savings_per_week
    return "-" if weekly is None else f"{number(weekly)} {plan.content.unit}"


def _saved(plan: ActionPlan) -> str:
    if plan.verified is None or plan.of is None:
        return "-"
    found = plan.verified
    half = "?" if found.uncertainty is None else number(found.uncertainty)
    return f"{number(found.quantity)} ± {half} {plan.of.source.unit}"


def _tell(plan: ActionPlan, options: argparse.Namespace) -> None:
    if options.json:
        print_data(plan.data())
        return
    print_line("\n".join(_lines(plan)))


def _lines(plan: ActionPlan) -> Iterator[str]:
    yield plan.title
    content = plan.content
    facts = {
        "SEU": plan.of.seu.name if plan.of is not None else "-",
        "status": plan.status,
        "progress": "-" if content.progress_percent is None else f"{content.progress_percent:g} %",
        "responsible": plan.responsible_person or "-",
        "due": _date(plan.target_date),
        "completed": _date(plan.completion_date),
        "problem": content.problem or "-",
        "a week": _weekly(plan),
        "proved by": content.monitoring or "-",
        "baseline": "-" if content.model_version is None else f"version {content.model_version}",
        "saved": _saved(plan),
    }
    yield from table(list(facts.items()), left=2)
    for each in content.actions:
        yield f"- {each.action}: priority {each.priority}, effort {each.effort}, {_date(each.due)}"
    if plan.unverified is not None:
        yield f"what it saved is not told: {UNVERIFIED[plan.unverified]}"


ACTIONS: dict[str, Action] = {
    "list": _list,
    "show": _show,
    "create": _create,
    "update": _update,
    "complete": _complete,
    "cancel": _cancel,
}
