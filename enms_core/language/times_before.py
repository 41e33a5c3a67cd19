"""A time told from another: "last week and the week before", "this week as against the last"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from enms_core.domain.period import PeriodPhrase
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import Sentence

UNIT = "unit_"


@dataclass(frozen=True)
class SpottedBefore:
    """The unit of time that is gone back, None where it is that of the time told before, and the
    words first..last (exclusive) that say it."""

    unit: str | None
    first: int
    last: int

    def of(self, period: PeriodPhrase) -> PeriodPhrase | None:
        """The unit before a period that is one such unit; None where it is another stretch."""
        if period.kind != "unit" or self.unit not in (None, period.unit):
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
        self._alone = PhraseTable({"before": words.get("time_before_alone", ())})

    def find(self, sentence: Sentence) -> SpottedBefore | None:
        for match in self._units.find(sentence.texts):
            before = self._before.at(sentence.texts, match.last)
            if before is not None:
                return SpottedBefore(match.concept, match.first, before.last)
        alone = self._alone.find(sentence.texts) if sentence.periods else []
        return SpottedBefore(None, alone[0].first, alone[0].last) if alone else None
