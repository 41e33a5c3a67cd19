"""Finds the periods in an utterance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from enms_core.domain.period import PeriodPhrase
from enms_core.language.numbers import NumberReader
from enms_core.language.period_compounds import Compounds
from enms_core.language.period_joins import by, points_ahead
from enms_core.language.period_lexicon import PeriodLexicon, Tags
from enms_core.language.period_parser import PeriodParser
from enms_core.language.tokens import Token

Tense = Literal["past", "future", "now"]
THOUSAND = 1_000
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


class PeriodReader:
    """Reads periods with the word lists of one language: list name -> entries."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._lexicon = PeriodLexicon(words, numbers)
        self._compounds = Compounds(words)

    def find(self, tokens: Sequence[Token]) -> list[PeriodMatch]:
        """The periods from left to right, the longest at each place, not overlapping."""
        parts, origins = self._compounds.split(tokens)
        found = _found(self._lexicon.tags(parts))
        if len(parts) == len(tokens):
            return found
        ends = [*origins, len(tokens)]
        return [
            replace(match, first_token=origins[match.first_token], end_token=ends[match.end_token])
            for match in found
            if origins[match.end_token - 1] != ends[match.end_token]  # not half of a compound
        ]


def _found(tags: list[Tags]) -> list[PeriodMatch]:
    parse = PeriodParser(tags)
    matches: list[PeriodMatch] = []
    index = free = 0
    while index < len(tags):
        vague = parse.match("vague", index)[:1]
        match = _match_at(parse, tags, index, free)
        if "not" in tags[index]:  # a set phrase that only sounds like a period
            index = free = tags[index]["not"][0][1]
        elif vague and (match is None or match.end_token < vague[0][1]):
            due = _due_end(parse, tags, index)
            matches += [] if due is None else [due]
            index = free = vague[0][1]
        elif match is None:
            index += 1
        else:
            matches.append(match)
            index = free = match.end_token
    return matches


def _due_end(parse: PeriodParser, tags: list[Tags], index: int) -> PeriodMatch | None:
    """The end of a stretch that is no period, where something is due: "deadline end of May"."""
    if not any("due" in each for each in tags[:index]):
        return None
    for phrase, end in parse.match("end_of", index)[:1]:
        until = by(phrase)
        return None if until is None else PeriodMatch(until, index, end)
    return None


def _match_at(parse: PeriodParser, tags: list[Tags], index: int, free: int) -> PeriodMatch | None:
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
    has_preposition = any("preposition" in tags[i] for i in range(first, index))
    if phrase.kind == "weekday":
        return has_preposition  # "the sun"
    if phrase.kind == "nth" and not any("article" in tags[i] for i in range(first, index)):
        return False
    if first == 0 and at_end:
        return True
    if phrase.kind == "year":
        # "For two thousand parts" names no year.
        return at_end or (has_preposition and phrase.year % THOUSAND != 0)
    if phrase.kind == "nth":  # "on the second" of the month, not "on the second boiler"
        return has_preposition and (at_end or phrase.number > 12)
    return has_preposition


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
