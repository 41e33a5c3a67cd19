"""What machines made: units, good and rejected ones, quality and downtime."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Machine
from enms_core.domain.evidence import Evidence
from enms_core.domain.period import Period
from enms_core.domain.question import Outcome

ProductionMetric = Literal["units", "good", "rejects", "quality", "downtime"]
PRODUCTION_METRICS: tuple[ProductionMetric, ...] = get_args(ProductionMetric)


@dataclass(frozen=True)
class Production:
    """What the rows of a machine, or of several together, tell of some time.

    units, good_units, reject_units, downtime_seconds: sums of what the rows tell; None where none
    of them does. judged_good of judged_units were good: over the rows that tell good and rejected
    ones. readings: rows. partial: what some of the rows do not tell.
    """

    units: float | None = None
    good_units: float | None = None
    reject_units: float | None = None
    downtime_seconds: float | None = None
    judged_good: float = 0.0
    judged_units: float = 0.0
    readings: int = 0
    first: datetime | None = None
    last: datetime | None = None
    partial: frozenset[ProductionMetric] = frozenset()

    @property
    def quality_percent(self) -> float | None:
        """Good units of those judged [%]; None where none was judged.

        >>> Production(judged_good=970.0, judged_units=1000.0).quality_percent
        97.0
        """
        return 100.0 * self.judged_good / self.judged_units if self.judged_units > 0 else None

    def value(self, metric: ProductionMetric) -> float | None:
        """The figure of an aspect: units, percent or seconds."""
        return {
            "units": self.units,
            "good": self.good_units,
            "rejects": self.reject_units,
            "quality": self.quality_percent,
            "downtime": self.downtime_seconds,
        }[metric]

    def data(self) -> dict[str, object]:
        return {
            "units": self.units,
            "good_units": self.good_units,
            "reject_units": self.reject_units,
            "quality_percent": self.quality_percent,
            "downtime_seconds": self.downtime_seconds,
            "readings": self.readings,
            "first_reading": self.first.isoformat() if self.first else None,
            "last_reading": self.last.isoformat() if self.last else None,
        }


@dataclass(frozen=True)
class MachineProduction:
    """What one machine made, in its factory's own cut of the period: one stretch, or one for each
    day of daily hours."""

    machine: Machine
    periods: tuple[Period, ...]
    production: Production

    def data(self) -> dict[str, object]:
        return {"machine": self.machine.name, **self.production.data()}


@dataclass(frozen=True, kw_only=True)
class ProductionAnswer(Answer):
    """What the machines of a question made, together and one by one; `no_data` where no row tells
    what was asked."""

    metric: ProductionMetric
    together: Production
    machines: tuple[MachineProduction, ...]
    now: datetime

    def data(self) -> dict[str, object]:
        return {
            "metric": self.metric,
            **self.together.data(),
            "machines": [machine.data() for machine in self.machines],
        }

    def evidence(self) -> Evidence:
        made = self.together
        return Evidence(readings=made.readings, first=made.first, last=made.last)


@dataclass(frozen=True, kw_only=True)
class NoProduction(Answer):
    """There is no row of production in the period. `first` and `last`: where the rows there are
    lie; None where the machines have none at all."""

    first: datetime | None
    last: datetime | None
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {
            "first_reading": self.first.isoformat() if self.first else None,
            "last_reading": self.last.isoformat() if self.last else None,
        }
