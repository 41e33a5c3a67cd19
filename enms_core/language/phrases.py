"""Finding the phrases of a word list in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from enms_core.language.numbers import NumberReader
from enms_core.language.tokens import entry_words


@dataclass(frozen=True)
class PhraseMatch:
    """Words first..last (exclusive) of a sentence that are a phrase of the concept."""

    first: int
    last: int
    concept: str


class PhraseTable:
    """Phrases by concept; at each word the longest phrase wins.

    numbers: given where the sentences searched have their number words as digits ("which 1").
    """

    def __init__(
        self, concepts: Mapping[str, Sequence[str]], numbers: NumberReader | None = None
    ) -> None:
        self._concepts: dict[tuple[str, ...], str] = {}
        for concept, phrases in concepts.items():
            for phrase in phrases:
                key = numbers.entry_words(phrase) if numbers else entry_words(phrase)
                self._concepts.setdefault(key, concept)
        self._longest: dict[str, int] = {}  # phrase that begins with a word
        for key in filter(None, self._concepts):
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def at(self, tokens: Sequence[str], first: int) -> PhraseMatch | None:
        """The longest phrase that begins at a word."""
        longest = self._longest.get(tokens[first], 0) if first < len(tokens) else 0
        for last in range(min(len(tokens), first + longest), first, -1):
            concept = self._concepts.get(tuple(tokens[first:last]))
            if concept is not None:
                return PhraseMatch(first, last, concept)
        return None

    def find(self, tokens: Sequence[str]) -> list[PhraseMatch]:
        """Phrases from left to right, none overlapping."""
        found: list[PhraseMatch] = []
        position = 0
        while position < len(tokens):
            match = self.at(tokens, position)
            if match is None:
                position += 1
            else:
                found.append(match)
                position = match.last
        return found


def behind(texts: Sequence[str], first: int, words: Collection[str]) -> int:
    """The first place from one on at which none of some words stands."""
    while first < len(texts) and texts[first] in words:
        first += 1
    return first


def covered(matches: Iterable[PhraseMatch]) -> frozenset[int]:
    """The positions of the words in some matches."""
    return frozenset(index for match in matches for index in range(match.first, match.last))
