"""Which of two models is better, or that there is nothing to compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enms_core.domain.baseline import Model, model_data
from enms_core.domain.baseline_answers import OfSeu
from enms_core.domain.evidence import Evidence
from enms_core.domain.period import Period, period_data
from enms_core.domain.question import Outcome

DecidedBy = Literal["out_of_time", "adjusted_r2", "validity", "unknown"]


@dataclass(frozen=True)
class Candidate:
    """A model in a comparison. version: of a stored one; None for one fitted only to compare, of
    which `drivers` tells what it is made of. period: of training, None where not told."""

    model: Model
    version: int | None = None
    is_active: bool = False
    period: Period | None = None

    def data(self) -> dict[str, object]:
        period = period_data(self.period) if self.period is not None else None
        stored = {"version": self.version, "is_active": self.is_active, "period": period}
        return {**stored, **model_data(self.model)}


@dataclass(frozen=True, kw_only=True)
class BaselineComparison(OfSeu):
    """Which model is better. better: position of the better one, None where they are as good.

    by: what decided: "out_of_time" CV(RMSE), of stored versions each in its own period, of models
    fitted only to compare on the same samples; "adjusted_r2" where those cannot be had; "validity"
    where only one is valid; "unknown" where nothing tells. compared: the driver with and without
    which it was asked about, where it was.
    """

    candidates: tuple[Candidate, ...]
    better: int | None
    by: DecidedBy
    compared: tuple[str, ...] = ()

    def data(self) -> dict[str, object]:
        return {
            **self.of.data(),
            "candidates": [each.data() for each in self.candidates],
            "better": self.better,
            "by": self.by,
            "compared": list(self.compared),
        }

    def evidence(self) -> Evidence:
        return Evidence(
            models=tuple(each.model.proof(each.version, each.period) for each in self.candidates)
        )


@dataclass(frozen=True, kw_only=True)
class NothingToCompare(OfSeu):
    """There are fewer than two versions, and no driver was named to compare with and without."""

    versions: tuple[int, ...]
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {**self.of.data(), "versions": list(self.versions)}
