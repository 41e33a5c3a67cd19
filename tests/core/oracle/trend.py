"""Whether a series rises or falls, computed the slow way: all pairs of points.

The median of all pairwise slopes (Theil, Sen); Kendall's rank test, with fewer degrees of freedom
for a series that remembers the day before (Yue and Wang 2004). From three weeks of days on, the
median of each weekday is taken out first.
"""

from __future__ import annotations

from datetime import datetime
from itertools import combinations, pairwise
from math import sqrt
from statistics import fmean, median
from zoneinfo import ZoneInfo

from scipy import stats

from tests.core.oracle.expected import Data

FEWEST = 8
COMPLETE_PERCENT = 99.0
WEEKDAYS_FROM = 21


def slope_of(points: list[Data], step: str, zone: ZoneInfo) -> Data:
    """The course of the complete points of a series, as `data` tells it."""
    kept = [(place, each) for place, each in enumerate(points) if is_complete(each, step, zone)]
    places = [place for place, _ in kept]
    values = [_per_hour(each) for _, each in kept]
    if len(kept) < FEWEST:
        return _data(None, None, None, len(kept), step)
    if step == "day" and places[-1] - places[0] + 1 >= WEEKDAYS_FROM:
        values = _without_weekdays(values, [_local(each, zone).weekday() for _, each in kept])
    pairs = list(combinations(zip(places, values, strict=True), 2))
    slope = median((b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs)
    p_value = _p_value(places, values, slope)
    if p_value >= 0.05 or slope == 0:
        return _data("steady", None, p_value, len(kept), step)
    change = 100 * slope / fmean(values) * (7 if step == "day" else 1)
    return _data("rising" if slope > 0 else "falling", change, p_value, len(kept), step)


def _data(direction: str | None, change: float | None, p: float | None, n: int, step: str) -> Data:
    return {
        "trend": direction,
        "p_value": p,
        "points": n,
        "change_percent_per_week": change if step == "day" else None,
        "change_percent_per_hour": change if step == "hour" else None,
    }


def is_complete(point: Data, step: str, zone: ZoneInfo) -> bool:
    """Whether a point is a whole hour, or a day from midnight to midnight, with its readings."""
    start, end = _local(point, zone), point["end"]
    assert isinstance(end, datetime)
    whole = end.astimezone(zone)
    is_whole = (end - start).total_seconds() == 3600
    if step == "day":
        is_whole = (start.hour, start.minute, whole.hour, whole.minute) == (0, 0, 0, 0)
    return is_whole and float(point["coverage_percent"]) >= COMPLETE_PERCENT


def _local(point: Data, zone: ZoneInfo) -> datetime:
    start = point["start"]
    assert isinstance(start, datetime)
    return start.astimezone(zone)


def _per_hour(point: Data) -> float:
    seconds: float = (point["end"] - point["start"]).total_seconds()
    return float(point["quantity"]) / seconds * 3600


def _without_weekdays(values: list[float], weekdays: list[int]) -> list[float]:
    usual = {
        day: median(v for v, w in zip(values, weekdays, strict=True) if w == day)
        for day in set(weekdays)
    }
    level = median(values)
    return [value - usual[day] + level for value, day in zip(values, weekdays, strict=True)]


def _p_value(places: list[int], values: list[float], slope: float) -> float:
    count = len(values)
    rest = [value - slope * place for place, value in zip(places, values, strict=True)]
    around = [value - fmean(rest) for value in rest]
    neighbours = [
        (a, b) for (i, a), (j, b) in pairwise(zip(places, around, strict=True)) if j - i == 1
    ]
    memory = 0.0
    if neighbours and any(around):
        shared = sum(a * b for a, b in neighbours) * (count - 1) / len(neighbours)
        shared /= sum(value**2 for value in around)
        memory = min(0.98, max(0.0, (shared + 2 / count) / (1 - 4 / count)))
    widened = 1 + 2 * sum((1 - i / count) * memory**i for i in range(1, count))
    z = stats.norm.isf(stats.kendalltau(places, values).pvalue / 2) / sqrt(widened)
    return float(2 * stats.t.sf(z, max(1.0, count / widened - 2)))
