"""Energy that was used: per source, per machine, and together; on average, in a series, in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from enms_core.domain.answer import Answer
from enms_core.domain.evidence import Evidence, RuleEvidence
from enms_core.domain.question import Step
from enms_core.domain.series import Average, DayProfile, OfSource, Series, Trend
from enms_core.domain.tariff import Money, money_data
from enms_core.domain.use import MachineUse, SourceUse, evidence_of

# Up to so many sources are told one by one; more of them as the energy that they are together.
TOLD_SOURCES = 2

Told = TypeVar("Told", bound=OfSource)


@dataclass(frozen=True)
class Spent:
    """What purchased energy cost, every unit of it priced; one amount a currency."""

    amounts: tuple[Money, ...]
    prices: tuple[RuleEvidence, ...]


@dataclass(frozen=True, kw_only=True)
class EnergyAnswer(Answer):
    """Energy used by the machines of a question, carriers kept apart.

    purchased_energy_kwh is the sum over purchased carriers; None where one of them has no
    conversion, or where the question named a carrier that is not purchased. spent: None where the
    cost was not asked for by the way, or is not known in full.
    """

    uses: tuple[SourceUse, ...]
    machines: tuple[MachineUse, ...]
    purchased_energy_kwh: float | None
    spent: Spent | None = None

    def data(self) -> dict[str, object]:
        """The contract's `data`: `quantity`, `unit` and `energy_kwh` where one carrier answers."""
        head: dict[str, object] = {}
        if len(self.uses) == 1:
            use = self.uses[0]
            head = {
                "energy_kwh": use.energy_kwh,
                "quantity": use.quantity,
                "unit": use.source.unit,
                "energy_source": use.source.name,
                "coverage_percent": use.coverage_percent,
            }
        amounts = self.spent.amounts if self.spent is not None else ()
        return {
            **head,
            "purchased_energy_kwh": self.purchased_energy_kwh,
            **money_data(amounts),
            "sources": [use.data() for use in self.uses],
            "machines": [machine.data() for machine in self.machines],
        }

    def evidence(self) -> Evidence:
        prices = self.spent.prices if self.spent is not None else ()
        return replace(evidence_of(self.uses), prices=prices)


@dataclass(frozen=True, kw_only=True)
class EnergyCourse(Answer):
    """What is told beside the total or in its stead. step: the days or hours that it goes by.

    together: in the answers below, purchased energy of several sources; None where it is not known
    or one source answers.
    """

    total: EnergyAnswer
    step: Step

    def data(self) -> dict[str, object]:
        return {**self.total.data(), "step": self.step}

    def evidence(self) -> Evidence:
        return self.total.evidence()


@dataclass(frozen=True, kw_only=True)
class AverageAnswer(EnergyCourse):
    """Mean use of each energy source."""

    averages: tuple[Average, ...]
    together: Average | None

    def data(self) -> dict[str, object]:
        only = self.averages[0].data() if len(self.averages) == 1 else {}
        by_source = {average.source: average.data() for average in self.averages}
        sources = [{**use.data(), **by_source.get(use.source, {})} for use in self.total.uses]
        return {
            **super().data(),
            "average_per_day": only.get("average_per_day"),
            "average_per_hour": only.get("average_per_hour"),
            "sources": sources,
            "together": _data_of(self.together),
        }

    @property
    def spoken(self) -> tuple[Average, ...]:
        return _spoken(self.averages, self.together)


@dataclass(frozen=True, kw_only=True)
class SeriesAnswer(EnergyCourse):
    """Use by local days or hours."""

    series: tuple[Series, ...]
    together: Series | None

    def data(self) -> dict[str, object]:
        return {
            **super().data(),
            "series": [each.data() for each in self.series],
            "together": _data_of(self.together),
        }

    @property
    def spoken(self) -> tuple[Series, ...]:
        return _spoken(self.series, self.together)


@dataclass(frozen=True, kw_only=True)
class TypicalDayAnswer(EnergyCourse):
    """Use by the hour of the day, on average over a period too long for hour after hour."""

    typical_days: tuple[DayProfile, ...]
    together: DayProfile | None

    def data(self) -> dict[str, object]:
        return {
            **super().data(),
            "series": [],
            "typical_day": [each.data() for each in self.typical_days],
            "together": _data_of(self.together),
        }

    @property
    def spoken(self) -> tuple[DayProfile, ...]:
        return _spoken(self.typical_days, self.together)


@dataclass(frozen=True, kw_only=True)
class SeriesTooLong(EnergyCourse):
    """The total alone: the period is too long to be gone through by the step asked for."""

    def data(self) -> dict[str, object]:
        return {**super().data(), "series": []}


@dataclass(frozen=True, kw_only=True)
class TrendAnswer(EnergyCourse):
    """The course of use over time."""

    series: tuple[Series, ...]
    trends: tuple[Trend, ...]
    together: Trend | None

    def data(self) -> dict[str, object]:
        trends = [self._trend_data(trend) for trend in self.trends]
        only = trends[0] if len(trends) == 1 else {}
        names = ("trend", "change_percent_per_week", "change_percent_per_hour", "p_value", "points")
        return {
            **super().data(),
            **{name: only.get(name) for name in names},
            "trends": trends,
            "together": self._trend_data(self.together) if self.together is not None else None,
            "series": [each.data() for each in self.series],
        }

    @property
    def spoken(self) -> tuple[Trend, ...]:
        return _spoken(self.trends, self.together)

    def _trend_data(self, trend: Trend) -> dict[str, object]:
        by_day = self.step == "day"
        return {
            **trend.data(),
            "change_percent_per_week": trend.slope.change_percent if by_day else None,
            "change_percent_per_hour": None if by_day else trend.slope.change_percent,
        }


def _data_of(together: OfSource | None) -> dict[str, object] | None:
    return together.data() if together is not None else None


def _spoken(by_source: tuple[Told, ...], together: Told | None) -> tuple[Told, ...]:
    """What is said: each source of a few, the energy of more together where that is known."""
    if len(by_source) <= TOLD_SOURCES or together is None:
        return by_source
    return (together,)
