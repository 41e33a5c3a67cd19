"""Sites in a sentence, and words for everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.language.names import NameLexicon
from enms_core.language.phrases import PhraseTable

WITHIN = 2  # words between which a site's word and "plant" may stand


@dataclass(frozen=True)
class Place:
    """Words of a sentence up to `last` (exclusive) that mean a site."""

    last: int
    name: str
    machine_ids: tuple[UUID, ...]


class PlaceReader:
    """Finds the sites of one catalogue by a word of their name and a word for a site."""

    def __init__(
        self,
        catalogue: Catalogue,
        lexicon: NameLexicon,
        vocabulary: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._forms = lexicon.forms
        self._nouns = frozenset(vocabulary["site_noun"])
        self._ends = tuple(sorted(self._nouns))
        self._prepositions = frozenset(vocabulary["place_preposition"])
        self._places = PhraseTable({"place": vocabulary["site_place"]})
        self._articles = frozenset(vocabulary["article"])
        self._joining = frozenset(vocabulary["place_joining"])
        self._sites = {
            word: (catalogue.factory(id_).name, tuple(m.id for m in catalogue.machines_of((id_,))))
            for id_, words in lexicon.site_words.items()
            for word in sorted(words)
        }

    def at(self, tokens: Sequence[str], first: int) -> Place | None:
        """ "The European plant", "plant Europe", "Europawerk", "in Europe", "energy Europe"."""
        if not self._sites:
            return None
        if tokens[first] in self._nouns:
            return self._behind_noun(tokens, first)
        return (
            self._before_noun(tokens, first)
            or self._alone(tokens, first)
            or self._beside_place(tokens, first)
        )

    def _before_noun(self, tokens: Sequence[str], first: int) -> Place | None:
        site = self._site(tokens, first)
        if site is None:
            return self._in_one_word(tokens[first], first)
        for last in range(site.last, min(site.last + WITHIN, len(tokens))):
            if tokens[last] in self._nouns:
                return Place(last + 1, site.name, site.machine_ids)
        return None

    def _behind_noun(self, tokens: Sequence[str], first: int) -> Place | None:
        following = first + 1
        if following < len(tokens) and tokens[following] in self._prepositions:
            following += 1
        return self._site(tokens, following) if following < len(tokens) else None

    def _alone(self, tokens: Sequence[str], first: int) -> Place | None:
        """A word of a name that is a place by itself: with an article only where a place stands;
        before another word of a name it is a part of that name."""
        match = self._places.at(tokens, first)
        if match is None:
            return None
        if first and tokens[first - 1] in self._prepositions:
            return self._site(tokens, first + (tokens[first] in self._articles))
        is_one_word = match.last == first + 1
        is_in_name = match.last < len(tokens) and self._forms.at(tokens, match.last) is not None
        return self._site(tokens, first) if is_one_word and not is_in_name else None

    def _beside_place(self, tokens: Sequence[str], first: int) -> Place | None:
        """A word of a name that is joined to a place: "demo or Europe"."""
        site = self._site(tokens, first)
        if site is None:
            return None
        for joining, other in ((site.last, site.last + 1), (first - 1, first - 2)):
            if not 0 <= other < len(tokens) or tokens[joining] not in self._joining:
                continue
            place = self._alone(tokens, other)
            if place is not None and place.name != site.name:
                return site
        return None

    def _in_one_word(self, token: str, last: int) -> Place | None:
        if not token.endswith(self._ends):
            return None
        for noun in self._ends:
            if token.endswith(noun) and token != noun:
                site = self._site([token.removesuffix(noun)], 0)
                if site is not None:
                    return Place(last + 1, site.name, site.machine_ids)
        return None

    def _site(self, tokens: Sequence[str], first: int) -> Place | None:
        part = self._forms.at(tokens, first)
        words = (tokens[first],) if part is None else part.words
        if len(words) > 1 or words[0] not in self._sites:
            return None
        return Place(first + 1 if part is None else part.last, *self._sites[words[0]])
