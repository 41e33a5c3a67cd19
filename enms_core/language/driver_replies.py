"""Drivers in a reply: "use those", "only temperature", "without humidity", "production too"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.question import OpenQuestion
from enms_core.language.features import DRIVER_WORDS, FeatureMatch, FeatureTable, KnownFeatures
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseMatch, PhraseTable
from enms_core.language.sentence import Placed, Span
from enms_core.language.tokens import Token, tokenize

# Marks before drivers, and behind them.
WITH, WITHOUT, ONLY, AND = "with", "without", "only", "and"
OUT, ALSO, OFFERED, EVERY = "out", "also", "offered", "every"
CONFIRMATION = "confirmation"
# "Off" and "and" stand in sentences for anybody, too.
MARKS_OF_A_CHANGE = frozenset({WITH, WITHOUT, ONLY, ALSO, OFFERED, EVERY})


@dataclass(frozen=True)
class DriverReply:
    """wanted, unwanted: features, in the order said. offered: what we suggested is meant; every:
    all that there are; adds: beside those known; only: and no others. spans: where all this stands
    in the utterance."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    every: tuple[str, ...] = field(default=())

    @property
    def says_drivers(self) -> bool:
        return bool(self.wanted or self.unwanted or self.marks & {OFFERED, EVERY})

    def named_alone(self) -> DriverReply:
        """The same where nothing is offered: "everything" is then no driver."""
        return replace(self, marks=self.marks - {OFFERED, EVERY})

    def over(self, asked: OpenQuestion) -> tuple[str, ...]:
        """The drivers that are meant, of a question that waits."""
        if not self.says_drivers:
            return asked.question.drivers
        kept = [name for name in self._base(asked) if name not in self.unwanted]
        return tuple(dict.fromkeys([*kept, *self.wanted]))

    def _base(self, asked: OpenQuestion) -> tuple[str, ...]:
        """The drivers that those named are put beside, or taken from."""
        known = asked.question.drivers or asked.offered
        if EVERY in self.marks:
            return self.every
        if ONLY in self.marks and self.wanted:
            return ()
        changes = asked.need == CONFIRMATION and WITH in self.marks
        exchanges = bool(self.unwanted) and set(self.unwanted) <= set(asked.question.drivers)
        takes_away = bool(self.unwanted) and not self.wanted
        is_beside = bool(self.marks & {ALSO, OFFERED}) or changes or exchanges or takes_away
        return known if is_beside else ()


@dataclass
class _Reading:
    """What was read so far; state: the mark that the next driver stands behind."""

    state: str = WITH
    begun: int = 0
    named: list[tuple[str, bool]] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)


class DriverReplyReader:
    """Reads such replies in one language, over one catalogue."""

    def __init__(
        self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader, catalogue: Catalogue
    ) -> None:
        self._numbers = numbers
        self._known = KnownFeatures(catalogue)
        self._drivers = FeatureTable(DRIVER_WORDS, words, self._known.names, numbers)
        self._marks = PhraseTable(
            {
                WITHOUT: words["drivers_without"],
                WITH: words["drivers_with"],
                OUT: words["drivers_out"],
                ALSO: words["drivers_also"],
                ONLY: words["drivers_alone"],
                OFFERED: words["drivers_offered"],
                EVERY: words["drivers_every"],
                AND: words["drivers_and"],
            },
            numbers,
        )

    def read(
        self, text: str, sources: Sequence[str], carriers: Sequence[Placed] = ()
    ) -> DriverReply:
        """The drivers of a reply to a question about some energy sources. carriers: where energy
        sources are named; one that drives none of these is no driver."""
        tokens = self._numbers.canonical_tokens(tokenize(text))
        texts = [token.text for token in tokens]
        known, read = self._known.of_sources(sources), _Reading()
        position = 0
        while position < len(texts):
            driver, mark = self._drivers.at(texts, position), self._marks.at(texts, position)
            if driver is not None and (mark is None or driver.last >= mark.last):
                if driver.of(known) or not _is_named(driver, tokens, carriers):
                    _take(read, driver, known)
                position = driver.last
            elif mark is not None:
                _mark(read, mark)
                position = mark.last
            else:
                position += 1
        return replace(_told(read, tokens), every=known)

    def named(self, text: str) -> str | None:
        """The one driver that some words name, whichever energy source it drives."""
        wanted = self.read(text, self._known.every_source).wanted
        return wanted[0] if len(wanted) == 1 else None


def _is_named(driver: FeatureMatch, tokens: Sequence[Token], places: Sequence[Placed]) -> bool:
    start, end = tokens[driver.first].start, tokens[driver.last - 1].end
    return any(each.start < end and start < each.end for each in places)


def _take(read: _Reading, driver: FeatureMatch, known: Sequence[str]) -> None:
    """A driver; one that the sources have not is told as it is called."""
    read.named.append((driver.of(known) or driver.features[0], read.state == WITHOUT))
    read.spans.append((driver.first, driver.last))


def _mark(read: _Reading, mark: PhraseMatch) -> None:
    concept = mark.concept
    read.spans.append((mark.first, mark.last))
    if concept == OUT:  # "leave humidity out"
        named = read.named[read.begun :]
        read.named[read.begun :] = [(name, True) for name, _is_unwanted in named]
        return
    if concept in (WITH, WITHOUT, ONLY):
        read.state, read.begun = WITHOUT if concept == WITHOUT else WITH, len(read.named)
    # "And humidity" joins it to what is known already.
    read.marks.add(ALSO if concept == AND and not read.named else concept)


def _told(read: _Reading, tokens: Sequence[Token]) -> DriverReply:
    return DriverReply(
        tuple(dict.fromkeys(name for name, is_unwanted in read.named if not is_unwanted)),
        tuple(dict.fromkeys(name for name, is_unwanted in read.named if is_unwanted)),
        frozenset(read.marks),
        tuple((tokens[first].start, tokens[last - 1].end) for first, last in read.spans),
    )
