"""What to do about the SEU that was told of, and the offer of a plan for it."""

from __future__ import annotations

from dataclasses import replace

from enms_core.analysis.payback import payback_of
from enms_core.domain.advice import Advice
from enms_core.domain.intents import LAST_30_DAYS, PLANNING
from enms_core.domain.opportunity import Opportunity
from enms_core.domain.performance import PerformanceAnalysis, SeuPerformance
from enms_core.domain.question import Question
from enms_core.services.context import Context
from enms_core.services.hourly_rates import load_rates
from enms_core.services.performance import analyze
from enms_core.services.seu_opportunities import seu_opportunities
from enms_core.services.seus import question_about

# What rules find by the baseline is what the recommendations are of.
BY_BASELINE = frozenset({"extra_load", "wear"})


async def advice_on(question: Question, context: Context) -> Advice | None:
    """What to do about the machine of a question: about the SEU that deviates most of those that
    something is to be done about; None where none has a baseline that speaks."""
    analysis = await analyze(question, context, with_cause=True)
    if not isinstance(analysis, PerformanceAnalysis) or not analysis.parts:
        return None
    parts = tuple(_suspected(part, question) for part in analysis.parts)
    part = next((each for each in parts if each.recommendations), parts[0])
    plan = replace(question_about(PLANNING, part.of, question.period), period_said=True)
    advice = Advice(
        question=replace(plan, cost=question.cost, suspected=question.suspected),
        period=part.period,
        issues=analysis.issues,
        need="offer",
        part=part,
        opportunities=await _beside(part, question, context),
    )
    if not advice.has_any:
        return replace(advice, question=question, outcome="answered")
    return _with_payback(advice, question)


def _suspected(part: SeuPerformance, question: Question) -> SeuPerformance:
    """With what to do about the cause that was asked about alone."""
    if question.suspected is None:
        return part
    own = tuple(each for each in part.recommendations if each.suspicion == question.suspected)
    return replace(part, recommendations=own)


def _with_payback(advice: Advice, question: Question) -> Advice:
    """With when it pays off, at the cost that was told."""
    advice = replace(advice, of_payback=question.of_payback)
    if question.cost is None:
        return advice
    savings = advice.savings
    payback = payback_of(question.cost, savings)
    own = tuple(
        replace(each, payback_weeks=payback.weeks) if each.savings == savings else each
        for each in advice.part.recommendations
    )
    return replace(advice, part=replace(advice.part, recommendations=own), payback=payback)


async def _beside(
    part: SeuPerformance, question: Question, context: Context
) -> tuple[Opportunity, ...]:
    """What rules find in the last weeks that no recommendation is about."""
    lately = replace(question, period=LAST_30_DAYS)
    rates = await load_rates(context)
    found = await seu_opportunities(part.of, part.baseline, lately, context, rates)
    known = {each.suspicion for each in part.recommendations}
    return tuple(
        each
        for each in found.opportunities
        if each.kind not in BY_BASELINE and each.suspicion not in known
    )
