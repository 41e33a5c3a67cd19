"""What a machine uses above its baseline since a day: extra load at once, or ever more of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from enms_core.analysis.change_point import Change, Looked, look_for_changes
from enms_core.analysis.claims import Asked, Claim, Weekly
from enms_core.analysis.hourly_table import Floats, Ints
from enms_core.analysis.schedule import instant
from enms_core.analysis.suspicions import ENDED_SHARE, findings_of
from enms_core.domain.baseline import Model
from enms_core.domain.causes import Finding
from enms_core.domain.opportunity import OpportunityKind, Thresholds

# Suspicions of more use than expected; idling is another rule's.
EXTRA = frozenset({"leak", "cooling", "wear", "schedule"})


def extra_load(model: Model, asked: Asked, thresholds: Thresholds) -> list[Claim]:
    """A claim for each finding of more use than the model expects.

    Only hours in which the model speaks; what a later change took back is not claimed. A step that
    points to the schedule is one of kind "schedule": of machines whose status is not known.
    """
    looked = look_for_changes(model, asked.table)
    if not _may_be_more(looked, thresholds):
        return []
    found = findings_of(looked, model, asked.table, asked.first_hour, asked.last_hour, thresholds)
    speaks = np.zeros(len(asked.table), dtype=np.bool_)
    speaks[looked.compared.rows] = True
    hours = asked.table.hours
    pairs = ((each, _change_of(each, looked.changes)) for each in found)
    return [
        _claim(each, change, asked.inside(asked.capped(load, speaks)), thresholds)
        for each, change in pairs
        if _is_more(each, thresholds) and (change is not None or each.suspicion != "schedule")
        for load in [_load(each, change, looked, hours)]
    ]


def _load(finding: Finding, change: Change | None, looked: Looked, hours: Ints) -> Floats:
    """Extra load of each hour of running: as it grew, or where it was always so, the same."""
    if change is None:
        return np.full(len(hours), finding.per_hour)
    return load_left(change, looked.changes, hours)


def _may_be_more(looked: Looked, thresholds: Thresholds) -> bool:
    """Whether to look closer: a change to more, or without one more in all of the history."""
    if looked.changes:
        return any(each.lower > 0.0 for each in looked.changes)
    expected, rest = (
        float(each.sum()) for each in (looked.compared.expected, looked.compared.rest)
    )
    return 100.0 * rest > thresholds.extra_load_percent * expected


def _is_more(finding: Finding, thresholds: Thresholds) -> bool:
    percent = finding.percent or 0.0
    return (
        finding.suspicion in EXTRA
        and finding.lower > 0.0
        and percent > thresholds.extra_load_percent
    )


def _change_of(finding: Finding, changes: Sequence[Change]) -> Change | None:
    """The change that a finding is of; None where it was always so."""
    return next((each for each in changes if instant(each.hour) == finding.since), None)


def load_left(change: Change, changes: Sequence[Change], hours: Ints) -> Floats:
    """What a change adds to each hour of running, less what later changes took back of it: those
    to less use of about its size."""
    load = load_of(change, hours)
    for other in changes:
        taken = -other.per_hour / change.per_hour
        if other.hour > change.hour and ENDED_SHARE <= taken <= 1.0 / ENDED_SHARE:
            load = load + load_of(other, hours)
    return load


def load_of(change: Change, hours: Ints) -> Floats:
    """What a change adds to each hour of running: nothing before it, then all; of a drift, in
    proportion to the time up to its end."""
    since = (hours - change.hour).astype(np.float64)
    if change.end_hour is None or change.end_hour <= change.hour:
        return np.asarray(change.per_hour * (since >= 0.0))
    lasts = change.end_hour - change.hour
    return np.asarray(change.per_hour * np.clip(since / lasts, 0.0, 1.0))


def _claim(
    finding: Finding, change: Change | None, claimed: Floats, thresholds: Thresholds
) -> Claim:
    is_drift = change is not None and change.kind == "drift"
    kind: OpportunityKind = "wear" if is_drift else "extra_load"
    return Claim(
        "schedule" if finding.suspicion == "schedule" else kind,
        claimed,
        Weekly(finding.per_week, finding.lower, finding.upper),
        finding.percent or 0.0,
        thresholds.extra_load_percent,
        since=finding.since,
        suspicion=finding.suspicion,
        evidence={"per_hour": finding.per_hour, **finding.evidence},
    )
