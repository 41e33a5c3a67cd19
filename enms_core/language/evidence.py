"""Whether a sentence is ours at all: what other skills are for must stay theirs."""

from __future__ import annotations

from enms_core.language.classify import Judged
from enms_core.language.files import LanguageFiles
from enms_core.language.sentence import SOURCE, UNIT, Sentence
from enms_core.language.topics import TopicReader

# What must speak for a sentence (Judged.ours). Measured by cross-validation on the sentences that
# the classifier is fitted on, where two of a hundred of other skills are above it.
LEAST_OURS = 0.9
# With nothing but "it" to name a machine.
LEAST_OF_REFERENCE = 1.4
EXPLAINING = "explain_term"


class EvidenceReader:
    """Weighs a judged sentence of one language."""

    def __init__(self, files: LanguageFiles, topics: TopicReader) -> None:
        self._energy_words = frozenset(files.vocabulary["energy_word"])
        self._topics = topics

    def is_ours(self, judged: Judged, sentence: Sentence, text: str) -> bool:
        """Whether enough speaks for it. A term is explained where it is one of our glossary, or
        where the sentence is about energy."""
        if judged.intents[0].intent == EXPLAINING and not self._is_of_our_terms(sentence, text):
            return False
        least = LEAST_OF_REFERENCE if _only_refers(sentence) else LEAST_OURS
        return judged.ours >= least

    def _is_of_our_terms(self, sentence: Sentence, text: str) -> bool:
        if self._topics.term(text) is not None:
            return True
        return any(word in (SOURCE, UNIT) or word in self._energy_words for word in sentence.texts)


def _only_refers(sentence: Sentence) -> bool:
    """Whether "it" is all that names a machine."""
    return bool(sentence.machines) and all(spotted.is_reference for spotted in sentence.machines)
