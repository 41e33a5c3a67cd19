"""The opportunities of one SEU, with what they save in a usual week."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.analysis.claims import Claim, Weekly
from enms_core.analysis.hourly_table import Floats, HourlyTable
from enms_core.analysis.opportunities import opportunities_of
from enms_core.analysis.weekly_totals import kept, sum_of_weeks, week_hours_of
from enms_core.domain.baseline import Baseline
from enms_core.domain.causes import Effort, WeeklySavings
from enms_core.domain.opportunity import Opportunity, OpportunityKind
from enms_core.domain.performance import Rated
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.asked_hours import AskedHours, asked_hours, history_of
from enms_core.services.context import Context
from enms_core.services.hourly_rates import NOTHING_RATED, HourlyRates, rated_together
from enms_core.services.recommendations import EFFORTS, priority_of

# As in recommendations: a switch or a timer; work that is planned otherwise; a machine opened.
EFFORTS_OF_KIND: Mapping[OpportunityKind, Effort] = {
    "idle": "low",
    "schedule": "low",
    "base_load": "low",
    "extra_load": "medium",
    "part_load": "medium",
    "peak": "medium",
    "wear": "high",
}


NOTHING = Weekly(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class SeuSavings:
    """The opportunities of an SEU. week, total: of all of them, no hour's use twice."""

    of: SeuOfSource
    opportunities: tuple[Opportunity, ...]
    week: Weekly
    total: Rated


async def seu_opportunities(
    of: SeuOfSource,
    baseline: Baseline | None,
    question: Question,
    context: Context,
    rates: HourlyRates,
) -> SeuSavings:
    """What the rules find of an SEU over a question's period; of its rest only by a baseline."""
    hours = asked_hours(of, question, context)
    if hours is None:
        return SeuSavings(of, (), NOTHING, NOTHING_RATED)
    history = await history_of(of, hours, context)
    model = baseline.model if baseline is not None else None
    thresholds = context.store.settings.thresholds
    first, last = hours.grid.first, hours.grid.last
    claims = await asyncio.to_thread(opportunities_of, model, history, first, last, thresholds)
    if question.suspected is not None:
        claims = [each for each in claims if each.suspicion == question.suspected]
    return _savings(of, claims, history, hours, rates)


def _savings(
    of: SeuOfSource,
    claims: Sequence[Claim],
    history: HourlyTable,
    hours: AskedHours,
    rates: HourlyRates,
) -> SeuSavings:
    rows = hours.rows(history)
    used = float(history.quantity[rows & history.is_complete].sum())
    price = _Prices(of, history, rates)
    counted = kept(claims)
    return SeuSavings(
        of,
        tuple(_opportunity(of, claim, used, price.week(claim, claim.per_hour)) for claim in claims),
        sum_of_weeks([each.weekly for each in counted]),
        rated_together(price.week(each.claim, each.per_hour) for each in counted),
    )


@dataclass(frozen=True)
class _Prices:
    of: SeuOfSource
    history: HourlyTable
    rates: HourlyRates

    def week(self, claim: Claim, per_hour: Floats) -> Rated:
        """What a usual week costs and emits, by the hours in which it is claimed."""
        inside = slice(int((per_hour > 0.0).argmax()), None)
        week = week_hours_of(claim, per_hour)
        return self.rates.rate(self.of, self.history.hours[inside], week[inside])


def _opportunity(of: SeuOfSource, claim: Claim, used: float, week: Rated) -> Opportunity:
    weekly = claim.weekly
    percent = 100.0 * claim.quantity / used if used > 0.0 else 0.0
    return Opportunity(
        kind=claim.kind,
        of=of,
        quantity=claim.quantity,
        percent=percent,
        savings=WeeklySavings(
            quantity=weekly.quantity,
            lower=weekly.lower,
            upper=weekly.upper,
            costs=() if week.cost_missing else week.costs,
            carbon_kg=week.carbon_kg,
        ),
        value=claim.value,
        threshold=claim.threshold,
        effort=_effort(claim),
        priority=priority_of(percent, weekly.lower is not None and weekly.lower > 0.0),
        since=claim.since,
        suspicion=claim.suspicion,
        evidence=claim.evidence,
    )


def _effort(claim: Claim) -> Effort:
    """By what a change points to; a rule's own, where it looks at something else."""
    by_kind = EFFORTS_OF_KIND[claim.kind]
    return EFFORTS.get(claim.suspicion, by_kind) if claim.suspicion is not None else by_kind


def saved_together(parts: Sequence[SeuSavings]) -> WeeklySavings:
    """What the SEUs of one source save in a week."""
    week = sum_of_weeks([each.week for each in parts])
    rated = rated_together(each.total for each in parts)
    return WeeklySavings(
        quantity=week.quantity,
        lower=week.lower,
        upper=week.upper,
        costs=() if rated.cost_missing else rated.costs,
        carbon_kg=rated.carbon_kg,
    )
