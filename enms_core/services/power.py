"""What machines draw: now, on average over a period, and in the extreme blocks of one."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.answer import Answer
from enms_core.domain.period import TODAY
from enms_core.domain.question import Question
from enms_core.domain.units import KWH_PER_UNIT
from enms_core.services.context import Context
from enms_core.services.power_extremes import extreme_answer
from enms_core.services.power_latest import latest_answer
from enms_core.services.power_mean import mean_answer


async def answer_power(question: Question, context: Context) -> Answer:
    """The rate of use of each source that the question is about.

    Now means the latest readings; what was the latest over a period is its mean. An extreme, and a
    mean without a period, is today's.
    """
    is_extreme = question.metric in ("peak", "minimum")
    is_now = question.period.kind == "now"
    if is_now and (is_extreme or (question.metric == "average" and not question.period_said)):
        question, is_now = replace(question, period=TODAY), False
    names = rate_sources(question, context)
    if is_extreme:
        return await extreme_answer(question, names, context)
    sources = [source for source in context.catalogue.sources if source.name in names]
    if is_now and any(
        source in context.catalogue.sources_of(machine_id)
        for machine_id in question.scope.machine_ids
        for source in sources
    ):
        return await latest_answer(question, sources, context)
    return await mean_answer(question, names, context)


def rate_sources(question: Question, context: Context) -> tuple[str, ...]:
    """Names of the sources whose rates are told: those named in the question.

    Else, of each machine, those purchased in a unit of energy, whose rate is a power; where it has
    none of these, all that it purchases.
    """
    if question.sources:
        return question.sources
    names: dict[str, None] = {}
    for machine_id in question.scope.machine_ids:
        purchased = [s for s in context.catalogue.sources_of(machine_id) if s.is_purchased]
        energy = [source for source in purchased if source.unit in KWH_PER_UNIT]
        names |= dict.fromkeys(source.name for source in energy or purchased)
        if not energy:
            names |= dict.fromkeys(
                each.source
                for each in context.catalogue.unreadable_of(machine_id)
                if each.is_purchased
            )
    return tuple(names)
