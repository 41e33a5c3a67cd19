"""Words in the place of a machine that name none of ours."""

from __future__ import annotations

from enms_core.domain.intents import INTENTS
from enms_core.language.model import LanguageModel
from enms_core.language.sentence import SLOTS, Sentence
from enms_core.language.tokens import tokenize

# "dishwasher energy yesterday": only in so short a sentence is an unknown first word a machine.
LONGEST_NOUN_PHRASE = 5
UNKNOWN = "unknown"


class UnknownMachineReader:
    """Finds them: an unknown machine is never silently the whole factory."""

    def __init__(self, model: LanguageModel) -> None:
        words = model.files.vocabulary
        asked_back = (
            token.text
            for name, phrases in words.items()
            if name.startswith("unhandled")
            for phrase in phrases
            for token in tokenize(phrase)
        )
        self._known_words = model.classifier.known_words.union(asked_back)
        self._before_machine = frozenset(words["before_machine"])

    def find(self, text: str, sentence: Sentence, intent: str, taken: frozenset[int]) -> str | None:
        """The words, as they were said. taken: positions of words that are understood."""
        named = unknown_name(text, sentence)
        return named if named is not None else self._in_place(text, sentence, intent, taken)

    def _in_place(
        self, text: str, sentence: Sentence, intent: str, taken: frozenset[int]
    ) -> str | None:
        """A word that no sentence has, where a machine's name stands."""
        named = any(spotted.mention.kind != "everything" for spotted in sentence.machines)
        if named or not INTENTS[intent].takes("machine"):
            return None
        words = sentence.masked
        may_begin = len(words) <= LONGEST_NOUN_PHRASE
        for index, word in enumerate(words):
            before = words[index - 1] if index else None
            in_place = may_begin if before is None else before.text in self._before_machine
            if in_place and index not in taken and self._is_unknown(word.text):
                return text[word.start : word.end]
        return None

    def _is_unknown(self, word: str) -> bool:
        return word not in self._known_words and word not in SLOTS


def unknown_name(text: str, sentence: Sentence) -> str | None:
    """What was said of a kind of machines, or of an identifier, that is not here: "boiler two"."""
    return next(
        (text[each.start : each.end] for each in sentence.machines if each.mention.kind == UNKNOWN),
        None,
    )
