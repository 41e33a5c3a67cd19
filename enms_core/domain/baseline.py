"""An energy baseline: the model of an SEU's use of one energy source, with all that is known of it.

The equation gives the use of one hour (or day) in which the machines ran, in the unit of the energy
source. Versions of an SEU's baseline are never overwritten; one of them at most is active.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from math import sqrt
from typing import Literal
from uuid import UUID

from enms_core.domain.evidence import Evidence, ModelEvidence
from enms_core.domain.period import Period, period_data

Grain = Literal["hour", "day"]
DriverKind = Literal["value", "heating", "cooling"]
Extent = Literal["inside", "near", "outside"]
# Why a model is no valid one (ISO 50001 practice, DOE Superior Energy Performance).
Rule = Literal["f_test", "driver_p_value", "one_driver_p_value", "r2", "driver_range"]
# What is said beside the verdict and decides nothing.
Warning_ = Literal[
    "negative_coefficient",
    "negative_intercept",
    "no_production_driver",
    "collinear",
    "few_samples",
    "base_at_edge",
]
# Why hours of the training period were left out.
Reason = Literal["not_running", "stopped", "incomplete", "backfill", "driver_missing"]


@dataclass(frozen=True)
class Term:
    """One driver of an equation. coefficient: use per unit of the driver. For degree days
    (heating, cooling) the driver is [K day] below or above base_temperature_degc."""

    driver: str
    coefficient: float
    kind: DriverKind = "value"
    base_temperature_degc: float | None = None


@dataclass(frozen=True)
class Equation:
    """use = intercept + sum of coefficient times driver, for one hour or one day."""

    grain: Grain
    intercept: float
    terms: tuple[Term, ...]

    @property
    def drivers(self) -> tuple[str, ...]:
        return tuple(term.driver for term in self.terms)


@dataclass(frozen=True)
class DriverStatistics:
    """What the training samples tell of one driver.

    t_value, p_value: of GLSAR(1), on daily sums where the grain is the hour; *_ols beside them:
    least squares, of the samples themselves. standard_error: of least squares. vif: None for the
    only driver.
    """

    driver: str
    standard_error: float
    t_value: float
    p_value: float
    t_value_ols: float
    p_value_ols: float
    vif: float | None
    mean: float
    standard_deviation: float
    minimum: float
    maximum: float


@dataclass(frozen=True)
class ModelStatistics:
    """How good a model is; energies in the unit of the source.

    samples n; parameters p: coefficients, intercept, and base temperatures that were fitted.
    rmse: with n - p. out_of_time_*: of the last part of the period, predicted by a fit of the part
    before it; None where it is too short. rho: lag-1 autocorrelation of the residuals of adjacent
    samples; effective_samples n' = n (1 - rho) / (1 + rho). residual_quantiles: share, residual.
    autocorrelation: lag in hours (days), correlation of the residuals that far apart. spread_slope:
    how much the residuals' standard deviation grows with the use, 0 not at all, 1 in proportion.
    """

    samples: int
    parameters: int
    r2: float
    adjusted_r2: float
    rmse: float
    mae: float
    cvrmse_percent: float
    f_value: float
    f_p_value: float
    durbin_watson: float
    rho: float
    effective_samples: float
    condition_number: float
    bic: float
    out_of_time_r2: float | None = None
    out_of_time_cvrmse_percent: float | None = None
    out_of_time_nmbe_percent: float | None = None
    residual_quantiles: tuple[tuple[float, float], ...] = ()
    autocorrelation: tuple[tuple[int, float], ...] = ()
    spread_slope: float = 0.0

    @property
    def mean_use(self) -> float:
        """Of the training samples."""
        return 100.0 * self.rmse / self.cvrmse_percent


@dataclass(frozen=True)
class RuleBroken:
    """A rule of validity that a model breaks: what was found, and the bound. driver: of which."""

    rule: Rule
    value: float | None = None
    bound: float | None = None
    driver: str | None = None


@dataclass(frozen=True)
class ModelWarning:
    """What a listener should know of a model that may be valid all the same."""

    warning: Warning_
    driver: str | None = None
    value: float | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether a model may be relied on, and why not."""

    broken: tuple[RuleBroken, ...] = ()
    warnings: tuple[ModelWarning, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.broken


@dataclass(frozen=True)
class Sampling:
    """Which samples a model was trained on. left_out: hours (or days) by reason, none twice."""

    hours_in_period: int
    samples: int
    left_out: dict[Reason, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """A trained model, before or after it is stored.

    parameter_covariance: of intercept and coefficients in the equation's order, for intervals; it
    is s² (X'X)⁻¹. hours_a_day: of running, on days with any; only of models of days with degree
    days, which count for these hours. statistics and all the rest are None (or empty) for models of
    other programs, which tell their coefficients only.
    """

    equation: Equation
    statistics: ModelStatistics | None = None
    drivers: tuple[DriverStatistics, ...] = ()
    parameter_covariance: tuple[tuple[float, ...], ...] = ()
    verdict: Verdict | None = None
    sampling: Sampling | None = None
    hours_a_day: float | None = None

    @property
    def intercept_standard_error(self) -> float | None:
        """Of least squares; None where statistics are unknown."""
        return sqrt(self.parameter_covariance[0][0]) if self.parameter_covariance else None

    def of(self, driver: str) -> DriverStatistics | None:
        """What is known of one driver."""
        return next((each for each in self.drivers if each.driver == driver), None)

    def proof(self, version: int | None, period: Period | None) -> ModelEvidence:
        """What is told of it where an answer rests on it."""
        r2 = self.statistics.r2 if self.statistics is not None else None
        return ModelEvidence(version, period, r2)


@dataclass(frozen=True)
class Baseline:
    """A stored version of an SEU's baseline. version 0: the columns of `seus` of another program,
    which kept one model there. period: of training, None where not told."""

    seu_id: UUID
    energy_source_id: UUID
    version: int
    model: Model
    is_active: bool
    period: Period | None
    created_at: datetime | None
    trained_by: str | None = None

    def evidence(self) -> Evidence:
        """Of an answer that rests on it."""
        return Evidence(models=(self.model.proof(self.version, self.period),))

    def data(self) -> dict[str, object]:
        """All that is known, as JSON."""
        model = self.model
        return {
            "version": self.version,
            "is_active": self.is_active,
            "period": period_data(self.period) if self.period is not None else None,
            "created_at": self.created_at.isoformat() if self.created_at else None,
            "trained_by": self.trained_by,
            **model_data(model),
        }


def model_data(model: Model) -> dict[str, object]:
    """A model's numbers as JSON, unrounded; `statistics` null where they are unknown."""
    equation, statistics = model.equation, model.statistics
    return {
        "grain": equation.grain,
        "intercept": equation.intercept,
        "drivers": [_term_data(term, model.of(term.driver)) for term in equation.terms],
        "statistics": None if statistics is None else _statistics_data(statistics),
        "is_valid": None if model.verdict is None else model.verdict.is_valid,
        "rules_broken": [vars(each) for each in model.verdict.broken] if model.verdict else [],
        "warnings": [vars(each) for each in model.verdict.warnings] if model.verdict else [],
        "sampling": None if model.sampling is None else vars(model.sampling),
        "hours_a_day": model.hours_a_day,
    }


def _term_data(term: Term, known: DriverStatistics | None) -> dict[str, object]:
    return {**vars(term), "statistics": None if known is None else vars(known)}


def _statistics_data(statistics: ModelStatistics) -> dict[str, object]:
    pairs = ("residual_quantiles", "autocorrelation")
    lists = {name: [list(pair) for pair in getattr(statistics, name)] for name in pairs}
    return {**vars(statistics), **lists}
