"""Sentences that are complete though a word ties them to an answer: "and what was the peak load
yesterday", "the demand charge in september, what was that"."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from enms_core.domain.intents import INTENTS
from enms_core.language.phrases import PhraseMatch
from enms_core.language.sentence import HORIZON, MACHINE, PERIOD, SOURCE, Sentence

NAMES = frozenset({MACHINE, SOURCE})
NAMED = NAMES | {PERIOD, HORIZON}


class WholeReader:
    """Finds them in one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._asking = frozenset(words["question_word"])
        self._articles = frozenset(words["article"])

    def is_whole(
        self,
        sentence: Sentence,
        intent: str,
        figures: Collection[int],
        pointing: Sequence[PhraseMatch],
    ) -> bool:
        """Whether a figure is named, and of what or when. What the intent needs beside it is asked
        for by itself. figures: positions of the words that name one; pointing: words that point at
        an answer, or at what the sentence itself began with."""
        if not figures or (NAMED.isdisjoint(sentence.texts) and not INTENTS[intent].needs):
            return False
        return all(
            self._is_article(sentence.texts, match, figures)
            or self._takes_up(sentence.texts, match, figures)
            for match in pointing
        )

    def points_at_nothing(self, sentence: Sentence, pointing: Sequence[PhraseMatch]) -> bool:
        """Whether all words that would point are before a name: "war das Band gestern an"."""
        return all(self._is_article(sentence.texts, match, ()) for match in pointing)

    def _is_article(
        self, texts: Sequence[str], match: PhraseMatch, figures: Collection[int]
    ) -> bool:
        """Whether words end in the article of a name, and do not point: "ist das Modell"."""
        if texts[match.last - 1] not in self._articles:
            return False
        return match.last in figures or not NAMES.isdisjoint(texts[match.last : match.last + 1])

    def _takes_up(self, texts: Sequence[str], match: PhraseMatch, figures: Collection[int]) -> bool:
        """Whether something was named before, and a word that asks stands between."""
        named = (index for index, word in enumerate(texts) if word in NAMED)
        return not self._asking.isdisjoint(texts[min((*figures, *named)) : match.first])
