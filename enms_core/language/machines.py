"""Spotting machines in a sentence: by full name, by part of it, as a group, or as unknown.

Nothing here guesses: a part that fits several machines is a choice for the person, and a known
kind of machine with an identifier that no machine has ("boiler two") is an unknown machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from rapidfuzz import fuzz, process

from enms_core.domain.catalogue import Catalogue
from enms_core.language.names import (
    NamedMachine,
    distinct_site_words,
    is_word,
    joined,
    name_tokens,
    named_machines,
)
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseTable

LONGEST_NAME = 8
SHORTEST_CORRECTED = 4
SPELLING_RATIO = 80.0

ALL_SITES = "sites"

MentionKind = Literal["machine", "group", "choice", "unknown", "site", "everything"]


@dataclass(frozen=True)
class Mention:
    """Words first..last (exclusive) of a sentence that name machines, or something unknown.

    label: of a group or a site; ALL_SITES where each site was named with the others. is_plural:
    whether a group was named as several, and not asked for as "which compressor".
    """

    first: int
    last: int
    kind: MentionKind
    machine_ids: tuple[UUID, ...] = ()
    label: str | None = None
    source: str | None = None
    is_plural: bool = False


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
        self._words = words
        self._everything = PhraseTable(
            {ALL_SITES: words["scope_all_sites"], "everything": words["scope_everything"]}, numbers
        )
        self._unnamed = PhraseTable({"unnamed": words["machine_unnamed"]})
        self._all_ids = tuple(machine.id for machine in catalogue.machines)
        self._everything_ids = tuple(machine.id for machine in catalogue.home_machines)
        scope_words = {word for phrase in words["scope_everything"] for word in phrase.split()}
        common = frozenset(scope_words | set(words["machine_generic"]))
        topics = frozenset(words["energy_word"]) | source_words
        self._machines = named_machines(catalogue, numbers, common, topics)
        self._sites = _sites(catalogue, distinct_site_words(catalogue, numbers, common | topics))
        self._site_ends = frozenset(words["site_noun"])
        self._exact = _exact_names(catalogue, numbers)
        self._heads = frozenset[str]().union(*(machine.heads for machine in self._machines))
        self._name_words = frozenset[str]().union(*(machine.words for machine in self._machines))
        self._nouns = frozenset(words["machine_noun"]) - self._heads
        self._fillers = frozenset(words["identifier_word"])
        self._generic = frozenset(words["machine_generic"])
        self._known_words = (known_words | source_words) - self._name_words

    def find(self, tokens: Sequence[str]) -> list[Mention]:
        """Mentions from left to right, none overlapping; the longest name wins."""
        spelt = [self._spelt(token) for token in tokens]
        found: list[Mention] = []
        position = 0
        while position < len(spelt):
            mention = self._at(spelt, position)
            if mention is None:
                position += 1
            else:
                found.append(mention)
                position = mention.last
        return found

    def _at(self, tokens: Sequence[str], first: int) -> Mention | None:
        return (
            self._full_name(tokens, first)
            or self._site(tokens, first)
            or self._all_of_it(tokens, first)
            or self._this_machine(tokens, first)
            or self._part_of_name(tokens, first)
            or self._unknown_noun(tokens, first)
        )

    def _full_name(self, tokens: Sequence[str], first: int) -> Mention | None:
        for last in range(min(len(tokens), first + LONGEST_NAME), first, -1):
            named = self._exact.get(joined(self._without_fillers(tokens[first:last])))
            if named is not None:
                ids, source, site = named
                kind: MentionKind = "site" if site else "machine" if len(ids) == 1 else "choice"
                if source is not None:
                    kind = "machine"
                return Mention(first, last, kind, ids, site, source)
        return None

    def _site(self, tokens: Sequence[str], first: int) -> Mention | None:
        """A word of one factory's name and a word for a site: "the European plant"."""
        site = self._sites.get(tokens[first])
        for last in range(first + 1, min(first + 3, len(tokens))):
            if site is not None and tokens[last] in self._site_ends:
                return Mention(first, last + 1, "site", site[1], site[0])
        return None

    def _all_of_it(self, tokens: Sequence[str], first: int) -> Mention | None:
        match = self._everything.at(tokens, first)
        if match is None:
            return None
        if match.concept == ALL_SITES:
            return Mention(first, match.last, "everything", self._all_ids, ALL_SITES)
        return Mention(first, match.last, "everything", self._everything_ids)

    def _this_machine(self, tokens: Sequence[str], first: int) -> Mention | None:
        """Some machine that was not named: "this machine" must not become all of them."""
        match = self._unnamed.at(tokens, first)
        if match is None or self._identifier(tokens, match.last)[0] is not None:
            return None
        return Mention(first, match.last, "choice", self._everything_ids)

    def _part_of_name(self, tokens: Sequence[str], first: int) -> Mention | None:
        start = first + self._quantifier_length(tokens, first)
        asks_which = first > 0 and tokens[first - 1] in self._words["which"]
        last, plural = start, start > first
        run: list[str] = []
        while last < len(tokens) and (word := self._name_word(tokens[last])) is not None:
            plural = plural or word != tokens[last]
            run.append(word)
            last += 1
        if not any(word in self._heads for word in run):
            return None
        named = [machine for machine in self._machines if machine.words.issuperset(run)]
        identifier, after = self._identifier(tokens, last)
        if identifier is not None:
            named = [machine for machine in named if identifier in machine.identifiers]
            last = after
        if asks_which and named and not plural:
            ids = tuple(machine.id for machine in named)
            return Mention(first, last, "group", ids, " ".join(run))
        return _part_mention(first, last, named, plural, " ".join(tokens[start:last]), run)

    def _unknown_noun(self, tokens: Sequence[str], first: int) -> Mention | None:
        """A machine of a kind that is not here, or "machine" with an identifier."""
        noun = self._singular(tokens[first], self._nouns | self._generic)
        if noun is None:
            return None
        identifier, last = self._identifier(tokens, first + 1)
        if noun in self._generic and identifier is None:
            return None
        return Mention(first, last, "unknown", label=" ".join(tokens[first:last]))

    def _quantifier_length(self, tokens: Sequence[str], first: int) -> int:
        if tokens[first] not in self._words["quantifier_all"]:
            return 0
        second = tokens[first + 1] if first + 1 < len(tokens) else ""
        return 2 if second in self._words["article"] else 1

    def _name_word(self, token: str) -> str | None:
        return self._singular(token, self._name_words)

    def _singular(self, token: str, words: frozenset[str]) -> str | None:
        """The word that a token is, or is the plural of."""
        if token in words:
            return token
        for suffix in self._words["plural_suffix"]:
            if token.endswith(suffix) and token.removesuffix(suffix) in words:
                return token.removesuffix(suffix)
        return None

    def _identifier(self, tokens: Sequence[str], position: int) -> tuple[str | None, int]:
        """The number or letter at a position, unless it is an article before a word of measure,
        and where the name ends. "Number" before it counts for nothing."""
        start = position
        while position < len(tokens) and tokens[position] in self._fillers:
            position += 1
        if position >= len(tokens) or is_word(tokens[position]) or not tokens[position].isalnum():
            return None, start
        token = tokens[position]
        following = tokens[position + 1] if position + 1 < len(tokens) else ""
        is_article = token in self._words["article"] and following in self._words["after_article"]
        return (None, start) if is_article else (token, position + 1)

    def _without_fillers(self, tokens: Sequence[str]) -> list[str]:
        return [token for token in tokens if token not in self._fillers]

    def _spelt(self, token: str) -> str:
        """A token, or the name's word that it is a misspelling of."""
        if len(token) < SHORTEST_CORRECTED or token.isdigit() or token in self._known_words:
            return token
        if self._name_word(token) is not None:
            return token
        best = process.extractOne(
            token, sorted(self._name_words), scorer=fuzz.ratio, score_cutoff=SPELLING_RATIO
        )
        return token if best is None else str(best[0])


