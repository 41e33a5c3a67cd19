"""Analyses, causes and opportunities made by hand, for what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from enms_core.domain.answer import DataIssue
from enms_core.domain.baseline import Baseline, Extent, RuleBroken, Verdict
from enms_core.domain.baseline_prediction import CannotPredict, NotPredicted
from enms_core.domain.causes import (
    Cause,
    Contribution,
    Finding,
    Recommendation,
    RegimeRest,
    StatusContext,
    Suspicion,
    WeeklySavings,
)
from enms_core.domain.opportunity import Opportunity, OpportunityKind
from enms_core.domain.performance import (
    Deviation,
    PerformanceAnalysis,
    Projection,
    Rated,
    SeuPerformance,
    SourcePerformance,
)
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.tariff import Money
from tests.unit.answers.common import BERLIN, PERIOD, question
from tests.unit.trained_models import (
    COMPRESSOR,
    PRODUCTION,
    TEMPERATURE,
    baseline,
    model,
    seu_of,
)

HVAC = seu_of("HVAC-Main", "electricity")
PUMP = seu_of("Hydraulic-Pump-1", "electricity")
CONVEYOR = seu_of("Conveyor-A", "electricity")
STEAM = seu_of("Boiler-1", "steam")
OF_BOILER = question("Boiler-1", intent="performance")
SEVEN_HOURS = Period(
    datetime(2026, 11, 18, tzinfo=BERLIN), datetime(2026, 11, 18, 7, tzinfo=BERLIN)
)
NO_STATUS = StatusContext()
NO_RATING = Rated((), False, None)
LEAK_DAY = datetime(2026, 11, 3, tzinfo=BERLIN)
WEAK_BASELINE = baseline(made=model(verdict=Verdict((RuleBroken("r2", 0.4, 0.5),))))


def euros(amount: str) -> tuple[Money, ...]:
    return (Money(Decimal(amount), "EUR"),)


EXTRA = Rated(euros("12.40"), False, 36.0)


def deviation(
    actual: float, expected: float, half: float | None = 37.0, material: float = 5.0
) -> Deviation:
    lower = None if half is None else expected - half
    upper = None if half is None else expected + half
    return Deviation(actual, expected, lower, upper, 90.0, material)


def part(
    actual: float = 1_031.0,
    expected: float = 951.0,
    half: float | None = 37.0,
    of: SeuOfSource = COMPRESSOR,
    shown: Baseline | None = None,
    period: Period = PERIOD,
    hours: float = 24.0,
    missing: float = 0.0,
    extent: Extent = "inside",
    outside: tuple[str, ...] = (),
    rated: Rated = NO_RATING,
    projection: Projection | None = None,
    cause: Cause | None = None,
    recommendations: tuple[Recommendation, ...] = (),
) -> SeuPerformance:
    return SeuPerformance(
        of=of,
        baseline=shown or baseline(of=of),
        period=period,
        deviation=deviation(actual, expected, half),
        hours=hours,
        hours_missing=missing,
        hours_partial=0.0,
        actual_elsewhere=0.0,
        extent=extent,
        outside=outside,
        rated=rated,
        projection=projection,
        cause=cause,
        recommendations=recommendations,
    )


def analysis(
    *parts: SeuPerformance,
    asked: Question | None = None,
    sources: tuple[SourcePerformance, ...] = (),
    without: tuple[SeuOfSource, ...] = (),
    cannot: tuple[CannotPredict, ...] = (),
    is_running: bool = False,
    asks_why: bool = False,
    issues: tuple[DataIssue, ...] = (),
) -> PerformanceAnalysis:
    intent = "root_cause" if asks_why else "performance"
    return PerformanceAnalysis(
        question=asked or question("Compressor-1", intent=intent),
        period=parts[0].period if parts else PERIOD,
        parts=parts,
        sources=sources,
        without=without,
        cannot=cannot,
        is_running=is_running,
        asks_why=asks_why,
        issues=issues,
    )


def source(
    of: SeuOfSource, actual: float, expected: float, half: float | None, rated: Rated = NO_RATING
) -> SourcePerformance:
    """A sum over all SEUs of the energy source of one of them."""
    carrier = of.source
    return SourcePerformance(
        carrier.name, carrier.unit, carrier.is_purchased, deviation(actual, expected, half), rated
    )


def cannot(of: SeuOfSource, *drivers: str, reason: NotPredicted | None = None) -> CannotPredict:
    return CannotPredict(
        question=question(intent="baseline_predict"),
        period=PERIOD,
        of=of,
        baseline=baseline(of=of),
        drivers=drivers,
        is_ahead=False,
        reason=reason,
    )


# --- causes -------------------------------------------------------------------------------------

MORE_PRODUCTION = Contribution(PRODUCTION, 61.0, 240.0, 210.0)
COLDER = Contribution(TEMPERATURE, -20.4, 2.0, 11.75)


def finding(
    suspicion: Suspicion = "leak",
    since: datetime | None = LEAK_DAY,
    per_hour: float = 1.73,
    per_week: float = 290.0,
    half: float = 41.0,
    confidence: float = 0.95,
) -> Finding:
    return Finding(
        suspicion=suspicion,
        since=since,
        per_hour=per_hour,
        per_week=per_week,
        lower=per_week - half,
        upper=per_week + half,
        confidence_percent=90.0,
        percent=8.0,
        confidence=confidence,
    )


def cause(
    *findings: Finding,
    contributions: Sequence[Contribution] = (),
    rest: float = 80.0,
    regimes: tuple[RegimeRest, ...] = (),
    status: StatusContext = NO_STATUS,
) -> Cause:
    usual = 951.0 - sum(each.quantity for each in contributions)
    return Cause(usual, tuple(contributions), rest, regimes, findings, status)


# --- savings ------------------------------------------------------------------------------------

SAVINGS = WeeklySavings(290.0, 249.0, 331.0, euros("43.50"), 130.5)
BARE_SAVINGS = WeeklySavings(120.0, None, None)


def recommendation(
    suspicion: Suspicion = "leak",
    savings: WeeklySavings = SAVINGS,
    payback_weeks: float | None = None,
) -> Recommendation:
    return Recommendation(suspicion, savings, "low", "high", payback_weeks)


def opportunity(
    kind: OpportunityKind = "idle",
    of: SeuOfSource = COMPRESSOR,
    savings: WeeklySavings = BARE_SAVINGS,
    since: datetime | None = None,
    suspicion: Suspicion | None = None,
    peak_kw: float | None = None,
) -> Opportunity:
    return Opportunity(
        kind=kind,
        of=of,
        quantity=30 / 7 * savings.quantity,
        percent=7.6,
        savings=savings,
        value=0.076,
        threshold=0.02,
        effort="low",
        priority="high",
        since=since,
        suspicion=suspicion,
        peak_kw=peak_kw,
    )
