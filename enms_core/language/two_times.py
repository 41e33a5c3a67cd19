"""Two times set against each other, and no machine: "compare this week with last week"."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from enms_core.language.numbers import NumberReader
from enms_core.language.periods import said_periods
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.sentence import MACHINE, PERIOD, Sentence
from enms_core.language.times_before import TimesBeforeReader
from enms_core.language.tokens import words_in

# Word lists whose words say nothing beside what is compared.
SMALL = ("comparing_small", "follow_up_small", "follow_up_words", "period_and")


class TwoTimesReader:
    """Finds such sentences in one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._before = TimesBeforeReader(words)
        self._comparing = PhraseTable({"comparing": words["comparing"]}, numbers)
        self._small = frozenset(word for name in SMALL for word in words_in(words[name]))

    def are_compared(self, sentence: Sentence) -> bool:
        """Whether that is what a sentence asks, of whatever figure."""
        times = len(said_periods(sentence.periods)) + bool(self._before.find(sentence))
        compares = bool(self._comparing.find(sentence.texts))
        return times == 2 and compares and not sentence.machines

    def are_all(self, sentence: Sentence) -> bool:
        """Whether there is nothing else in it: then energy is compared."""
        if not self.are_compared(sentence):
            return False
        return self._says_no_more(sentence, {PERIOD})

    def names_side(self, sentence: Sentence) -> bool:
        """Whether a machine is compared, and nothing else is said: "compare the boiler"."""
        kinds = {spotted.mention.kind for spotted in sentence.machines}
        is_known = bool(kinds) and "unknown" not in kinds
        compares = bool(self._comparing.find(sentence.texts))
        return is_known and compares and self._says_no_more(sentence, {PERIOD, MACHINE})

    def _says_no_more(self, sentence: Sentence, slots: Collection[str]) -> bool:
        said = covered(self._comparing.find(sentence.texts))
        before = self._before.find(sentence)
        if before is not None:
            said |= frozenset(range(before.first, before.last))
        return all(
            index in said or word in slots or word in self._small
            for index, word in enumerate(sentence.texts)
        )
