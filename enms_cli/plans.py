"""`enms plan`: action plans as they are stored. What is typed here needs no further yes."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from enms_cli.asked_scope import asked_scope
from enms_cli.baseline_choice import Works, works
from enms_cli.baseline_output import complain, print_data, print_line
from enms_cli.faults import CommandFailed
from enms_cli.plan_texts import day_of, on_a_line, short, typed
from enms_cli.tables import number, table
from enms_core.domain.action_plan import ActionPlan, NotVerified, PlanChange, PlanStatus
from enms_core.domain.intents import INTENTS
from enms_core.domain.payback import NoPayback, cost_at
from enms_core.domain.question import Question, Scope
from enms_core.services.action_plan_create import stored
from enms_core.services.action_plan_making import plan_for
from enms_core.services.action_plan_titles import meant_plans, meant_to_change
from enms_core.services.action_plan_update import changed, reached
from enms_core.services.action_plan_verify import verify, with_savings
from enms_core.services.asked_seus import seus_of
from enms_core.services.context import Context
from enms_core.services.seus import all_seus
from enms_core.settings import Settings
from enms_core.storage.action_plans import action_plans

Action = Callable[[argparse.Namespace, Context], Awaitable[None]]
Meant = Callable[[str, Sequence[ActionPlan], Context], Sequence[ActionPlan]]
COLUMNS = ("plan", "status", "responsible", "due", "a week", "saved")
UNVERIFIED: Mapping[NotVerified, str] = {
    "not_completed": "it is not completed",
    "no_date": "nobody noted when it was completed",
    "too_early": "less than a week has passed since its completion",
    "no_baseline": "there is no baseline to tell it by",
    "no_readings": "too many readings are missing",
    "no_measure": "what a plan against peaks does to the demand is not compared",
}

NO_PAYBACK: Mapping[NoPayback, str] = {
    "no_savings": "not known: nothing tells what it saves",
    "no_price": "not known: what it saves has no price",
    "currency": "not known: the tariff is in another currency",
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
    plan = await _one(options, context, meant_plans)
    _tell(await verify(plan, context), options)


async def _create(options: argparse.Namespace, context: Context) -> None:
    title, person = typed(options.title, "--title"), typed(options.person, "--person")
    due = day_of(options.due)
    scope = asked_scope([options.machine], context.catalogue)
    question = Question(
        "action_plan_create",
        scope,
        INTENTS["action_plan_create"].period,
        plan=title,
        person=person,
        cost=options.cost and cost_at(scope, options.cost, context.catalogue),
    )
    if not seus_of(question, context):
        raise CommandFailed(f"nothing can be planned for {options.machine}: it has no SEU")
    plan = await plan_for(question, context)
    if plan is None:
        raise CommandFailed(f"nothing was found to plan for {options.machine}; give a --title")
    if due is not None:
        plan = replace(plan, target_date=due)
    if not options.dry_run:
        made = await stored(plan, question, context)
        plan = made.plan
        if made.is_known:
            complain(f"{plan.title!r} is there already and open; nothing was stored")
    _tell(plan, options)


async def _update(options: argparse.Namespace, context: Context) -> None:
    percent: float | None = options.progress
    status: PlanStatus | None = options.status
    if status is None and percent is not None:
        status = reached(percent)
    person = typed(options.person, "--person")
    change = PlanChange(status, person, day_of(options.due), percent)
    if not change:
        raise ValueError("nothing to change: --status, --progress, --person or --due")
    await _changed(change, options, context)


async def _complete(options: argparse.Namespace, context: Context) -> None:
    await _changed(PlanChange("completed"), options, context)


async def _cancel(options: argparse.Namespace, context: Context) -> None:
    await _changed(PlanChange("cancelled"), options, context)


async def _changed(change: PlanChange, options: argparse.Namespace, context: Context) -> None:
    plan = await _one(options, context, meant_to_change)
    machines = plan.of.seu.machine_ids if plan.of is not None else ()
    question = Question(
        "action_plan_update",
        Scope("machines", machines),
        INTENTS["action_plan_update"].period,
        plan=plan.title,
        confirmed=True,
    )
    done = await changed(plan, change, question, context)
    if done.change != change:
        complain("its progress was not stored: another program keeps its own record there")
    _tell(done.after, options)


async def _plans(context: Context) -> tuple[ActionPlan, ...]:
    return await action_plans(context.store.registers, all_seus(context.catalogue))


async def _one(options: argparse.Namespace, context: Context, meant: Meant) -> ActionPlan:
    said = typed(options.plan, "PLAN") or ""
    plans = await _plans(context)
    found = [plan for plan in plans if plan.id == said]
    found = found or list(meant(said, plans, context))
    if len(found) == 1:
        return found[0]
    known = [(repr(short(plan.title)), plan.id) for plan in found or plans]
    names = ", ".join(f"{title} ({key})" if found else title for title, key in known) or "none"
    raise CommandFailed(f"not one plan is meant by {short(said)!r}; there are {names}")


def _row(plan: ActionPlan) -> tuple[str, ...]:
    return (
        short(plan.title),
        plan.status,
        short(plan.responsible_person or "-"),
        _date(plan.target_date),
        _weekly(plan),
        _saved(plan),
    )


def _date(day: date | None) -> str:
    return "-" if day is None else day.isoformat()


def _weekly(plan: ActionPlan) -> str:
    weekly = plan.content.target_savings_per_week
    return "-" if weekly is None else f"{number(weekly)} {plan.content.unit}"


def _cost_told(plan: ActionPlan) -> str:
    payback = plan.content.payback
    return (
        "-" if payback is None else f"{payback.cost.amount:f} {payback.cost.currency or ''}".strip()
    )


def _pays_off(plan: ActionPlan) -> str:
    """After so many weeks, with its interval; else why that is not told."""
    payback = plan.content.payback
    if payback is None:
        return "-"
    if payback.weeks is None:
        return NO_PAYBACK[payback.reason or "no_savings"]
    if payback.is_unsure:
        earliest = payback.earliest_weeks or payback.weeks
        return f"after {number(earliest)} weeks at the earliest; it may save nothing"
    low, high = payback.earliest_weeks, payback.latest_weeks
    told = f"after {number(payback.weeks)} weeks"
    return told if low is None or high is None else f"{told} ({number(low)} to {number(high)})"


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
    yield on_a_line(plan.title)
    content = plan.content
    facts = {
        "SEU": plan.of.seu.name if plan.of is not None else "-",
        "status": plan.status,
        "progress": "-" if content.progress_percent is None else f"{content.progress_percent:g} %",
        "responsible": on_a_line(plan.responsible_person or "-"),
        "due": _date(plan.target_date),
        "completed": _date(plan.completion_date),
        "problem": content.problem or "-",
        "a week": _weekly(plan),
        "cost": _cost_told(plan),
        "pays off": _pays_off(plan),
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
