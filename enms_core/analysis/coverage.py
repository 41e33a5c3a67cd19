"""How complete readings are: what a meter should have delivered in a period."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from enms_core.analysis.silence import serving
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
    """The period cut where meters begin and end to serve, in order of time.

    A meter serves until another begins, also where nobody has noted its end.
    """
    return list(_pieces(period, meters))


def _pieces(period: Period, meters: Sequence[Meter]) -> Iterator[MeterPiece]:
    # Two times of one zone are compared by their wall time, which a clock change repeats.
    first, last = utc(period.start), utc(period.end)
    changes = {change for meter in meters for change in (meter.valid_from, meter.valid_to)}
    inside = sorted(change for change in changes if change is not None and first < change < last)
    parts = [part for part in pairwise((first, *inside, last)) if part[0] < part[1]]
    for meter, run in groupby(parts, key=lambda part: serving(meters, part[0])):
        served = list(run)
        interval = meter.nominal_interval_seconds if meter is not None else None
        yield MeterPiece(Period(served[0][0], served[-1][1]), interval)


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
