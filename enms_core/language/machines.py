"""Spotting machines in a sentence: by full name, by part of it, as a group, or as unknown.

Nothing here guesses: a part that fits several machines is a choice for the person, and a known
kind of machine with an identifier that no machine has ("boiler two") is an unknown machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from enms_core.domain.catalogue import Catalogue
from enms_core.language.full_names import FullNameReader
from enms_core.language.identifiers import IdentifierReader
from enms_core.language.mentions import ALL_SITES, Mention, MentionKind
from enms_core.language.name_forms import NamePart
from enms_core.language.name_reader import NameReader
from enms_core.language.name_runs import Run, RunReader
from enms_core.language.names import NamedMachine, NameLexicon
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.places import PlaceReader
from enms_core.language.quantifiers import Quantifier, QuantifierReader
from enms_core.language.stand_ins import StandInReader
from enms_core.language.whole_names import WholeNames

STRANGE_WORD = 5  # letters: a shorter one is rather an article, misspelt


class MachineIndex:
    """All names of one catalogue, for one language.

    words: the language's vocabulary. known_words: words that sentences are made of; they are never
    taken for misspelt names. source_words: words that name energy sources.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        words: Mapping[str, tuple[str, ...]],
        numbers: NumberReader,
        known_words: frozenset[str] = frozenset(),
        source_words: frozenset[str] = frozenset(),
    ) -> None:
        topics = frozenset(words["energy_word"]) | source_words
        lexicon = NameLexicon(catalogue, words, numbers, topics)
        self._lexicon = lexicon
        self._reader = NameReader(
            lexicon.forms, lexicon.spellings(), words, known_words | source_words
        )
        self._identifiers = IdentifierReader(words, numbers, self._reader)
        self._full_names = FullNameReader(
            WholeNames(catalogue, lexicon, numbers), self._identifiers
        )
        self._places = PlaceReader(catalogue, lexicon, words)
        self._runs = RunReader(lexicon)
        self._quantifiers = QuantifierReader(words)
        self._everything = PhraseTable(
            {ALL_SITES: words["scope_all_sites"], "everything": words["scope_everything"]}, numbers
        )
        self._unnamed = PhraseTable({"unnamed": words["machine_unnamed"]})
        self._not_unnamed = PhraseTable({"unnamed": words.get("machine_unnamed_not", ())})
        self._all_ids = tuple(machine.id for machine in catalogue.machines)
        self._everything_ids = tuple(machine.id for machine in catalogue.home_machines)
        self._heads = frozenset[str]().union(*(machine.heads for machine in lexicon.machines))
        self._behind_article = frozenset(words["behind_article"])
        self._described = frozenset(words["machine_described"])
        self._which = frozenset(words["which"])
        self._before_kind = frozenset(words["article"]) | frozenset(words["quantifier_all"])
        self._before_verb = frozenset(words.get("before_verb", ()))
        self._counted = frozenset(words.get("counted_noun", ()))
        self._kind_words = frozenset(lexicon.nouns())
        self._stand_ins = StandInReader(
            words, numbers, lexicon.kinds | lexicon.generic | self._heads
        )

    @property
    def name_words(self) -> frozenset[str]:
        """Words that name machines here, and nouns for kinds of them."""
        return frozenset((*self._lexicon.spellings(), *self._lexicon.nouns()))

    def may_be_name(self, word: str) -> bool:
        """Whether a strange word may be meant for one of a name: none of the language then."""
        return self._reader.may_be_name(word)

    def find(self, tokens: Sequence[str]) -> list[Mention]:
        """Mentions from left to right, none overlapping; the longest name wins."""
        parts = self._reader.read(tokens)
        resolved = self._stand_ins.resolved(
            tokens, parts, lambda first: self._places.at(tokens, first) is not None
        )
        if resolved != tokens:
            tokens, parts = resolved, self._reader.read(resolved)
        found: list[Mention] = []
        position = 0
        while position < len(tokens):
            mention = self._at(tokens, parts, position)
            if mention is None or self._is_verb(tokens, mention):
                position += 1
            else:
                found.append(mention)
                position = mention.last
        return found

    def _at(
        self, tokens: Sequence[str], parts: Sequence[NamePart | None], first: int
    ) -> Mention | None:
        return (
            self._full_names.at(tokens, parts, first, self._begins_name(tokens, first))
            or self._site(tokens, first)
            or self._all_of_it(tokens, first)
            or self._this_machine(tokens, first)
            or self._part_of_name(tokens, parts, first)
            or self._unknown_kind(tokens, parts, first)
        )

    def _begins_name(self, tokens: Sequence[str], first: int) -> bool:
        """A small word of the language begins a name only behind an article: "the us boiler",
        but not "show us boiler one"."""
        is_behind_article = first > 0 and tokens[first - 1] in self._before_kind
        return is_behind_article or tokens[first] not in self._behind_article

    def _is_verb(self, tokens: Sequence[str], mention: Mention) -> bool:
        """Whether a word for a kind of machines says what somebody does: "we saw"."""
        first = mention.first
        return (
            first > 0
            and mention.last == first + 1
            and tokens[first] in self._kind_words
            and tokens[first - 1] in self._before_verb
        )

    def _site(self, tokens: Sequence[str], first: int) -> Mention | None:
        place = self._places.at(tokens, first)
        if place is None:
            return None
        return Mention(first, place.last, "site", place.machine_ids, place.name)

    def _all_of_it(self, tokens: Sequence[str], first: int) -> Mention | None:
        match = self._everything.at(tokens, first)
        if match is None:
            return None
        place = self._places.at(tokens, match.last - 1)
        if place is not None and place.last > match.last:  # "der Standort Europa"
            return Mention(first, place.last, "site", place.machine_ids, place.name)
        if match.concept == ALL_SITES:
            return Mention(first, match.last, "everything", self._all_ids, ALL_SITES)
        return Mention(first, match.last, "everything", self._everything_ids)

    def _this_machine(self, tokens: Sequence[str], first: int) -> Mention | None:
        """Some machine that was not named: "this machine" must not become all of them."""
        match = self._unnamed.at(tokens, first)
        if match is None or self._identifiers.at(tokens, match.last)[0] is not None:
            return None
        if first in covered(self._not_unnamed.find(tokens)):
            return None
        if match.last < len(tokens) and tokens[match.last] in self._described:
            return None
        return Mention(first, match.last, "choice", self._everything_ids)

    def _part_of_name(
        self, tokens: Sequence[str], parts: Sequence[NamePart | None], first: int
    ) -> Mention | None:
        """Words of a name, with its identifier, or with what makes them a group."""
        quantifier = self._quantifiers.at(tokens, first)
        start = first if quantifier is None else quantifier.last
        run = self._runs.at(parts, start) if start < len(tokens) else None
        if run is None or not self._begins_name(tokens, start):
            return None
        named, last = self._identified(tokens, run)
        if tokens[last : last + 1] and tokens[last] in self._counted:  # "the two boiler models"
            first, quantifier = start, None
        if last == run.last and len(named) > 1 and self._are_several(parts, last):
            run, last = replace(run, is_plural=True), last + 1
        if self._is_narrowed_by_stranger(tokens, first):
            return Mention(first - 1, last, "unknown", label=" ".join(tokens[first - 1 : last]))
        mention = _part_mention(first, last, named, run, quantifier, tokens[start:last])
        asks_which = first > 0 and tokens[first - 1] in self._which
        if asks_which and mention.kind in ("machine", "choice"):
            return replace(mention, kind="group", label=" ".join(run.words))
        return mention

    def _identified(self, tokens: Sequence[str], run: Run) -> tuple[tuple[NamedMachine, ...], int]:
        """The machines of a run that have the identifier behind it, and where the name ends."""
        identifier, last = self._identifiers.at(tokens, run.last)
        if identifier is not None:
            named = _having(run, identifier)
            if named or not self._identifiers.may_be_article(tokens, run.last):
                return named, last
            return run.machines, run.last
        identifier, last = self._identifiers.heard_at(tokens, run.last)
        if identifier is not None and _having(run, identifier):
            return _having(run, identifier), last
        if self._identifiers.is_misspelt(tokens, run.last):
            return (), run.last + 1
        return run.machines, run.last

    def _are_several(self, parts: Sequence[NamePart | None], position: int) -> bool:
        """Whether a word for machines stands there in the plural: "the HVAC units"."""
        part = parts[position] if position < len(parts) else None
        return part is not None and part.is_plural and part.words[-1] in self._lexicon.generic

    def _is_narrowed_by_stranger(self, tokens: Sequence[str], first: int) -> bool:
        """Whether a word that nobody knows stands between an article and a name: "the suction
        pump" is not the pump that we know."""
        word = tokens[first - 1] if first > 1 else ""
        return (
            len(word) >= STRANGE_WORD
            and word.isalpha()
            and tokens[first - 2] in self._before_kind
            and self._reader.is_strange(word)
        )

    def _unknown_kind(
        self, tokens: Sequence[str], parts: Sequence[NamePart | None], first: int
    ) -> Mention | None:
        """A machine of a kind that is not here, a word that may be either of two names, or
        "machine" with an identifier."""
        part = parts[first]
        behind = first + 1 if part is None else part.last
        identifier, last = self._identifiers.at(tokens, behind)
        said = " ".join(tokens[first:last])
        if part is None:
            is_kind = self._is_strange_kind(tokens[first])
            return Mention(first, last, "unknown", label=said) if is_kind else None
        word = part.words[-1]
        if identifier is not None and word in self._lexicon.generic:
            ids = tuple(m.id for m in self._lexicon.machines if (word, identifier) in m.numbered)
            kind: MentionKind = "group" if ids else "unknown"
            return Mention(first, last, kind, ids, said, is_plural=bool(ids))
        is_unknown = not part.is_clear or word in self._lexicon.kinds - self._heads
        return Mention(first, last, "unknown", label=said) if is_unknown else None

    def _is_strange_kind(self, token: str) -> bool:
        """Whether a word that nobody knows ends in a kind of machine: "Saugpumpe"."""
        if not self._reader.is_strange(token):
            return False
        return self._lexicon.forms.word_at_end(token) in self._lexicon.kinds


def _having(run: Run, identifier: str) -> tuple[NamedMachine, ...]:
    return tuple(machine for machine in run.machines if machine.has(run.words[-1], identifier))


def _part_mention(
    first: int,
    last: int,
    named: Sequence[NamedMachine],
    run: Run,
    quantifier: Quantifier | None,
    said: Sequence[str],
) -> Mention:
    ids = tuple(machine.id for machine in named)
    if not named:
        return Mention(first, last, "unknown", label=" ".join(said))
    count = None if quantifier is None else quantifier.count
    if count is not None and count != len(ids):
        return Mention(first, last, "choice", ids)
    if run.is_plural or quantifier is not None:
        return Mention(first, last, "group", ids, " ".join(run.words), is_plural=True)
    return Mention(first, last, "machine" if len(ids) == 1 else "choice", ids)
