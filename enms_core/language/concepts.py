"""What the words of a sentence mean: concepts from the thesaurus of a language (`word_*.voc`).

An entry is a word or a phrase; one that ends with * matches every word that begins so. A word may
belong to several concepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from enms_core.language.phrases import PhraseMatch
from enms_core.language.tokens import tokenize

PREFIX = "word_"
WILDCARD = "*"


class Thesaurus:
    """Finds the concepts of words, in one language."""

    def __init__(self, vocabulary: Mapping[str, Sequence[str]]) -> None:
        self._phrases: dict[tuple[str, ...], set[str]] = {}
        self._openings: dict[tuple[str, ...], set[str]] = {}
        for name, entries in vocabulary.items():
            if name.startswith(PREFIX):
                for entry in entries:
                    self._add(entry, name.removeprefix(PREFIX))
        self._longest = max(map(len, (*self._phrases, *self._openings)), default=0)
        lengths = {len(words[-1]) for words in self._openings}
        self._opening_lengths = tuple(sorted(lengths))
        self.words = frozenset(word for phrase in self._phrases for word in phrase)

    def _add(self, entry: str, concept: str) -> None:
        words = tuple(token.text for token in tokenize(entry.rstrip(WILDCARD)))
        if words:
            table = self._openings if entry.endswith(WILDCARD) else self._phrases
            table.setdefault(words, set()).add(concept)

    def find(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """The concepts that begin at each word, in the order of their names."""
        return [tuple(sorted(set(self._at(words, first)))) for first in range(len(words))]

    def matches(self, words: Sequence[str], wanted: Set[str]) -> list[PhraseMatch]:
        """Where some concepts are said, from left to right; they may overlap."""
        return [
            PhraseMatch(first, last, concept)
            for first in range(len(words))
            for last in range(first + 1, min(len(words), first + self._longest) + 1)
            for concept in sorted(wanted & self._of(tuple(words[first:last])))
        ]

    def knows(self, word: str) -> bool:
        """Whether a word by itself, or as part of a phrase, is in the thesaurus."""
        return word in self.words or any(self._opened((word,)))

    def _at(self, words: Sequence[str], first: int) -> Iterator[str]:
        for last in range(first + 1, min(len(words), first + self._longest) + 1):
            yield from self._of(tuple(words[first:last]))

    def _of(self, said: tuple[str, ...]) -> set[str]:
        """The concepts of a word or phrase."""
        return {*self._phrases.get(said, ()), *self._opened(said)}

    def _opened(self, said: tuple[str, ...]) -> Iterator[str]:
        for length in self._opening_lengths:
            if length > len(said[-1]):
                return
            yield from self._openings.get((*said[:-1], said[-1][:length]), ())
