"""States of a machine over a period, from the history of their changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

from enms_core.domain.period import Period, utc
from enms_core.domain.status import OfflineEvents, StatusChange, StatusStretch


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


def uptime_share(stretches: Sequence[StatusStretch]) -> float | None:
    """Running time over known time, 0 to 1; None where nothing is known."""
    known = known_time(stretches)
    return _total(each for each in stretches if each.is_running) / known if known else None


def offline_events(stretches: Iterable[StatusStretch]) -> OfflineEvents:
    """The stretches in which the machine was in maintenance, broken or off."""
    runs = groupby(stretches, key=lambda stretch: stretch.is_offline)
    return OfflineEvents(tuple(_one(tuple(run)) for is_offline, run in runs if is_offline))


def _one(run: tuple[StatusStretch, ...]) -> StatusStretch:
    modes = {stretch.mode for stretch in run}
    mode = run[0].mode if len(modes) == 1 else None
    return StatusStretch(run[0].start, run[-1].end, mode, is_running=False)


def _total(stretches: Iterable[StatusStretch]) -> timedelta:
    return sum((stretch.duration for stretch in stretches), timedelta())
