"""Names of machines as words: how they are compared, and which words of them people use alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.language.name_forms import NameForms
from enms_core.language.name_words import NameWords, Phrase, is_word
from enms_core.language.numbers import NumberReader
from enms_core.language.tokens import entry_words, tokenize


def name_tokens(name: str, numbers: NumberReader) -> tuple[str, ...]:
    """A name as comparable words: "Compressor-EU-1" → compressor, eu, 1."""
    return numbers.canonical(tokenize(name))


def joined(tokens: Iterable[str]) -> str:
    """Words run together, so that "h vac main" and "HVAC-Main" are the same."""
    return "".join(tokens)


@dataclass(frozen=True)
class NamedMachine:
    """A machine and every word that may point at it.

    heads: words that name it alone ("boiler"); words: heads and the words that narrow them ("main",
    "european"); identifiers: its numbers and letters; numbered: each identifier with the word it
    belongs to.
    """

    id: UUID
    heads: frozenset[str]
    words: frozenset[str]
    identifiers: frozenset[str]
    numbered: frozenset[tuple[str, str]]

    def has(self, word: str, identifier: str) -> bool:
        """Whether an identifier may be said behind a word: "robot 3" is not robot 12 of line 3."""
        own = {number for owner, number in self.numbered if owner == word}
        return identifier in (own or self.identifiers)


class NameLexicon:
    """What the words in the names of one catalogue stand for, in one language.

    common: words that mean something else and never name a machine. topics: words that say what is
    asked about it ("gas", "power"): they narrow its name, but do not name it alone.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vocabulary: Mapping[str, tuple[str, ...]],
        numbers: NumberReader,
        topics: frozenset[str],
    ) -> None:
        self._catalogue = catalogue
        self._numbers = numbers
        language = NameWords(vocabulary)
        self._meanings = _meanings(catalogue, vocabulary, language, numbers)
        self.forms = NameForms(self._meanings, vocabulary)
        generic = self._stand_for(vocabulary["machine_generic"])
        scope = frozenset(
            word for phrase in vocabulary["scope_everything"] for word in phrase.split()
        )
        self.generic = generic | frozenset(vocabulary["machine_generic"])
        self.common = self.generic | scope | self._stand_for(scope)
        self.kinds = language.kinds | self._stand_for(vocabulary["machine_noun"])
        self.narrowing = frozenset(language.phrases.values()) - self.kinds - self.common
        self.qualities = self._stand_for(vocabulary.get("machine_quality", ()))
        self._topics = topics
        self.site_words = self._distinct_site_words()
        self.machines = tuple(map(self._named, catalogue.machines))

    def elements(self, name: str) -> tuple[str, ...]:
        """A name as what its words stand for, with its identifiers."""
        return self.forms.elements(name_tokens(name, self._numbers))

    def spellings(self) -> Iterator[str]:
        """Single words and compounds that point at a machine here, in every way to say them."""
        by_meaning: dict[str, list[str]] = {}
        for phrase, meaning in self._meanings.items():
            if len(phrase) == 1:
                by_meaning.setdefault(meaning, []).append(phrase[0])
        pointing = frozenset[str]().union(*(machine.words for machine in self.machines))
        for meaning in sorted(pointing):
            yield from by_meaning.get(meaning, ())
        for machine in self.machines:
            for first, second in _narrowed(machine, self.narrowing | self.kinds):
                for word in by_meaning.get(second, ()):
                    yield from (part + word for part in by_meaning.get(first, ()))

    def nouns(self) -> Iterator[str]:
        """Single words for kinds of machines, whether there is one here or not."""
        for phrase, meaning in self._meanings.items():
            if len(phrase) == 1 and meaning in self.kinds:
                yield phrase[0]

    def _stand_for(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(each for word in words for each in self.forms.elements(entry_words(word)))

    def _distinct_site_words(self) -> Mapping[UUID, frozenset[str]]:
        """Words in the name of one factory only: "european" of European Production."""
        words = {
            factory.id: frozenset(self._words_of(factory.name)) - self.common - self._topics
            for factory in self._catalogue.factories
        }
        return {
            mine: words[mine] - frozenset().union(*(words[each] for each in words if each != mine))
            for mine in words
        }

    def _named(self, machine: Machine) -> NamedMachine:
        names = [self.elements(name) for name in (machine.name, *machine.aliases)]
        of_type = frozenset(self._words_of(machine.type))
        first = frozenset(self._words_of(machine.name)[:1]) - self.narrowing
        kinds = self.kinds.intersection(element for name in names for element in name)
        heads = (of_type | first | kinds) - self.common
        told = [word for name in (machine.name, *machine.aliases) for word in self._words_of(name)]
        words = heads | (frozenset(told) - self.common) | self.site_words[machine.factory_id]
        return NamedMachine(
            machine.id,
            heads - self._topics,
            words,
            frozenset(part for name in names for part in name if not is_word(part)),
            frozenset(pair for name in names for pair in _numbered(name)),
        )

    def _words_of(self, name: str) -> list[str]:
        """The words of a name, each as it is and as what it stands for."""
        tokens = name_tokens(name, self._numbers)
        return [word for word in (*self.forms.elements(tokens), *tokens) if is_word(word)]


def _narrowed(machine: NamedMachine, narrowing: frozenset[str]) -> list[tuple[str, str]]:
    """Pairs of a narrowing word and a head of a machine: they may be said as a compound. A kind may
    narrow another: "Hydraulikpumpe"."""
    firsts, heads = sorted(machine.words & narrowing), sorted(machine.heads)
    return [(first, head) for first in firsts for head in heads if first != head]


def _numbered(elements: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word, identifier in pairwise(elements):
        if is_word(word) and not is_word(identifier):
            yield word, identifier


def _meanings(
    catalogue: Catalogue,
    vocabulary: Mapping[str, tuple[str, ...]],
    language: NameWords,
    numbers: NumberReader,
) -> dict[Phrase, str]:
    """Common words of names in this language, and the words of this catalogue.

    Where a catalogue has a conveyor and a belt, each word stands for itself: people who see both
    tell them apart.
    """
    meanings = dict(language.phrases)
    used: dict[str, set[Phrase]] = {}
    tokens_of = {name: name_tokens(name, numbers) for name in _names(catalogue)}
    for machine in catalogue.machines:
        for phrase, word in language.found(tokens_of[machine.name]):
            used.setdefault(word, set()).add(phrase)
    for phrases in used.values():
        for phrase in phrases if len(phrases) > 1 else ():
            meanings[phrase] = "_".join(phrase)
    own = [token for tokens in tokens_of.values() for token in tokens if is_word(token)]
    for word in (*own, *vocabulary["machine_noun"], *vocabulary["machine_generic"]):
        meanings.setdefault(entry_words(word), word)
    return {phrase: meaning for phrase, meaning in meanings.items() if phrase}


def _names(catalogue: Catalogue) -> Iterator[str]:
    for factory in catalogue.factories:
        yield factory.name
    for machine in catalogue.machines:
        yield from (machine.name, machine.type, *machine.aliases)
