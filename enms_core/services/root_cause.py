"""Why an SEU used more or less than expected, and what to do about it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from enms_core.analysis.causes import explain
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.domain.causes import Cause
from enms_core.domain.performance import SeuPerformance
from enms_core.domain.question import Question
from enms_core.services.asked_hours import AskedHours, asked_hours, history_of, same_work
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
    key = same_work("cause", part.of, part.baseline.model, hours, context)
    (history, cause), status = await asyncio.gather(
        context.shared.once(key, lambda: _cause(part, hours, context)),
        status_context(part.of, hours.period, context),
    )
    found = recommendations(part.of, cause.findings, history, rates)
    return replace(part, cause=replace(cause, status=status), recommendations=found)


async def _cause(
    part: SeuPerformance, hours: AskedHours, context: Context
) -> tuple[HourlyTable, Cause]:
    """With the history that it was found in."""
    history, grid = await history_of(part.of, hours, context), hours.grid
    model = part.baseline.model
    return history, await asyncio.to_thread(explain, model, history, grid.first, grid.last)
