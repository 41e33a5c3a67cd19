"""What becomes of a question that we asked back: completed by a choice, asked again, or left
waiting by a question in return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from enms_core.domain.intents import COMPARISON
from enms_core.domain.question import (
    ASKED_BY_SERVICE,
    OpenQuestion,
    Question,
    Scope,
    Understanding,
)
from enms_core.language.scope import Meant

DRIVER_LIST = "driver_list"
# A reply with words that say nothing to us is short.
MOST_WORDS = 5


@dataclass(frozen=True)
class TakenReply:
    """What a reply was taken for. is_whole: every word of it was understood; otherwise it is a
    reply only where it is no question of its own."""

    understanding: Understanding
    is_whole: bool = True


def drivers_of(asked: OpenQuestion, found: Question | None = None) -> Understanding:
    """Which drivers the energy source has of a question that waits. found: asked in other words."""
    basis = found or Question(DRIVER_LIST, asked.question.scope, asked.question.period)
    return Understanding("answered", 1.0, replace(basis, sources=asked.question.sources))


def lacks_machine(asked: OpenQuestion) -> bool:
    """Whether it waits for a machine."""
    is_unknown = asked.outcome == "unknown_machine"
    return is_unknown or asked.need == "machine" or bool(asked.choices)


def lacks_source(asked: OpenQuestion) -> bool:
    """Whether it waits for an energy source."""
    return asked.outcome == "unknown_source" or asked.need == "energy_source"


def completed(asked: OpenQuestion, chosen: Sequence[UUID]) -> Question:
    """The question with the choice in its place: in the scope, or left out of it, and in the part
    of a comparison that was open."""
    question, scope_ids = asked.question, asked.question.scope.machine_ids
    ids = tuple(chosen)
    parts = tuple(
        dict.fromkeys(
            Scope("machines", ids) if set(part.machine_ids) == set(asked.choices) else part
            for part in question.parts
        )
    )
    known = tuple(id_ for id_ in scope_ids if id_ not in ids)
    if asked.need == "machine" and ids == asked.choices:
        return replace(question, scope=Scope("all", ids))
    # A choice among machines that are all in the question is about which to leave out.
    if set(asked.choices) <= set(scope_ids):
        return replace(question, scope=Scope("group", known), parts=parts)
    return replace(question, scope=Scope("machines", (*known, *ids)), parts=parts)


def named_anew(asked: OpenQuestion, meant: Meant) -> Question:
    """The question with machines that we did not offer: in the place of an unknown one, beside
    those that are known already; in the place of a choice; or as all that it is about."""
    question, known = asked.question, asked.question.scope
    if asked.choices and asked.need != "machine" and meant.scope.kind == "machines":
        return completed(asked, meant.scope.machine_ids)
    parts = meant.parts if question.intent == COMPARISON else ()
    if asked.outcome == "unknown_machine" and known.is_said and known.kind == "machines":
        ids = dict.fromkeys((*known.machine_ids, *meant.scope.machine_ids))
        scope = Scope("machines", tuple(ids))
        return replace(question, scope=scope, parts=(*question.parts, *parts))
    return replace(question, scope=meant.scope, parts=parts)


def without(asked: OpenQuestion, wrong: Sequence[UUID]) -> OpenQuestion:
    """The question without choices that were not meant."""
    return replace(asked, choices=tuple(id_ for id_ in asked.choices if id_ not in wrong))


def again(asked: OpenQuestion, question: Question) -> Understanding:
    """The same question back, about a question of which more may be known by now. What a service
    asked it asks again."""
    if asked.need in ASKED_BY_SERVICE:
        return Understanding("answered", 1.0, replace(question, confirmed=False), rest=asked.rest)
    return Understanding(
        asked.outcome,
        1.0,
        question,
        asked.choices,
        asked.source_choices,
        asked.need,
        asked.unknown,
        asked.later,
        rest=asked.rest,
    )
