"""How complete readings are: what a meter should have delivered in a period."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from enms_core.domain.catalogue import Meter
from enms_core.domain.period import Period, utc

DAY_SECONDS = 86_400
CLOCK_CHANGE_DAYS = 0.05  # an hour and a little, as a share of a day


@dataclass(frozen=True)
class MeterPiece:
    """A part of a period with one nominal interval [s]; None where no meter was in service."""

    period: Period
    interval_seconds: int | None


def meter_pieces(period: Period, meters: Sequence[Meter]) -> list[MeterPiece]:
    """The period cut where meters begin and end to serve, in order of time."""
    return list(_pieces(period, sorted(meters, key=lambda meter: meter.valid_from)))


def _pieces(period: Period, meters: Sequence[Meter]) -> Iterator[MeterPiece]:
    # Two times of one zone are compared by their wall time, which a clock change repeats.
    position, last = utc(period.start), utc(period.end)
    for meter in meters:
        start = max(position, meter.valid_from)
        end = last if meter.valid_to is None else min(last, meter.valid_to)
        if end <= start:
            continue
        if start > position:
            yield MeterPiece(Period(position, start), None)
        yield MeterPiece(Period(start, end), meter.nominal_interval_seconds)
        position = end
    if position < last:
        yield MeterPiece(Period(position, last), None)


def expected_seconds(piece: MeterPiece, first: datetime | None = None) -> float:
    """Time for which complete intervals should be there [s].

    The interval that runs at the end of the piece is not expected yet. Intervals begin at multiples
    of their length from the first reading (from the epoch where there is none). Days are counted,
    because a local day has 23 to 25 hours. Without a meter the whole piece counts: nothing was
    measured there.
    """
    start, end = piece.period.start.timestamp(), piece.period.end.timestamp()
    interval = piece.interval_seconds
    if interval is None:
        return end - start
    if interval >= DAY_SECONDS:
        return math.floor((end - start) / interval + CLOCK_CHANGE_DAYS) * float(interval)
    phase = first.timestamp() % interval if first is not None else 0.0
    count = math.floor((end - phase) / interval) - math.ceil((start - phase) / interval)
    return max(0, count) * float(interval)


def covered_seconds(
    piece: MeterPiece, readings: int, fallback_seconds: int, first: datetime | None = None
) -> float:
    """Time that the readings of a piece stand for [s], never more than was expected.

    fallback_seconds: interval of readings that no meter is registered for.
    """
    interval = piece.interval_seconds or fallback_seconds
    return min(expected_seconds(piece, first), readings * float(interval))


def latest(moments: Sequence[datetime | None]) -> datetime | None:
    """The last of some instants, None without any."""
    return max((moment for moment in moments if moment is not None), default=None)


def earliest(moments: Sequence[datetime | None]) -> datetime | None:
    """The first of some instants, None without any."""
    return min((moment for moment in moments if moment is not None), default=None)
