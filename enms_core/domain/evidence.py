"""What an answer rests on: the reply to "how do you know that?"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class RuleEvidence:
    """A price or a carbon factor that was used for an energy source.

    name: of the tariff, or of the publication that the factor is from; None where not told. basis
    "flat": the source's own figure, because there is no row of its own.
    """

    energy_source: str
    name: str | None
    basis: Literal["tariff", "factor", "flat"]


@dataclass(frozen=True)
class Evidence:
    """readings: rows that were used. coverage_percent: None where it is not known. first, last: the
    starts of the first and the last of them. status_changes: rows of the status history. registers:
    whether the answer is what the registers say. model_version: of a baseline."""

    readings: int = 0
    coverage_percent: float | None = None
    first: datetime | None = None
    last: datetime | None = None
    prices: tuple[RuleEvidence, ...] = ()
    factors: tuple[RuleEvidence, ...] = ()
    status_changes: int = 0
    registers: bool = False
    model_version: int | None = None


NO_EVIDENCE = Evidence()


def evidence_between(
    readings: int, moments: Iterable[datetime | None], coverage_percent: float | None = None
) -> Evidence:
    """Evidence of readings that lie between the first and the last of some instants."""
    known = [moment for moment in moments if moment is not None]
    return Evidence(readings, coverage_percent, min(known, default=None), max(known, default=None))
