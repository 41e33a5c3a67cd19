"""Demand: over which blocks of time it is asked, and what peaks and means tell together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from math import fsum
from zoneinfo import ZoneInfo

from enms_core.domain.catalogue import Meter
from enms_core.domain.period import Period, utc
from enms_core.domain.power import BlockRate, Demand, DemandWindow, LatestReading
from enms_core.domain.wall_time import floor, shift

BLOCK_SECONDS = 900
SECONDS_PER_HOUR = 3600.0


def demand_interval_seconds(meters: Sequence[Meter], period: Period) -> int | None:
    """Length of a demand block [s]: 15 minutes, or the longest interval of the meters in service.

    A longer interval cannot be divided: within it only the mean is known. None without a meter:
    then the readings tell no time that they stand for, and so no rate.
    """
    intervals = [
        meter.nominal_interval_seconds
        for meter in meters
        if meter.valid_from < period.end
        and (meter.valid_to is None or meter.valid_to > period.start)
    ]
    return max(BLOCK_SECONDS, *intervals) if intervals else None


def demand_window(period: Period, interval_seconds: int) -> DemandWindow:
    """The whole blocks of a period; blocks that its edges cut are left out.

    Blocks begin at multiples of their length, counted in the wall time that the period starts in:
    quarter hours of UTC are quarter hours of every zone, longer blocks follow the site's clock.
    """
    offset_seconds = (period.start.utcoffset() or timedelta()).total_seconds()
    step = timedelta(seconds=interval_seconds)
    first, last = utc(period.start), utc(period.end)
    phase = timedelta(seconds=(first.timestamp() + offset_seconds) % interval_seconds)
    start = first - phase + (step if phase else timedelta())
    count = (last - start) // step
    if count < 1:
        return DemandWindow(first, last, interval_seconds, is_whole=False)
    return DemandWindow(start, start + count * step, interval_seconds)


def local_months(period: Period, zone: ZoneInfo) -> tuple[Period, ...]:
    """The period cut at the starts of the calendar months of a zone."""
    return tuple(_months(period, zone))


def _months(period: Period, zone: ZoneInfo) -> Iterator[Period]:
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    while utc(start) < utc(end):
        month = floor(start.replace(tzinfo=None, fold=0), "month", 0)
        following = utc(shift(month, "month", 1).replace(tzinfo=zone)).astimezone(zone)
        until: datetime = min(following, end, key=utc)
        yield Period(start, until)
        start = until


def mean_rate(quantity: float, covered_seconds: float) -> float | None:
    """Mean rate over the time that readings cover [unit/h]; None where they cover none.

    >>> mean_rate(30.0, 2 * 3600.0)
    15.0
    """
    return quantity / covered_seconds * SECONDS_PER_HOUR if covered_seconds > 0 else None


def load_factor(quantity: float, peak_rate: float, covered_seconds: float) -> float | None:
    """Use over what the peak rate would have used in the same time: E / (P_max * T).

    The peak and the use are of the same covered time. None without a peak or covered time.

    >>> load_factor(1200.0, 100.0, 24 * 3600.0)
    0.5
    """
    if peak_rate <= 0 or covered_seconds <= 0:
        return None
    return quantity / (peak_rate * covered_seconds / SECONDS_PER_HOUR)


def diversity_factor(peak_rates: Sequence[float], coincident_peak_rate: float) -> float | None:
    """Sum of the machines' own peaks over their coincident peak, at least 1; None without a peak.

    >>> diversity_factor([30.0, 20.0], 40.0)
    1.25
    """
    return fsum(peak_rates) / coincident_peak_rate if coincident_peak_rate > 0 else None


def read_together(readings: Sequence[LatestReading], now: datetime) -> list[LatestReading]:
    """The readings that tell one moment, for their sum: those of now.

    Where none is of now, those of the moment up to which the newest tells.
    """
    newest = max(readings, key=lambda each: each.end)
    moment = now if newest.is_current(now) else newest.end
    return [each for each in readings if each.is_current(moment)]


def highest(demands: Sequence[Demand]) -> BlockRate | None:
    """The first highest block of several windows in order of time."""
    peaks = [demand.peak for demand in demands if demand.peak is not None]
    return max(peaks, key=lambda block: block.rate, default=None)


def lowest(demands: Sequence[Demand]) -> BlockRate | None:
    """The first lowest complete block of several windows in order of time."""
    minima = [demand.minimum for demand in demands if demand.minimum is not None]
    return min(minima, key=lambda block: block.rate, default=None)
