"""Which report a sentence asks for, by names that are the same in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import Span
from enms_core.language.tokens import tokenize

PREFIX = "report_kind_"


@dataclass(frozen=True)
class ReportKind:
    """name: "monthly", "monthly management review". span: where the utterance says it."""

    name: str
    span: Span


class ReportKindReader:
    """Finds it by one language's lists: `report_kind_<name>`, with _ for a blank."""

    def __init__(self, words: Mapping[str, Sequence[str]], numbers: NumberReader) -> None:
        self._numbers = numbers
        lists = {
            name.removeprefix(PREFIX).replace("_", " "): phrases
            for name, phrases in words.items()
            if name.startswith(PREFIX)
        }
        self._kinds = PhraseTable(lists, numbers)

    def read(self, text: str) -> ReportKind | None:
        """The first kind named, with the kinds right beside it."""
        tokens = self._numbers.canonical_tokens(tokenize(text))
        said = self._kinds.find([token.text for token in tokens])
        if not said:
            return None
        named = [said[0]]
        for match in said[1:]:
            if match.first == named[-1].last:
                named.append(match)
        start, end = tokens[named[0].first].start, tokens[named[-1].last - 1].end
        return ReportKind(" ".join(dict.fromkeys(each.concept for each in named)), (start, end))
