"""How much energy was used: by machines, by energy source, over a period; and what that cost."""

from __future__ import annotations

from dataclasses import replace

from enms_core.analysis.energy import are_purchased, purchased_energy_kwh
from enms_core.domain.answer import Answer
from enms_core.domain.energy import EnergyAnswer
from enms_core.domain.question import Question
from enms_core.services.context import Context
from enms_core.services.energy_metrics import average, by_step, trend
from enms_core.services.energy_money import spent_on
from enms_core.services.usage import Usage, usage_of


async def answer_energy(question: Question, context: Context) -> Answer:
    """Energy used over a period: per machine, per source, and purchased energy together.

    The metric says whether the total is told, with what it cost, or the average, the course by
    days or hours, or the trend. Produced carriers (steam, compressed air) answer when they are
    asked for by name.
    """
    usage = await usage_of(question, context)
    if not isinstance(usage, Usage):
        return usage
    total = total_of(usage)
    if question.metric == "average":
        return average(usage, total)
    if question.metric == "by_hour":
        return await by_step(usage, total, "hour", context)
    if question.metric == "by_day":
        return await by_step(usage, total, "day", context)
    if question.metric == "trend":
        return await trend(usage, total, context)
    if question.metric == "by_source":
        return total
    return replace(total, spent=await spent_on(usage, context))


def total_of(usage: Usage) -> EnergyAnswer:
    """What was used, by source and machine, and purchased energy together."""
    totals = usage.totals
    return EnergyAnswer(
        question=usage.question,
        period=usage.period,
        uses=totals,
        machines=usage.machines,
        purchased_energy_kwh=purchased_energy_kwh(totals) if are_purchased(totals) else None,
        issues=usage.issues,
    )
