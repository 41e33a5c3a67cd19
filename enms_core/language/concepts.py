"""What the words of a sentence mean: concepts from the thesaurus of a language (`word_*.voc`).

An entry is a word or a phrase; one that ends with * matches every word that begins so. A word may
belong to several concepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from enms_core.language.phrases import PhraseMatch
from enms_core.language.tokens import entry_words

PREFIX = "word_"
WILDCARD = "*"


class Thesaurus:
    """Finds the concepts of words, in one language."""

    def __init__(self, vocabulary: Mapping[str, Sequence[str]]) -> None:
        self._words: dict[str, set[str]] = {}
        self._openings: dict[str, set[str]] = {}
        self._phrases: dict[str, list[_Phrase]] = {}
        for name, entries in vocabulary.items():
            if name.startswith(PREFIX):
                for entry in entries:
                    self._add(entry, name.removeprefix(PREFIX))
        self._opening_lengths = tuple(sorted(set(map(len, self._openings))))

    def _add(self, entry: str, concept: str) -> None:
        words = entry_words(entry.rstrip(WILDCARD))
        is_opening = entry.endswith(WILDCARD)
        if len(words) == 1:
            table = self._openings if is_opening else self._words
            table.setdefault(words[0], set()).add(concept)
        elif words:
            phrase = _Phrase(words, is_opening, concept)
            self._phrases.setdefault(words[0], []).append(phrase)

    def find(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """The concepts that begin at each word, in the order of their names."""
        return [
            tuple(sorted({concept for _, concept in self._at(words, first)}))
            for first in range(len(words))
        ]

    def matches(self, words: Sequence[str], wanted: Set[str]) -> list[PhraseMatch]:
        """Where some concepts are said, from left to right; they may overlap."""
        return [
            PhraseMatch(first, last, concept)
            for first in range(len(words))
            for last, concept in sorted(set(self._at(words, first)))
            if concept in wanted
        ]

    def _at(self, words: Sequence[str], first: int) -> Iterator[tuple[int, str]]:
        """The concepts that begin at a word, each with the end of its phrase."""
        word = words[first]
        for concept in self._of_word(word):
            yield first + 1, concept
        for phrase in self._phrases.get(word, ()):
            last = first + len(phrase.words)
            if phrase.is_said(words[first:last]):
                yield last, phrase.concept

    def _of_word(self, word: str) -> Iterator[str]:
        yield from self._words.get(word, ())
        for length in self._opening_lengths:
            if length > len(word):
                return
            yield from self._openings.get(word[:length], ())


@dataclass(frozen=True)
class _Phrase:
    """Several words of a concept; is_opening: the last is the beginning of a word."""

    words: tuple[str, ...]
    is_opening: bool
    concept: str

    def is_said(self, said: Sequence[str]) -> bool:
        if not self.is_opening:
            return tuple(said) == self.words
        return (
            len(said) == len(self.words)
            and tuple(said[:-1]) == self.words[:-1]
            and said[-1].startswith(self.words[-1])
        )
