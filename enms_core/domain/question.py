"""What a person asked: the language-neutral question behind a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from enms_core.domain.period import PeriodPhrase

Outcome = Literal[
    "answered",
    "clarify",
    "cancelled",
    "unknown_machine",
    "unknown_source",
    "no_data",
    "not_yet",
    "not_understood",
    "error",
]

ScopeKind = Literal["machines", "group", "site", "all"]


@dataclass(frozen=True)
class Scope:
    """The machines a question is about.

    `kind` says how they were named, because the answer names them the same way: single machines,
    a group of a kind ("all compressors"), one site, or everything. `label` is the group's type or
    the site's name.
    """

    kind: ScopeKind
    machine_ids: tuple[UUID, ...]
    label: str | None = None


@dataclass(frozen=True)
class Question:
    """An intent and its slots.

    `sources` is empty when no carrier was named: energy as a whole. `period_said` is False where
    the period is the intent's default. Slots that no built service reads yet are kept out of
    here; the contract's JSON carries them as null.
    """

    intent: str
    scope: Scope
    period: PeriodPhrase
    sources: tuple[str, ...] = ()
    period_said: bool = False
    compared_to: PeriodPhrase | None = None
    metric: str | None = None


@dataclass(frozen=True)
class Understanding:
    """What a sentence was taken for.

    `outcome` is `answered` where the question is complete and a service may answer it. `question`
    is None only for `not_understood` and `cancelled`. `choices` are the machines when we ask
    back, `unknown` the words that name nothing we know.
    """

    outcome: Outcome
    confidence: float
    question: Question | None = None
    choices: tuple[UUID, ...] = ()
    unknown: str | None = None


NOT_UNDERSTOOD = Understanding("not_understood", 0.0)


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits for the person to choose one of some machines."""

    question: Question
    choices: tuple[UUID, ...] = field(default=())
