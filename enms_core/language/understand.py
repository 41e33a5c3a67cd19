"""From an utterance to a question: classify what is left when the slots are found, demand
evidence that it is about energy, fill what was not said, ask back where it is ambiguous.

No database and no assistant here: the same text, catalogue and memory give the same result.
"""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS
from enms_core.domain.question import (
    NOT_UNDERSTOOD,
    OpenQuestion,
    Question,
    Understanding,
)
from enms_core.language.classify import OTHER, Ranked
from enms_core.language.model import LanguageModel
from enms_core.language.periods import said_periods
from enms_core.language.phrases import PhraseMatch, PhraseTable
from enms_core.language.replies import ReplyReader
from enms_core.language.scope import ScopeReader
from enms_core.language.sentence import MACHINE, NUMBER, PERIOD, SLOTS, SOURCE, UNIT, Sentence
from enms_core.language.tokens import tokenize

LEAST_SHARE = 0.08
MOST_UNKNOWN_WORDS = 0.4
METRIC_WORDS = "metric_"
# "dishwasher energy yesterday": only in so short a sentence is an unknown first word a machine.
LONGEST_NOUN_PHRASE = 5


class Interpreter:
    """Understands one language over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._model = model
        words = model.files.vocabulary
        self._spotter = model.spotter(catalogue, model.classifier.known_words)
        self._unhandled = PhraseTable({"unhandled": words["unhandled"]})
        self._units_of_time = frozenset(
            word for name, phrases in words.items() if name.startswith("unit_") for word in phrases
        )
        self._except_words = frozenset(words["except"])
        self._refused = PhraseTable({"refused": words["not_ours"]})
        self._energy_words = frozenset(words["energy_word"])
        self._before_machine = frozenset(words["before_machine"])
        self._scopes = ScopeReader(catalogue, words)
        self._metrics = PhraseTable(
            {
                name.removeprefix(METRIC_WORDS): phrases
                for name, phrases in sorted(words.items())
                if name.startswith(METRIC_WORDS)
            }
        )
        self._replies = ReplyReader(model, catalogue)

    def understand(self, text: str, open_question: OpenQuestion | None = None) -> Understanding:
        """What an utterance asks. `open_question` is what we asked back in the turn before."""
        tokens = tokenize(text)
        if not tokens:
            return NOT_UNDERSTOOD
        sentence = self._spotter.read(tokens)
        if open_question is not None:
            reply = self._replies.read(tokens, sentence, open_question)
            if reply is not None:
                return reply
        best = self._intent(sentence)
        if best is None:
            return NOT_UNDERSTOOD
        return self._question(text, sentence, best)

    def _intent(self, sentence: Sentence) -> Ranked | None:
        """The intent, if there is one and the sentence gives evidence that it is ours."""
        words = [word.text for word in sentence.masked]
        if self._refused.find(words):
            return None
        best = self._model.classifier.rank(words)[0]
        if best.intent == OTHER or best.share < LEAST_SHARE:
            return None
        has_evidence = self._has_evidence(words)
        if INTENTS[best.intent].about_energy and not has_evidence:
            return None
        unknown = [word for word in words if self._is_unknown(word)]
        limit = MOST_UNKNOWN_WORDS if has_evidence else 0.0
        return best if len(unknown) <= limit * len(words) else None

    def _has_evidence(self, words: Sequence[str]) -> bool:
        return any(word in (MACHINE, SOURCE, UNIT) or word in self._energy_words for word in words)

    def _is_unknown(self, word: str) -> bool:
        return word not in self._model.classifier.known_words and word not in SLOTS

    def _question(self, text: str, sentence: Sentence, best: Ranked) -> Understanding:
        meant = self._scopes.read(sentence)
        said = said_periods(sentence.periods)
        question = Question(
            intent=best.intent,
            scope=meant.scope,
            period=said[0] if said else INTENTS[best.intent].period,
            sources=sentence.sources,
            period_said=bool(said),
            compared_to=said[1] if len(said) > 1 else None,
            metric=self._metric(sentence, best.intent),
        )
        unknown = self._unknown_machine(text, sentence, best.intent)
        if unknown is not None:
            return Understanding("unknown_machine", best.share, question, unknown=unknown)
        if sentence.foreign_sources:
            named = sentence.foreign_sources[0]
            return Understanding("unknown_source", best.share, question, unknown=named)
        if meant.choices:
            return Understanding("clarify", best.share, question, choices=meant.choices)
        left_over = self._left_over(text, sentence, question)
        if left_over is not None:
            return Understanding("clarify", best.share, question, unknown=left_over)
        return Understanding("answered", best.share, question)

    def _left_over(self, text: str, sentence: Sentence, question: Question) -> str | None:
        """Words, as said, that would narrow a plain question and that nothing has taken up."""
        intent = INTENTS[question.intent]
        if not intent.is_plain or question.metric != intent.metric:
            return None
        words = [word.text for word in sentence.masked]
        spans = [
            (match.first, match.last)
            for match in self._unhandled.find(words)
            if not self._announces_period(words, match)
        ]
        spans += [(i, i + 1) for i, word in enumerate(words) if word == NUMBER]
        spans += [
            (i, i + 2) for i, word in enumerate(words[:-1]) if self._excludes_source(words, i)
        ]
        if not spans:
            return None
        first, last = min(spans)
        return text[sentence.masked[first].start : sentence.masked[last - 1].end]

    def _announces_period(self, words: Sequence[str], match: PhraseMatch) -> bool:
        """Whether a unit of time only announces the period after it: "in the week from ..."."""
        before_period = words[match.last : match.last + 1] == [PERIOD]
        return before_period and " ".join(words[match.first : match.last]) in self._units_of_time

    def _excludes_source(self, words: Sequence[str], position: int) -> bool:
        return words[position] in self._except_words and words[position + 1] == SOURCE

    def _metric(self, sentence: Sentence, intent: str) -> str | None:
        found = self._metrics.find([word.text for word in sentence.masked])
        default = INTENTS[intent].metric
        return found[0].concept if found and default is not None else default

    def _unknown_machine(self, text: str, sentence: Sentence, intent: str) -> str | None:
        """The words, as they were said, in the place of a machine that name none of ours."""
        for spotted in sentence.machines:
            if spotted.mention.kind == "unknown":
                return text[spotted.start : spotted.end]
        named = any(spotted.mention.kind != "everything" for spotted in sentence.machines)
        if named or not INTENTS[intent].takes_machine:
            return None
        words = sentence.masked
        may_begin = len(words) <= LONGEST_NOUN_PHRASE
        for before, word in zip((None, *words[:-1]), words, strict=True):
            in_place = may_begin if before is None else before.text in self._before_machine
            if in_place and self._is_unknown(word.text):
                return text[word.start : word.end]
        return None
