"""What a sentence asks of action plans: who, until when, what they saved, or which of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.domain.question import PlanAsked
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseTable, covered

# What is asked of a plan comes before which of them is meant.
OF_A_PLAN: tuple[PlanAsked, ...] = ("responsible", "savings", "due")
WHICH: tuple[PlanAsked, ...] = (
    "overdue",
    "open",
    "completed",
    "cancelled",
    "in_progress",
    "planned",
)
IN_ORDER = ("responsible", "savings", "overdue", "due", *WHICH[1:])


@dataclass(frozen=True)
class SaidAsked:
    """taken: positions of the words that say it."""

    asked: PlanAsked | None
    taken: frozenset[int]


class PlanAskedReader:
    """Reads it in one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        def phrases(asked: PlanAsked) -> Sequence[str]:
            return words.get(f"plan_asked_{asked}", words.get(f"progress_{asked}", ()))

        known: tuple[PlanAsked, ...] = (*OF_A_PLAN, *WHICH)
        self._phrases = PhraseTable({asked: phrases(asked) for asked in known}, numbers)

    def read(self, texts: Sequence[str]) -> SaidAsked:
        found = self._phrases.find(texts)
        told = {match.concept for match in found}
        asked = next((each for each in IN_ORDER if each in told), None)
        return SaidAsked(asked, covered(found))
