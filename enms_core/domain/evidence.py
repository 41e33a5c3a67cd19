"""What an answer rests on: the reply to "how do you know that?"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from enms_core.domain.period import Period


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
class ModelEvidence:
    """A baseline that was used. version: None of a model that is not stored. period: of training;
    r2: the share of the variation that it explains; None where they are not known."""

    version: int | None
    period: Period | None = None
    r2: float | None = None


@dataclass(frozen=True)
class Evidence:
    """readings: rows that were used. coverage_percent: None where it is not known. first, last: the
    starts of the first and the last of them. status_changes: rows of the status history. registers:
    whether the answer is what the registers say. models: baselines, the one that counts first."""

    readings: int = 0
    coverage_percent: float | None = None
    first: datetime | None = None
    last: datetime | None = None
    prices: tuple[RuleEvidence, ...] = ()
    factors: tuple[RuleEvidence, ...] = ()
    status_changes: int = 0
    registers: bool = False
    models: tuple[ModelEvidence, ...] = ()


NO_EVIDENCE = Evidence()


def evidence_between(
    readings: int, moments: Iterable[datetime | None], coverage_percent: float | None = None
) -> Evidence:
    """Evidence of readings that lie between the first and the last of some instants."""
    known = [moment for moment in moments if moment is not None]
    return Evidence(readings, coverage_percent, min(known, default=None), max(known, default=None))
