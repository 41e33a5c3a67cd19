"""The forms in which words of names are met: as they are, as plurals, in any case, in compounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.language.name_words import Phrase
from enms_core.language.remembering import remembered
from enms_core.language.tokens import entry_words, spelled_out

SHORTEST_PART = 3  # letters of a part of a compound
MOST_SEEN = 4_000
SHORTEST_END = 5  # of its last part, where nothing is known of the first


@dataclass(frozen=True)
class NamePart:
    """What a stretch of a sentence that ends before word `last` stands for.

    words: common words of names, else a name's own; two in a compound, the narrowing one first.
    is_clear: False where it is misspelt and may be any of the words.
    """

    words: tuple[str, ...]
    last: int
    is_plural: bool = False
    is_clear: bool = True


class NameForms:
    """Finds them in tokens. meanings: what each word or phrase stands for, in its first form."""

    def __init__(
        self, meanings: Mapping[Phrase, str], vocabulary: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.meanings = {tuple(map(spelled_out, phrase)): word for phrase, word in meanings.items()}
        self._longest: dict[str, int] = {}
        for phrase in self.meanings:
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 1), len(phrase))
        self._endings = [
            *((ending, True) for ending in vocabulary["plural_suffix"]),
            *((ending, False) for ending in vocabulary["case_suffix"]),
        ]
        self._plurals = frozenset(
            tuple(map(spelled_out, entry_words(entry))) for entry in vocabulary["machine_plural"]
        )
        links = vocabulary["compound_link"]
        self._links = ("", *links) if links else ()  # a language without links has no compounds
        self._compounds: dict[str, tuple[Phrase, bool]] = {}
        self._seen: dict[Phrase, tuple[str, bool] | None] = {}

    def at(self, tokens: Sequence[str], first: int) -> NamePart | None:
        """The longest phrase that begins at a word."""
        token = spelled_out(tokens[first])
        longest = self._longest.get(token, 1)
        for last in range(min(len(tokens), first + longest), first, -1):
            phrase = (token, *map(spelled_out, tokens[first + 1 : last]))
            found = self._meaning(phrase)
            if found is not None:
                meaning, is_plural = found
                before = tuple(map(spelled_out, tokens[max(first - 1, 0) : last]))
                return NamePart((meaning,), last, is_plural or before in self._plurals)
        return self._compound(token, first + 1)

    def elements(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """A whole name as what its words stand for; other words and identifiers as they are."""
        found: list[str] = []
        position = 0
        while position < len(tokens):
            part = self.at(tokens, position) or NamePart((tokens[position],), position + 1)
            found += part.words
            position = part.last
        return tuple(found)

    def is_word(self, token: str) -> bool:
        """Whether a token is a word of a name, in any form."""
        return self._meaning((spelled_out(token),)) is not None

    def word_at_end(self, token: str) -> str | None:
        """What the last part of a compound stands for, whatever is before it."""
        if not self._links:
            return None
        token = spelled_out(token)
        for cut in range(SHORTEST_PART, len(token) - SHORTEST_END + 1):
            found = self._meaning((token[cut:],))
            if found is not None:
                return found[0]
        return None

    def stems_of_plural(self, token: str) -> list[str]:
        """A token without each ending that makes a plural and that it has."""
        endings = (ending for ending, is_plural in self._endings if is_plural)
        return [token.removesuffix(ending) for ending in endings if token.endswith(ending)]

    def _meaning(self, phrase: Phrase) -> tuple[str, bool] | None:
        """What a phrase stands for, and whether it is a plural; its last word in any form."""
        return remembered(self._seen, phrase, self._in_any_form, MOST_SEEN)

    def _in_any_form(self, phrase: Phrase) -> tuple[str, bool] | None:
        meaning = self.meanings.get(phrase)
        if meaning is not None:
            return meaning, phrase in self._plurals
        for ending, is_plural in self._endings:
            if phrase[-1].endswith(ending) and len(phrase[-1]) - len(ending) >= SHORTEST_PART:
                meaning = self.meanings.get((*phrase[:-1], phrase[-1].removesuffix(ending)))
                if meaning is not None:
                    return meaning, is_plural
        return None

    def _compound(self, token: str, last: int) -> NamePart | None:
        """A word of two parts, of which the first narrows the second."""
        if not self._links:
            return None
        words, is_plural = remembered(self._compounds, token, self._split, MOST_SEEN)
        return NamePart(words, last, is_plural) if words else None

    def _split(self, token: str) -> tuple[Phrase, bool]:
        """What two parts of a word stand for, and whether it is a plural; else nothing."""
        for cut in range(SHORTEST_PART, len(token) - SHORTEST_PART + 1):
            second = self._meaning((token[cut:],))
            first = self._first_part(token[:cut]) if second is not None else None
            if second is not None and first is not None:
                return (first, second[0]), second[1]
        return (), False

    def _first_part(self, text: str) -> str | None:
        for link in self._links:
            meaning = self.meanings.get((text.removesuffix(link),)) if text.endswith(link) else None
            if meaning is not None:
                return meaning
        return None
