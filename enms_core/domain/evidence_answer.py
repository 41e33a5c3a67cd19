"""The answer to "how do you know that?"."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from enms_core.domain.answer import Answer
from enms_core.domain.evidence import Evidence, ModelEvidence, RuleEvidence
from enms_core.domain.period import period_data
from enms_core.domain.question import Outcome


@dataclass(frozen=True, kw_only=True)
class EvidenceAnswer(Answer):
    """What the last answer rests on. now: the instant that the age of its data is told from."""

    basis: Evidence
    now: datetime

    def data(self) -> dict[str, object]:
        basis = self.basis
        return {
            "readings": basis.readings,
            "coverage_percent": basis.coverage_percent,
            "first_reading": basis.first.isoformat() if basis.first else None,
            "last_reading": basis.last.isoformat() if basis.last else None,
            "prices": _rules(basis.prices),
            "factors": _rules(basis.factors),
            "status_changes": basis.status_changes,
            "registers": basis.registers,
            "model_version": basis.models[0].version if basis.models else None,
            "models": [_model(model) for model in basis.models],
        }

    def evidence(self) -> Evidence:
        return self.basis


@dataclass(frozen=True, kw_only=True)
class NothingToProve(Answer):
    """Nothing was answered before."""

    outcome: Outcome = "no_data"


def _rules(rules: tuple[RuleEvidence, ...]) -> list[dict[str, object]]:
    return [asdict(rule) for rule in rules]


def _model(model: ModelEvidence) -> dict[str, object]:
    period = period_data(model.period) if model.period is not None else None
    return {"version": model.version, "period": period, "r2": model.r2}
