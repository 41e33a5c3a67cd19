"""Predictions as answers, and that there is none."""

from __future__ import annotations

from enms_core.analysis.prediction import PointPrediction, SumPrediction
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_prediction import CannotPredict, NotPredicted, Prediction
from enms_core.domain.intents import PREDICTING
from enms_core.domain.period import TODAY, Period
from enms_core.domain.seu import SeuOfSource
from enms_core.services.seus import question_about

CONFIDENCE = 0.90


def predicted(
    of: SeuOfSource,
    baseline: Baseline,
    found: PointPrediction | SumPrediction,
    period: Period | None = None,
) -> Prediction:
    """What is the same of every prediction, found with the confidence CONFIDENCE."""
    return Prediction(
        question=question_about(PREDICTING, of, TODAY),
        period=period,
        of=of,
        baseline=baseline,
        expected=found.expected,
        lower=found.lower,
        upper=found.upper,
        confidence_percent=100 * CONFIDENCE,
        extent=found.extent,
        outside=found.outside,
        is_negative=found.expected < 0,
    )


def cannot(
    of: SeuOfSource,
    baseline: Baseline,
    drivers: tuple[str, ...] = (),
    reason: NotPredicted | None = None,
    period: Period | None = None,
    is_ahead: bool = False,
) -> CannotPredict:
    """That there is no prediction. drivers: that are not known, or too far off."""
    return CannotPredict(
        question=question_about(PREDICTING, of, TODAY),
        period=period,
        of=of,
        baseline=baseline,
        drivers=drivers,
        is_ahead=is_ahead,
        reason=reason,
    )
