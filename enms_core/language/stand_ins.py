"""Words that stand for the kind named before: "the main compressor or the European one"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enms_core.language.name_forms import NamePart
from enms_core.language.numbers import NumberReader

Parts = Sequence[NamePart | None]


class StandInReader:
    """Finds them in one language. kinds: what words for kinds of machines stand for."""

    def __init__(
        self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader, kinds: frozenset[str]
    ) -> None:
        self._stand_ins = frozenset(
            word for entry in words.get("kind_stand_in", ()) for word in numbers.entry_words(entry)
        )
        self._articles = frozenset(words["article"])
        self._sites = frozenset(words["site_noun"])
        self._kinds = kinds

    def resolved(self, tokens: Sequence[str], parts: Parts) -> Sequence[str]:
        """The words with the kind in the place of what stands for it. What is no kind's word, as
        the number of "the European compressor one", stays."""
        if self._stand_ins.isdisjoint(tokens):
            return tokens
        kind: str | None = None
        result = list(tokens)
        for index, (token, part) in enumerate(zip(tokens, parts, strict=True)):
            if token in self._sites:
                kind = token
            elif part is not None and part.words[-1] in self._kinds:
                kind = token if part.last == index + 1 else part.words[-1]
            elif kind is not None and token in self._stand_ins:
                result[index] = kind if self._is_narrowed(tokens, parts, index) else token
        return result

    def _is_narrowed(self, tokens: Sequence[str], parts: Parts, end: int) -> bool:
        """Whether an article stands before it, and between both words that narrow a name."""
        begins = [index for index in range(end) if tokens[index] in self._articles]
        position = begins[-1] + 1 if begins else end
        if position == end:
            return False
        while position < end:
            part = parts[position]
            if part is None or not part.is_clear or not self._kinds.isdisjoint(part.words):
                return False
            position = part.last
        return position == end
