"""How much energy was used: by machines, by energy source, over a period."""

from __future__ import annotations

from enms_core.analysis.energy import purchased_energy_kwh
from enms_core.domain.answer import Answer
from enms_core.domain.energy import EnergyAnswer
from enms_core.domain.question import Question
from enms_core.services.context import Context
from enms_core.services.usage import Usage, usage_of


async def answer_energy(question: Question, context: Context) -> Answer:
    """Energy used over a period: per machine, per source, and purchased energy together.

    Produced carriers (steam, compressed air) answer when they are asked for by name.
    """
    usage = await usage_of(question, context)
    return _total(usage) if isinstance(usage, Usage) else usage


def _total(usage: Usage) -> EnergyAnswer:
    totals = usage.totals
    return EnergyAnswer(
        question=usage.question,
        period=usage.period,
        uses=totals,
        machines=usage.machines,
        purchased_energy_kwh=(
            purchased_energy_kwh(totals) if all(u.source.is_purchased for u in totals) else None
        ),
        issues=usage.issues,
    )
