"""When a machine usually runs: the hours of the week in which it mostly did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from enms_core.domain.period import utc
from enms_core.domain.status import StatusStretch
from enms_core.domain.week_pattern import HOURS_OF_WEEK, RunningHours, WeekPattern

HOUR = timedelta(hours=1)
DAY_HOURS = 24
USUAL_SHARE = 0.5  # the machine ran in most of these hours
SHORTEST_HISTORY = timedelta(days=7)


def week_pattern(stretches: Sequence[StatusStretch], zone: ZoneInfo) -> WeekPattern | None:
    """The hours of the local week in which a machine usually runs.

    None where less than seven days are known, or not every hour of the week is.
    """
    known, running = [timedelta()] * HOURS_OF_WEEK, [timedelta()] * HOURS_OF_WEEK
    for hour, stretch, duration in _by_hour(stretches, zone):
        known[hour] += duration
        running[hour] += duration if stretch.is_running else timedelta()
    if sum(known, timedelta()) < SHORTEST_HISTORY or not all(known):
        return None
    shares = tuple(ran / time for ran, time in zip(running, known, strict=True))
    return WeekPattern(shares, _grouped(_windows(shares)))


def _by_hour(
    stretches: Iterable[StatusStretch], zone: ZoneInfo
) -> Iterator[tuple[int, StatusStretch, timedelta]]:
    """Known stretches cut at the full hours of the local clock, with their hour of the week."""
    for stretch in stretches:
        begun = stretch.start if stretch.is_known else stretch.end
        while begun < stretch.end:
            local = begun.astimezone(zone)
            following = min(stretch.end, begun + HOUR - _into_hour(local))
            yield local.weekday() * DAY_HOURS + local.hour, stretch, following - begun
            begun = utc(following)


def _into_hour(local: datetime) -> timedelta:
    return timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)


def _windows(shares: Sequence[float]) -> Iterator[tuple[int, int]]:
    """First hour and length of each run of usual hours; the week begins anew after Sunday."""
    usual = [share >= USUAL_SHARE for share in shares]
    if all(usual):
        yield 0, HOURS_OF_WEEK
        return
    for start, is_usual in enumerate(usual):
        if is_usual and not usual[start - 1]:
            following = (usual[(start + hours) % HOURS_OF_WEEK] for hours in range(HOURS_OF_WEEK))
            yield start, next(hours for hours, still in enumerate(following) if not still)


def _grouped(windows: Iterable[tuple[int, int]]) -> tuple[RunningHours, ...]:
    """Runs that begin at the same time of the day and are equally long, as one; most days first."""
    weekdays: dict[tuple[int, int], list[int]] = {}
    for start, hours in windows:
        weekdays.setdefault((start % DAY_HOURS, hours), []).append(start // DAY_HOURS)
    found = [RunningHours(tuple(days), *key) for key, days in weekdays.items()]
    return tuple(sorted(found, key=lambda each: -len(each.weekdays)))
