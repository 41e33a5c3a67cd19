"""Machines side by side, or one stretch of time against another."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from enms_core.analysis.comparison import (
    compared,
    differ_by_hours,
    lacks_of,
    must_stand_apart,
    total_of,
)
from enms_core.analysis.measure import distinct, merged_evidence
from enms_core.domain.answer import Answer, Refusal, SourceNotUsed
from enms_core.domain.comparison import Compared, ComparisonAnswer, Side
from enms_core.domain.measure import LeftOut, Reason, left_out_issues
from enms_core.domain.question import Question, Scope
from enms_core.domain.same_hours import runs
from enms_core.services.carbon import answer_carbon
from enms_core.services.compared_sides import Asked, MeasuredSide, measure_side
from enms_core.services.context import Context
from enms_core.services.cost import answer_cost
from enms_core.services.energy import answer_energy
from enms_core.services.measures import DEFAULT_MEASURE, MEASURES

WHOLE = "total"


async def answer_comparison(question: Question, context: Context) -> Answer:
    """Parts over one period, one scope over two periods, or parts over both.

    Where one of two periods runs and the other is over, both count up to the same time (rule 9).
    Where fewer than two sides can be told, the answer is why. Energy sources side by side are told
    as the figure that they are compared by is told of several.
    """
    if question.compares_sources:
        return await _of_sources(question, context)
    asked = _asked(question)
    measure = MEASURES[_metric(question)].measure
    found = await asyncio.gather(*(measure_side(each, measure, context) for each in asked))
    told = [side for side in found if isinstance(side, MeasuredSide)]
    refusals = [side for side in found if not isinstance(side, MeasuredSide)]
    if refusals and len(told) < 2:
        return refusals[0]
    return _answer(question, told, refusals, context)


async def _of_sources(question: Question, context: Context) -> Answer:
    """Each source's figure of the same machines and time."""
    metric = _metric(question)
    if metric == "cost":
        return await answer_cost(replace(question, intent=metric, metric=None), context)
    if metric == "carbon":
        return await answer_carbon(replace(question, intent=metric, metric=None), context)
    return await answer_energy(replace(question, intent="energy", metric="by_source"), context)


def _metric(question: Question) -> str:
    return DEFAULT_MEASURE if question.metric in (None, WHOLE) else str(question.metric)


def _asked(question: Question) -> list[Asked]:
    """The sides: what was named one by one, else the machines of a group; over each period."""
    scopes = question.parts
    if len(scopes) < 2 and question.compared_to is None:
        scopes = tuple(Scope("machines", (id_,)) for id_ in question.scope.machine_ids)
    scopes = scopes or (question.scope,)
    first, second = question.period, question.compared_to
    spans = [(first, second)] if second is None else [(first, second), (second, first)]
    return [
        Asked(replace(question, scope=scope, period=period), other)
        for scope in scopes
        for period, other in spans
    ]


def _answer(
    question: Question,
    told: Sequence[MeasuredSide],
    refusals: Sequence[Refusal],
    context: Context,
) -> ComparisonAnswer:
    metric = _metric(question)
    figures = [side.measured.figures for side in told]
    apart = must_stand_apart(figures)
    totals = [total_of(each, MEASURES[metric].grows, apart) for each in figures]
    is_same_hours = any(side.is_cut for side in told)
    is_so_far = not is_same_hours and _runs(question, context)
    is_uneven = is_so_far or (question.compared_to is None and differ_by_hours(totals))
    found = compared(totals, is_even=not is_uneven)
    left_out = _left_out(told, refusals, apart, context)
    issues = [issue for side in told for issue in side.measured.issues]
    return ComparisonAnswer(
        question=question,
        period=told[0].measured.period if told else None,
        metric=metric,
        sides=tuple(_side(side, found, context) for side in told),
        compared=found,
        left_out=left_out,
        is_same_hours=is_same_hours,
        is_so_far=is_so_far,
        basis=merged_evidence([side.measured.evidence for side in told]),
        issues=left_out_issues(left_out, distinct(issues)),
    )


def _runs(question: Question, context: Context) -> bool:
    """Whether one of two periods is not over."""
    if question.compared_to is None:
        return False
    zone = context.catalogue.zone_of(question.scope.machine_ids)
    periods = (question.period, question.compared_to)
    return any(runs(period, context.now, zone, context.week_start) for period in periods)


def _side(side: MeasuredSide, found: Sequence[Compared], context: Context) -> Side:
    scope, measured = side.asked.question.scope, side.measured
    return Side(
        scope=scope,
        machines=tuple(context.catalogue.machine(id_).name for id_ in scope.machine_ids),
        phrase=side.asked.question.period,
        period=measured.period,
        coverage_percent=measured.coverage_percent,
        lacks=lacks_of(measured, found),
    )


def _left_out(
    told: Sequence[MeasuredSide], refusals: Sequence[Refusal], apart: bool, context: Context
) -> tuple[LeftOut, ...]:
    """Machines without a figure, each once: of sides that are told, and sides that cannot be."""
    found = [
        each
        for side in told
        for each in side.measured.left_out
        if not (apart and each.reason == "energy_content_unknown")
    ]
    found += [
        LeftOut(context.catalogue.machine(id_), _reason(refusal))
        for refusal in refusals
        for id_ in refusal.question.scope.machine_ids
    ]
    return tuple(dict.fromkeys(found))


def _reason(refusal: Refusal) -> Reason:
    return "not_metered" if isinstance(refusal, SourceNotUsed) else "no_readings"
