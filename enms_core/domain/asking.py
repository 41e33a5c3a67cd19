"""What is asked back before a question can be answered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from enms_core.domain.answer import Answer
from enms_core.domain.question import Need, Outcome


@dataclass(frozen=True, kw_only=True)
class AsksBack(Answer):
    """Something to be settled first. `question` is the one that waits, as far as it is known: the
    next reply completes it. offered: names of drivers that "use those" means."""

    need: Need
    offered: tuple[str, ...] = ()
    outcome: Outcome = "clarify"


@dataclass(frozen=True, kw_only=True)
class AsksWhich(AsksBack):
    """Several SEUs may be meant: which machine (`choices`), or which energy source."""

    choices: tuple[UUID, ...] = ()
    source_choices: tuple[str, ...] = ()
