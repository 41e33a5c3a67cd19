"""Savings against a baseline, with their uncertainty.

ASHRAE Guideline 14-2014, annex B: fractional savings uncertainty of a regression whose errors hang
together. Polynomials: Sun & Baltazar (2013), "Analysis and improvement on the estimation of
building energy savings uncertainty", ASHRAE Transactions 119.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from scipy.special import stdtrit

from enms_core.analysis.error_shape import independent_samples
from enms_core.domain.baseline import ModelStatistics

SampleGrain = Literal["hour", "day", "month"]

HOURLY_ALPHA = 1.26
# Coefficients of M², M and 1, M months of reporting.
POLYNOMIALS = {
    "day": (-0.00024, 0.03535, 1.00286),
    "month": (-0.00022, 0.03306, 0.94054),
}


@dataclass(frozen=True)
class Savings:
    """savings = expected - actual, and the interval it lies in with the confidence asked for.

    uncertainty: half of that interval. fractional_uncertainty: the same as a share of the savings;
    None where there are none. percent: of the expected use; None where that is not positive.
    """

    expected: float
    actual: float
    uncertainty: float

    @property
    def savings(self) -> float:
        return self.expected - self.actual

    @property
    def lower(self) -> float:
        return self.savings - self.uncertainty

    @property
    def upper(self) -> float:
        return self.savings + self.uncertainty

    @property
    def is_significant(self) -> bool:
        """Whether the interval is on one side of zero: more, or less, was used for sure."""
        return self.lower > 0.0 or self.upper < 0.0

    @property
    def fractional_uncertainty(self) -> float | None:
        return None if self.savings == 0.0 else self.uncertainty / abs(self.savings)

    @property
    def percent(self) -> float | None:
        return 100.0 * self.savings / self.expected if self.expected > 0.0 else None


def savings_of(
    expected: float,
    actual: float,
    statistics: ModelStatistics,
    samples: int,
    months: float,
    grain: SampleGrain = "hour",
    confidence: float = 0.90,
) -> Savings:
    """What was saved over a reporting period. expected, actual: sums over its samples, `samples` in
    number, over `months` of time."""
    share = relative_uncertainty(statistics, samples, months, grain, confidence)
    return Savings(expected, actual, share * abs(expected))


def relative_uncertainty(
    statistics: ModelStatistics,
    samples: int,
    months: float,
    grain: SampleGrain = "hour",
    confidence: float = 0.90,
) -> float:
    """Uncertainty of savings as a share of the expected use:
    alpha · t · CV(RMSE) · √((n / n')(1 + 2 / n') / m).

    t has n' - p degrees of freedom, at least one; n' as in independent_samples.
    """
    if samples < 1:
        raise ValueError("no samples were reported")
    n = float(statistics.samples)
    effective = independent_samples(statistics)
    freedom = max(effective - statistics.parameters, 1.0)
    t = float(stdtrit(freedom, 0.5 + confidence / 2.0))
    scatter = sqrt(n / effective * (1.0 + 2.0 / effective) / samples)
    return alpha(grain, months) * t * statistics.cvrmse_percent / 100.0 * scatter


def alpha(grain: SampleGrain, months: float) -> float:
    """What the uncertain coefficients add, by months of reporting.

    >>> round(alpha("day", 12), 5)
    1.3925
    >>> alpha("hour", 12)
    1.26
    """
    if grain == "hour":
        return HOURLY_ALPHA
    square, linear, constant = POLYNOMIALS[grain]
    return square * months**2 + linear * months + constant