def _part_mention(
    first: int,
    last: int,
    named: Sequence[NamedMachine],
    plural: bool,
    label: str,
    run: Sequence[str],
) -> Mention:
    ids = tuple(machine.id for machine in named)
    if not named:
        return Mention(first, last, "unknown", label=label)
    if plural:
        return Mention(first, last, "group", ids, " ".join(run), is_plural=True)
    return Mention(first, last, "machine" if len(ids) == 1 else "choice", ids)


Named = tuple[tuple[UUID, ...], str | None, str | None]


def _exact_names(catalogue: Catalogue, numbers: NumberReader) -> dict[str, Named]:
    """Joined name → machines, the SEU's source, the site. A machine's name beats an SEU's."""
    names: dict[str, Named] = {}
    for factory in catalogue.factories:
        ids = tuple(machine.id for machine in catalogue.machines_of((factory.id,)))
        names[joined(name_tokens(factory.name, numbers))] = (ids, None, factory.name)
    source_names = {source.id: source.name for source in catalogue.sources}
    for seu in catalogue.seus:
        name = joined(name_tokens(seu.name, numbers))
        names[name] = (seu.machine_ids, source_names.get(seu.energy_source_id), None)
    for name, ids in _machines_by_name(catalogue, numbers).items():
        names[name] = (ids, None, None)
    names.pop("", None)  # an empty alias, or a name of nothing but symbols
    return names


def _machines_by_name(catalogue: Catalogue, numbers: NumberReader) -> dict[str, tuple[UUID, ...]]:
    """Two factories may have machines of one name: then the name is a choice."""
    found: dict[str, tuple[UUID, ...]] = {}
    for machine in catalogue.machines:
        for name in dict.fromkeys((machine.name, *machine.aliases)):
            key = joined(name_tokens(name, numbers))
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), machine.id)))
    return found


def _sites(
    catalogue: Catalogue, words: Mapping[UUID, Iterable[str]]
) -> dict[str, tuple[str, tuple[UUID, ...]]]:
    return {
        word: (
            catalogue.factory(factory_id).name,
            tuple(machine.id for machine in catalogue.machines_of((factory_id,))),
        )
        for factory_id, site_words in words.items()
        for word in sorted(site_words)
    }
