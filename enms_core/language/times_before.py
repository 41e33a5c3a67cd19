"""A time told from another: "last week and the week before", "this week as against the last"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from enms_core.domain.period import PeriodPhrase
from enms_core.language.phrases import PhraseMatch, PhraseTable
from enms_core.language.sentence import Sentence

UNIT = "unit_"
# Words for a number of such a unit: "the third quarter against the second".
NUMBERS: Mapping[str, int] = {
    "time_first": 1,
    "time_second": 2,
    "time_third": 3,
    "time_fourth": 4,
}
NUMBERED_UNITS = ("quarter", "half")


@dataclass(frozen=True)
class SpottedBefore:
    """The unit of time that is gone back, None where it is that of the time told before, and the
    words first..last (exclusive) that say it. number: which one of the same year, instead."""

    unit: str | None
    first: int
    last: int
    number: int | None = None

    def said(self, sentence: Sentence, text: str) -> str:
        """Those words, as they were said."""
        return text[sentence.words[self.first].start : sentence.words[self.last - 1].end]

    def of(self, period: PeriodPhrase) -> PeriodPhrase | None:
        """The unit before a period that is one such unit; None where it is another stretch."""
        if self.number is not None:
            return replace(period, number=self.number) if _is_numbered(period) else None
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
        self._last = PhraseTable({"before": words.get("time_before_last", ())})
        self._numbers = PhraseTable({name: words.get(name, ()) for name in NUMBERS})
        self._may_follow = frozenset(words["before_machine"])

    def find(self, sentence: Sentence) -> SpottedBefore | None:
        for match in self._units.find(sentence.texts):
            before = self._before.at(sentence.texts, match.last)
            if before is not None:
                return SpottedBefore(match.concept, match.first, before.last)
        if not sentence.periods:
            return None
        if len(sentence.periods) == 1 and _is_numbered(sentence.periods[0].phrase):
            for match in self._without_noun(self._numbers, sentence.texts):
                return SpottedBefore(None, match.first, match.last, NUMBERS[match.concept])
        alone = self._alone.find(sentence.texts)
        alone += self._without_noun(self._last, sentence.texts)
        return SpottedBefore(None, alone[0].first, alone[0].last) if alone else None

    def _without_noun(self, table: PhraseTable, texts: Sequence[str]) -> list[PhraseMatch]:
        """ "This week versus last": nothing behind it says the last of what."""
        return [
            match
            for match in table.find(texts)
            if match.last == len(texts) or texts[match.last] in self._may_follow
        ]


def _is_numbered(period: PeriodPhrase) -> bool:
    return period.kind == "nth" and period.unit in NUMBERED_UNITS
