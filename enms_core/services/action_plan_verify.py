"""What completed plans have saved, told by the baseline that they were made against."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enms_core.analysis.hour_grid import HourGrid
from enms_core.analysis.hourly_table import Bools, HourlyTable
from enms_core.analysis.verified import WASTES, Verified, verified, wasted_less
from enms_core.domain.action_plan import ActionPlan, NotVerified, VerifiedSavings
from enms_core.domain.baseline import Baseline
from enms_core.domain.period import Period, utc
from enms_core.domain.seu import SeuOfSource
from enms_core.services.context import Context
from enms_core.storage.baselines import baselines_of
from enms_core.storage.driver_matrix import load_hours

# Less than a week after the completion, nothing is told of what it saved.
SHORTEST = timedelta(days=7)
# What was wasted before is told by so much time before the plan was made, or since it began.
USUAL, LONGEST = timedelta(weeks=8), timedelta(weeks=26)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Times:
    """The hours of running on as before, and those after the completion; start: of all, with some
    weeks before in which it was otherwise."""

    start: datetime
    before: Period | None
    after: Period


async def with_savings(plans: Sequence[ActionPlan], context: Context) -> tuple[ActionPlan, ...]:
    """Plans with what they saved, or why that is not told."""
    return tuple(await asyncio.gather(*(verify(plan, context) for plan in plans)))


async def verify(plan: ActionPlan, context: Context) -> ActionPlan:
    """A plan with what it has saved since its completion."""
    found = await _verified(plan, context)
    if isinstance(found, VerifiedSavings):
        return replace(plan, verified=found, unverified=None)
    return replace(plan, verified=None, unverified=found)


# What these change is no energy, and the demand of months is not compared.
NOT_COMPARED = frozenset({"peak"})


async def _verified(plan: ActionPlan, context: Context) -> VerifiedSavings | NotVerified:
    if plan.status != "completed":
        return "not_completed"
    if plan.completion_date is None:
        return "no_date"
    if plan.content.problem in NOT_COMPARED:
        return "no_measure"
    if plan.of is None:
        return "no_baseline"
    baseline = await _baseline_of(plan, plan.of, context)
    if baseline is None:
        return "no_baseline"
    times = _times(plan, plan.completion_date, context)
    if times is None:
        return "too_early"
    found = await _compared(plan, plan.of, baseline, times, context)
    if found is None:
        return "no_readings"
    return VerifiedSavings(
        quantity=found.quantity,
        uncertainty=found.uncertainty,
        percent=found.percent,
        is_significant=found.is_significant,
        start=times.after.start,
        end=times.after.end,
        model_version=baseline.version,
        expected=found.expected,
        actual=found.actual,
        excess_per_hour=found.excess_per_hour,
        hours=found.hours,
    )


async def _baseline_of(plan: ActionPlan, of: SeuOfSource, context: Context) -> Baseline | None:
    """The version that the plan was made against; the active one where it names none."""
    known = (await baselines_of(context.store.readings, [of.seu.id])).get(of.seu.id, ())
    wanted = plan.content.model_version
    if wanted is None:
        return next((each for each in known if each.is_active), None)
    return next((each for each in known if each.version == wanted), None)


def _times(plan: ActionPlan, completed: date, context: Context) -> _Times | None:
    """None where the completion is not long enough ago."""
    assert plan.of is not None
    zone = context.catalogue.zone_of(plan.of.seu.machine_ids)
    start = _midnight(completed + DAY, zone)
    end = context.now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    if utc(end) - utc(start) < SHORTEST:
        return None
    before = _before(plan, start, zone)
    first = before.start if before is not None else start
    return _Times(first - USUAL, before, Period(start, end))


def _before(plan: ActionPlan, start: datetime, zone: ZoneInfo) -> Period | None:
    """While it went on as before: up to the day on which the plan was made."""
    made = plan.created_at or start
    end = min(_midnight(made.astimezone(zone).date(), zone), start, key=utc)
    since = plan.content.since
    begin = end - USUAL if since is None else max(since.astimezone(zone), end - LONGEST, key=utc)
    return Period(begin, end) if utc(begin) < utc(end) else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


async def _compared(
    plan: ActionPlan, of: SeuOfSource, baseline: Baseline, times: _Times, context: Context
) -> Verified | None:
    zone = context.catalogue.zone_of(of.seu.machine_ids)
    span = Period(times.start, times.after.end)
    table = await load_hours(context.store.readings, context.catalogue, of, None, span)
    after = _rows(table, times.after, zone)
    before = _rows(table, times.before, zone) if times.before else after & ~after
    problem = plan.content.problem
    waste = WASTES.get(problem) if problem is not None else None
    if waste is None or times.before is None:
        return await asyncio.to_thread(verified, baseline.model, table, before, after)
    made = HourGrid.of(times.before, zone).last
    return wasted_less(table, waste(table, plan.content.since, made), before, after)


def _rows(table: HourlyTable, period: Period, zone: ZoneInfo) -> Bools:
    grid = HourGrid.of(period, zone)
    return (table.hours >= grid.first) & (table.hours < grid.last)
