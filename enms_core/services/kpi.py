"""Performance indicators. The peak demand is answered; the others are said to be not yet."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.answer import Answer
from enms_core.domain.question import Question
from enms_core.services.context import Context
from enms_core.services.power import answer_power


async def answer_kpi(question: Question, context: Context) -> Answer:
    """The peak demand of a period: the highest mean over a billing block, the peak of power."""
    return await answer_power(replace(question, metric="peak"), context)
