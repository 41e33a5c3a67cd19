"""A time told from another: "last week and the week before"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from enms_core.domain.period import PeriodPhrase
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import Sentence

UNIT = "unit_"


@dataclass(frozen=True)
class SpottedBefore:
    """The unit of time that is gone back, and the words first..last (exclusive) that say it."""

    unit: str
    first: int
    last: int

    def of(self, period: PeriodPhrase) -> PeriodPhrase | None:
        """The unit before a period that is one such unit; None where it is another stretch."""
        if period.kind != "unit" or period.unit != self.unit:
            return None
        return replace(period, offset=period.offset - 1)


class TimesBeforeReader:
    """Finds "the week before" in a sentence of one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._units = PhraseTable(
            {
                name.removeprefix(UNIT): phrases
                for name, phrases in sorted(words.items())
                if name.startswith(UNIT)
            }
        )
        self._before = PhraseTable({"before": words["time_before"]})

    def find(self, sentence: Sentence) -> SpottedBefore | None:
        for match in self._units.find(sentence.texts):
            before = self._before.at(sentence.texts, match.last)
            if before is not None:
                return SpottedBefore(match.concept, match.first, before.last)
        return None
