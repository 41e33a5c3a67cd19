"""What was used day by day or hour by hour, and what a series tells of its course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from enms_core.domain.catalogue import EnergySource
from enms_core.domain.period import Period, period_data
from enms_core.domain.question import Step

Direction = Literal["rising", "falling", "steady"]
# Less is missing than what is told as "a few readings".
COMPLETE_PERCENT = 99.0
ENERGY_UNIT = "kWh"


def is_complete(coverage_percent: float | None) -> bool:
    """Whether readings may be taken as all there; where it is not known, that is said."""
    return coverage_percent is None or coverage_percent >= COMPLETE_PERCENT


@dataclass(frozen=True)
class Stretch:
    """A local day or hour as far as it lies in a period. share: of the whole day or hour, at most
    1; of daily hours, the share of that day's hours.

    key: what those of several sites are put together by: the local date of a day, the instant [UTC]
    at which an hour starts.
    """

    period: Period
    share: float
    key: date

    @property
    def is_whole(self) -> bool:
        return self.share == 1.0


@dataclass(frozen=True)
class Point:
    """What was used in one stretch by all machines of a question.

    quantity: None where there is no reading. coverage_percent: None where it is not known.
    is_whole: the stretch is the whole day or hour, for every machine. is_of_all_sites: it lies in
    the period of every machine; at the edges of "yesterday" in two zones only those of one site
    have the hour, and what they used of it is no figure to hold against others.
    """

    period: Period
    quantity: float | None
    energy_kwh: float | None
    coverage_percent: float | None
    is_whole: bool
    is_of_all_sites: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether it can be held against others; one that lacks readings would look too low."""
        return self.is_whole and self.quantity is not None and is_complete(self.coverage_percent)

    def data(self) -> dict[str, object]:
        return {
            **period_data(self.period),
            "quantity": self.quantity,
            "energy_kwh": self.energy_kwh,
            "coverage_percent": self.coverage_percent,
            "is_of_all_sites": self.is_of_all_sites,
        }


@dataclass(frozen=True)
class TypicalHour:
    """An hour of the day, 0 to 23, as it was on average over `days` days; None where unknown."""

    hour: int
    quantity: float | None
    energy_kwh: float | None
    days: int

    def data(self) -> dict[str, object]:
        return {
            "hour": self.hour,
            "quantity": self.quantity,
            "energy_kwh": self.energy_kwh,
            "days": self.days,
        }


@dataclass(frozen=True)
class OfSource:
    """Something told of one energy source; source None: of purchased energy together, in kWh."""

    source: EnergySource | None

    @property
    def unit(self) -> str:
        return self.source.unit if self.source is not None else ENERGY_UNIT

    @property
    def is_purchased(self) -> bool:
        return self.source is None or self.source.is_purchased

    def data(self) -> dict[str, object]:
        return {"energy_source": self.source.name if self.source else None, "unit": self.unit}


@dataclass(frozen=True)
class Average(OfSource):
    """Mean use, over the time that readings cover.

    per_day: None where no whole local day is asked about. per_hour: unit per hour.
    """

    per_day: float | None
    per_hour: float | None

    def by(self, step: Step) -> float | None:
        return self.per_day if step == "day" else self.per_hour

    def data(self) -> dict[str, object]:
        return {
            **super().data(),
            "average_per_day": self.per_day,
            "average_per_hour": self.per_hour,
        }


@dataclass(frozen=True)
class Series(OfSource):
    """The points of one energy source in order of time."""

    points: tuple[Point, ...]

    def data(self) -> dict[str, object]:
        return {**super().data(), "points": [point.data() for point in self.points]}


@dataclass(frozen=True)
class DayProfile(OfSource):
    """The typical day of one energy source: 24 hours of the wall clock."""

    hours: tuple[TypicalHour, ...]

    def data(self) -> dict[str, object]:
        return {**super().data(), "hours": [hour.data() for hour in self.hours]}


@dataclass(frozen=True)
class Slope:
    """The course of a series of complete points.

    direction: None where there are too few points. change_percent: per week of daily points, per
    hour of hourly ones [% of the mean]; only where rising or falling. p_value: of no trend at all.
    """

    direction: Direction | None
    change_percent: float | None
    p_value: float | None
    points: int


@dataclass(frozen=True)
class Trend(OfSource):
    """The course of one energy source."""

    slope: Slope

    def data(self) -> dict[str, object]:
        return {
            **super().data(),
            "trend": self.slope.direction,
            "p_value": self.slope.p_value,
            "points": self.slope.points,
        }
