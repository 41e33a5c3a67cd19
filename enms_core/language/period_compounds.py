"""Compound words that are two words of the period grammar in one: "Montagabend"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from enms_core.language.compounds import single_words
from enms_core.language.period_classes import word_classes
from enms_core.language.tokens import Token, spelled_out

# Word lists, by the beginnings of their names, whose words are joined, and to which.
_JOINED = (
    ("weekday_", ("daypart_",)),
    ("month_", ("period_half", "unit_week", "period_opening", "period_ending")),
    ("unit_", ("period_half", "period_opening", "period_ending")),
)


class Compounds:
    """The compounds of one language's word lists. A listed word is no compound: "weekend"."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        names = [name for name in word_classes() if name in words]
        listed = {word for name in names for word in _single_words(words, name)}
        self._parts = {
            first + second: (first, second)
            for first, second in _pairs(words)
            if first + second not in listed
        }

    def split(self, tokens: Sequence[Token]) -> tuple[list[Token], list[int]]:
        """The tokens with compounds as two, and for each the index of the token it comes from."""
        if not any(spelled_out(token.text) in self._parts for token in tokens):
            return list(tokens), list(range(len(tokens)))
        parts: list[Token] = []
        origins: list[int] = []
        for index, token in enumerate(tokens):
            for text in self._parts.get(spelled_out(token.text), (token.text,)):
                parts.append(Token(text, token.start, token.end))
                origins.append(index)
        return parts, origins


def _pairs(words: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for start, ends in _JOINED:
        seconds = [word for end in ends for word in _words_of(words, end)]
        yield from product(_words_of(words, start), seconds)


def _words_of(words: Mapping[str, tuple[str, ...]], start: str) -> Iterator[str]:
    for name in words:
        if name.startswith(start):
            yield from _single_words(words, name)


def _single_words(words: Mapping[str, tuple[str, ...]], name: str) -> Iterator[str]:
    return map(spelled_out, sorted(single_words({name: words[name]})))
