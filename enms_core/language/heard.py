"""A sentence on its way to be understood: its text, its words, and what was found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from enms_core.language.choosing import Chosen
from enms_core.language.sentence import Sentence
from enms_core.language.tokens import Token

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Heard:
    """corrects: words before it, which are left out here, took back what was said."""

    text: str
    tokens: Sequence[Token]
    sentence: Sentence
    corrects: bool = False

    @property
    def texts(self) -> list[str]:
        return [token.text for token in self.tokens]

    def positions(self, chosen: Chosen[Choice] | None) -> frozenset[int]:
        """The words of the sentence in which a choice was made."""
        if chosen is None:
            return frozenset()
        start, end = self._span(chosen)
        words = enumerate(self.sentence.words)
        return frozenset(i for i, word in words if start < word.end and word.start < end)

    def without_time_in(self, chosen: Chosen[Choice] | None) -> Heard:
        """The same where what was taken for a day is a choice: "the second"."""
        if chosen is None:
            return self
        periods = tuple(
            match
            for match in self.sentence.periods
            if match.end_token <= chosen.first or chosen.last <= match.first_token
        )
        return replace(self, sentence=replace(self.sentence, periods=periods))

    def _span(self, chosen: Chosen[Choice]) -> tuple[int, int]:
        return self.tokens[chosen.first].start, self.tokens[chosen.last - 1].end
