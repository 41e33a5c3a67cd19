"""What stands in the way of a question: unknown names, a choice, words that were passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enms_core.domain.intents import TRAINING
from enms_core.domain.question import Need, Question, Recalled, Understanding
from enms_core.language.left_over import LeftOverReader
from enms_core.language.needs import Needs
from enms_core.language.questions import is_too_late
from enms_core.language.scope import Meant
from enms_core.language.sentence import PERIOD, Sentence
from enms_core.language.slots import Slots
from enms_core.language.tokens import words_of
from enms_core.language.unknown_machine import UnknownMachineReader, unknown_name


@dataclass(frozen=True)
class ReadSentence:
    """What was read of a sentence. taken: the words that were understood of a sentence that is to
    be complete; None where it builds on the answer before."""

    sentence: Sentence
    text: str
    share: float
    slots: Slots
    meant: Meant
    recalled: Recalled | None
    taken: frozenset[int] | None = None


class QuestionChecker:
    """Checks questions about one catalogue in one language."""

    def __init__(
        self,
        needs: Needs,
        left_over: LeftOverReader,
        unknown_machines: UnknownMachineReader,
        words: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._needs = needs
        self._left_over = left_over
        self._unknown_machines = unknown_machines
        self._except = frozenset(words["except"])

    def checked(self, read: ReadSentence, question: Question) -> Understanding:
        """The question, or what stands in its way; what is unknown comes first."""
        unknown = self._unknown_machine(read, question)
        if unknown is not None:
            return Understanding("unknown_machine", read.share, question, unknown=unknown)
        if read.sentence.foreign_sources:
            named = read.sentence.foreign_sources[0]
            return Understanding("unknown_source", read.share, question, unknown=named)
        meant = read.meant
        if meant.choices:
            return Understanding(
                "clarify", read.share, question, choices=meant.choices, later=meant.later
            )
        passed_over = self._passed_over(read, question)
        if passed_over is not None:
            need: Need | None = "drivers" if self._is_driver(read, question) else None
            return Understanding("clarify", read.share, question, need=need, unknown=passed_over)
        return self._needs.filled(read.sentence, read.text, read.share, question, read.recalled)

    def _is_driver(self, read: ReadSentence, question: Question) -> bool:
        """Whether words stand in the place of a driver to train with, and are not left out."""
        unknown = read.slots.details.unknown
        if question.intent != TRAINING or unknown is None:
            return False
        return self._except.isdisjoint(words_of(unknown)[:1])

    def _unknown_machine(self, read: ReadSentence, question: Question) -> str | None:
        if read.taken is None:
            return unknown_name(read.text, read.sentence)
        return self._unknown_machines.find(read.text, read.sentence, question.intent, read.taken)

    def _passed_over(self, read: ReadSentence, question: Question) -> str | None:
        """Words that narrow the question and would not change the answer."""
        sentence, text = read.sentence, read.text
        if read.slots.details.unknown is not None:
            return read.slots.details.unknown
        if is_too_late(question):
            said = (text[w.start : w.end] for w in sentence.words if w.text == PERIOD)
            return next(said, text)
        if read.taken is None:
            return None
        return self._left_over.find(text, sentence, question, read.taken)
