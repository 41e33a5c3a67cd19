"""Finds the periods in an utterance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from enms_core.domain.period import PeriodPhrase
from enms_core.language.numbers import NumberReader
from enms_core.language.period_builders import Builder, points_ahead
from enms_core.language.period_grammar import RULES
from enms_core.language.period_lexicon import PeriodLexicon, Tag, Tags
from enms_core.language.tokens import Token

Tense = Literal["past", "future", "now"]
_LEFT_REACH = 4  # prepositions and articles before a period: "over the whole of"


@dataclass(frozen=True)
class PeriodMatch:
    """A period in tokens[first_token:end_token], its prepositions and articles included."""

    phrase: PeriodPhrase
    first_token: int
    end_token: int

    @property
    def tense(self) -> Tense:
        """What the wording points to, whatever the time is."""
        if self.phrase.kind == "now":
            return "now"
        return "future" if points_ahead(self.phrase) else "past"


@dataclass(frozen=True)
class _Element:
    name: str
    is_optional: bool
    is_value: bool


def _element(text: str) -> _Element:
    name = text.rstrip("?")
    return _Element(name.strip("<>"), text.endswith("?"), name.startswith("<"))


def _openings(pattern: str) -> frozenset[str]:
    """The word classes with which a match of the pattern can begin."""
    names: set[str] = set()
    for element in map(_element, pattern.split()):
        inner = (_openings(inner) for inner, _ in RULES.get(element.name, ()))
        names.update(*inner) if element.name in RULES else names.add(element.name)
        if not element.is_optional:
            break
    return frozenset(names)


_Rule = tuple[tuple[_Element, ...], Builder, frozenset[str]]
_GRAMMAR: dict[str, tuple[_Rule, ...]] = {
    name: tuple(
        (tuple(map(_element, pattern.split())), build, _openings(pattern))
        for pattern, build in rules
    )
    for name, rules in RULES.items()
}


class PeriodReader:
    """Reads periods with the word lists of one language: list name -> entries."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._lexicon = PeriodLexicon(words, numbers)

    def find(self, tokens: Sequence[Token]) -> list[PeriodMatch]:
        """The periods from left to right, the longest at each place, not overlapping."""
        tags = self._lexicon.tags(tokens)
        parse = _Parse(tags)
        matches: list[PeriodMatch] = []
        index = free = 0
        while index < len(tokens):
            if "not" in tags[index]:  # a set phrase that only sounds like a period
                index = free = tags[index]["not"][0][1]
            elif (match := _match_at(parse, tags, index, free)) is None:
                index += 1
            else:
                matches.append(match)
                index = free = match.end_token
        return matches


def _match_at(parse: _Parse, tags: list[Tags], index: int, free: int) -> PeriodMatch | None:
    """The longest period at `index`; tokens before `free` belong to another one."""
    if not tags[index]:
        return None
    first = _first_token(tags, index, free)
    certain = parse.match("period", index)[:1]
    for phrase, end in parse.match("doubtful", index)[:1]:
        longer = not certain or end > certain[0][1]
        if longer and _is_supported(phrase, tags, first, index, end):
            return PeriodMatch(phrase, first, end)
    return PeriodMatch(certain[0][0], first, certain[0][1]) if certain else None


def _first_token(tags: list[Tags], index: int, free: int) -> int:
    first = index
    while first > max(free, index - _LEFT_REACH) and (
        "preposition" in tags[first - 1] or "article" in tags[first - 1]
    ):
        first -= 1
    return first


def _is_supported(phrase: PeriodPhrase, tags: list[Tags], first: int, index: int, end: int) -> bool:
    """Whether words that also mean other things are a period here."""
    at_end = end == len(tags)
    if first == 0 and at_end:
        return True
    has_preposition = any("preposition" in tags[i] for i in range(first, index))
    if phrase.kind == "year":
        return has_preposition or at_end
    if phrase.kind == "nth":  # "on the second" of the month, not "on the second boiler"
        return has_preposition and (at_end or phrase.number > 12)
    return has_preposition


class _Parse:
    """One utterance's matches of rules and word classes, each found once."""

    def __init__(self, tags: list[Tags]) -> None:
        self._tags = tags
        self._found: dict[tuple[str, int], list[Tag]] = {}

    def match(self, name: str, index: int) -> list[Tag]:
        """What `name` can mean at `index`, with the index after it; the longest first."""
        if index >= len(self._tags):
            return []
        if name not in _GRAMMAR:
            return self._tags[index].get(name, [])
        key = (name, index)
        if key not in self._found:
            self._found[key] = self._apply(_GRAMMAR[name], index)
        return self._found[key]

    def _apply(self, rules: tuple[_Rule, ...], index: int) -> list[Tag]:
        by_end: dict[int, Any] = {}
        for elements, build, openings in rules:
            if openings.isdisjoint(self._tags[index]):
                continue
            for values, end in self._sequences(elements, index):
                if end not in by_end and (meaning := build(*values)) is not None:
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


def said_periods(matches: Sequence[PeriodMatch]) -> list[PeriodPhrase]:
    """The periods that an utterance tells, in its order.

    Hours and a day that stand apart are one period: "the night shift's consumption yesterday".
    """
    phrases = [match.phrase for match in matches]
    hours = [phrase for phrase in phrases if phrase.kind == "hours" and phrase.of is None]
    days = [phrase for phrase in phrases if _is_one_day(phrase)]
    if len(phrases) == 2 and len(hours) == len(days) == 1:
        return [replace(hours[0], of=days[0])]
    return phrases


def _is_one_day(phrase: PeriodPhrase) -> bool:
    return phrase.kind in ("weekday", "date") or (phrase.kind, phrase.unit) == ("unit", "day")
