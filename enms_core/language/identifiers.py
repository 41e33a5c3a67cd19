"""Numbers and letters of machines in a sentence, also those misheard: "compressor won"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from enms_core.language.name_reader import NameReader
from enms_core.language.name_words import is_word
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseTable

HEARD = "heard_"
SHORTEST_NUMBER = 3  # letters of a word that may be a misspelt number


class IdentifierReader:
    """Reads them behind words of names."""

    def __init__(
        self,
        vocabulary: Mapping[str, tuple[str, ...]],
        numbers: NumberReader,
        names: NameReader,
    ) -> None:
        self.fillers = frozenset(vocabulary["identifier_word"])
        self._articles = frozenset(vocabulary["article"])
        self._after_article = frozenset(vocabulary["after_article"])
        self._openings = PhraseTable({"noun": vocabulary.get("noun_opening", ())})
        self._none = PhraseTable({"none": vocabulary.get("identifier_not", ())}, numbers)
        self._verbs = frozenset(vocabulary["machine_verb"])
        self._heard = {
            word: name.removeprefix(HEARD)
            for name, words in sorted(vocabulary.items())
            if name.startswith(HEARD)
            for word in words
        }
        self._number_words = numbers.single_words
        self._names = names

    def at(self, tokens: Sequence[str], position: int) -> tuple[str | None, int]:
        """The number or letter at a position, unless it is an article before a word of measure,
        and where the name ends. "Number" before it counts for nothing."""
        first = self._behind_fillers(tokens, position)
        if first >= len(tokens) or is_word(tokens[first]) or not tokens[first].isalnum():
            return None, position
        token = tokens[first]
        following = tokens[first + 1] if first + 1 < len(tokens) else ""
        if token in self._articles and following in self._after_article:
            return None, position
        if self._none.at(tokens, first) is not None:
            return None, position
        return token, first + 1

    def may_be_article(self, tokens: Sequence[str], position: int) -> bool:
        """Whether a letter behind a name is rather an article, unless a machine is called so: "the
        boiler, a monthly report"."""
        is_article = position < len(tokens) and tokens[position] in self._articles
        return is_article and self._openings.at(tokens, position + 1) is not None

    def heard_at(self, tokens: Sequence[str], position: int) -> tuple[str | None, int]:
        """The same for a word that sounds like one. A common word ("to", "be") only where nothing
        stands behind it that it could belong to."""
        first = self._behind_fillers(tokens, position)
        if first >= len(tokens) or tokens[first] not in self._heard:
            return None, position
        is_free = first + 1 == len(tokens) or tokens[first + 1] in self._verbs
        if self._names.is_known(tokens[first]) and not is_free:
            return None, position
        return self._heard[tokens[first]], first + 1

    def is_misspelt(self, tokens: Sequence[str], position: int) -> bool:
        """Whether a strange word stands there that is nearly a number: "boiler tow" is unknown."""
        first = self._behind_fillers(tokens, position)
        token = tokens[first] if first < len(tokens) else ""
        return (
            len(token) >= SHORTEST_NUMBER
            and token.isalpha()
            and not self._names.is_known(token)
            and any(OSA.distance(token, word, score_cutoff=1) <= 1 for word in self._number_words)
        )

    def _behind_fillers(self, tokens: Sequence[str], position: int) -> int:
        while position < len(tokens) and tokens[position] in self.fillers:
            position += 1
        return position
