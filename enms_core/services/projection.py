"""Where a running day of an SEU will end."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

from enms_core.analysis.projection import WEEKS_LOOKED_AT, project_day
from enms_core.domain.performance import Projection
from enms_core.domain.period import Period, PeriodPhrase, resolve_all, utc
from enms_core.domain.seu import SeuOfSource
from enms_core.services.asked_hours import AskedHours
from enms_core.services.context import Context
from enms_core.services.predictions import CONFIDENCE
from enms_core.storage.driver_matrix import load_hours

LOOKED_AT = timedelta(weeks=WEEKS_LOOKED_AT, days=1)
# Stretches that end at now by what they mean.
UP_TO_NOW = frozenset({"past", "now", "since"})


def is_running(phrase: PeriodPhrase, context: Context, zone: ZoneInfo) -> bool:
    """Whether a period that has begun has not ended: it was meant as a whole, and is cut at now."""
    last = resolve_all(phrase, context.now, zone, context.week_start)[-1]
    return utc(last.end) == utc(context.now) and phrase.kind not in UP_TO_NOW


def is_running_day(phrase: PeriodPhrase, context: Context, zone: ZoneInfo) -> bool:
    """Whether a period is the day that runs."""
    is_day = phrase.kind == "unit" and phrase.unit == "day" and phrase.offset == 0
    return is_day and is_running(phrase, context, zone)


async def project(of: SeuOfSource, hours: AskedHours, context: Context) -> Projection | None:
    """The projection of the local day that hours lie in; None of too little history."""
    start, end = hours.period.start, hours.period.end
    looked_at = Period(utc(start) - LOOKED_AT, end)
    table = await load_hours(context.store.readings, context.catalogue, of, (), looked_at)
    day = start.astimezone(hours.zone).date().toordinal()
    return await asyncio.to_thread(project_day, table, day, hours.zone, CONFIDENCE)
