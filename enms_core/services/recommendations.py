"""What to do about what the rest of a baseline points to, with what that saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from enms_core.analysis.arising_hours import WEEKS, arising
from enms_core.analysis.claims import HOURS_OF_WEEK
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.domain.causes import (
    Effort,
    Finding,
    Priority,
    Recommendation,
    Suspicion,
    WeeklySavings,
)
from enms_core.domain.seu import SeuOfSource
from enms_core.services.hourly_rates import HourlyRates

# What has to be done: a switch or a timer is set; something is searched and mended; a machine is
# opened and cleaned.
EFFORTS: Mapping[Suspicion, Effort] = {
    "schedule": "low",
    "standby": "low",
    "leak": "medium",
    "cooling": "medium",
    "wear": "high",
}
# Share of the use [%] from which on a saving is worth much, and something.
MUCH_PERCENT, SOME_PERCENT = 5.0, 2.0
PRIORITIES: tuple[Priority, ...] = ("low", "medium", "high")


def recommendations(
    of: SeuOfSource, findings: Iterable[Finding], history: HourlyTable, rates: HourlyRates
) -> tuple[Recommendation, ...]:
    """What to do about each finding that costs, in their order; a gain is none of them.

    Savings are the finding's own, priced as the hours in which it arises are.
    """
    return tuple(
        Recommendation(
            suspicion=each.suspicion,
            savings=_savings(of, each, history, rates),
            effort=EFFORTS[each.suspicion],
            priority=priority_of(_percent(each, history), each.lower > 0.0),
        )
        for each in findings
        if each.suspicion in EFFORTS and each.per_week > 0.0
    )


def priority_of(percent: float, is_sure: bool) -> Priority:
    """By the share of the use [%]: from 5 % on high, from 2 % on medium; one step lower where it
    may as well be nothing.

    >>> priority_of(8.0, True), priority_of(8.0, False), priority_of(1.0, True)
    ('high', 'medium', 'low')
    """
    step = (percent >= SOME_PERCENT) + (percent >= MUCH_PERCENT)
    return PRIORITIES[max(step - (not is_sure), 0)]


def _percent(finding: Finding, history: HourlyTable) -> float:
    """Share of what was used in the last weeks."""
    recent = slice(-WEEKS * HOURS_OF_WEEK, None)
    used = history.quantity[recent]
    mean = float(np.nanmean(used)) if np.isfinite(used).any() else 0.0
    return 100.0 * finding.per_week / (HOURS_OF_WEEK * mean) if mean > 0.0 else 0.0


def _savings(
    of: SeuOfSource, finding: Finding, history: HourlyTable, rates: HourlyRates
) -> WeeklySavings:
    recent = slice(-WEEKS * HOURS_OF_WEEK, None)
    shares = arising(history, finding.suspicion, finding.since)[recent]
    is_known = bool(shares.any())
    rated = rates.rate(of, history.hours[recent], finding.per_week * shares)
    return WeeklySavings(
        quantity=finding.per_week,
        lower=finding.lower,
        upper=finding.upper,
        costs=rated.costs if is_known and not rated.cost_missing else (),
        carbon_kg=rated.carbon_kg if is_known else None,
    )
