"""Where energy could be saved: rules over the hours of all SEUs."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from enms_core.analysis.demand import BLOCK_SECONDS
from enms_core.domain.answer import Answer
from enms_core.domain.intents import LAST_30_DAYS
from enms_core.domain.opportunity import Opportunity, OpportunityList, SourceSavings
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource, apart
from enms_core.services.advice import advice_on
from enms_core.services.asked_hours import asked_hours
from enms_core.services.asked_seus import asked_seus, shared_issues, versions_of
from enms_core.services.context import Context
from enms_core.services.hourly_rates import load_rates, rated_together
from enms_core.services.peaks import peaks_to_shave
from enms_core.services.seu_opportunities import (
    SeuSavings,
    saved_together,
    seu_opportunities,
)


async def answer_opportunities(question: Question, context: Context) -> Answer:
    """What the machines of a question could save; or what to do about the one just told of."""
    names_cost = question.of_payback or question.cost is not None
    is_advice = names_cost or (context.is_follow_up and question.suspected is None)
    if is_advice and len(question.scope.machine_ids) == 1:
        advice = await advice_on(question, context)
        is_about = question.suspected is None or (advice is not None and advice.has_any)
        if advice is not None and is_about:
            return advice
        # What to do is not about the one day that was told of.
        question = replace(question, period=LAST_30_DAYS)
    return await find_opportunities(question, context)


async def find_opportunities(question: Question, context: Context) -> Answer:
    """All opportunities of the SEUs of a question, the most worth first, and their sums."""
    asked = asked_seus(question, context)
    if isinstance(asked, Answer):
        return asked
    seus = asked.seus
    key = _key(seus, question, context)
    found = await context.shared.once(key, lambda: _found(seus, question, context))
    answer = _answer(question, seus, found.savings, found.peaks)
    return replace(
        answer,
        period=context.local_period(question.period, question.scope.machine_ids),
        issues=(*asked.issues, *answer.issues),
        without=found.without,
    )


@dataclass(frozen=True)
class _Found:
    """What the rules find of SEUs. without: those that have no active baseline."""

    savings: Sequence[SeuSavings]
    peaks: Sequence[Opportunity]
    without: tuple[SeuOfSource, ...]


async def _found(seus: Sequence[SeuOfSource], question: Question, context: Context) -> _Found:
    known, rates = await asyncio.gather(versions_of(seus, context), load_rates(context))
    peaks, savings = await asyncio.gather(
        peaks_to_shave(() if question.suspected else seus, question, context, rates),
        asyncio.gather(
            *(seu_opportunities(each.of, each.active, question, context, rates) for each in known)
        ),
    )
    return _Found(savings, peaks, tuple(each.of for each in known if each.active is None))


def _key(seus: Sequence[SeuOfSource], question: Question, context: Context) -> Hashable:
    """Equal for those who ask for the same: blocks of demand end with quarter hours, all else with
    hours."""
    asked = (asked_hours(each, question, context) for each in seus)
    hours = tuple(each.whole_hours if each is not None else None for each in asked)
    quarter = context.now.timestamp() // BLOCK_SECONDS
    asked_about = tuple(seus), question.suspected
    return "opportunities", asked_about, hours, quarter, id(context.catalogue)


def _answer(
    question: Question,
    seus: Sequence[SeuOfSource],
    found: Sequence[SeuSavings],
    peaks: Sequence[Opportunity],
) -> OpportunityList:
    opportunities = [each for savings in found for each in savings.opportunities]
    with_any = [each for each in found if each.opportunities]
    counted = apart(each.of for each in sorted(with_any, key=lambda each: -each.week.quantity))
    summed = [each for each in with_any if each.of in counted]
    totals = [each.total for each in summed if each.of.source.is_purchased]
    worth = rated_together(totals)
    return OpportunityList(
        question=question,
        opportunities=tuple(sorted((*opportunities, *peaks), key=_order)),
        sources=_sources(seus, summed),
        costs=() if worth.cost_missing else worth.costs,
        carbon_kg=worth.carbon_kg,
        examined=tuple(seus),
        issues=shared_issues([each.of for each in with_any], counted),
    )


def _order(each: Opportunity) -> tuple[float, float]:
    """What a week costs; where it has no price, what it uses."""
    money = max((float(cost.amount) for cost in each.savings.costs), default=0.0)
    return -money, -each.savings.quantity


def _sources(seus: Sequence[SeuOfSource], found: Sequence[SeuSavings]) -> tuple[SourceSavings, ...]:
    """The sources with savings, in the order of the SEUs."""
    sources = {of.source.name: of.source for of in seus}
    of_source = {name: [each for each in found if each.of.source.name == name] for name in sources}
    return tuple(
        SourceSavings(name, sources[name].unit, saved_together(same))
        for name, same in of_source.items()
        if same
    )
