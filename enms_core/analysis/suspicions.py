"""What the rest of a baseline points to: known signatures, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from enms_core.analysis.change_point import Change, Looked, look_for_changes
from enms_core.analysis.change_size import CONFIDENCE
from enms_core.analysis.claims import HOURS_OF_WEEK
from enms_core.analysis.hourly_table import Bools, HourlyTable
from enms_core.analysis.prediction import predict_sum
from enms_core.analysis.rest_patterns import Pattern, Patterns, patterns_of
from enms_core.analysis.running_findings import WEEKS, findings_of_times
from enms_core.analysis.schedule import instant
from enms_core.domain.baseline import Model
from enms_core.domain.causes import Finding, Suspicion
from enms_core.domain.opportunity import Thresholds

# A change of less than this share of the expected use is none to act on.
LEAST_SHARE = 0.02
# What was always so must be beyond an interval that holds so many sums.
ALWAYS_CONFIDENCE = 0.999
# A later change that takes back so much of one has ended it.
ENDED_SHARE = 0.5

STEPS: dict[Pattern, Suspicion] = {"alike": "leak", "off_times": "schedule", "heat": "cooling"}
DRIFTS: dict[Pattern, Suspicion] = {"alike": "wear", "off_times": "schedule", "heat": "cooling"}


def findings(
    model: Model,
    history: HourlyTable,
    first_hour: int,
    last_hour: int,
    thresholds: Thresholds | None = None,
) -> tuple[Finding, ...]:
    """What is there in the hours [first_hour, last_hour), the largest times its confidence first.

    history: up to 52 weeks that end with the period.
    """
    looked = look_for_changes(model, history)
    bounds = thresholds or Thresholds()
    return findings_of(looked, model, history, first_hour, last_hour, bounds)


def findings_of(
    looked: Looked,
    model: Model,
    history: HourlyTable,
    first_hour: int,
    last_hour: int,
    bounds: Thresholds,
) -> tuple[Finding, ...]:
    """The same, of a history that changes were looked for in."""
    of_changes = _of_changes(looked, history, first_hour, last_hour)
    found = [*of_changes, *findings_of_times(history, first_hour, last_hour, bounds)]
    if not looked.changes:
        found += _always(model, looked, history)
    return tuple(sorted(found, key=lambda each: -abs(each.per_week) * each.confidence))


def _of_changes(
    looked: Looked, history: HourlyTable, first_hour: int, last_hour: int
) -> list[Finding]:
    lasting = [each for each in still_there(looked.changes, first_hour) if each.hour < last_hour]
    large = [each for each in lasting if abs(each.share) >= LEAST_SHARE]
    found = (_of_change(each, looked, history) for each in large)
    return [each for each in found if each is not None]


def still_there(changes: Sequence[Change], hour: int) -> list[Change]:
    """Changes that were not taken back before an hour; nor those that took them back."""
    over: set[int] = set()
    for later in sorted(changes, key=lambda each: each.hour):
        before = [each for each in changes if each.hour < later.hour <= hour]
        for each in before:
            taken = -later.per_hour / each.per_hour if each.per_hour else 0.0
            if id(each) not in over and ENDED_SHARE <= taken <= 1.0 / ENDED_SHARE:
                over |= {id(each), id(later)}
                break
    return [each for each in changes if id(each) not in over]


def _of_change(change: Change, looked: Looked, history: HourlyTable) -> Finding | None:
    """None where its pattern is none that has a name."""
    patterns = patterns_of(change, looked, history)
    named = _named(change.kind == "drift", change.per_hour > 0.0, patterns)
    if named is None:
        return None
    suspicion, chance = named
    hours = _hours_a_week(looked, history, change.hour)
    evidence = {
        "p_value": float(change.p_value),
        "earliest_hours": float(change.earliest - change.hour),
        "latest_hours": float(change.latest - change.hour),
        "middle_hours": float(change.middle - change.hour),
        **_regime_evidence(patterns),
    }
    return Finding(
        suspicion=suspicion,
        since=instant(change.hour),
        per_hour=change.per_hour,
        per_week=hours * change.per_hour,
        lower=hours * change.lower,
        upper=hours * change.upper,
        confidence_percent=100.0 * CONFIDENCE,
        percent=100.0 * change.share,
        confidence=change.likelihood * chance,
        evidence=evidence,
    )


def _regime_evidence(patterns: Patterns) -> dict[str, float]:
    return {f"per_hour_{regime}": size for regime, size in patterns.per_hour.items()}


def _named(is_drift: bool, is_more: bool, patterns: Patterns) -> tuple[Suspicion, float] | None:
    """The likeliest suspicion and its chance among all patterns and none."""
    if not is_more:
        return "gain", 1.0 - patterns.chances.get("none", 0.0)
    likeliest = max(patterns.chances, key=lambda each: patterns.chances[each])
    suspicion = (DRIFTS if is_drift else STEPS).get(likeliest)
    return None if suspicion is None else (suspicion, patterns.chances[likeliest])


def _hours_a_week(looked: Looked, history: HourlyTable, since: float) -> float:
    """Hours of running in a week, of the last four or of the time since a change."""
    last = int(history.hours[-1]) + 1
    begin = max(since, last - WEEKS * HOURS_OF_WEEK, int(history.hours[0]))
    rows = history.hours[looked.compared.rows]
    known = (history.hours >= begin) & history.is_complete & np.isfinite(history.quantity)
    return HOURS_OF_WEEK * float((rows >= begin).sum()) / max(float(known.sum()), 1.0)


def _always(model: Model, looked: Looked, history: HourlyTable) -> list[Finding]:
    """More or less than expected in all of the history alike: it began before it."""
    compared = looked.compared
    mask = np.zeros(len(history), dtype=np.bool_)
    mask[compared.rows] = True
    total = predict_sum(model, history, mask, ALWAYS_CONFIDENCE)
    if total.lower is None or total.upper is None or not total.expected > 0.0:
        return []
    rest = float(compared.rest.sum())
    is_sure = not total.lower <= total.expected + rest <= total.upper
    if not is_sure or abs(rest) < LEAST_SHARE * total.expected:
        return []
    return _of_all(model, looked, history, mask, rest)


def _of_all(
    model: Model, looked: Looked, history: HourlyTable, mask: Bools, rest: float
) -> list[Finding]:
    patterns = patterns_of(None, looked, history)
    named = _named(False, rest > 0.0, patterns)
    if named is None:
        return []
    told = predict_sum(model, history, mask, CONFIDENCE)
    assert told.lower is not None
    assert told.upper is not None
    count, half = len(looked.compared), (told.upper - told.lower) / 2.0
    weekly = _hours_a_week(looked, history, 0.0) / count
    finding = Finding(
        suspicion=named[0],
        since=None,
        per_hour=rest / count,
        per_week=weekly * rest,
        lower=weekly * (rest - half),
        upper=weekly * (rest + half),
        confidence_percent=100.0 * CONFIDENCE,
        percent=100.0 * rest / told.expected,
        confidence=named[1],
        evidence=_regime_evidence(patterns),
    )
    return [finding]
