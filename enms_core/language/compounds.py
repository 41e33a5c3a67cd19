"""Compound words: "Stromverbrauch" is said of one source, "Kesselverbrauch" of one machine.

A language that writes nouns together has word lists for them (`compound_*`); in a language
without these lists nothing is ever split.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from enms_core.language.tokens import Token, entry_words

HEADS = "compound_head"  # the last part: what is asked of the named thing ("verbrauch")
LINKS = "compound_link"  # letters between two parts ("s")
FIRSTS = "compound_first"  # parts that may stand before the named thing ("gesamt")
WHOLES = "compound_whole"  # words that are not to be split
TIMES = ("month_", "weekday_")
SHORTEST_NAMED = 2


@dataclass(frozen=True)
class CompoundSplitter:
    """Splits words that end in a head and name something known before it.

    heads and links: the longest first. named: words of carriers, machines, months. wholes: words
    that only look so: "Klimabilanz" is of no air conditioning.
    """

    heads: tuple[str, ...]
    links: tuple[str, ...]
    firsts: tuple[str, ...]
    named: frozenset[str]
    wholes: frozenset[str]

    def split(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The tokens with the parts of each compound in its place; each part keeps its own."""
        if not self.heads:
            return tuple(tokens)
        return tuple(part for token in tokens for part in self._parts(token))

    def _parts(self, token: Token) -> list[Token]:
        if token.text in self.named | self.wholes or not token.text.endswith(self.heads):
            return [token]
        for head in self.heads:
            before = token.text.removesuffix(head)
            if before and before != token.text and (parts := self._named_parts(before)):
                return _placed(token, [*parts, (head, len(head))])
        return [token]

    def _named_parts(self, text: str) -> list[tuple[str, int]]:
        """The words of what stands before a head, each with its length as written; empty where
        that is nothing known."""
        named = self._named(text)
        if named is not None:
            return [(named, len(text))]
        for first in self.firsts:
            rest = text.removeprefix(first)
            named = self._named(rest) if rest != text else None
            if named is not None:
                return [(first, len(first)), (named, len(rest))]
        return []

    def _named(self, text: str) -> str | None:
        bases = (text, *(text.removesuffix(link) for link in self.links if text.endswith(link)))
        return next((base for base in bases if base in self.named), None)


def compound_splitter(
    words: Mapping[str, tuple[str, ...]], named: Iterable[str]
) -> CompoundSplitter:
    """The splitter of a language's word lists. named: words of carriers and machines, to which its
    months and days of the week are added."""
    times = single_words({name: words[name] for name in words if name.startswith(TIMES)})
    long_enough = frozenset(word for word in (*named, *times) if len(word) >= SHORTEST_NAMED)
    heads, links, firsts = (_longest_first(words.get(name, ())) for name in (HEADS, LINKS, FIRSTS))
    wholes = single_words({WHOLES: words.get(WHOLES, ())})
    return CompoundSplitter(heads, links, firsts, long_enough, wholes)


def single_words(lists: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The entries of some lists that are one word, as sentences have them."""
    entries = (entry_words(entry) for entries in lists.values() for entry in entries)
    return frozenset(words[0] for words in entries if len(words) == 1)


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _placed(token: Token, parts: Sequence[tuple[str, int]]) -> list[Token]:
    """The parts where they stand in the utterance; all of it where letters were composed."""
    if sum(length for _, length in parts) != token.end - token.start:
        return [Token(text, token.start, token.end) for text, _ in parts]
    placed = []
    start = token.start
    for text, length in parts:
        placed.append(Token(text, start, start + length))
        start += length
    return placed
