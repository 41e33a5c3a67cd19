"""A sentence with its slots found: the words in order, with slots in place of what was named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from enms_core.language.compounds import CompoundSplitter
from enms_core.language.machines import MachineIndex
from enms_core.language.mentions import Mention
from enms_core.language.numbers import NumberReader
from enms_core.language.periods import PeriodMatch, PeriodReader
from enms_core.language.phrases import PhraseTable
from enms_core.language.tokens import Token

MACHINE = "machineslot"
PERIOD = "periodslot"
HORIZON = "horizonslot"
SOURCE = "sourceslot"
NUMBER = "numberslot"
UNIT = "energyunit"
# The concept of phrases with a carrier's word that name none: "greenhouse gas".
NO_SOURCE = "no_source"
SLOTS = frozenset({MACHINE, PERIOD, HORIZON, SOURCE, NUMBER, UNIT})


# Where something stands in the utterance, from and to.
Span = tuple[int, int]


class Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class SpottedMachines:
    """A mention of machines and where it stands in the utterance.

    is_reference: "it", "both": they point at what was told before.
    """

    mention: Mention
    start: int
    end: int
    is_reference: bool = False


@dataclass(frozen=True)
class SpottedSource:
    """A carrier named by itself, and where it stands in the utterance."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """What was found in an utterance. `words` has one word per slot, numbers as digits, the other
    words as said; `start` and `end` of a word delimit what was said in the utterance.

    sources: names of energy carriers that the database has. foreign_sources: carriers named that it
    has not. carriers: each of both that is named beside the name of a machine.
    """

    words: tuple[Token, ...]
    machines: tuple[SpottedMachines, ...]
    periods: tuple[PeriodMatch, ...]
    sources: tuple[str, ...]
    foreign_sources: tuple[str, ...]
    carriers: tuple[SpottedSource, ...] = ()

    def without(self, spans: Collection[Span]) -> Sentence:
        """The sentence with nothing named inside some spans of the utterance: what is said there is
        a driver, a condition, the title of a plan."""
        if not spans:
            return self
        places = [word for word in self.words if word.text in (PERIOD, HORIZON)]
        gone = {each.name for each in self.carriers if _inside(each, spans)}
        gone -= {each.name for each in self.carriers if not _inside(each, spans)}
        return replace(
            self,
            machines=tuple(each for each in self.machines if not _inside(each, spans)),
            periods=tuple(
                match
                for match, place in zip(self.periods, places, strict=False)
                if not _inside(place, spans)
            ),
            sources=tuple(name for name in self.sources if name not in gone),
            foreign_sources=tuple(name for name in self.foreign_sources if name not in gone),
            carriers=tuple(each for each in self.carriers if not _inside(each, spans)),
        )

    def covered(self, spans: Collection[Span]) -> frozenset[int]:
        """The positions of the words inside some spans of the utterance."""
        return frozenset(i for i, word in enumerate(self.words) if _inside(word, spans))

    @cached_property
    def masked(self) -> tuple[Token, ...]:
        """The words with a slot for each number too, as the classifier reads them."""
        return tuple(map(_number_masked, self.words))

    def single_kinds(self, which: Collection[str]) -> frozenset[int]:
        """The positions of kinds asked for in the singular: "which compressor"."""
        kinds = {each.start: each.mention for each in self.machines if each.mention.kind == "group"}
        return frozenset(
            index
            for index, word in enumerate(self.words)
            if index
            and self.words[index - 1].text in which
            and word.start in kinds
            and not kinds[word.start].is_plural
        )

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)


class Spotter:
    """Finds periods, machines and energy sources, in this order, each in what is left."""

    def __init__(
        self,
        periods: PeriodReader,
        numbers: NumberReader,
        machines: MachineIndex,
        sources: PhraseTable,
        units: PhraseTable,
        amount_units: PhraseTable,
        compounds: CompoundSplitter,
        known_sources: Iterable[str],
    ) -> None:
        self._periods = periods
        self._numbers = numbers
        self._machines = machines
        self._sources = sources
        self._units = units
        self._amount_units = amount_units
        self._compounds = compounds
        self._known_sources = frozenset(known_sources)

    def split(self, said: Sequence[Token]) -> tuple[Token, ...]:
        """The words of an utterance, compounds in their parts."""
        return self._compounds.split(said)

    def may_be_name(self, word: str) -> bool:
        """Whether a strange word may be meant for one of a machine's name."""
        return self._machines.may_be_name(word)

    def read(self, said: Sequence[Token], references: Sequence[SpottedMachines] = ()) -> Sentence:
        """references: mentions that are known already; their words count as machines' names."""
        tokens = _with_references(self.split(said), references)
        periods = self._periods_of(tokens)
        words = self._without_periods(tokens, periods)
        mentions = self._mentions([word.text for word in words])
        spotted = [
            SpottedMachines(mention, words[mention.first].start, words[mention.last - 1].end)
            for mention in mentions
        ]
        words = _masked(words, mentions, MACHINE)
        found = self._sources.find([word.text for word in words])
        named = [match for match in found if match.concept != NO_SOURCE]
        carriers = [
            SpottedSource(match.concept, words[match.first].start, words[match.last - 1].end)
            for match in named
        ]
        words = _masked(words, named, SOURCE)
        units = self._units.find([word.text for word in words])
        of_seus = [mention.source for mention in mentions if mention.source is not None]
        concepts = dict.fromkeys([*of_seus, *(match.concept for match in named)])
        return Sentence(
            words=tuple(_masked(words, units, UNIT)),
            machines=tuple(sorted([*spotted, *references], key=lambda each: each.start)),
            periods=tuple(periods),
            sources=tuple(name for name in concepts if name in self._known_sources),
            foreign_sources=tuple(name for name in concepts if name not in self._known_sources),
            carriers=tuple(carriers),
        )

    def _mentions(self, texts: Sequence[str]) -> list[Mention]:
        """Names of machines. A number that a unit follows is an amount and no unknown name: "the
        boiler ten percent less"."""
        found = self._machines.find(texts)
        amounts = {
            mention.last - 1
            for mention in found
            if mention.kind == "unknown" and self._is_amount(texts, mention.last - 1)
        }
        if not amounts:
            return found
        return self._machines.find([NUMBER if i in amounts else t for i, t in enumerate(texts)])

    def _is_amount(self, texts: Sequence[str], index: int) -> bool:
        is_number = texts[index][:1].isdigit()
        return is_number and self._amount_units.at(texts, index + 1) is not None

    def _periods_of(self, tokens: Sequence[Token]) -> list[PeriodMatch]:
        """Periods; "compressor one this morning" is the whole morning of compressor one.

        But "the boiler one week ago" is a week ago: the number goes to the machine's name where a
        period remains that reaches as far without it: "boiler one november 3rd" is the third.
        """
        found = self._periods.find(tokens)
        if not found:
            return found
        beside_names = self._periods.find(self._names_hidden(tokens))
        freed = [match for match in beside_names if any(_reaches(match, each) for each in found)]
        kept = [match for match in found if not any(_overlap(match, each) for each in freed)]
        return sorted([*freed, *kept], key=lambda match: match.first_token)

    def _names_hidden(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with the slot's mark in place of each word of a machine's name."""
        words = self._numbers.canonical_tokens(tokens)
        spans = [
            (words[mention.first].start, words[mention.last - 1].end)
            for mention in self._machines.find([word.text for word in words])
        ]
        return [
            replace(token, text=MACHINE)
            if any(start <= token.start and token.end <= end for start, end in spans)
            else token
            for token in tokens
        ]

    def _without_periods(
        self, tokens: Sequence[Token], periods: Sequence[PeriodMatch]
    ) -> list[Token]:
        words: list[Token] = []
        position = 0
        for match in periods:
            words += self._numbers.canonical_tokens(tokens[position : match.first_token])
            slot = HORIZON if match.tense == "future" else PERIOD
            start, end = tokens[match.first_token].start, tokens[match.end_token - 1].end
            words.append(Token(slot, start, end))
            position = match.end_token
        return [*words, *self._numbers.canonical_tokens(tokens[position:])]


def _with_references(tokens: Sequence[Token], references: Sequence[SpottedMachines]) -> list[Token]:
    """The tokens with a machine's slot in place of each reference."""
    kept = [
        token
        for token in tokens
        if not any(each.start <= token.start < each.end for each in references)
    ]
    slots = [Token(MACHINE, each.start, each.end) for each in references]
    return sorted([*kept, *slots], key=lambda token: token.start)


def _reaches(match: PeriodMatch, other: PeriodMatch) -> bool:
    """Whether a match lies over the end of another, or beyond."""
    return _overlap(match, other) and match.end_token >= other.end_token


def _overlap(one: PeriodMatch, other: PeriodMatch) -> bool:
    return one.first_token < other.end_token and other.first_token < one.end_token


def _inside(place: Placed, spans: Collection[Span]) -> bool:
    return any(start <= place.start and place.end <= end for start, end in spans)


class Words(Protocol):
    """Words first..last (exclusive) of a sentence."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


def _masked(words: Sequence[Token], spans: Iterable[Words], slot: str) -> list[Token]:
    """The words with one slot in place of each span."""
    result: list[Token] = []
    position = 0
    for span in spans:
        result += words[position : span.first]
        result.append(Token(slot, words[span.first].start, words[span.last - 1].end))
        position = span.last
    return [*result, *words[position:]]


def _number_masked(word: Token) -> Token:
    return Token(NUMBER, word.start, word.end) if word.text[:1].isdigit() else word
