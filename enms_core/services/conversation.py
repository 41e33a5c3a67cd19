"""Conversations: what each session remembers from turn to turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from enms_core.domain.intents import OF_CONVERSATION
from enms_core.domain.question import OpenQuestion, Recalled
from enms_core.services.memory import MemoryStore, Remembered, SessionMemory, expiry
from enms_core.services.reply import Reply
from enms_core.services.turn import Turn, worded

# Outcomes that a person may want to hear again or build on.
ANSWERS = frozenset({"answered", "no_data"})
# What is said about an answer does not take its place.
ABOUT_ANSWERS = frozenset({"repeat", "evidence"})


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
        memory = replace(
            turn.memory or SessionMemory(turn.context.now),
            expires_at=expiry(turn.context.now, self._minutes),
            open_question=_open_question(turn) if reply.outcome == "clarify" else None,
        )
        memory = replace(memory, turns=memory.turns + 1)
        if reply.outcome in ANSWERS and reply.intent not in ABOUT_ANSWERS:
            memory = replace(memory, last=_remembered(reply))
        if reply.outcome in ANSWERS and reply.intent not in OF_CONVERSATION:
            memory = replace(memory, recalled=_recalled(turn, reply), evidence=reply.evidence)
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
            figures_of=last.intent,
        )


def _remembered(reply: Reply) -> Remembered:
    return Remembered(
        dialogs=reply.dialogs,
        speech=reply.speech,
        data=reply.data,
        issues=reply.issues,
        slots=reply.slots,
        title=reply.title,
        intent=reply.intent,
    )


def _recalled(turn: Turn, reply: Reply) -> Recalled | None:
    question = turn.understanding.question
    return Recalled(question, reply.told) if question is not None else None


def _open_question(turn: Turn) -> OpenQuestion | None:
    """What we asked back, with the choices in the order in which they were offered."""
    asked = turn.understanding
    is_open = asked.choices or asked.source_choices or asked.need == "comparison"
    if asked.question is None or not is_open:
        return None
    return OpenQuestion(
        asked.question, asked.choices, asked.source_choices, asked.need, asked.later
    )
