"""Why a use is not what was expected: contributions of the drivers, the rest, what it points to.

Quantities are in the unit of the SEU's energy source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from enms_core.domain.tariff import Money, money_data

# What a pattern of the rest points to.
# leak: more at all hours alike; schedule: runs when it used not to; cooling: more the hotter it is;
# standby: much used while idle; wear: grows slowly (fouling, wear); gain: less than before.
Suspicion = Literal["leak", "schedule", "cooling", "standby", "wear", "gain"]
Regime = Literal["working_hours", "nights", "weekends", "idle"]
Effort = Literal["low", "medium", "high"]
Priority = Literal["low", "medium", "high"]


@dataclass(frozen=True)
class Contribution:
    """What one driver adds against the mean of its training period: coefficient times difference,
    summed over the hours compared. mean: of those hours; usual: of the training."""

    driver: str
    quantity: float
    mean: float
    usual: float

    def data(self) -> dict[str, object]:
        return vars(self)


@dataclass(frozen=True)
class RegimeRest:
    """The unexplained rest in one kind of hours of the period. per_hour: its mean."""

    regime: Regime
    hours: float
    per_hour: float

    def data(self) -> dict[str, object]:
        return vars(self)


@dataclass(frozen=True)
class Finding:
    """What the rest points to, with its evidence.

    since: when it began; None where it was always so. per_week: of use, more (negative: less) than
    before, between lower and upper in `confidence_percent` of the cases. percent: of the expected
    use of those hours. confidence: 0..1, how much better this explains the rest than any other
    suspicion and than none. per_hour: the extra load while it is there. evidence: named figures
    that the suspicion rests on.
    """

    suspicion: Suspicion
    since: datetime | None
    per_hour: float
    per_week: float
    lower: float
    upper: float
    confidence_percent: float
    percent: float | None
    confidence: float
    evidence: Mapping[str, float] = field(default_factory=dict)

    def data(self) -> dict[str, object]:
        since = self.since.isoformat() if self.since else None
        return {**vars(self), "since": since, "evidence": dict(self.evidence)}


@dataclass(frozen=True)
class StatusContext:
    """What the status of the machines tells of the period."""

    maintenance_hours: float = 0.0
    fault_hours: float = 0.0
    idle_hours: float = 0.0
    starts: int = 0
    anomalies: int = 0

    def data(self) -> dict[str, object]:
        return vars(self)


@dataclass(frozen=True)
class Cause:
    """usual: what the hours compared would have used at the means of the training period.

    actual = usual + sum of the contributions + rest. regimes: when the rest arises. findings: what
    it points to, the most likely and largest first; empty where nothing does.
    """

    usual: float
    contributions: tuple[Contribution, ...]
    rest: float
    regimes: tuple[RegimeRest, ...] = ()
    findings: tuple[Finding, ...] = ()
    status: StatusContext = StatusContext()

    def data(self) -> dict[str, object]:
        return {
            "usual": self.usual,
            "contributions": [each.data() for each in self.contributions],
            "rest": self.rest,
            "regimes": [each.data() for each in self.regimes],
            "findings": [each.data() for each in self.findings],
            "status": self.status.data(),
        }


@dataclass(frozen=True)
class WeeklySavings:
    """What a week would save. lower, upper: of the quantity. costs: of the lower tariffs and higher
    ones as the hours have them; empty where there is no price. carbon_kg: None without a factor."""

    quantity: float
    lower: float | None
    upper: float | None
    costs: tuple[Money, ...] = ()
    carbon_kg: float | None = None

    def data(self) -> dict[str, object]:
        return {
            "quantity": self.quantity,
            "lower": self.lower,
            "upper": self.upper,
            **money_data(self.costs),
            "carbon_kg": self.carbon_kg,
        }


def greatest(savings: Iterable[WeeklySavings]) -> WeeklySavings | None:
    """The savings that are worth most, in money where there is a price: those of other steps may be
    of the same energy."""
    return max(savings, key=lambda each: (_money(each), each.quantity), default=None)


def _money(savings: WeeklySavings) -> float:
    return max((float(each.amount) for each in savings.costs), default=0.0)


@dataclass(frozen=True)
class Recommendation:
    """What to do about a finding. Every figure is of the evidence; what to do is worded by the
    speech from `suspicion`. payback_weeks: only where a cost of the measure was told."""

    suspicion: Suspicion
    savings: WeeklySavings
    effort: Effort
    priority: Priority
    payback_weeks: float | None = None

    def data(self) -> dict[str, object]:
        return {**vars(self), "savings": self.savings.data()}
