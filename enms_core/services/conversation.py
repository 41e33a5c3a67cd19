"""Conversations: what each session remembers from turn to turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from enms_core.domain.intents import OF_CONVERSATION
from enms_core.domain.question import OpenQuestion, Outcome, Recalled, Understanding
from enms_core.services.memory import MemoryStore, Remembered, SessionMemory, expiry
from enms_core.services.reply import Reply
from enms_core.services.turn import Turn, worded

# Outcomes that a person may want to hear again.
ANSWERS = frozenset({"answered", "no_data"})
# Outcomes that a person may build on: a question that is not answered yet was understood too.
UNDERSTOOD = frozenset({*ANSWERS, "not_yet"})
# What is said about an answer does not take its place.
ABOUT_ANSWERS = frozenset({"repeat", "evidence"})
# Outcomes after which we wait for other or for more words.
OPEN = frozenset({"clarify", "unknown_machine", "unknown_source"})
# What was not meant for us, or failed, changes nothing.
UNHEARD = frozenset({"not_understood", "error"})


def remembered(
    memory: SessionMemory, heard: Understanding, outcome: Outcome, told: Sequence[UUID]
) -> SessionMemory:
    """What a session knows after a turn. told: the machines that were told one by one.

    An answer replaces the last one; a question back, or an unknown name, waits beside it.
    """
    if outcome in UNHEARD:
        return memory
    memory = replace(
        memory,
        turns=memory.turns + 1,
        open_question=_open_question(heard) if outcome in OPEN else None,
    )
    question = heard.question
    if question is None or outcome not in UNDERSTOOD or question.intent in OF_CONVERSATION:
        return memory
    return replace(memory, recalled=Recalled(question, tuple(told)))


class Conversations:
    """Memory of sessions, in whichever store the front has chosen."""

    def __init__(self, store: MemoryStore, minutes: float) -> None:
        self._store = store
        self._minutes = minutes

    def recall(self, session: str | None, now: datetime) -> SessionMemory | None:
        return self._store.recall(session, now) if session is not None else None

    def after(self, turn: Turn, reply: Reply) -> SessionMemory:
        """What is known after a turn."""
        now = turn.context.now
        memory = turn.memory or SessionMemory(expiry(now, self._minutes))
        if reply.outcome in UNHEARD:
            return memory
        memory = replace(memory, expires_at=expiry(now, self._minutes))
        memory = remembered(memory, turn.understanding, reply.outcome, reply.told)
        if reply.outcome in ANSWERS and reply.intent not in ABOUT_ANSWERS:
            memory = replace(memory, last=_remembered(reply))
        if reply.outcome in ANSWERS and reply.intent not in OF_CONVERSATION:
            memory = replace(memory, evidence=reply.evidence)
        return memory

    def keep(self, turn: Turn, memory: SessionMemory) -> None:
        """Remember it where there is a session; what was not ours leaves no trace."""
        if turn.request.session is not None and memory != turn.memory and memory.turns:
            self._store.keep(turn.request.session, memory)

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


def _open_question(heard: Understanding) -> OpenQuestion | None:
    """What we asked back or did not know, with the choices in the order in which they were
    offered."""
    if heard.question is None:
        return None
    return OpenQuestion(
        heard.question,
        heard.choices,
        heard.source_choices,
        heard.need,
        heard.later,
        heard.outcome,
        heard.unknown,
        heard.rest,
    )
