"""From an utterance to a question: classify what is left when the slots are found, demand
evidence that it is about energy, fill what was not said, ask back where it is ambiguous.

No database and no assistant here: the same text, catalogue and memory give the same result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import COMPARISON, INTENTS
from enms_core.domain.question import NOT_UNDERSTOOD, OpenQuestion, Recalled, Understanding
from enms_core.language.classify import OTHER, Ranked
from enms_core.language.completing import Completer
from enms_core.language.follow_ups import FollowUpReader
from enms_core.language.model import LanguageModel
from enms_core.language.phrases import PhraseTable
from enms_core.language.references import ReferenceReader
from enms_core.language.replies import ReplyReader
from enms_core.language.said_back import said_back
from enms_core.language.sentence import MACHINE, SLOTS, SOURCE, UNIT, Sentence
from enms_core.language.slots import SlotReader
from enms_core.language.tokens import Token, tokenize
from enms_core.language.topics import TopicReader
from enms_core.language.two_times import TwoTimesReader

LEAST_SHARE = 0.08
MOST_UNKNOWN_WORDS = 0.4
EXPLAINING = "explain_term"
HELP = "help"


class Interpreter:
    """Understands one language over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._model = model
        words = model.files.vocabulary
        slots = SlotReader(model.files, model.numbers)
        self._spotter = model.spotter(catalogue, model.classifier.known_words)
        self._references = ReferenceReader(words, model.numbers)
        self._follow_ups = FollowUpReader(model.files, model.numbers, slots)
        self._topics = TopicReader(model.files, model.numbers)
        self._completer = Completer(model, catalogue, slots, self._follow_ups, self._topics)
        self._refused = PhraseTable({"refused": words["not_ours"]})
        self._energy_words = frozenset(words["energy_word"])
        self._energy_phrases = PhraseTable({"energy": words["energy_phrase"]}, model.numbers)
        self._two_times = TwoTimesReader(words, model.numbers)
        self._machine_verbs = frozenset(words["reference_verb"])
        self._replies = ReplyReader(model, catalogue)

    def understand(
        self,
        text: str,
        open_question: OpenQuestion | None = None,
        recalled: Recalled | None = None,
    ) -> Understanding:
        """What an utterance asks.

        open_question: what we asked back in the turn before. recalled: the last answer of the
        conversation.
        """
        understood = self._understood(text, open_question, recalled)
        if understood.unknown is None:
            return understood
        return replace(understood, unknown=said_back(understood.unknown))

    def _understood(
        self, text: str, open_question: OpenQuestion | None, recalled: Recalled | None
    ) -> Understanding:
        tokens = tokenize(text)
        if not tokens:
            return NOT_UNDERSTOOD
        sentence = self._spotter.read(tokens)
        if open_question is not None:
            reply = self._replies.read(tokens, sentence, open_question)
            if reply is not None:
                return reply
        if self._refused.find([word.text for word in sentence.masked]):
            return NOT_UNDERSTOOD
        if recalled is not None:
            sentence = self._with_references(tokens, sentence, recalled)
            follow_up = self._follow_ups.read(sentence, text, recalled)
            if follow_up is not None and not self._completer.stands_alone(sentence):
                return self._completer.follow_up(sentence, text, follow_up, recalled)
        return self._by_itself(sentence, text, recalled)

    def _by_itself(self, sentence: Sentence, text: str, recalled: Recalled | None) -> Understanding:
        """A sentence that names what it asks."""
        best = self._intent(sentence, text)
        if best is None:
            return NOT_UNDERSTOOD
        if recalled is None and self._follow_ups.is_loose(sentence, text):
            return self._completer.loose(sentence, text, best)
        return self._completer.complete(sentence, text, best, recalled)

    def _with_references(
        self, tokens: Sequence[Token], sentence: Sentence, recalled: Recalled
    ) -> Sentence:
        references = self._references.find(tokens, sentence, recalled)
        return self._spotter.read(tokens, references) if references else sentence

    def _intent(self, sentence: Sentence, text: str) -> Ranked | None:
        """The intent, if there is one and the sentence gives evidence that it is ours."""
        words = [word.text for word in sentence.masked]
        best = self._model.classifier.rank(words)[0]
        if self._topics.asks_for_help(sentence):
            best = Ranked(HELP, max(best.share, LEAST_SHARE))
        if self._two_times.are_all(sentence):
            return Ranked(COMPARISON, max(best.share, LEAST_SHARE))
        if best.intent == OTHER or best.share < LEAST_SHARE:
            return None
        has_evidence = self._has_evidence(sentence, text, best.intent)
        may_be = has_evidence or bool(self._energy_phrases.find(sentence.texts))
        if INTENTS[best.intent].about_energy and not may_be:
            return None
        unknown = [word for word in words if self._is_unknown(word)]
        limit = MOST_UNKNOWN_WORDS if has_evidence and not _only_refers(sentence) else 0.0
        return best if len(unknown) <= limit * len(words) else None

    def _has_evidence(self, sentence: Sentence, text: str, intent: str) -> bool:
        """A name, a carrier, a word about energy; "it" only with what a machine does."""
        texts = sentence.texts
        if any(word in (SOURCE, UNIT) or word in self._energy_words for word in texts):
            return True
        if any(not spotted.is_reference for spotted in sentence.machines):
            return True
        if MACHINE in texts and self._machine_verbs.intersection(texts):
            return True
        if intent == EXPLAINING:
            return self._topics.term(text) is not None
        return intent == HELP and self._topics.subject(text) is not None

    def _is_unknown(self, word: str) -> bool:
        return word not in self._model.classifier.known_words and word not in SLOTS


def _only_refers(sentence: Sentence) -> bool:
    """Whether "it" is all that names a machine: what it means must be beyond doubt."""
    return bool(sentence.machines) and all(spotted.is_reference for spotted in sentence.machines)
