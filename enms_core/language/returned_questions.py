"""Words that are no reply to what we asked back: a question in return, or something for others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseTable, covered

ASKS, KNOWN = "asks", "known"
# Phrases that begin like a question and are a reply: "what you suggest", "why not".
REPLIES = (
    "confirm_yes",
    "confirm_no",
    "drivers_offered",
    "drivers_every",
    "training_period_all",
    "training_period_usual",
)
UNCLEAR = ("choice_unclear", "reply_doubt")
SMALL = ("reply_filler", "reply_small", "follow_up_small", "correction")
NOT = ("drivers_without", "drivers_out", "correction_not")


class ReturnReader:
    """Words that are no reply to a service: a question in return, or something for others."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        of_others: Collection[str],
        numbers: NumberReader,
    ) -> None:
        def phrases(*names: str) -> list[str]:
            return [phrase for name in names for phrase in words[name]]

        self._of_others = frozenset(of_others)
        self._asking = PhraseTable({KNOWN: phrases(*REPLIES), ASKS: words["reply_asking"]})
        self._unclear = PhraseTable({"unclear": phrases(*UNCLEAR)})
        self._small = PhraseTable({"small": phrases(*SMALL)})
        self._drivers = PhraseTable({"asked": words["drivers_asked"]})
        self._corrections = PhraseTable({"correction": words["correction"]})
        self._not = PhraseTable({"not": phrases(*NOT)}, numbers)

    def asks(self, texts: Sequence[str]) -> bool:
        """Whether something is asked in return; "what?" and "why" alone are no such question."""
        is_asked = any(match.concept == ASKS for match in self._asking.find(texts))
        return is_asked and not self._is_all(self._unclear, texts)

    def asks_for_drivers(self, texts: Sequence[str]) -> bool:
        """Whether it is asked which drivers there are, and nothing else."""
        return self._is_all(self._drivers, texts)

    def corrects(self, texts: Sequence[str]) -> bool:
        """Whether something is taken back."""
        return bool(self._corrections.find(texts))

    def denies(self, texts: Sequence[str]) -> bool:
        """Whether there is a "not" in it."""
        return bool(self._not.find(texts))

    def is_for_others(self, texts: Sequence[str], masked: Sequence[str]) -> bool:
        """Whether it asks, or begins like what is said to other skills. masked: with what we know
        taken out."""
        small = covered(self._small.find(masked))
        first = next((text for i, text in enumerate(masked) if i not in small), "")
        return first in self._of_others or self.asks(texts)

    def _is_all(self, table: PhraseTable, texts: Sequence[str]) -> bool:
        found = table.find(texts)
        return bool(found) and len(covered([*found, *self._small.find(texts)])) == len(texts)
