"""The engine's reply to an utterance, and its JSON: the contract that other programs rely on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.evidence import NO_EVIDENCE, Evidence
from enms_core.domain.period import Period, period_data
from enms_core.domain.question import Outcome, Question

# All slots of the contract, in its order, as they are where nothing was said.
EMPTY_SLOTS: dict[str, object] = {
    "machines": [],
    "energy_source": None,
    "period": None,
    "compared_to": None,
    "metric": None,
    "count": None,
    "drivers": [],
    "conditions": {},
    "horizon": None,
    "severity": None,
    "threshold": None,
    "plan": None,
    "person": None,
    "date": None,
    "progress": None,
    "topic": None,
    "kind": None,
}


@dataclass(frozen=True)
class Reply:
    """What to say, and every number behind it.

    told: the machines that it names one by one. figures_of: the intent that `data` answers where it
    is another's, as when an answer is repeated. also: replies to further questions of the same
    utterance, in the order asked; `speech` and `dialogs` have theirs too.
    """

    utterance: str
    lang: str
    outcome: Outcome
    intent: str | None = None
    confidence: float = 0.0
    slots: dict[str, object] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    unknown: str | None = None
    dialogs: tuple[tuple[str, dict[str, str]], ...] = ()
    speech: str = ""
    data: dict[str, object] = field(default_factory=dict)
    issues: tuple[dict[str, object], ...] = ()
    title: str = ""
    figures_of: str | None = None
    evidence: Evidence = NO_EVIDENCE
    told: tuple[UUID, ...] = ()
    elapsed_ms: float = 0.0
    also: tuple[Reply, ...] = ()

    @property
    def asks_back(self) -> bool:
        """Whether it ends in a question to the person."""
        return (self.also or (self,))[-1].outcome == "clarify"

    @property
    def is_ours(self) -> bool:
        """Whether the utterance was meant for this skill at all."""
        return self.outcome != "not_understood"

    def contract(self) -> dict[str, object]:
        """The reply as the contract's JSON object; `also` only where there were two questions."""
        part = self.part()
        found = {name: part.pop(name) for name in ("data", "issues")}
        further = {"also": [reply.part() for reply in self.also]} if self.also else {}
        return {
            "utterance": self.utterance,
            "lang": self.lang,
            **part,
            "dialogs": [[name, slots] for name, slots in self.dialogs],
            "speech": self.speech,
            **found,
            **further,
            "elapsed_ms": round(self.elapsed_ms, 1),
        }

    def part(self) -> dict[str, object]:
        """What one question was taken for, and what was found."""
        return {
            "outcome": self.outcome,
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "slots": self.slots or EMPTY_SLOTS,
            "choices": list(self.choices),
            "unknown": self.unknown,
            "data": self.data,
            "issues": list(self.issues),
        }


def together(reply: Reply, further: Reply) -> Reply:
    """One reply for two questions of an utterance, to be spoken in one go."""
    return replace(
        reply,
        dialogs=(*reply.dialogs, *further.dialogs),
        speech=" ".join(filter(None, (reply.speech, further.speech))),
        also=(replace(further, also=()), *further.also),
    )


def slots_of(
    question: Question | None,
    catalogue: Catalogue,
    period: Period | None,
    compared_to: Period | None,
    due: Period | None = None,
) -> dict[str, object]:
    """The contract's slots; `machines` is empty where everything is meant. due: the day until which
    something is to be done."""
    if question is None:
        return EMPTY_SLOTS
    ids = question.scope.machine_ids if question.scope.kind != "all" else ()
    return EMPTY_SLOTS | {
        "machines": [catalogue.machine(machine_id).name for machine_id in ids],
        "energy_source": _sources(question),
        "period": _period(period, question),
        "compared_to": period_data(compared_to) if compared_to is not None else None,
        "metric": question.metric,
        "count": question.count,
        "drivers": list(question.drivers),
        "conditions": dict(question.conditions),
        "horizon": _horizon(period, question),
        "severity": question.severity,
        "threshold": question.threshold.data() if question.threshold else None,
        "plan": question.plan,
        "person": question.person,
        "date": due.start.date().isoformat() if due is not None else None,
        "progress": question.progress,
        "topic": question.topic,
        "kind": question.kind,
    }


def _sources(question: Question) -> object:
    sources = question.sources
    return sources[0] if len(sources) == 1 else list(sources) or None


def _horizon(period: Period | None, question: Question) -> dict[str, object] | None:
    """A stretch of the future, which is the period then."""
    if period is None or question.horizon is None:
        return None
    return {**period_data(period)}


def _period(period: Period | None, question: Question) -> dict[str, object] | None:
    if period is None:
        return None
    return {**period_data(period), "said": question.period_said}
