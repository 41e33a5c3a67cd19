"""Conversations: what each session remembers from turn to turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from enms_core.domain.intents import OF_CONVERSATION, PLANNING, SAVING
from enms_core.domain.question import (
    ASKED_BY_SERVICE,
    OpenQuestion,
    Outcome,
    Recalled,
    Understanding,
)
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
# Asked in between, they leave a service's question waiting.
BESIDE = frozenset({"explain_term", "driver_list", "help", "repeat"})
# What was not meant for us, or failed, changes nothing but that no yes is waited for any more.
UNHEARD = frozenset({"not_understood", "error"})


def remembered(
    memory: SessionMemory,
    heard: Understanding,
    outcome: Outcome,
    told: Sequence[UUID],
    version: int | None = None,
) -> SessionMemory:
    """What a session knows after a turn. told: the machines that were told one by one. version: of
    the baseline that the answer rests on.

    An answer replaces the last one; a question back, or an unknown name, waits beside it.
    """
    if outcome in UNHEARD:
        return _after_unheard(memory, heard)
    memory = replace(memory, turns=memory.turns + 1, open_question=_waiting(memory, heard, outcome))
    question = heard.question
    if question is not None and question.intent == PLANNING and heard.need == "offer":
        # What to do was told, and a plan is offered beside it: "it" is what that was about.
        # What one measure costs is no other's cost.
        about = replace(question, cost=None, of_payback=False, confirmed=False)
        told_of = replace(about, intent=SAVING, sources=())
        return replace(memory, recalled=Recalled(told_of, tuple(told), version))
    if question is None or outcome not in UNDERSTOOD or question.intent in OF_CONVERSATION:
        return memory
    # A yes is to one question: what builds on it is asked about anew.
    question = replace(question, confirmed=False)
    return replace(memory, recalled=Recalled(question, tuple(told), version))


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
            return _after_unheard(memory, turn.understanding)
        memory = replace(memory, expires_at=expiry(now, self._minutes))
        models = reply.evidence.models
        version = models[0].version if len(models) == 1 else None
        memory = remembered(memory, turn.understanding, reply.outcome, reply.told, version)
        if reply.outcome in ANSWERS and reply.intent not in ABOUT_ANSWERS:
            memory = replace(memory, last=_remembered(reply))
        if reply.outcome in ANSWERS and reply.intent not in OF_CONVERSATION:
            memory = replace(memory, evidence=reply.evidence)
        return memory

    def give_up(self, session: str | None, now: datetime) -> None:
        """Wait for no yes any more: after words that we did not understand, or failed at."""
        memory = self.recall(session, now)
        if session is not None and memory is not None and _waits_for_yes(memory):
            self._store.keep(session, replace(memory, open_question=None))

    def keep(self, turn: Turn, memory: SessionMemory) -> None:
        """Remember it where there is a session; what was not ours leaves no trace else."""
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


def _after_unheard(memory: SessionMemory, heard: Understanding) -> SessionMemory:
    """A yes after words that were not understood would be to something else than was told; a yes
    that failed may be said again."""
    is_yes = heard.question is not None and heard.question.confirmed
    gives_up = _waits_for_yes(memory) and not is_yes
    return replace(memory, open_question=None) if gives_up else memory


def _waits_for_yes(memory: SessionMemory) -> bool:
    return memory.open_question is not None and memory.open_question.need == "confirmation"


def _waiting(memory: SessionMemory, heard: Understanding, outcome: Outcome) -> OpenQuestion | None:
    """What waits for a reply after a turn: what was asked now, or asked before and left so."""
    asked = memory.open_question
    if outcome in OPEN:
        return _open_question(heard, asked)
    is_beside = heard.question is not None and heard.question.intent in BESIDE
    is_left = is_beside and asked is not None and asked.need in ASKED_BY_SERVICE
    return asked if is_left else None


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


def _open_question(heard: Understanding, before: OpenQuestion | None) -> OpenQuestion | None:
    """What we asked back or did not know, with the choices in the order in which they were
    offered. before: what waited until now; what was asked first waits on with it."""
    if heard.question is None:
        return None
    first = before.first_of(heard.question) if before is not None else None
    return OpenQuestion(
        heard.question,
        heard.choices,
        heard.source_choices,
        heard.need,
        heard.later,
        heard.outcome,
        heard.unknown,
        heard.rest,
        heard.offered,
        heard.first or first,
    )
