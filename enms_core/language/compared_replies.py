"""The reply that tells what something is to be compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import OpenQuestion, Question, Scope, Understanding
from enms_core.language.open_questions import MOST_WORDS, TakenReply
from enms_core.language.periods import said_periods
from enms_core.language.scope import Meant
from enms_core.language.sentence import Sentence


def compared(sentence: Sentence, meant: Meant, asked: OpenQuestion) -> TakenReply | None:
    """The other thing to compare: machines beside the one named, or a time."""
    question, said = asked.question, said_periods(sentence.periods)
    if meant.choices or sentence.foreign_sources or not (meant.parts or said):
        return None
    if len(sentence.masked) > MOST_WORDS:
        return None
    parts = (*question.parts, *(part for part in meant.parts if part not in question.parts))
    ids = dict.fromkeys(id_ for part in parts for id_ in part.machine_ids)
    if meant.parts:
        question = replace(question, parts=parts, scope=Scope("machines", tuple(ids)))
    question = _compared_times(question, said, bool(meant.parts))
    if question.compared_to is None and len(parts) < 2:
        return TakenReply(Understanding("clarify", 1.0, question, need="comparison"))
    return TakenReply(Understanding("answered", 1.0, question, rest=asked.rest))


def _compared_times(
    question: Question, said: Sequence[PeriodPhrase], names_machines: bool
) -> Question:
    """Two times, or one: the other of a comparison, or that of both machines."""
    if len(said) > 1:
        return replace(question, period=said[0], period_said=True, compared_to=said[1])
    if said and not names_machines:
        return replace(question, compared_to=said[0])
    return replace(question, period=said[0], period_said=True) if said else question
