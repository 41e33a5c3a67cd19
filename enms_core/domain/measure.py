"""One figure of a metric for some machines over a period: what is ranked and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from enms_core.domain.answer import DataIssue
from enms_core.domain.catalogue import Machine
from enms_core.domain.evidence import NO_EVIDENCE, Evidence
from enms_core.domain.period import Period
from enms_core.domain.units import KWH_PER_UNIT, LARGER_UNIT
from enms_core.domain.use import coverage_percent

UNITS_MADE = "units"
KWH_PER_UNIT_MADE = "kWh/unit"
CARBON_UNIT = "kg"

# Why a machine has no figure. The first three can be told as issues of the readings already.
Reason = Literal[
    "no_readings",
    "not_metered",
    "unreadable",
    "energy_content_unknown",
    "power_unknown",
    "not_current",
    "no_production",
    "no_common_hours",
    "no_output",
    "no_price",
    "no_factor",
    "other_currency",
]
# Reasons of machines that make nothing: no part of a total is missing with them.
MAKES_NOTHING: frozenset[Reason] = frozenset({"no_production", "no_common_hours", "no_output"})
# What an incomplete figure lacks.
Lack = Literal["readings", "price", "factor", "energy_content"]
LACK_OF: Mapping[Reason, Lack] = MappingProxyType(
    {
        "energy_content_unknown": "energy_content",
        "no_price": "price",
        "other_currency": "price",
        "no_factor": "factor",
    }
)
_CODE_OF: Mapping[Reason, str] = MappingProxyType(
    {
        "no_readings": "readings.machine_missing",
        "not_metered": "machines.not_metered",
        "unreadable": "sources.unreadable",
    }
)
_NO_METER: frozenset[Reason | None] = frozenset({"not_metered", "unreadable"})


@dataclass(frozen=True)
class Kind:
    """What an amount counts: only amounts of one kind are added, ranked or compared.

    unit: None for money, which has a currency (None where that is not told). source: the energy
    source, where amounts of one source are meant and not energy as a whole.
    """

    unit: str | None = None
    currency: str | None = None
    source: str | None = None

    def data(self) -> dict[str, object]:
        """The unit, or the currency of money."""
        head: dict[str, object] = (
            {"currency": self.currency} if self.unit is None else {"unit": self.unit}
        )
        return head if self.source is None else {**head, "energy_source": self.source}


@dataclass(frozen=True)
class Amount:
    """A figure of one kind: a quantity, or a quantity `per` something (energy per units made)."""

    kind: Kind
    quantity: float
    per: float | None = None

    @property
    def value(self) -> float:
        """In the unit of the kind. Amounts with a `per` have one above zero."""
        return self.quantity if self.per is None else self.quantity / self.per


@dataclass(frozen=True)
class Figure:
    """What was measured of one machine.

    amounts: one; several where money is in several currencies, or where energy sources that were
    named cannot be added. apart: each energy source in its own unit, for when energy as a whole is
    not known; `reason` then says why `amounts` is empty. hours: length of the machine's own cut of
    the period. clock_hours: the same on the clock of its site, where every day has 24 of them, also
    those of 23 and 25 hours. covered_seconds of expected_seconds of time have a reading;
    expected_seconds is None where it is not known. partial: what a part of it lacks, so that it is
    less than the whole.
    """

    machine: Machine
    amounts: tuple[Amount, ...] = ()
    hours: float = 0.0
    clock_hours: float = 0.0
    covered_seconds: float = 0.0
    expected_seconds: float | None = None
    partial: Lack | None = None
    apart: tuple[Amount, ...] = ()
    reason: Reason | None = None

    @property
    def coverage_percent(self) -> float | None:
        return _coverage_percent((self,))


@dataclass(frozen=True)
class LeftOut:
    """A machine that was asked about and has no figure."""

    machine: Machine
    reason: Reason

    def data(self) -> dict[str, object]:
        return {"machine": self.machine.name, "reason": self.reason}


@dataclass(frozen=True)
class Measured:
    """What was measured of some machines over a period, machine by machine.

    period: the stretch that is told, in the zone of the machines. issues: of the readings behind.
    """

    period: Period
    figures: tuple[Figure, ...]
    issues: tuple[DataIssue, ...] = ()
    evidence: Evidence = field(default=NO_EVIDENCE)

    @property
    def coverage_percent(self) -> float | None:
        """Share of the time that has readings [%], of all machines that have a meter together."""
        return _coverage_percent([each for each in self.figures if each.reason not in _NO_METER])

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return tuple(LeftOut(each.machine, each.reason) for each in self.figures if each.reason)


def _coverage_percent(figures: Sequence[Figure]) -> float | None:
    return coverage_percent([(each.covered_seconds, each.expected_seconds) for each in figures])


def left_out_issues(
    left_out: Iterable[LeftOut], issues: Sequence[DataIssue]
) -> tuple[DataIssue, ...]:
    """The issues of the readings, and one for each further reason why machines have no figure."""
    machines: dict[str, list[Machine]] = {}
    for each in left_out:
        code = _CODE_OF.get(each.reason, f"figures.{each.reason}")
        machines.setdefault(code, []).append(each.machine)
    told = {issue.code for issue in issues}
    further = (
        DataIssue(code, machines=tuple(found))
        for code, found in machines.items()
        if code not in told
    )
    return (*issues, *further)


def in_unit(value: float, unit: str, wanted: str) -> float | None:
    """A value in another unit of the same quantity; None where it is of another one.

    >>> in_unit(2, "MWh", "kWh"), in_unit(500, "W", "kW"), in_unit(1, "kW", "kWh")
    (2000.0, 0.5, None)
    """
    if unit == wanted:
        return value
    if unit in KWH_PER_UNIT and wanted in KWH_PER_UNIT:
        return value * KWH_PER_UNIT[unit] / KWH_PER_UNIT[wanted]
    larger, smaller = _steps(wanted, unit), _steps(unit, wanted)
    if larger is not None:
        return value * larger
    return None if smaller is None else value / smaller


def _steps(small: str, large: str) -> float | None:
    """How many of a unit go into a larger one; None where no larger one is called so."""
    unit, factor = small, 1.0
    while unit != large:
        if unit not in LARGER_UNIT:
            return None
        unit, step = LARGER_UNIT[unit]
        factor *= step
    return factor
