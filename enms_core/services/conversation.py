"""Conversations: what each session remembers from turn to turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from enms_core.domain.question import OpenQuestion
from enms_core.services.memory import MemoryStore, Remembered, SessionMemory, expiry
from enms_core.services.reply import Reply
from enms_core.services.turn import Turn, worded

# Outcomes that a person may want to hear again or build on.
ANSWERS = frozenset({"answered", "no_data"})


class Conversations:
    """Memory of sessions, in whichever store the front has chosen."""

    def __init__(self, store: MemoryStore, minutes: float) -> None:
        self._store = store
        self._minutes = minutes

    def recall(self, session: str | None, now: datetime) -> SessionMemory | None:
        return self._store.recall(session, now) if session is not None else None

    def keep(self, turn: Turn, reply: Reply) -> None:
        """Remember an answer or a question back; other outcomes leave the last answer as it is."""
        session = turn.request.session
        if session is None or not reply.is_ours or reply.outcome == "error":
            return
        before = turn.memory or SessionMemory(turn.context.now)
        answered = reply.outcome in ANSWERS and reply.intent != "repeat"
        memory = SessionMemory(
            expires_at=expiry(turn.context.now, self._minutes),
            turns=before.turns + 1,
            last=_remembered(turn, reply) if answered else before.last,
            open_question=_open_question(turn) if reply.outcome == "clarify" else None,
        )
        self._store.keep(session, memory)

    def repeated(self, turn: Turn, reply: Reply) -> Reply:
        """The last answer again, word for word."""
        last = turn.memory.last if turn.memory is not None else None
        if last is None:
            return worded(turn, reply, [("nothing_to_repeat", {})], "no_data")
        return replace(
            reply,
            dialogs=last.dialogs,
            speech=last.speech,
            data=last.data,
            issues=last.issues,
            slots=last.slots,
            title=last.title,
        )


def _remembered(turn: Turn, reply: Reply) -> Remembered:
    question = turn.understanding.question
    return Remembered(
        question=question,
        dialogs=reply.dialogs,
        speech=reply.speech,
        data=reply.data,
        issues=reply.issues,
        slots=reply.slots,
        title=reply.title,
        evidence=reply.evidence,
    )


def _open_question(turn: Turn) -> OpenQuestion | None:
    """What we asked back, with the machines in the order in which they were offered."""
    question = turn.understanding.question
    if question is None or not turn.understanding.choices:
        return None
    return OpenQuestion(question, turn.understanding.choices)
