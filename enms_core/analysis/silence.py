"""Which meters are silent: nothing came from them for longer than their interval explains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from enms_core.domain.catalogue import Meter

SILENT_INTERVALS = 3
SHORTEST_SILENCE = timedelta(hours=1)


def serving(meters: Sequence[Meter], now: datetime) -> Meter | None:
    """The meter of a machine's source that is in service at an instant; the newest of several."""
    found = [
        meter
        for meter in meters
        if meter.valid_from <= now and (meter.valid_to is None or now < meter.valid_to)
    ]
    return max(found, key=lambda meter: meter.valid_from, default=None)


def is_silent(meter: Meter, last: datetime | None, now: datetime) -> bool:
    """Whether no reading began within three intervals, or within an hour where that is longer.

    A meter that has been in service for less is given the time. last: start of its newest reading.
    """
    interval = timedelta(seconds=meter.nominal_interval_seconds)
    limit = max(SILENT_INTERVALS * interval, SHORTEST_SILENCE)
    return now - max(filter(None, (last, meter.valid_from))) > limit
