"""Words that would narrow a question and that nothing has taken up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enms_core.domain.intents import INTENTS, OF_CONVERSATION, Intent
from enms_core.domain.question import Question
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseMatch, PhraseTable, covered
from enms_core.language.sentence import NUMBER, PERIOD, SOURCE, Sentence

# Words of figures that one intent has not: unhandled_ranking.
OF_INTENT = "unhandled_"
# Phrases with such words that narrow nothing, in any intent, in one, or in one of its metrics:
# unhandled_not_power_minimum.
HARMLESS = "unhandled_not"
# Where a number narrows nothing: all models that there are are told, or compared; a briefing is
# wanted for a meeting "at half past eight".
WITHOUT_NUMBERS = OF_CONVERSATION | {"baseline_list", "baseline_compare", "briefing"}


class LeftOverReader:
    """Finds them, so that a question is not answered as if they had not been said."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._unhandled = PhraseTable({"unhandled": words["unhandled"]})
        self._of_intents = {
            intent: PhraseTable(
                {"unhandled": (*(() if _is_of_drivers(known) else words["unhandled_figure"]), *own)}
            )
            for intent, known in INTENTS.items()
            if (own := words.get(f"{OF_INTENT}{intent}", ())) or known.is_plain
        }
        self._harmless = PhraseTable({HARMLESS: words[HARMLESS]}, numbers)
        self._harmless_in = {
            name: PhraseTable({HARMLESS: own}, numbers)
            for intent, known in INTENTS.items()
            for name in (intent, *(f"{intent}_{metric}" for metric in known.metrics))
            if (own := words.get(f"{HARMLESS}_{name}", ()))
        }
        self._references = PhraseTable({"unhandled": words["unhandled_reference"]})
        self._then = PhraseTable({"then": words["reference_period"]})
        self._except_words = frozenset(words["except"])
        self._except = PhraseTable({"except": words["except"]}, numbers)
        self._units_of_time = frozenset(
            word for name, phrases in words.items() if name.startswith("unit_") for word in phrases
        )

    def find(
        self, text: str, sentence: Sentence, question: Question, taken: frozenset[int]
    ) -> str | None:
        """The first of them, as said. taken: positions of words that are understood."""
        intent = question.intent
        words = [word.text for word in sentence.masked]
        spans = []
        if intent in self._of_intents:
            found = self._of_intents[intent].find(words)
            spans += [(match.first, match.last) for match in found]
        if INTENTS[intent].is_plain:
            spans += self._narrowing(words, sentence)
        if INTENTS[intent].about_energy and intent not in WITHOUT_NUMBERS:
            spans += [(i, i + 1) for i, word in enumerate(words) if word == NUMBER]
        own = map(self._harmless_in.get, (intent, f"{intent}_{question.metric}"))
        harmless = [self._harmless, *filter(None, own)]
        known = taken.union(
            *(covered(table.find(texts)) for table in harmless for texts in (sentence.texts, words))
        )
        left = [span for span in spans if not known.issuperset(range(*span))]
        if not left:
            return None
        first, last = _joined(left) if _is_of_drivers(INTENTS[intent]) else min(left)
        return text[sentence.words[first].start : sentence.words[last - 1].end]

    def without_excluded(self, sentence: Sentence) -> Sentence:
        """A sentence without the carriers beside which others are asked for: "anything other than
        gas"."""
        excepted = self._except.find(sentence.texts)
        if not excepted:
            return sentence
        begin = sentence.words[excepted[0].first].start
        machine = min((m.start for m in sentence.machines if m.start > begin), default=None)
        behind = [each for each in sentence.carriers if each.start > begin]
        if machine is not None:  # "other than the boiler"
            behind = [each for each in behind if each.start < machine]
        return sentence.without([(each.start, each.end) for each in behind])

    def _narrowing(self, words: Sequence[str], sentence: Sentence) -> list[tuple[int, int]]:
        """Words that narrow any question: times, numbers, carriers left out."""
        spans = [
            (match.first, match.last)
            for match in self._unhandled.find(words)
            if not self._announces_period(words, match)
            and not (sentence.periods and self._is_then(words, match))
        ]
        if not sentence.machines:
            spans += [(match.first, match.last) for match in self._references.find(words)]
        spans += [
            (i, i + 2) for i, word in enumerate(words[:-1]) if self._excludes_source(words, i)
        ]
        return spans

    def _announces_period(self, words: Sequence[str], match: PhraseMatch) -> bool:
        """Whether a unit of time only announces the period after it: "in the week from ..."."""
        before_period = words[match.last : match.last + 1] == [PERIOD]
        return before_period and " ".join(words[match.first : match.last]) in self._units_of_time

    def _is_then(self, words: Sequence[str], match: PhraseMatch) -> bool:
        """Whether words only point at a time; beside one that is said they say nothing more."""
        return self._then.at(words, match.first) is not None

    def _excludes_source(self, words: Sequence[str], position: int) -> bool:
        return words[position] in self._except_words and words[position + 1] == SOURCE


def _is_of_drivers(known: Intent) -> bool:
    """Whether figures that we do not measure may be said: they are drivers or their values."""
    return known.takes("drivers") or known.takes("conditions")


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The first of some spans with those that go on where it ends: "but not" "in May"."""
    first, last = min(spans)
    for begin, end in sorted(spans):
        if begin <= last:
            last = max(last, end)
    return first, last
