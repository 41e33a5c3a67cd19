"""Which of some things that were offered, or told, are meant: by order, by a word that only one of
them has, or all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.language.names import NameLexicon
from enms_core.language.numbers import NumberKind, NumberReader
from enms_core.language.periods import PeriodMatch
from enms_core.language.phrases import PhraseTable
from enms_core.language.tokens import Token

Choice = TypeVar("Choice")
# Words of a name and its noun in "the big european one": no more than these stand before the noun.
MOST_QUALITIES = 2


@dataclass(frozen=True)
class Chosen(Generic[Choice]):
    """The things meant, and the tokens first..last (exclusive) that say so."""

    choices: tuple[Choice, ...]
    first: int
    last: int


class ChoiceReader:
    """Reads choices in one language."""

    def __init__(
        self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader, catalogue: Catalogue
    ) -> None:
        self._numbers = numbers
        self._names = NameLexicon(catalogue, words, numbers, frozenset())
        self._words = {
            machine.id: machine.words | {each for each in machine.identifiers if not each.isdigit()}
            for machine in self._names.machines
        }
        self._last = frozenset(words["choice_last"])
        self._nouns = frozenset(words["reference_noun"])
        self.articles = frozenset((*words["article"], *words.get("choice_before", ())))
        self._fillers = frozenset(words["identifier_word"])
        self._others = PhraseTable({"other": words["choice_other"]})
        self._all = PhraseTable({"all": words["choice_all"], "of": words.get("choice_of", ())})

    def all_of(self, texts: Sequence[str], choices: Sequence[Choice]) -> Chosen[Choice] | None:
        """Every one of them: "both", "all of them"; not "the first of both"."""
        found = [match for match in self._all.find(texts) if match.concept == "all"]
        return Chosen(tuple(choices), found[0].first, found[0].last) if found else None

    def ordered(
        self,
        tokens: Sequence[Token],
        periods: Sequence[PeriodMatch],
        choices: Sequence[Choice],
        kinds: Sequence[NumberKind],
    ) -> Chosen[Choice] | None:
        """By the order in which they were offered: "the second one", "number two", "the last".
        What belongs to a time counts nothing: "last week", "the second of May"."""
        timed = {index for match in periods for index in self._of_time(tokens, match)}
        found = [
            (index, place)
            for index in range(len(tokens))
            if index not in timed
            and (place := self._place(tokens, index, len(choices), kinds)) is not None
        ]
        if len(found) != 1 or not 1 <= found[0][1] <= len(choices):
            return None
        index, place = found[0]
        first = index - (index > 0 and tokens[index - 1].text in self._fillers)
        return Chosen((choices[place - 1],), first, self._behind_noun(tokens, index + 1))

    def alike(self, tokens: Sequence[Token], choices: Sequence[UUID]) -> Chosen[UUID] | None:
        """By a word that only one of them has: "the European one"."""
        texts = [token.text for token in tokens]
        for index in range(len(texts)):
            part = self._names.forms.at(texts, index)
            meant = {texts[index], *(part.words if part is not None else ())}
            fitting = [id_ for id_ in choices if meant & self._words[id_]]
            if len(fitting) == 1:
                last = part.last if part is not None else index + 1
                return Chosen((fitting[0],), index, self._behind_noun(tokens, last))
        return None

    def other(self, texts: Sequence[str], others: Sequence[UUID]) -> Chosen[UUID] | None:
        """The one that is left: "the other one"."""
        found = self._others.find(texts)
        if not found or not others:
            return None
        return Chosen(tuple(others), found[0].first, found[0].last)

    def quality(self, tokens: Sequence[Token], choices: Sequence[UUID]) -> Chosen[UUID] | None:
        """The same where it stands for a name: behind an article, before a noun or the end."""
        for index in range(len(tokens) - 1):
            if tokens[index].text not in self.articles:
                continue
            for last in range(index + 2, min(index + 2 + MOST_QUALITIES, len(tokens) + 1)):
                is_noun = last == len(tokens) or tokens[last].text in self._nouns
                found = self.alike(tokens[index + 1 : last], choices)
                if is_noun and found is not None:
                    return Chosen(found.choices, index, self._behind_noun(tokens, last))
        return None

    def counts(self, tokens: Sequence[Token], periods: Sequence[PeriodMatch]) -> bool:
        """Whether a place in the order is named, be there such a one or not: "the third"."""
        timed = {index for match in periods for index in self._of_time(tokens, match)}
        numbers = (self._numbers.read(tokens, i) for i in range(len(tokens)) if i not in timed)
        return any(number is not None and number[0].kind == "ordinal" for number in numbers)

    def ends_in_noun(self, texts: Sequence[str]) -> bool:
        """Whether it has the shape of a choice: "the big one"."""
        return len(texts) > 1 and texts[-1] in self._nouns

    def _place(
        self, tokens: Sequence[Token], index: int, places: int, kinds: Sequence[NumberKind]
    ) -> int | None:
        if tokens[index].text in self._last:
            return places
        if self._is_noun(tokens, index):
            return None
        read = self._numbers.read(tokens, index)
        return int(read[0].value) if read is not None and read[0].kind in kinds else None

    def _of_time(self, tokens: Sequence[Token], match: PeriodMatch) -> range:
        """The tokens of a time; none where it is nothing but "the second", a day or a choice."""
        said = range(match.first_token, match.end_token)
        index = match.first_token
        while index < match.end_token:
            number = self._numbers.read(tokens, index)
            if number is None and tokens[index].text not in self.articles:
                return said
            index = index + 1 if number is None else number[1]
        return range(0)

    def _is_noun(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word like "one" stands for a name, as in "the second one", and is no number."""
        is_numbered = index > 0 and tokens[index - 1].text in self._fillers
        return index > 0 and tokens[index].text in self._nouns and not is_numbered

    def _behind_noun(self, tokens: Sequence[Token], last: int) -> int:
        return last + (last < len(tokens) and tokens[last].text in self._nouns)
