"""Sentences that take back what was said: "no, the European one", "I meant last week", "not the
boiler, the compressor"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import MACHINE, PERIOD, SOURCE, Sentence

NAMED = frozenset({MACHINE, PERIOD, SOURCE})


@dataclass(frozen=True)
class Correction:
    """text: the words for what is meant, empty where only is said what was not. wrong: the words
    for what was not meant."""

    text: str
    wrong: str = ""


class CorrectionReader:
    """Finds them in one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._marks = PhraseTable({"correction": words["correction"]}, numbers)
        self._ends = PhraseTable({"correction": words["correction_end"]}, numbers)
        self._not = frozenset(words["correction_not"])
        self._but = frozenset(words["correction_but"])
        self._small = frozenset((*words["article"], *words["follow_up_small"]))

    def read(self, sentence: Sentence, text: str) -> Correction | None:
        """What a sentence corrects, None where nothing of it does."""
        texts = sentence.texts
        first, last = self._inner(texts)
        if first >= last:
            return None
        begin, end = self._wrong(texts, first, last)
        if begin == end:
            is_marked = (first, last) != (0, len(texts))
            return Correction(_said(sentence, text, first, last)) if is_marked else None
        behind = end + (end < last and texts[end] in self._but)
        kept = (_said(sentence, text, first, begin), _said(sentence, text, behind, last))
        return Correction(" ".join(filter(None, kept)), _said(sentence, text, begin + 1, end))

    def denies(self, texts: Sequence[str]) -> bool:
        """Whether something is said that is not meant."""
        return not self._not.isdisjoint(texts)

    def _inner(self, texts: Sequence[str]) -> tuple[int, int]:
        """The words between those that mark a correction."""
        first, last = 0, len(texts)
        while (mark := self._marks.at(texts, first)) is not None:
            first = mark.last
        for match in self._ends.find(texts):
            if match.last == last and match.first > first:
                last = match.first
        return first, last

    def _wrong(self, texts: Sequence[str], first: int, last: int) -> tuple[int, int]:
        """The words from "not" to the end of what was not meant; none where nothing is denied.

        "Everything but not the boiler" leaves out: there it stands behind more than names."""
        for index in range(first, last):
            if texts[index] in self._not and self._says_only_names(texts[first:index]):
                end = self._behind_name(texts, index + 1, last)
                return (index, end) if index == first or end == last else (index, index)
        return first, first

    def _behind_name(self, texts: Sequence[str], first: int, last: int) -> int:
        """Where what is denied ends: behind the first name, before a "but", or with the words."""
        for position in range(first, last):
            if texts[position] in NAMED:
                return position + 1
            if texts[position] in self._but:
                return position
        return last

    def _says_only_names(self, texts: Sequence[str]) -> bool:
        return all(text in NAMED or text in self._small or text in self._but for text in texts)


def _said(sentence: Sentence, text: str, first: int, last: int) -> str:
    """The words first..last (exclusive), as they were said."""
    if first >= last:
        return ""
    return text[sentence.words[first].start : sentence.words[last - 1].end]
