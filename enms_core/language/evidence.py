"""Whether a sentence is ours at all: what other skills are for must stay theirs."""

from __future__ import annotations

from enms_core.domain.intents import EXPLAINING
from enms_core.language.classify import Judged
from enms_core.language.files import LanguageFiles
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import SOURCE, UNIT, Sentence, SpottedMachines
from enms_core.language.topics import TopicReader
from enms_core.language.unknown_machine import UNKNOWN

# What must speak for a sentence (Judged.ours) that names a machine, a carrier or a unit; that has a
# word about energy; and that has neither. Measured by cross-validation on the sentences that the
# classifier is fitted on: docs/understanding.md.
LEAST_NAMED = 0.3
LEAST_WORDED = 0.3
LEAST_OURS = 0.5
# That names a machine which is here together with a carrier; and that names a kind of machine which
# is not here, and is not found in a household either.
LEAST_OF_TWO = 0.0
LEAST_STRANGE_KIND = -0.5
# With nothing but "it" to name a machine.
LEAST_OF_REFERENCE = 1.4
# About what was told before: "why", "are you sure".
LEAST_AFTER_ANSWER = 0.3
AFTER_ANSWER = frozenset({"root_cause", "opportunities", "performance", "evidence", "repeat"})
# That asks what a word means, and has one about energy: what it asks for may be unknown to us.
LEAST_OF_TERM = -1.0


class EvidenceReader:
    """Weighs a judged sentence of one language."""

    def __init__(self, files: LanguageFiles, topics: TopicReader) -> None:
        self._energy_words = frozenset(files.vocabulary["energy_word"])
        self._topics = topics
        self._at_home = PhraseTable({"at_home": files.vocabulary["machine_home"]})

    def is_ours(
        self, judged: Judged, sentence: Sentence, text: str, follows_answer: bool = False
    ) -> bool:
        """Whether enough speaks for it. A term is explained where it is one of our glossary, or
        where the sentence is about energy."""
        intent = judged.intents[0].intent
        if intent == EXPLAINING:
            return self._is_of_our_terms(sentence, text) and judged.ours >= LEAST_OF_TERM
        least = self._least(sentence)
        if follows_answer and intent in AFTER_ANSWER:
            least = min(least, LEAST_AFTER_ANSWER)
        return judged.ours >= least

    def _least(self, sentence: Sentence) -> float:
        if _only_refers(sentence):
            return LEAST_OF_REFERENCE
        if _names_something(sentence):
            return LEAST_OF_TWO if _names_both(sentence) else LEAST_NAMED
        if any(map(self._is_strange_kind, sentence.machines)):
            return LEAST_STRANGE_KIND
        has_word = any(word in self._energy_words for word in sentence.texts)
        return LEAST_WORDED if has_word else LEAST_OURS

    def _is_strange_kind(self, spotted: SpottedMachines) -> bool:
        """Whether a machine of a works is named that is not here."""
        label = spotted.mention.label
        return label is not None and not self._at_home.find(label.split())

    def _is_of_our_terms(self, sentence: Sentence, text: str) -> bool:
        if self._topics.term(text) is not None:
            return True
        return any(word in (SOURCE, UNIT) or word in self._energy_words for word in sentence.texts)


def _only_refers(sentence: Sentence) -> bool:
    """Whether "it" is all that names a machine."""
    return bool(sentence.machines) and all(spotted.is_reference for spotted in sentence.machines)


def _names_something(sentence: Sentence) -> bool:
    """Whether a machine that is here, a carrier or a unit is named."""
    return _names_machine(sentence) or SOURCE in sentence.texts or UNIT in sentence.texts


def _names_both(sentence: Sentence) -> bool:
    return _names_machine(sentence) and SOURCE in sentence.texts


def _names_machine(sentence: Sentence) -> bool:
    return any(spotted.mention.kind != UNKNOWN for spotted in sentence.machines)
