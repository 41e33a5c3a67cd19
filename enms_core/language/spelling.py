"""Misspelt words: "electrcity", "yseterday" are the words of the language that they are nearest to.

A word is corrected only by one letter (or two that changed places), only where it is long enough to
be told from others, and only to a word that sentences or word lists have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from enms_core.language.numbers import NumberReader
from enms_core.language.tokens import Token

SHORTEST = 5


class Speller:
    """Corrects words towards a vocabulary: word -> how often sentences have it.

    A word of which there are several at one letter's distance becomes the one most used. The words
    of numbers are right as they are: "eighty" is not "eight".
    """

    def __init__(self, vocabulary: Mapping[str, int], numbers: NumberReader) -> None:
        self._vocabulary = vocabulary
        self._numbers = numbers
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(vocabulary):
            if len(word) >= SHORTEST - 1:
                self._by_length.setdefault(len(word), []).append(word)

    def corrected(self, tokens: Sequence[Token], known: frozenset[str]) -> list[Token]:
        """The tokens, each at its place in the text. known: more words that are right as they are
        (names in the catalogue)."""
        return [
            token
            if token.text in known or self._numbers.read((token,), 0) is not None
            else replace(token, text=self.word(token.text))
            for token in tokens
        ]

    def word(self, word: str) -> str:
        """The word that is meant; itself where none is near."""
        if len(word) < SHORTEST or word in self._vocabulary or not word.isalpha():
            return word
        near = [
            found
            for length in (len(word) - 1, len(word), len(word) + 1)
            for found, _, _ in extract(
                word,
                self._by_length.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=1,
                limit=None,
            )
        ]
        return min(near, key=lambda each: (-self._vocabulary[each], each), default=word)
