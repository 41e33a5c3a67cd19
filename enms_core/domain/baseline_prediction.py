"""What an SEU should use by its baseline, or why that cannot be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from enms_core.domain.baseline import Baseline, Extent
from enms_core.domain.baseline_answers import OfSeu
from enms_core.domain.evidence import Evidence
from enms_core.domain.period import period_data
from enms_core.domain.question import Outcome

# Why nothing is predicted although the drivers are told.
NotPredicted = Literal["stood_lately", "readings", "too_short", "beyond"]


@dataclass(frozen=True, kw_only=True)
class Prediction(OfSeu):
    """What should be used. lower, upper: of the interval that holds in `confidence_percent` of the
    cases; None where the statistics of the model are unknown.

    Of spoken conditions it is the use of one running hour (day): `period` is None, `conditions` has
    the value of each driver, `assumed` those of them that were not said and are the mean of the
    training period, `unused` what was said of drivers that the model has not. Of a period it is the
    sum over `hours` of it in which the machines ran, or are planned to; hours_missing of these lack
    a driver and are not in it, nor are hours_partial, in which they ran in part. actual: what was
    used in `hours`, None while they are ahead; actual_elsewhere: in the rest of the period.
    running_assumed: nobody has planned when they run, so it is as in the last weeks, without an
    interval. is_shortened: more was asked about than there can be readings of. hours_a_day: so many
    hours of running the degree days of a day were taken for.
    """

    baseline: Baseline
    expected: float
    lower: float | None
    upper: float | None
    confidence_percent: float
    extent: Extent
    outside: tuple[str, ...] = ()
    conditions: Mapping[str, float] | None = None
    assumed: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    hours: float | None = None
    hours_missing: float = 0.0
    hours_partial: float = 0.0
    actual: float | None = None
    actual_elsewhere: float | None = None
    running_assumed: bool = False
    is_shortened: bool = False
    hours_a_day: float | None = None
    is_negative: bool = False

    def data(self) -> dict[str, object]:
        return {
            **self.of.data(),
            "model_version": self.baseline.version,
            "grain": self.baseline.model.equation.grain,
            "period": period_data(self.period) if self.period is not None else None,
            "expected": self.expected,
            "lower": self.lower,
            "upper": self.upper,
            "confidence_percent": self.confidence_percent,
            "extent": self.extent,
            "outside": list(self.outside),
            "conditions": dict(self.conditions) if self.conditions is not None else None,
            "assumed": list(self.assumed),
            "unused": list(self.unused),
            "hours": self.hours,
            "hours_missing": self.hours_missing,
            "hours_partial": self.hours_partial,
            "actual": self.actual,
            "actual_elsewhere": self.actual_elsewhere,
            "running_assumed": self.running_assumed,
            "hours_a_day": self.hours_a_day,
        }

    def evidence(self) -> Evidence:
        return self.baseline.evidence()


@dataclass(frozen=True, kw_only=True)
class CannotPredict(OfSeu):
    """Drivers of the model are not known for the period: no forecast of the weather, no production
    plan, no readings; or (`drivers` empty) the machines neither ran nor are planned to.

    reason: another one. stood_lately: nobody has planned when they run, and in the last weeks they
    did not; readings: those of the use are missing; too_short: no whole hour (day) is over; beyond:
    values of `drivers` are too far from what the model knows.
    """

    baseline: Baseline
    drivers: tuple[str, ...]
    is_ahead: bool
    reason: NotPredicted | None = None
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {
            **self.of.data(),
            "drivers": list(self.drivers),
            "is_ahead": self.is_ahead,
            "reason": self.reason or ("drivers" if self.drivers else "not_running"),
        }

    def evidence(self) -> Evidence:
        return self.baseline.evidence()
