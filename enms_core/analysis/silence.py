"""Which meters are silent: nothing came from them for longer than their interval explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    return now - max(filter(None, (last, meter.valid_from))) > longest_silence(meter)


def longest_silence(meter: Meter) -> timedelta:
    """How long nothing may come from a meter that works."""
    interval = timedelta(seconds=meter.nominal_interval_seconds)
    return max(SILENT_INTERVALS * interval, SHORTEST_SILENCE)


@dataclass(frozen=True)
class LastSign:
    """When a machine was last heard of, and until when nothing more is needed to believe that it
    goes on as it was."""

    time: datetime
    believed_until: datetime


def last_sign(readings: Mapping[Meter, datetime], change: datetime | None) -> LastSign | None:
    """The last sign of life of a machine. None where no reading was ever had: a history of changes
    alone does not tell how old it is.

    readings: the start of the newest one by meter. change: the newest row of the status history.
    """
    if not readings:
        return None
    ends = {
        meter: start + timedelta(seconds=meter.nominal_interval_seconds)
        for meter, start in readings.items()
    }
    changes = [change] if change is not None else []
    believed = [end + longest_silence(meter) for meter, end in ends.items()]
    return LastSign(
        max([*ends.values(), *changes]),
        max([*believed, *(moment + SHORTEST_SILENCE for moment in changes)]),
    )
