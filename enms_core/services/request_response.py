"""What goes back to another program: one shape for answers, refusals and failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enms_core.domain.json_values import plain
from enms_core.domain.question import Outcome
from enms_core.services.reply import Reply
from enms_core.services.request_faults import Fault, FaultCode
from enms_core.services.request_fields import VERSION

UNREACHABLE: FaultCode = "database_unreachable"
UNREACHABLE_SECONDS = 10
OF_OUTCOMES: Mapping[Outcome, tuple[FaultCode, str]] = {
    "clarify": ("ambiguous", "asked back; say one of them in the same session"),
    "unknown_machine": ("unknown_machine", "the words name no machine that is known"),
    "unknown_source": ("unknown_source", "the words name no energy source that is known"),
    "no_data": ("no_data", "there is nothing to tell"),
    "not_yet": ("not_built", "understood, but nothing answers it"),
    "not_understood": ("not_understood", "the words are not about energy"),
    "cancelled": ("cancelled", "somebody has stopped it"),
    "error": ("failed_inside", "failed inside; the log tells how"),
}


@dataclass(frozen=True)
class Response:
    """The reply to a request. error: None where it was answered."""

    request: str
    lang: str
    outcome: Outcome
    voice_summary: str
    error: Fault | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    period: Mapping[str, object] | None = None
    issues: tuple[Mapping[str, object], ...] = ()
    elapsed_ms: float = 0.0

    def contract(self) -> dict[str, object]:
        """The response as a JSON object."""
        return {
            "version": VERSION,
            "request": self.request,
            "outcome": self.outcome,
            "lang": self.lang,
            "voice_summary": self.voice_summary,
            "period": plain(self.period),
            "data": plain(self.data),
            "issues": plain(self.issues),
            "error": None if self.error is None else self.error.data(),
            "elapsed_ms": round(self.elapsed_ms, 1),
        }


def asked_contract(reply: Reply, fault: Fault | None = None) -> dict[str, object]:
    """The contract of a question in words, with what every response has. fault: why it was none."""
    error = fault or _fault(reply)
    return {
        "version": VERSION,
        **reply.contract(),
        "voice_summary": reply.speech,
        "error": None if error is None else error.data(),
    }


def _fault(reply: Reply) -> Fault | None:
    """Why a question in words was not answered."""
    if reply.outcome == "answered":
        return None
    code, message = OF_OUTCOMES[reply.outcome]
    if reply.outcome == "error" and any(each.get("code") == "storage" for each in reply.issues):
        return _storage_fault(reply)
    is_open = reply.outcome == "clarify" and not reply.choices
    if is_open:
        code, message = "confirmation_required", "asked back; the reply goes to the same session"
    choices = reply.choices if reply.outcome == "clarify" and reply.choices else None
    return Fault(code, message, "utterance", choices)


def _storage_fault(reply: Reply) -> Fault:
    reason = next(str(each["reason"]) for each in reply.issues if each.get("code") == "storage")
    if any(name == UNREACHABLE for name, _slots in reply.dialogs) or not reply.dialogs:
        return Fault(UNREACHABLE, reason, retry_after_seconds=UNREACHABLE_SECONDS)
    return Fault("database_failed", reason)
