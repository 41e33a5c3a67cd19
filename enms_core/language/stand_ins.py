"""Words that stand for the kind named before: "the main compressor or the European one", "the one
in the demo plant"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from enms_core.language.name_forms import NamePart
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import behind

Parts = Sequence[NamePart | None]


class StandInReader:
    """Finds them in one language. kinds: what words for kinds of machines stand for."""

    def __init__(
        self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader, kinds: frozenset[str]
    ) -> None:
        self._stand_ins, self._at_site = (
            frozenset(chain.from_iterable(map(numbers.entry_words, words.get(name, ()))))
            for name in ("kind_stand_in", "kind_stand_in_at")
        )
        self._words = self._stand_ins | self._at_site
        self._prepositions = frozenset(words["at_site"])
        self._articles = frozenset(words["article"])
        self._before_site = self._prepositions | self._articles
        self._sites = frozenset(words["site_noun"])
        self._kinds = kinds

    def resolved(
        self, tokens: Sequence[str], parts: Parts, is_site: Callable[[int], bool]
    ) -> Sequence[str]:
        """The words with the kind in the place of what stands for it. What is no kind's word, as
        the number of "the European compressor one", stays. is_site: whether a site's name begins
        at a word."""
        if self._words.isdisjoint(tokens):
            return tokens
        named = machine = ""  # the last kind, also of sites, and of machines
        result = list(tokens)
        for index, (token, part) in enumerate(zip(tokens, parts, strict=True)):
            if token in self._sites:
                named = token
            elif part is not None and part.words[-1] in self._kinds:
                named = machine = token if part.last == index + 1 else part.words[-1]
            elif machine and self._is_at_site(tokens, index, is_site):
                result[index] = machine
            elif named and token in self._stand_ins and self._is_narrowed(tokens, parts, index):
                result[index] = named
        return result

    def _is_at_site(
        self, tokens: Sequence[str], index: int, is_site: Callable[[int], bool]
    ) -> bool:
        """Whether a word for a kind stands before "in the" and a site."""
        following = tokens[index + 1 : index + 2]
        if tokens[index] not in self._at_site or self._prepositions.isdisjoint(following):
            return False
        position = behind(tokens, index + 1, self._before_site)
        return position < len(tokens) and is_site(position)

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
