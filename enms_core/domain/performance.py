"""Actual against expected: how an SEU used energy over a period, held against its active baseline.

Quantities are in the unit of the SEU's energy source. More than expected is a positive deviation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from enms_core.domain.answer import Answer
from enms_core.domain.baseline import Baseline, Extent
from enms_core.domain.baseline_prediction import CannotPredict
from enms_core.domain.causes import Cause, Finding, Recommendation, Suspicion
from enms_core.domain.evidence import Evidence
from enms_core.domain.period import Period, period_data, utc
from enms_core.domain.question import Threshold
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.tariff import Money, money_data

# Of an analysis; the register's iso_status (on_track, requires_attention, critical) is another.
IsoStatus = Literal["excellent", "on_target", "requires_attention", "non_compliant"]
# From this confidence on a finding is taken for a fact.
SURE = 0.9
# Suspicions that a rest above the baseline points to; others are of hours it does not look at.
OF_THE_REST: frozenset[Suspicion] = frozenset({"leak", "cooling", "wear"})


@dataclass(frozen=True)
class Deviation:
    """What was used and what was expected over the same hours.

    lower, upper: the expected use lies between them in `confidence_percent` of the cases; None
    where the model's statistics are unknown. material_percent: a deviation that is significant is
    worth an entry from so many percent on.
    """

    actual: float
    expected: float
    lower: float | None
    upper: float | None
    confidence_percent: float
    material_percent: float

    @property
    def quantity(self) -> float:
        return self.actual - self.expected

    @property
    def percent(self) -> float | None:
        """Of the expected use; None where that is not positive."""
        return 100.0 * self.quantity / self.expected if self.expected > 0.0 else None

    @property
    def is_significant(self) -> bool | None:
        """Whether it is more than the normal scatter; None where that is unknown."""
        if self.lower is None or self.upper is None:
            return None
        return not self.lower <= self.actual <= self.upper

    @property
    def efficiency_score(self) -> float | None:
        """expected / actual, 1.0 at most: savings are never punished; None where nothing was."""
        if self.expected <= 0.0 or self.actual <= 0.0:
            return None
        return min(1.0, self.expected / self.actual)

    @property
    def iso_status(self) -> IsoStatus | None:
        """excellent: less for sure; on_target: within the scatter; requires_attention: more for
        sure; non_compliant: more for sure, and materially. None where nothing tells."""
        if self.is_significant is None or self.percent is None:
            return None
        if not self.is_significant:
            return "on_target"
        if self.quantity < 0.0:
            return "excellent"
        is_material = self.percent >= self.material_percent
        return "non_compliant" if is_material else "requires_attention"

    def data(self) -> dict[str, object]:
        return {
            "actual": self.actual,
            "expected": self.expected,
            "lower": self.lower,
            "upper": self.upper,
            "confidence_percent": self.confidence_percent,
            "deviation": self.quantity,
            "deviation_percent": self.percent,
            "is_significant": self.is_significant,
            "efficiency_score": self.efficiency_score,
            "iso_status": self.iso_status,
        }


@dataclass(frozen=True)
class Projection:
    """Where a running period will end if it goes on as usual: so far, and the rest of a usual one.

    quantity: of all the period, standing hours too; None where there is too little history.
    lower, upper: of it, None where unknown. weeks: of history that it is made of.
    """

    quantity: float
    lower: float | None
    upper: float | None
    weeks: int

    def data(self) -> dict[str, object]:
        return vars(self)


@dataclass(frozen=True)
class Rated:
    """What a quantity costs and emits by the tariffs and factors of its hours.

    costs: per currency, empty where nothing has a price; cost_missing: some of it has none.
    carbon_kg: None where no factor is known for all of it.
    """

    costs: tuple[Money, ...]
    cost_missing: bool
    carbon_kg: float | None

    def data(self) -> dict[str, object]:
        return {
            **money_data(self.costs),
            "cost_missing": self.cost_missing,
            "carbon_kg": self.carbon_kg,
        }


@dataclass(frozen=True)
class SeuPerformance:
    """One SEU over a period, by its active baseline.

    hours: in which the machines ran and which are compared; hours_missing: in which they ran, but a
    reading or a driver is missing; hours_partial: in which they ran in part. actual_elsewhere: used
    in all hours that are not compared. extent, outside: whether drivers were beyond what the model
    knows. rated: the deviation's cost and carbon. cause: None where it was not asked for.
    is_beyond: whether the deviation lies beyond the bound that was asked about; None where none
    was, or nothing tells.
    """

    of: SeuOfSource
    baseline: Baseline
    period: Period
    deviation: Deviation
    hours: float
    hours_missing: float
    hours_partial: float
    actual_elsewhere: float
    extent: Extent
    outside: tuple[str, ...]
    rated: Rated
    projection: Projection | None = None
    cause: Cause | None = None
    recommendations: tuple[Recommendation, ...] = ()
    is_beyond: bool | None = None

    @property
    def standing(self) -> Finding | None:
        """What uses more than the baseline expects for sure, since a time before the period, which
        may be too short to show it."""
        found = self.cause.findings if self.cause is not None else ()
        return next((each for each in found if self._stands(each)), None)

    def _stands(self, each: Finding) -> bool:
        is_before = each.since is not None and utc(each.since) < utc(self.period.start)
        is_sure = each.confidence >= SURE and each.lower > 0.0
        return is_before and is_sure and each.suspicion in OF_THE_REST

    @property
    def iso_status(self) -> IsoStatus | None:
        """That of the deviation; requires_attention where it is within the scatter, and yet
        something uses more for sure."""
        status = self.deviation.iso_status
        if status == "on_target" and self.standing is not None:
            return "requires_attention"
        return status

    @property
    def coverage_percent(self) -> float:
        """Share of the hours of running that are compared."""
        ran = self.hours + self.hours_missing
        return 100.0 * self.hours / ran if ran else 0.0

    def data(self) -> dict[str, object]:
        return {
            **self.of.data(),
            "model_version": self.baseline.version,
            "period": period_data(self.period),
            **self.deviation.data(),
            "iso_status": self.iso_status,
            "hours": self.hours,
            "hours_missing": self.hours_missing,
            "hours_partial": self.hours_partial,
            "coverage_percent": self.coverage_percent,
            "actual_elsewhere": self.actual_elsewhere,
            "extent": self.extent,
            "outside": list(self.outside),
            "deviation_rated": self.rated.data(),
            "projection": self.projection.data() if self.projection else None,
            "cause": self.cause.data() if self.cause else None,
            "recommendations": [each.data() for each in self.recommendations],
            **({} if self.is_beyond is None else {"is_beyond": self.is_beyond}),
        }


@dataclass(frozen=True)
class SourcePerformance:
    """All SEUs of one energy source together; their errors are taken as independent."""

    energy_source: str
    unit: str
    is_purchased: bool
    deviation: Deviation
    rated: Rated
    is_beyond: bool | None = None

    def data(self) -> dict[str, object]:
        return {
            "energy_source": self.energy_source,
            "unit": self.unit,
            "is_purchased": self.is_purchased,
            **self.deviation.data(),
            "deviation_rated": self.rated.data(),
            **({} if self.is_beyond is None else {"is_beyond": self.is_beyond}),
        }


@dataclass(frozen=True, kw_only=True)
class PerformanceAnalysis(Answer):
    """The analysis of an SEU, a machine, a group or a factory over a period.

    parts: the SEUs compared, the largest deviation for sure first. sources: the sums, one per
    energy source, where there are several SEUs. without: SEUs that have no active baseline, never
    guessed at. cannot: those whose expected use is not known for the period. is_running: the period
    has not ended. asks_why: the cause was asked for. threshold: the bound that deviations are held
    against; lists: only what lies beyond it is told.
    """

    parts: tuple[SeuPerformance, ...]
    sources: tuple[SourcePerformance, ...] = ()
    without: tuple[SeuOfSource, ...] = ()
    cannot: tuple[CannotPredict, ...] = ()
    is_running: bool = False
    asks_why: bool = False
    threshold: Threshold | None = None
    lists: bool = False

    @property
    def beyond(self) -> tuple[SeuPerformance, ...]:
        """The parts beyond the bound, the largest deviation first."""
        found = (part for part in self.parts if part.is_beyond)
        return tuple(sorted(found, key=lambda part: -abs(part.deviation.percent or 0.0)))

    @property
    def only(self) -> SeuPerformance | None:
        """The part of an analysis of one SEU."""
        return self.parts[0] if len(self.parts) == 1 else None

    @property
    def standing_out(self) -> tuple[SeuPerformance, ...]:
        """The parts beyond their normal scatter in their order, those that used more first."""
        out = (part for part in self.parts if part.deviation.is_significant)
        return tuple(sorted(out, key=lambda part: part.deviation.quantity < 0.0))

    @property
    def told(self) -> tuple[UUID, ...]:
        """What was named; else the machines of what stands out, for "why" is about these."""
        machines = (machine.id for part in self.standing_out for machine in part.of.machines)
        return super().told or tuple(dict.fromkeys(machines))

    def data(self) -> dict[str, object]:
        return {
            "parts": [each.data() for each in self.parts],
            "sources": [each.data() for each in self.sources],
            "without_baseline": [each.data() for each in self.without],
            "cannot_tell": [each.data() for each in self.cannot],
            "is_running": self.is_running,
            **({} if self.threshold is None else {"threshold": self.threshold.data()}),
        }

    def evidence(self) -> Evidence:
        return models_evidence(each.baseline for each in self.parts)


def models_evidence(baselines: Iterable[Baseline]) -> Evidence:
    """What answers rest on that hold actual use against several models."""
    return Evidence(models=tuple(each.model.proof(each.version, each.period) for each in baselines))
