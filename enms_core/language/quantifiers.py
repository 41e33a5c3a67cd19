"""Words before a kind of machine that say how many are meant: "all", "both", "the two"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TWO = 2
MOST_DIGITS = 4


@dataclass(frozen=True)
class Quantifier:
    """Words up to `last` (exclusive). count: how many there must be, None for all there are."""

    last: int
    count: int | None = None


class QuantifierReader:
    """Reads them in one language; numbers are digits already."""

    def __init__(self, vocabulary: Mapping[str, tuple[str, ...]]) -> None:
        self._all = frozenset(vocabulary["quantifier_all"])
        self._two = frozenset(vocabulary["quantifier_two"])
        self._articles = frozenset(vocabulary["article"])

    def at(self, tokens: Sequence[str], first: int) -> Quantifier | None:
        """ "All the", "both", "the two", "all three": a number alone counts what is asked for."""
        is_all = tokens[first] in self._all
        last = first + is_all
        if last < len(tokens) and tokens[last] in self._articles:
            last += 1
        count = self._count(tokens, last) if last > first else None
        if count is not None:
            last += 1
        elif not is_all:
            return None
        return Quantifier(last, TWO if tokens[first] in self._two else count)

    def _count(self, tokens: Sequence[str], position: int) -> int | None:
        token = tokens[position] if position < len(tokens) else ""
        if token in self._two:
            return TWO
        return int(token) if token.isdecimal() and len(token) <= MOST_DIGITS else None
