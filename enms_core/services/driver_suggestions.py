"""Which drivers the readings of an SEU suggest."""

from __future__ import annotations

import asyncio

from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.services.context import Context
from enms_core.services.driver_faults import available_drivers
from enms_core.services.training import enough_of, suggested
from enms_core.storage.driver_matrix import load_hours


async def suggestions(of: SeuOfSource, period: Period, context: Context) -> tuple[str, ...]:
    """The drivers that the readings suggest; none where there are too few of them to tell."""
    catalogue = context.catalogue
    table = await load_hours(context.store.readings, catalogue, of, None, period)
    enough = enough_of("hour", context.store.settings)
    return await asyncio.to_thread(
        suggested, table, available_drivers(of, catalogue), enough=enough
    )
