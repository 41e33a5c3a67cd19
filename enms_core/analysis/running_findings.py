"""What running and idling at times when machines used to be off point to."""

from __future__ import annotations

from scipy.special import ndtr

from enms_core.analysis.claims import CONFIDENCE, HOURS_OF_WEEK, Asked, Claim
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.idle import idle
from enms_core.analysis.schedule import schedule
from enms_core.domain.causes import Finding
from enms_core.domain.opportunity import Thresholds

# A usual week is one of the last four.
WEEKS = 4
# Two-sided normal quantile of CONFIDENCE.
SPREADS = 1.959964


def findings_of_times(
    history: HourlyTable, first_hour: int, last_hour: int, thresholds: Thresholds
) -> list[Finding]:
    """A usual week of it, by the last four; only where some of it is in [first_hour, last_hour).

    No model is needed: these are hours in which a baseline of running hours says nothing.
    """
    begin = min(first_hour, last_hour - WEEKS * HOURS_OF_WEEK)
    asked = Asked(history, begin, last_hour)
    inside = (history.hours >= first_hour) & (history.hours < last_hour)
    claims = (rule(asked, thresholds) for rule in (schedule, idle))
    there = [each for each in claims if each is not None and each.per_hour[inside].any()]
    return [each for each in map(_of_claim, there) if each is not None]


def _of_claim(claim: Claim) -> Finding | None:
    """None where too few days tell of its scatter. Its confidence is the chance that there is any
    at all, by the scatter of the days."""
    weekly, suspicion = claim.weekly, claim.suspicion
    if weekly.lower is None or weekly.upper is None or suspicion is None:
        return None
    half = weekly.upper - weekly.quantity
    rows = claim.per_hour > 0.0
    return Finding(
        suspicion=suspicion,
        since=claim.since,
        per_hour=float(claim.per_hour[rows].mean()),
        per_week=weekly.quantity,
        lower=weekly.lower,
        upper=weekly.upper,
        confidence_percent=100.0 * CONFIDENCE,
        percent=None,
        confidence=float(ndtr(SPREADS * weekly.quantity / half)) if half > 0.0 else 1.0,
        evidence=dict(claim.evidence),
    )
