"""Where a sentence asks something else than its wording alone was taken for: two figures side by
side are a comparison, a figure of each machine is a ranking, machines in a state no list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enms_core.domain.intents import COMPARISON, INTENTS, RANKING
from enms_core.language.numbers import NumberReader
from enms_core.language.periods import said_periods
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.questions import OF_ONE_MACHINE
from enms_core.language.scope import Meant
from enms_core.language.sentence import Sentence
from enms_core.language.times_before import TimesBeforeReader

STATUS = "machine_status"
MACHINES = "machine_list"


@dataclass(frozen=True)
class Turned:
    """The intent that is asked. metric: what a comparison or ranking is by, where the intent was
    turned into one. is_of_each: every machine is wanted. is_of_all: everything is meant, though no
    machine is named. taken: positions of the words that told so."""

    intent: str
    metric: str | None = None
    is_of_each: bool = False
    is_of_all: bool = False
    taken: frozenset[int] = frozenset()


class TurnReader:
    """Tells so in one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._before = TimesBeforeReader(words)
        self._comparing = PhraseTable({"comparing": words["comparing"]}, numbers)
        self._by_machine = PhraseTable({"by_machine": words["by_machine"]}, numbers)
        self._states = PhraseTable({"state": words["machine_state"]}, numbers)
        self._which = PhraseTable({"which": words["which_machines"]}, numbers)
        self._quantities = PhraseTable(
            {name: words[f"metric_{name}"] for name in ("energy", "cost", "carbon")}, numbers
        )

    def read(self, sentence: Sentence, intent: str, meant: Meant) -> Turned:
        """What a sentence asks that was taken for an intent."""
        if self.compares(sentence) and self._has_two_sides(sentence, intent, meant):
            metric = intent if intent in OF_ONE_MACHINE else INTENTS[COMPARISON].metric
            return Turned(COMPARISON, metric)
        which = [] if _names_machines(sentence) else self._which.find(sentence.texts)
        if intent == MACHINES and which and self._states.find(sentence.texts):
            return Turned(STATUS, is_of_all=True)
        if intent not in OF_ONE_MACHINE:
            return Turned(intent)
        each = self._by_machine.find(sentence.texts)
        if each or which:
            return Turned(RANKING, intent, bool(each), taken=covered([*each, *which]))
        return Turned(self._of_quantity(sentence, intent))

    def compares(self, sentence: Sentence) -> bool:
        """Whether a word sets one thing against another."""
        return bool(self._comparing.find(sentence.texts))

    def _has_two_sides(self, sentence: Sentence, intent: str, meant: Meant) -> bool:
        """Whether figures of two names or times are asked; a state is compared by none."""
        times = len(said_periods(sentence.periods)) + bool(self._before.find(sentence))
        several = len(meant.parts) > 1
        return (intent in OF_ONE_MACHINE and (several or times == 2)) or (
            intent == STATUS and several
        )

    def _of_quantity(self, sentence: Sentence, intent: str) -> str:
        """The figure that is named, where it is another than energy."""
        named = {match.concept for match in self._quantities.find(sentence.texts)}
        return named.pop() if len(named) == 1 and intent == "energy" else intent


def _names_machines(sentence: Sentence) -> bool:
    """Whether machines are named, and not only where they stand."""
    return not {each.mention.kind for each in sentence.machines} <= {"site", "everything"}
