"""Whether a sentence is ours at all: what other skills are for must stay theirs."""

from __future__ import annotations

from enms_core.language.classify import Judged
from enms_core.language.files import LanguageFiles
from enms_core.language.sentence import SOURCE, UNIT, Sentence
from enms_core.language.topics import TopicReader
from enms_core.language.unknown_machine import UNKNOWN

# What must speak for a sentence (Judged.ours) that names a machine, a carrier or a unit; that has a
# word about energy; and that has neither. Measured by cross-validation on the sentences that the
# classifier is fitted on: docs/understanding.md.
LEAST_NAMED = 0.5
LEAST_WORDED = 0.6
LEAST_OURS = 0.9
# With nothing but "it" to name a machine.
LEAST_OF_REFERENCE = 1.4
# About what was told before: "why", "are you sure".
LEAST_AFTER_ANSWER = 0.4
AFTER_ANSWER = frozenset({"root_cause", "opportunities", "performance", "evidence", "repeat"})
EXPLAINING = "explain_term"


class EvidenceReader:
    """Weighs a judged sentence of one language."""

    def __init__(self, files: LanguageFiles, topics: TopicReader) -> None:
        self._energy_words = frozenset(files.vocabulary["energy_word"])
        self._topics = topics

    def is_ours(
        self, judged: Judged, sentence: Sentence, text: str, follows_answer: bool = False
    ) -> bool:
        """Whether enough speaks for it. A term is explained where it is one of our glossary, or
        where the sentence is about energy."""
        intent = judged.intents[0].intent
        if intent == EXPLAINING and not self._is_of_our_terms(sentence, text):
            return False
        least = self._least(sentence)
        if follows_answer and intent in AFTER_ANSWER:
            least = min(least, LEAST_AFTER_ANSWER)
        return judged.ours >= least

    def _least(self, sentence: Sentence) -> float:
        if _only_refers(sentence):
            return LEAST_OF_REFERENCE
        if _names_something(sentence):
            return LEAST_NAMED
        has_word = any(word in self._energy_words for word in sentence.texts)
        return LEAST_WORDED if has_word else LEAST_OURS

    def _is_of_our_terms(self, sentence: Sentence, text: str) -> bool:
        if self._topics.term(text) is not None:
            return True
        return any(word in (SOURCE, UNIT) or word in self._energy_words for word in sentence.texts)


def _only_refers(sentence: Sentence) -> bool:
    """Whether "it" is all that names a machine."""
    return bool(sentence.machines) and all(spotted.is_reference for spotted in sentence.machines)


def _names_something(sentence: Sentence) -> bool:
    """Whether a machine that is here, a carrier or a unit is named."""
    is_here = any(spotted.mention.kind != UNKNOWN for spotted in sentence.machines)
    return is_here or SOURCE in sentence.texts or UNIT in sentence.texts
