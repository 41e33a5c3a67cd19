"""States of a machine over a period, from the history of their changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from enms_core.domain.period import Period, utc
from enms_core.domain.status import OfflineEvent, OfflineEvents, StatusChange, StatusStretch


def status_stretches(changes: Sequence[StatusChange], period: Period) -> tuple[StatusStretch, ...]:
    """The period end to end: which mode when.

    changes: in order of time, with the last one before the period where there is one; the time
    before the first is unknown. A change at the very instant of another replaces it. Neighbouring
    stretches of one status are one. The period ends at now at the latest: no row tells the future.
    """
    begun, last = utc(period.start), utc(period.end)
    status: tuple[str | None, bool | None] = (None, None)
    stretches: list[StatusStretch] = []
    for change in changes:
        moment = utc(change.time)
        if moment >= last:
            break
        if (change.mode, change.is_running) == status:
            continue
        if moment > begun:
            stretches.append(StatusStretch(begun, moment, *status))
            begun = moment
        status = change.mode, change.is_running
    return (*stretches, StatusStretch(begun, last, *status))


def unknown_after(
    stretches: Sequence[StatusStretch], last_sign: datetime
) -> tuple[StatusStretch, ...]:
    """The stretches with all after an instant unknown: nothing was heard of the machine since."""
    begun, end, last = stretches[0].start, stretches[-1].end, utc(last_sign)
    if last >= end:
        return tuple(stretches)
    known = (replace(each, end=min(each.end, last)) for each in stretches if each.start < last)
    return (*known, StatusStretch(max(begun, last), end, None, None))


def durations_by_mode(stretches: Iterable[StatusStretch]) -> dict[str | None, timedelta]:
    """How long the machine was in each mode, in order of appearance, without unknown time."""
    durations: dict[str | None, timedelta] = {}
    for stretch in stretches:
        if stretch.is_known:
            durations[stretch.mode] = durations.get(stretch.mode, timedelta()) + stretch.duration
    return durations


def known_time(stretches: Iterable[StatusStretch]) -> timedelta:
    """How long the status was known."""
    return _total(stretch for stretch in stretches if stretch.is_known)


def running_time(stretches: Iterable[StatusStretch]) -> timedelta:
    """How long the machine ran."""
    return _total(stretch for stretch in stretches if stretch.is_running)


def within(
    stretches: Iterable[StatusStretch], windows: Sequence[Period]
) -> tuple[StatusStretch, ...]:
    """The parts of stretches that lie in some periods, which are in order of time."""
    parts = (
        replace(stretch, start=max(stretch.start, start), end=min(stretch.end, end))
        for start, end in ((utc(window.start), utc(window.end)) for window in windows)
        for stretch in stretches
    )
    return tuple(part for part in parts if part.start < part.end)


def offline_events(stretches: Sequence[StatusStretch], windows: Sequence[Period]) -> OfflineEvents:
    """When the machine was in maintenance, broken or off, as far as that lies in some periods.

    stretches reach from the first of the periods to the last without a gap, so that a time offline
    that lasts over several of them (the same hours of each day) is one event.
    """
    runs = groupby(stretches, key=lambda stretch: stretch.is_offline)
    found = (
        _event(tuple(run), stretches[0].start, windows) for is_offline, run in runs if is_offline
    )
    return OfflineEvents(tuple(event for event in found if event is not None))


def _event(
    run: Sequence[StatusStretch], looked_from: datetime, windows: Sequence[Period]
) -> OfflineEvent | None:
    parts = within(run, windows)
    if not parts:
        return None
    return OfflineEvent(
        start=parts[0].start,
        end=parts[-1].end,
        modes=tuple(dict.fromkeys(part.mode for part in parts)),
        duration=_total(parts),
        is_begun=run[0].start == looked_from or run[0].start < parts[0].start,
    )


def _total(stretches: Iterable[StatusStretch]) -> timedelta:
    return sum((stretch.duration for stretch in stretches), timedelta())
