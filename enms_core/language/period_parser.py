"""Matches the rules of the period grammar against tagged words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from enms_core.language.period_builders import Builder
from enms_core.language.period_grammar import RULES
from enms_core.language.period_lexicon import Tag, Tags

MOST_GRAMMARS = 256  # kept for sets of word classes; a sentence of another set is parsed as well


@dataclass(frozen=True)
class _Element:
    name: str
    is_optional: bool
    is_value: bool


@dataclass(frozen=True)
class _Rule:
    """`needed`: what a match cannot be without; `openings`: the word classes with which it can
    begin."""

    elements: tuple[_Element, ...]
    build: Builder
    needed: frozenset[str]
    openings: frozenset[str] = frozenset()


_Grammar = Mapping[str, tuple[_Rule, ...]]


def _element(text: str) -> _Element:
    name = text.rstrip("?")
    return _Element(name.strip("<>"), text.endswith("?"), name.startswith("<"))


def _rule(pattern: str, build: Builder) -> _Rule:
    elements = tuple(map(_element, pattern.split()))
    needed = frozenset(each.name for each in elements if not each.is_optional)
    return _Rule(elements, build, needed)


_GRAMMAR: _Grammar = {
    name: tuple(_rule(pattern, build) for pattern, build in rules) for name, rules in RULES.items()
}
_NOTHING: list[Tag] = []


@lru_cache(maxsize=MOST_GRAMMARS)
def _grammar_of(classes: frozenset[str]) -> _Grammar:
    """What is left of the grammar where only these word classes are: a sentence has few of them."""
    known, size = set(classes), 0
    while size != len(known):
        size = len(known)
        known |= {name for name, rules in _GRAMMAR.items() if any(r.needed <= known for r in rules)}
    left = {
        name: tuple(replace(r, elements=_kept(r, known)) for r in rules if r.needed <= known)
        for name, rules in _GRAMMAR.items()
        if name in known
    }
    begins: dict[str, frozenset[str]] = {}
    return {
        name: tuple(replace(r, openings=_openings(r, left, begins)) for r in rules)
        for name, rules in left.items()
    }


def _kept(rule: _Rule, known: set[str]) -> tuple[_Element, ...]:
    """Without words that may be there and are not; a value that is not there is None."""
    return tuple(each for each in rule.elements if each.is_value or each.name in known)


def _openings(rule: _Rule, grammar: _Grammar, begins: dict[str, frozenset[str]]) -> frozenset[str]:
    names: frozenset[str] = frozenset()
    for each in rule.elements:
        if each.name not in grammar:
            names |= {each.name}
        elif each.name not in begins:
            inner = (_openings(r, grammar, begins) for r in grammar[each.name])
            begins[each.name] = frozenset().union(*inner)
        names |= begins.get(each.name, frozenset())
        if not each.is_optional:
            break
    return names


class PeriodParser:
    """One utterance's matches of rules and word classes, each found once."""

    def __init__(self, tags: list[Tags]) -> None:
        self._tags = tags
        self._grammar = _grammar_of(frozenset().union(*tags))
        self._found: dict[tuple[str, int], list[Tag]] = {}

    def match(self, name: str, index: int) -> list[Tag]:
        """What `name` can mean at `index`, with the index after it; the longest first."""
        if index >= len(self._tags):
            return _NOTHING
        if name not in self._grammar:
            return self._tags[index].get(name, _NOTHING)
        key = (name, index)
        if key not in self._found:
            self._found[key] = self._apply(self._grammar[name], index)
        return self._found[key]

    def _apply(self, rules: tuple[_Rule, ...], index: int) -> list[Tag]:
        by_end: dict[int, Any] = {}
        for rule in rules:
            if rule.openings.isdisjoint(self._tags[index]):
                continue
            for values, end in self._sequences(rule.elements, index):
                if end not in by_end and (meaning := rule.build(*values)) is not None:
                    by_end[end] = meaning
        return [(by_end[end], end) for end in sorted(by_end, reverse=True)]

    def _sequences(
        self, elements: tuple[_Element, ...], index: int
    ) -> Iterator[tuple[tuple[Any, ...], int]]:
        if not elements:
            yield (), index
            return
        head, rest = elements[0], elements[1:]
        for value, after in self.match(head.name, index):
            for values, end in self._sequences(rest, after):
                yield ((value, *values) if head.is_value else values), end
        if head.is_optional:
            for values, end in self._sequences(rest, index):
                yield ((None, *values) if head.is_value else values), end
