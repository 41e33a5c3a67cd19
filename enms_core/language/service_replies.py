"""Replies to what a service asked back: which drivers, which period, shall I, do you want one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import LAST_12_MONTHS, TRAINING
from enms_core.domain.question import OpenQuestion, Question, Scope, Understanding
from enms_core.language.classify import OTHER
from enms_core.language.driver_replies import (
    CONFIRMATION,
    MARKS_OF_A_CHANGE,
)
from enms_core.language.heard import Heard
from enms_core.language.model import LanguageModel
from enms_core.language.open_questions import TakenReply, again, drivers_of
from enms_core.language.periods import said_periods
from enms_core.language.returned_questions import ReturnReader
from enms_core.language.said_in_reply import DRIVERS, NO, SINCE_EVER, YES, SaidInReply, SaidReader
from enms_core.language.scope import Meant, ScopeReader
from enms_core.language.slots import SlotReader
from enms_core.language.tokens import words_of

OFFER = "offer"
# Words that name no driver are few; more of them are a question of their own.
MOST_UNKNOWN = 4
# Words with which so many sentences for other skills begin name no driver: "play", "set".
OFTEN = 2


class ServiceReplyReader:
    """Reads them in one language, over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue, slots: SlotReader) -> None:
        words = model.files.vocabulary
        self._scopes = ScopeReader(catalogue, words)
        self._said = SaidReader(model, catalogue, slots)
        self._questions = frozenset(words["question_word"])
        self._not = frozenset(words["correction_not"])
        counted = Counter(
            first for sentence in model.files.intents[OTHER] for first in words_of(sentence)[:1]
        )
        first_words = frozenset(word for word, n in counted.items() if n >= OFTEN)
        self._returns = ReturnReader(words, first_words, model.numbers)

    def read(self, heard: Heard, asked: OpenQuestion) -> TakenReply | None:
        """The open question with what the reply says, cancelled, or None when this is none."""
        if self._returns.asks_for_drivers(heard.texts) and asked.question.sources:
            return TakenReply(drivers_of(asked))
        if self._returns.asks(heard.texts):
            return None
        read = self._said.read(heard, asked)
        if len(said_periods(read.sentence.periods)) > 1:
            return TakenReply(again(asked, asked.question))  # not the first of them alone
        if read.left:
            return self._with_unknown_driver(heard, asked, read)
        meant = self._scopes.read(read.sentence)
        # "Not the pump" is no other machine to take.
        is_denied = meant.scope.is_said and not self._not.isdisjoint(read.sentence.texts)
        if read.sentence.foreign_sources or is_denied:
            return None
        if meant.choices:
            return TakenReply(_which_machine(asked, meant))
        question = self._filled(asked, read, meant)
        is_plan_offered = asked.need == OFFER and asked.question.intent != TRAINING
        if is_plan_offered and question != asked.question and YES not in read.answers:
            return None  # "and the boiler" goes on with the answer that the plan was offered with
        if question != asked.question:
            # The person hears what is meant now, and says yes to that.
            return TakenReply(again(asked, question))
        return self._plain(heard, asked, read)

    def is_to_us(self, heard: Heard, asked: OpenQuestion) -> bool:
        """Whether words that are no reply may still be meant for what waits: they say yes or no,
        correct, or name something of ours, and neither ask nor begin as for another skill."""
        if self._returns.is_for_others(heard.texts, heard.sentence.texts):
            return False
        read, sentence = self._said.read(heard, asked), heard.sentence
        names = sentence.machines or sentence.periods or sentence.sources or sentence.carriers
        is_said = read.drivers.says_drivers or read.drivers.marks & MARKS_OF_A_CHANGE
        return bool(names or read.answers or is_said or self._returns.corrects(heard.texts))

    def asks_in_return(self, heard: Heard) -> bool:
        """Whether it is a question in return."""
        return self._returns.asks(heard.texts)

    def agrees(self, texts: Sequence[str]) -> bool:
        """Whether there is nothing but a yes."""
        return self._said.agrees(texts)

    def _plain(self, heard: Heard, asked: OpenQuestion, read: SaidInReply) -> TakenReply | None:
        """A reply that changes nothing: yes, no, or "what?"."""
        if read.answers == {NO}:
            is_final = asked.need in (CONFIRMATION, OFFER)
            cancelled = Understanding("cancelled", 1.0)
            return TakenReply(cancelled if is_final else again(asked, asked.question))
        # "Not right" is no yes.
        is_denied = self._returns.denies(self._said.beside_answers(heard.texts))
        is_yes = read.answers == {YES} and not is_denied
        if is_yes and asked.need == CONFIRMATION:
            confirmed = replace(asked.question, confirmed=True)
            return TakenReply(Understanding("answered", 1.0, confirmed, rest=asked.rest))
        says_anything = bool(read.answers) or read.drivers.says_drivers
        return TakenReply(again(asked, asked.question)) if says_anything else None

    def _filled(self, asked: OpenQuestion, read: SaidInReply, meant: Meant) -> Question:
        """The question with all that the reply says."""
        question = replace(asked.question, drivers=_drivers(asked, read))
        if asked.need == OFFER and read.answers == {YES}:
            question = _accepted(question, asked)
        if read.time is not None:
            question = replace(question, period=read.time, period_said=True)
        if read.count is not None:
            question = replace(question, count=read.count)
        if read.sentence.sources:
            question = replace(question, sources=read.sentence.sources)
        # "All of it" is every reading then, and no machine.
        is_time = read.time == SINCE_EVER and meant.scope.kind == "all"
        keeps = is_time or not meant.scope.is_said
        return question if keeps else replace(question, scope=meant.scope)

    def _with_unknown_driver(
        self, heard: Heard, asked: OpenQuestion, read: SaidInReply
    ) -> TakenReply | None:
        """Words in the place of a driver that name none; elsewhere they are no reply of ours."""
        words = [heard.sentence.words[index] for index in read.left]
        is_question = not self._questions.isdisjoint(read.sentence.texts)
        first = [words[0].text]
        is_foreign = self._returns.is_for_others(first, first)
        is_other = is_question or is_foreign or len(words) > MOST_UNKNOWN
        if asked.need != DRIVERS or is_other or read.sentence.machines:
            return None
        unknown = heard.text[words[0].start : words[-1].end]
        understanding = Understanding(
            "clarify",
            1.0,
            asked.question,
            need=DRIVERS,
            unknown=unknown,
            rest=asked.rest,
            offered=asked.offered,
        )
        return TakenReply(understanding, is_whole=False)


def _which_machine(asked: OpenQuestion, meant: Meant) -> Understanding:
    nobody = replace(asked.question, scope=Scope("machines", ()))
    return Understanding(
        "clarify", 1.0, nobody, meant.choices, need="machine", later=meant.later, rest=asked.rest
    )


def _drivers(asked: OpenQuestion, read: SaidInReply) -> tuple[str, ...]:
    """The drivers that are meant; a yes that names none means those offered."""
    is_yes = YES in read.answers and asked.need == DRIVERS
    return asked.offered if is_yes and not read.drivers.says_drivers else read.drivers.over(asked)


def _accepted(question: Question, asked: OpenQuestion) -> Question:
    """What was offered, with all that was not said as it is suggested."""
    if not question.period_said:
        question = replace(question, period=LAST_12_MONTHS, period_said=True)
    return replace(question, drivers=question.drivers or asked.offered)
