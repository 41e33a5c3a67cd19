"""Rates of use: the latest reading, and the demand over fixed blocks of time.

A rate is in the source's unit per hour: kW for a source metered in kWh.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.evidence import Evidence
from enms_core.domain.period import utc
from enms_core.domain.question import Outcome
from enms_core.domain.units import power_kw, rate_unit
from enms_core.domain.wall_time import LATEST_READING

PowerMetric = Literal["latest", "average", "peak", "minimum"]


@dataclass(frozen=True)
class LatestReading:
    """The last reading of a machine before an instant. `time` is the start of its interval.

    interval_seconds: of the meter that was in service, None without one. rate is None where the row
    tells none and no meter tells the interval to divide by.
    """

    machine_id: UUID
    time: datetime
    rate: float | None
    interval_seconds: int | None = None

    @property
    def end(self) -> datetime:
        """The end of the interval that the reading stands for; its start without a meter."""
        return self.time + timedelta(seconds=self.interval_seconds or 0)

    def age(self, now: datetime) -> timedelta:
        """Time since the end of its interval: counted from the start, the readings of a meter of
        15 minutes would always be old. Nothing while the interval still runs."""
        return max(timedelta(), utc(now) - utc(self.end))

    def is_current(self, now: datetime) -> bool:
        """Whether it tells the rate of now; an older one has to be said with its age."""
        return self.age(now) <= LATEST_READING


@dataclass(frozen=True)
class DemandWindow:
    """Half-open time [UTC] that demand is asked for, in blocks of interval_seconds from its start.

    is_whole: it consists of whole blocks. Only a period that has no whole block in it is taken as
    it is; its blocks are then incomplete.
    """

    start: datetime
    end: datetime
    interval_seconds: int
    is_whole: bool = True


@dataclass(frozen=True)
class BlockRate:
    """Mean rate over one block, and when the first of its quarter hours with readings began."""

    rate: float
    start: datetime


@dataclass(frozen=True)
class Demand:
    """The extreme blocks of a window, each the first of its kind.

    peak counts incomplete blocks with what they have. minimum is that of complete blocks only: one
    with missing readings would always be low.
    """

    window: DemandWindow
    peak: BlockRate | None = None
    minimum: BlockRate | None = None


@dataclass(frozen=True)
class Rate:
    """The rate of a source: of a machine, or of several together (`machine` is None).

    rate: in the source's unit per hour, None where it cannot be told. time: start of the reading or
    block that it is of, in the zone that is told; None for a mean. end: of that reading.
    interval_seconds: what the reading or block is a mean over. coverage_percent: of the period that
    was asked about.
    """

    source: EnergySource
    rate: float | None
    machine: Machine | None = None
    time: datetime | None = None
    end: datetime | None = None
    age_seconds: float | None = None
    is_current: bool | None = None
    interval_seconds: int | None = None
    coverage_percent: float | None = None

    def data(self) -> dict[str, object]:
        machine = {} if self.machine is None else {"machine": self.machine.name}
        return {
            **machine,
            "energy_source": self.source.name,
            "rate": self.rate,
            "unit": rate_unit(self.source.unit),
            "power_kw": power_kw(self.rate, self.source.unit),
            "time": self.time.isoformat() if self.time else None,
            "age_seconds": self.age_seconds,
            "is_current": self.is_current,
            "interval_seconds": self.interval_seconds,
            "coverage_percent": self.coverage_percent,
        }


@dataclass(frozen=True, kw_only=True)
class PowerAnswer(Answer):
    """Rates of use at one moment, on average, or in the extreme block of a period.

    rates: of the machines together, one per source. machines: of each by itself; their own extremes
    need not be at the same time. now: the instant of the question. basis: what the rates rest on.
    """

    metric: PowerMetric
    rates: tuple[Rate, ...]
    machines: tuple[Rate, ...]
    now: datetime
    basis: Evidence

    def data(self) -> dict[str, object]:
        """The contract's `data`; the figures of a source stand in front where one answers."""
        head = self.rates[0].data() if len(self.rates) == 1 else {}
        return {
            "metric": self.metric,
            **head,
            "sources": [each.data() for each in self.rates],
            "machines": [each.data() for each in self.machines],
        }

    def evidence(self) -> Evidence:
        return self.basis


@dataclass(frozen=True, kw_only=True)
class RateUnknown(Answer):
    """There are readings, but no rate: the period holds no whole block with readings, of the length
    given, or no meter tells the interval of the readings (None)."""

    interval_seconds: int | None
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {"interval_seconds": self.interval_seconds}
