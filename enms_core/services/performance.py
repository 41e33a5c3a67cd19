"""Actual against expected, by the active baselines: of an SEU, a machine, a group or a factory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

from enms_core.analysis.held_against import together
from enms_core.domain.answer import Answer
from enms_core.domain.baseline_prediction import CannotPredict
from enms_core.domain.performance import PerformanceAnalysis, SeuPerformance, SourcePerformance
from enms_core.domain.period import Period, utc
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource, apart
from enms_core.services.asked_seus import asked_seus, seus_of, shared_issues, versions_of
from enms_core.services.baseline_versions import offer_training
from enms_core.services.context import Context
from enms_core.services.hourly_rates import HourlyRates, load_rates, rated_together
from enms_core.services.projection import is_running
from enms_core.services.root_cause import explained
from enms_core.services.seu_performance import InUse, seu_performance
from enms_core.services.thresholds import held_performance

# Where several SEUs are asked about, a cause is looked for of so many.
MOST_CAUSES = 3


async def answer_performance(question: Question, context: Context) -> Answer:
    """How machines did over a period; with the cause where one SEU is asked about."""
    answer = await analyze(question, context, with_cause=len(seus_of(question, context)) == 1)
    return held_performance(answer) if isinstance(answer, PerformanceAnalysis) else answer


async def answer_root_cause(question: Question, context: Context) -> Answer:
    """Why machines used more or less than expected."""
    answer = await analyze(question, context, with_cause=True)
    if isinstance(answer, PerformanceAnalysis):
        return held_performance(replace(answer, asks_why=True))
    return answer


async def analyze(question: Question, context: Context, with_cause: bool) -> Answer:
    """The analysis of all SEUs of a question; the offer to train where there is just one, without a
    baseline. with_cause: also why and what to do, of those that deviate most."""
    asked = asked_seus(question, context)
    if isinstance(asked, Answer):
        return asked
    known, rates = await asyncio.gather(versions_of(asked.seus, context), load_rates(context))
    if len(known) == 1 and known[0].active is None:
        return await offer_training(known[0], context)
    used = [InUse(each.of, each.active) for each in known if each.active is not None]
    found = await asyncio.gather(
        *(seu_performance(each, question, context, rates) for each in used)
    )
    analysis = _analysis(question, found, context)
    if with_cause:
        analysis = await _with_causes(analysis, context, rates)
    without = tuple(each.of for each in known if each.active is None)
    uses = [part.of for part in analysis.parts]
    shared = shared_issues(uses, _counted(uses))
    return replace(analysis, issues=(*asked.issues, *shared), without=without)


def _analysis(
    question: Question, found: Iterable[SeuPerformance | CannotPredict], context: Context
) -> PerformanceAnalysis:
    parts = sorted((each for each in found if isinstance(each, SeuPerformance)), key=_order)
    cannot = tuple(each for each in found if isinstance(each, CannotPredict))
    ids = question.scope.machine_ids
    whole, zone = context.local_period(question.period, ids), context.catalogue.zone_of(ids)
    return PerformanceAnalysis(
        question=question,
        period=_shown(whole, parts),
        outcome="answered" if parts else "no_data",
        parts=tuple(parts),
        sources=source_sums(parts) if len(parts) > 1 else (),
        cannot=cannot,
        is_running=is_running(question.period, context, zone),
    )


def _order(part: SeuPerformance) -> tuple[bool, float, float]:
    """Significant ones first, of these the one that costs or saves most."""
    deviation = part.deviation
    money = max((abs(float(each.amount)) for each in part.rated.costs), default=0.0)
    return not deviation.is_significant, -money, -abs(deviation.percent or 0.0)


def _shown(whole: Period, parts: Sequence[SeuPerformance]) -> Period:
    """The period up to the last hour that is compared."""
    ends = [part.period.end for part in parts]
    end = max(ends, key=utc).astimezone(whole.end.tzinfo) if ends else whole.end
    return Period(whole.start, min(end, whole.end, key=utc))


def source_sums(parts: Sequence[SeuPerformance]) -> tuple[SourcePerformance, ...]:
    """The SEUs of each energy source together, purchased sources first; of SEUs that share machines
    the one that has most of them."""
    counted = _counted([part.of for part in parts])
    of_source: dict[str, list[SeuPerformance]] = {}
    for part in (each for each in parts if each.of in counted):
        of_source.setdefault(part.of.source.name, []).append(part)
    sums = [
        SourcePerformance(
            energy_source=name,
            unit=same[0].of.source.unit,
            is_purchased=same[0].of.source.is_purchased,
            deviation=together([part.deviation for part in same]),
            rated=rated_together(part.rated for part in same),
        )
        for name, same in of_source.items()
    ]
    return tuple(sorted(sums, key=lambda each: not each.is_purchased))


def _counted(uses: Sequence[SeuOfSource]) -> tuple[SeuOfSource, ...]:
    return apart(sorted(uses, key=lambda of: -len(of.seu.machine_ids)))


async def _with_causes(
    analysis: PerformanceAnalysis, context: Context, rates: HourlyRates
) -> PerformanceAnalysis:
    """With the causes of the first parts that deviate significantly; of the first in any case."""
    parts, question = analysis.parts, analysis.question
    first = parts[:MOST_CAUSES]
    chosen = [part for part in first if part.deviation.is_significant] or first[:1]
    done = await asyncio.gather(*(explained(part, question, context, rates) for part in chosen))
    return replace(analysis, parts=(*done, *parts[len(chosen) :]))
