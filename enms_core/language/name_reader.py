"""Reading the words of names in a sentence, also those misspelt, misheard or torn apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from enms_core.language.name_forms import NameForms, NamePart
from enms_core.language.name_sounds import NameSpelling, Sounds
from enms_core.language.name_words import is_word
from enms_core.language.tokens import spelled_out

LONGEST_TORN = 4  # words that are one word of a name when run together: "h v a c"


class NameReader:
    """Reads words of names over one catalogue.

    named: the words and compounds that names are corrected towards. known_words: words of the
    language, which are never taken for others.
    """

    def __init__(
        self,
        forms: NameForms,
        named: Iterable[str],
        vocabulary: Mapping[str, tuple[str, ...]],
        known_words: frozenset[str],
    ) -> None:
        self._forms = forms
        self._known_words = frozenset(word for word in known_words if not forms.is_word(word))
        self._torn = {"".join(phrase): meaning for phrase, meaning in forms.meanings.items()}
        targets = {spelled_out(word): " ".join(forms.elements([word])) for word in named}
        self._spelling = NameSpelling(targets, self._known_words, Sounds(vocabulary))

    def read(self, tokens: Sequence[str]) -> list[NamePart | None]:
        """What begins at each word."""
        return [
            self._forms.at(tokens, first)
            or self._torn_at(tokens, first)
            or self._corrected(tokens, first)
            for first in range(len(tokens))
        ]

    def is_strange(self, token: str) -> bool:
        """Whether nobody knows a token; False where we do not know the language's words."""
        return bool(self._known_words) and not self.is_known(token)

    def may_be_name(self, token: str) -> bool:
        """Whether a word is one of a name, or nearly one and otherwise unknown."""
        is_near = self.is_strange(token) and self._spelling.is_near(spelled_out(token))
        return is_near or self._forms.is_word(token)

    def is_known(self, token: str) -> bool:
        """Whether a token is a word of the language or of names."""
        return token in self._known_words or self._forms.is_word(token)

    def _torn_at(self, tokens: Sequence[str], first: int) -> NamePart | None:
        """Several words that are one of a name: "e u", "h vac"; not two words of the language."""
        for last in range(min(len(tokens), first + LONGEST_TORN), first + 1, -1):
            meaning = self._torn.get("".join(tokens[first:last]))
            torn = (len(word) == 1 or word not in self._known_words for word in tokens[first:last])
            if meaning is not None and any(torn):
                return NamePart((meaning,), last)
        return None

    def _corrected(self, tokens: Sequence[str], first: int) -> NamePart | None:
        """A misspelt word; a short one only where an identifier behind it makes it a name."""
        token = spelled_out(tokens[first])
        if tokens[first] in self._known_words:
            return None
        meant = self._spelling.meant(token)
        if not meant and first + 1 < len(tokens) and not is_word(tokens[first + 1]):
            meant = self._spelling.nearly(token)
        if not meant:
            return None
        words = [word for name in meant for word in self._forms.elements([name])]
        is_plural = any(map(self._spelling.meant, self._forms.stems_of_plural(token)))
        return NamePart(tuple(words), first + 1, is_plural, is_clear=len(meant) == 1)
