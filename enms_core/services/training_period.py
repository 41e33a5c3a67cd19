"""The stretch of time that a baseline is trained on, where readings leave one."""

from __future__ import annotations

from datetime import datetime, timedelta

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.period import Period, utc
from enms_core.domain.seu import SeuOfSource
from enms_core.storage.planned_hours import readings_span
from enms_core.storage.store import Store

HOUR = timedelta(hours=1)


async def known_span(
    of: SeuOfSource, store: Store, catalogue: Catalogue, now: datetime
) -> Period | None:
    """From the first to the last reading before an instant, in the machines' zone."""
    found = await readings_span(store.readings, of, now)
    if found is None:
        return None
    zone = catalogue.zone_of(of.seu.machine_ids)
    first, last = (moment.astimezone(zone) for moment in found)
    return Period(first, min(last + HOUR, now.astimezone(zone), key=utc)) if first < now else None


def last_twelve_months(now: datetime, span: Period) -> Period | None:
    """The whole days of the last twelve months that there are readings of."""
    midnight = now.astimezone(span.start.tzinfo).replace(hour=0, minute=0, second=0, microsecond=0)
    is_leap_day = (midnight.month, midnight.day) == (2, 29)
    day = 28 if is_leap_day else midnight.day
    year_before = midnight.replace(year=midnight.year - 1, day=day)
    start, end = max(year_before, span.start, key=utc), min(midnight, span.end, key=utc)
    return Period(start, end) if utc(start) < utc(end) else None
