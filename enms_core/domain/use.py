"""What was used of an energy source, and how complete the readings behind it are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.evidence import Evidence, evidence_between
from enms_core.domain.period import Period, period_data


@dataclass(frozen=True)
class SourceUse:
    """What was used of one energy source, by one machine or by several together.

    quantity: in the source's own unit. energy_kwh: the same as energy, None where the carrier has
    no conversion. readings: rows found. covered_seconds of expected_seconds of time have a reading;
    expected_seconds is None where no meter register tells the interval. asked_seconds: length of
    the period asked about. read_seconds: what the readings stand for, each with its whole interval,
    also one that the edge of the period cuts; None where no meter tells the interval. estimated: of
    the readings, those that were not measured one by one.
    """

    source: EnergySource
    quantity: float
    energy_kwh: float | None
    readings: int
    covered_seconds: float
    expected_seconds: float | None
    first: datetime | None
    last: datetime | None
    asked_seconds: float | None = None
    read_seconds: float | None = None
    estimated: int = 0

    @property
    def estimated_seconds(self) -> float | None:
        """What the estimated readings stand for [s]; None where no meter tells the interval."""
        if self.read_seconds is None or not self.readings:
            return None
        return self.read_seconds * self.estimated / self.readings

    @property
    def told_seconds(self) -> float:
        """What a mean over time divides by [s]: the time that the readings stand for, and all that
        was asked about where no meter tells it."""
        return self.read_seconds if self.read_seconds is not None else self.asked_seconds or 0.0

    @property
    def beyond_intervals_seconds(self) -> float:
        """Time at the edges of the period that no complete interval of the meter lies in [s]."""
        if self.asked_seconds is None or self.expected_seconds is None:
            return 0.0
        return max(0.0, self.asked_seconds - self.expected_seconds)

    @property
    def is_too_coarse(self) -> bool:
        """Whether there are readings and none of them lies in the period with its whole interval:
        they are of a longer time than was asked about."""
        return self.readings > 0 and self.expected_seconds == 0.0

    @property
    def coverage_percent(self) -> float | None:
        """Share of the period that has readings [%], at most 100."""
        return coverage_percent([(self.covered_seconds, self.expected_seconds)])

    @property
    def missing_seconds(self) -> float:
        return max(0.0, (self.expected_seconds or 0.0) - self.covered_seconds)

    def data(self) -> dict[str, object]:
        return {
            "energy_source": self.source.name,
            "quantity": self.quantity if self.readings else None,
            "unit": self.source.unit,
            "energy_kwh": self.energy_kwh,
            "is_purchased": self.source.is_purchased,
            "readings": self.readings,
            "coverage_percent": self.coverage_percent,
            "first_reading": self.first.isoformat() if self.first else None,
            "last_reading": self.last.isoformat() if self.last else None,
        }


@dataclass(frozen=True)
class MachineUse:
    """The energy sources of one machine, in its factory's own cut of the period.

    periods: one stretch, or one for each day of daily hours.
    """

    machine: Machine
    periods: tuple[Period, ...]
    uses: tuple[SourceUse, ...]

    @property
    def period(self) -> Period:
        """From the first stretch to the last."""
        return Period(self.periods[0].start, self.periods[-1].end)

    def data(self) -> dict[str, object]:
        return {
            "machine": self.machine.name,
            "period": period_data(self.period),
            "sources": [use.data() for use in self.uses],
        }


def evidence_of(uses: Sequence[SourceUse]) -> Evidence:
    """What sums of uses rest on; the coverage is None where that of one is unknown."""
    return evidence_between(
        sum(use.readings for use in uses),
        [moment for use in uses for moment in (use.first, use.last)],
        coverage_percent([(use.covered_seconds, use.expected_seconds) for use in uses]),
    )


def coverage_percent(parts: Sequence[tuple[float, float | None]]) -> float | None:
    """Share of time that has readings [%], at most 100; of each part the covered and the expected
    seconds. None where there is no part, or where what to expect of one is not known.

    >>> coverage_percent([(900, 3600), (3600, 3600)]), coverage_percent([(900, None)])
    (62.5, None)
    """
    expected = [seconds for _, seconds in parts if seconds is not None]
    if not parts or len(expected) < len(parts):
        return None
    whole = sum(expected)
    return min(100.0, 100.0 * sum(covered for covered, _ in parts) / whole) if whole else 100.0
