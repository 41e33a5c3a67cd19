"""Figures side by side: machines over one period, or two periods of the same machines."""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.domain.answer import Answer
from enms_core.domain.evidence import Evidence
from enms_core.domain.measure import Kind, Lack, LeftOut
from enms_core.domain.period import Period, PeriodPhrase, period_data
from enms_core.domain.question import Scope

# Differences up to this are told as none.
SAME_PERCENT = 0.5


@dataclass(frozen=True)
class Side:
    """One of the things that are compared.

    phrase: the period as it was said; period: as it was counted, in the zone of the machines.
    coverage_percent: None where it is not known. lacks: what is missing in it, so that no
    percentage is told.
    """

    scope: Scope
    machines: tuple[str, ...]
    phrase: PeriodPhrase
    period: Period
    coverage_percent: float | None
    lacks: tuple[Lack, ...] = ()

    @property
    def is_incomplete(self) -> bool:
        return bool(self.lacks)

    @property
    def label(self) -> str | None:
        """The name of the one machine, else of the site or the kind; None where there is none."""
        return self.machines[0] if len(self.machines) == 1 else self.scope.label


@dataclass(frozen=True)
class Value:
    """A side's amount of one kind. per_day: the same for each day of its period; None for figures
    that do not grow with time."""

    value: float
    per_day: float | None = None


@dataclass(frozen=True)
class Difference:
    """Of two sides: first minus second, and in percent of the second (None where one of them is
    below 0, or the second is 0)."""

    amount: float
    percent: float | None


@dataclass(frozen=True)
class Compared:
    """All sides by one kind of amount; None for a side that has none of it.

    difference: of two sides that both have it, from values per day where `is_per_day`. highest and
    lowest: places of the sides among which the spread is the largest, None below two values.
    is_of_other_length: a figure that grows with time, of parts of a day that differ in length.
    """

    kind: Kind
    values: tuple[Value | None, ...]
    difference: Difference | None = None
    highest: int | None = None
    lowest: int | None = None
    is_per_day: bool = False
    is_of_other_length: bool = False

    def judged(self, place: int) -> float | None:
        """The figure of a side that is judged: per day where the numbers of days differ."""
        value = self.values[place]
        if value is None:
            return None
        return value.per_day if self.is_per_day else value.value

    @property
    def spread(self) -> float | None:
        """The highest minus the lowest figure."""
        if self.highest is None or self.lowest is None:
            return None
        highest, lowest = self.judged(self.highest), self.judged(self.lowest)
        return None if highest is None or lowest is None else highest - lowest


@dataclass(frozen=True, kw_only=True)
class ComparisonAnswer(Answer):
    """Sides in the order asked, by each kind of amount that one of them has.

    is_same_hours: a period that is over was cut to the time that the running one has reached.
    is_so_far: one of two periods runs and the other could not be cut, so that nothing is judged.
    """

    metric: str
    sides: tuple[Side, ...]
    compared: tuple[Compared, ...]
    left_out: tuple[LeftOut, ...] = ()
    is_same_hours: bool = False
    is_so_far: bool = False
    basis: Evidence

    @property
    def only(self) -> Compared | None:
        """The one kind of amount; None where there are several, or none."""
        return self.compared[0] if len(self.compared) == 1 else None

    def data(self) -> dict[str, object]:
        """The contract's `data`. The values of several kinds stand in `amounts` of each item."""
        only = self.only
        difference = only.difference if only else None
        spread = only.spread if only and len(self.sides) > 2 else None
        return {
            "metric": self.metric,
            **(only.kind.data() if only else {"unit": None}),
            "items": [self._item(place) for place in range(len(self.sides))],
            "difference": difference.amount if difference else None,
            "difference_percent": difference.percent if difference else None,
            "differences": [_difference(each) for each in self.compared],
            "spread": spread,
            "is_per_day": bool(only and only.is_per_day),
            "is_same_hours": self.is_same_hours,
            "is_so_far": self.is_so_far,
            "left_out": [each.data() for each in self.left_out],
        }

    def _item(self, place: int) -> dict[str, object]:
        side = self.sides[place]
        amounts = [
            {"value": value.value, **each.kind.data(), "per_day": value.per_day}
            for each in self.compared
            if (value := each.values[place]) is not None
        ]
        first: dict[str, object] = {"value": None, "unit": None, "per_day": None}
        return {
            "label": side.label,
            "machines": list(side.machines),
            "period": period_data(side.period),
            **(amounts[0] if len(amounts) == 1 else first),
            "amounts": amounts,
            "coverage_percent": side.coverage_percent,
            "is_incomplete": side.is_incomplete,
        }

    def evidence(self) -> Evidence:
        return self.basis


def _difference(compared: Compared) -> dict[str, object]:
    difference = compared.difference
    return {
        **compared.kind.data(),
        "difference": difference.amount if difference else None,
        "difference_percent": difference.percent if difference else None,
    }
