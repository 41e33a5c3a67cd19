"""Why an SEU used more or less than expected, and what to do about it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from enms_core.analysis.causes import explain
from enms_core.domain.performance import SeuPerformance
from enms_core.domain.question import Question
from enms_core.services.asked_hours import asked_hours, history_of
from enms_core.services.context import Context
from enms_core.services.hourly_rates import HourlyRates
from enms_core.services.recommendations import recommendations
from enms_core.services.status_context import status_context


async def explained(
    part: SeuPerformance, question: Question, context: Context, rates: HourlyRates
) -> SeuPerformance:
    """A part of the answer to a question, with its cause and what to do about it."""
    hours = asked_hours(part.of, question, context)
    assert hours is not None  # of what a part was made of
    history, status = await asyncio.gather(
        history_of(part.of, hours, context), status_context(part.of, hours.period, context)
    )
    grid, model = hours.grid, part.baseline.model
    cause = await asyncio.to_thread(explain, model, history, grid.first, grid.last)
    found = recommendations(part.of, cause.findings, history, rates)
    return replace(part, cause=replace(cause, status=status), recommendations=found)
