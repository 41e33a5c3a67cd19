"""What machines drew on average over a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from enms_core.analysis.demand import mean_rate
from enms_core.domain.answer import Answer
from enms_core.domain.power import PowerAnswer, Rate, RateUnknown
from enms_core.domain.question import Question
from enms_core.domain.use import SourceUse, evidence_of
from enms_core.services.context import Context
from enms_core.services.usage import Usage, usage_of


async def mean_answer(question: Question, names: Sequence[str], context: Context) -> Answer:
    """Mean rates over a period: of each machine over the time that its own readings cover, and the
    sum of these."""
    usage = await usage_of(replace(question, sources=tuple(names)), context)
    if not isinstance(usage, Usage):
        return usage
    machines = means_of(usage)
    if not machines:
        return RateUnknown(question=question, interval_seconds=None)
    by_source = [(use, [r for r in machines if r.source == use.source]) for use in usage.totals]
    return PowerAnswer(
        question=question,
        period=usage.period,
        issues=usage.issues,
        metric="average",
        rates=tuple(_together(use, rates) for use, rates in by_source if rates),
        machines=tuple(machines),
        now=context.now,
        basis=evidence_of(usage.totals),
    )


def means_of(usage: Usage) -> list[Rate]:
    """The mean rate of each machine and source that has readings, over the time these stand for."""
    rates = [
        Rate(
            source=use.source,
            rate=mean_rate(use.quantity, use.told_seconds),
            machine=machine.machine,
            coverage_percent=use.coverage_percent,
        )
        for machine in usage.machines
        for use in machine.uses
        if use.readings
    ]
    return [rate for rate in rates if rate.rate is not None]


def _together(use: SourceUse, rates: Sequence[Rate]) -> Rate:
    return Rate(
        source=use.source,
        rate=fsum(rate.rate for rate in rates if rate.rate is not None),
        coverage_percent=use.coverage_percent,
    )
