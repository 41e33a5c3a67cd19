"""Making a question whole: from the conversation, from what the intent takes for granted, or by
asking back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import COMPARISON, INTENTS, OVERVIEW, RANKING
from enms_core.domain.question import Question, Recalled, Scope, Understanding
from enms_core.language.classify import Ranked
from enms_core.language.follow_ups import MODEL_ASKED, FollowUp, FollowUpReader
from enms_core.language.left_over import LeftOverReader
from enms_core.language.model import LanguageModel
from enms_core.language.needs import Needs
from enms_core.language.periods import said_periods
from enms_core.language.phrases import PhraseTable
from enms_core.language.question_checks import QuestionChecker, ReadSentence
from enms_core.language.questions import (
    NOW,
    OF_ONE_MACHINE,
    applied,
    carried,
    default_question,
    of_version,
    quantity_of,
    same_time,
    with_time_of,
    without_aspect,
)
from enms_core.language.scope import Meant, ScopeReader
from enms_core.language.sentence import Sentence
from enms_core.language.slots import SlotReader, Slots
from enms_core.language.times_before import TimesBeforeReader
from enms_core.language.times_meant import TimesMeantReader
from enms_core.language.topics import TopicReader
from enms_core.language.turning import (
    HISTORY,
    MACHINES,
    STATUS,
    UPTIME,
    Turned,
    TurnReader,
    at_its_time,
)
from enms_core.language.unknown_machine import UnknownMachineReader

# What is asked about what was just set, or told.
GOES_ON = {"target_progress": "target_set", "anomaly_resolve": "anomaly_list"}
CARRIERS = "energy_source_list"


class Completer:
    """Completes questions about one catalogue in one language."""

    def __init__(
        self,
        model: LanguageModel,
        catalogue: Catalogue,
        slots: SlotReader,
        follow_ups: FollowUpReader,
        topics: TopicReader,
        unknown_machines: UnknownMachineReader,
    ) -> None:
        words = model.files.vocabulary
        self._everything = Scope(
            "all", tuple(machine.id for machine in catalogue.home_machines), is_said=False
        )
        self._slots = slots
        self._follow_ups = follow_ups
        self._needs = Needs(catalogue, topics, self._everything)
        self._scopes = ScopeReader(catalogue, words)
        self._before = TimesBeforeReader(words)
        self._times_meant = TimesMeantReader(words, model.numbers)
        self._left_over = LeftOverReader(words, model.numbers)
        self._checks = QuestionChecker(self._needs, self._left_over, unknown_machines, words)
        self._turns = TurnReader(words, model.numbers, slots.metrics)
        self._past = frozenset(words["past_tense"])
        self._whole_energy = PhraseTable({"energy": words["metric_energy"]}, model.numbers)

    def stands_alone(self, sentence: Sentence) -> bool:
        """Whether a sentence is a question of its own, whatever was said before it."""
        return self._turns.asks_which_site(sentence)

    def follow_up(
        self, sentence: Sentence, text: str, asked: FollowUp, recalled: Recalled
    ) -> Understanding:
        """A sentence that takes from the answer before what it does not say."""
        if asked.topic is not None:
            question = default_question(asked.intent, self._everything)
            question = replace(question, topic=asked.topic)
            return Understanding("answered", 1.0, question, is_follow_up=True)
        named = self._of_named_machines(sentence, asked, recalled)
        intent = at_its_time(named, sentence)
        slots = self._slots.read(sentence, intent, text)
        sentence = sentence.without(slots.details.spans)
        meant = self._scopes.read(sentence)
        start = carried(intent, recalled, self._everything)
        if named == STATUS and intent == HISTORY:
            start = replace(start, metric=UPTIME)
        if asked.metric is not None:
            start = replace(start, metric=asked.metric)
        start = without_aspect(start, sentence, slots, asked.names_figure)
        before = self._before.find(sentence)
        question = applied(start, sentence, meant, slots, before)
        if intent == MODEL_ASKED and slots.count is None:
            question = of_version(question, recalled)
        if before is not None and same_time(question, start):
            # "The month before" a week: which one that is cannot be told.
            unknown = before.said(sentence, text)
            return Understanding("clarify", 1.0, question, unknown=unknown, is_follow_up=True)
        if asked.is_rest:
            question = replace(question, in_full=True)
            return Understanding("answered", 1.0, question, is_follow_up=True)
        if self._sets_time_against(sentence, start):
            question = replace(
                question,
                period=start.period,
                period_said=start.period_said,
                compared_to=question.period,
            )
        read = ReadSentence(sentence, text, 1.0, slots, meant, recalled)
        return replace(self._checks.checked(read, question), is_follow_up=True)

    def _sets_time_against(self, sentence: Sentence, start: Question) -> bool:
        """Whether a comparison is set against another time: "compare that with last week"."""
        is_open = start.intent == COMPARISON and start.compared_to is None
        times = len(said_periods(sentence.periods)) + bool(self._before.find(sentence))
        alone = times == 1 and not sentence.machines
        return is_open and alone and self._turns.compares(sentence)

    def complete(
        self, sentence: Sentence, text: str, best: Ranked, recalled: Recalled | None
    ) -> Understanding:
        """A sentence that names what it asks: what it leaves out is the intent's default."""
        is_bounded = self._slots.names_bound(sentence, text)
        turned = self._turns.read(sentence, best.intent, self._scopes.read(sentence), is_bounded)
        slots = self._slots.read(sentence, turned.intent, text, by_meaning=True)
        sentence = sentence.without(slots.details.spans)
        sentence = self._times_meant.read(sentence, text, turned.intent)
        if turned.intent == CARRIERS:
            sentence = self._left_over.without_excluded(sentence)
        meant = self._meant(turned, sentence)
        before = self._before.find(sentence)
        start = self._start(turned, sentence, slots, recalled)
        question = applied(start, sentence, meant, slots, before)
        if turned.intent == COMPARISON and turned.metric is not None:
            question = replace(question, metric=turned.metric)
        if turned.is_of_each:
            count = slots.count if slots.count != 1 else None  # "which machine" counts none
            question = replace(question, in_full=count is None, count=count)
        taken = slots.taken | turned.taken
        if before is not None and question.compared_to is not None:
            taken |= frozenset(range(before.first, before.last))
        if recalled is not None and self._follow_ups.names_its_time(sentence):
            taken |= self._follow_ups.time_words(sentence)
        read = ReadSentence(sentence, text, best.share, slots, meant, recalled, taken)
        return self._checks.checked(read, question)

    def _meant(self, turned: Turned, sentence: Sentence) -> Meant:
        """The machines of a question of its own. Those of a kind are all listed."""
        if turned.is_of_sites:
            return self._scopes.of_sites
        meant = self._scopes.read(sentence)
        if turned.intent != MACHINES or not meant.choices:
            return meant
        return replace(meant, scope=Scope("group", meant.choices), choices=(), later=())

    def _start(
        self, turned: Turned, sentence: Sentence, slots: Slots, recalled: Recalled | None
    ) -> Question:
        """The question before anything is said: the intent's defaults, and what words of the
        sentence take from the answer before."""
        start = default_question(turned.intent, self._everything)
        if turned.metric is not None:
            start = replace(start, metric=turned.metric)
        if turned.is_of_all:
            start = replace(start, scope=replace(self._everything, is_said=True))
        if recalled is not None and self._goes_on(start, sentence, recalled):
            return carried(start.intent, recalled, self._everything)
        return start if recalled is None else self._tied(start, sentence, slots, recalled)

    def _goes_on(self, start: Question, sentence: Sentence, recalled: Recalled) -> bool:
        """Whether it is about the target that was just set, the anomalies that were told, or says
        nothing but an aspect of what was told: "by day would be better"."""
        last = recalled.question.intent
        if start.intent in GOES_ON:
            return last == GOES_ON[start.intent]
        are_figures = {start.intent, last} <= OF_ONE_MACHINE
        return are_figures and self._follow_ups.names_nothing(sentence)

    def resumed(self, question: Question) -> Understanding:
        """A question that a reply made more of, or what it lacks still."""
        return self._needs.asked(1.0, question)

    def without(self, recalled: Recalled, wrong: Sequence[UUID]) -> Understanding:
        """The question before without some machines; where none is left, another is asked for."""
        known = recalled.question.scope.machine_ids
        left = tuple(id_ for id_ in known if id_ not in wrong)
        if left != known and left:
            question = replace(recalled.question, scope=Scope("machines", left))
            return replace(self.resumed(question), is_follow_up=True)
        choices = tuple(id_ for id_ in self._everything.machine_ids if id_ not in wrong)
        nobody = replace(recalled.question, scope=Scope("machines", ()))
        return Understanding("clarify", 1.0, nobody, choices, need="machine")

    def loose(self, sentence: Sentence, text: str, best: Ranked) -> Understanding:
        """A sentence that builds on an answer, where there was none."""
        question = default_question(best.intent, self._everything)
        return Understanding("clarify", best.share, question, unknown=text.strip())

    def _of_named_machines(self, sentence: Sentence, asked: FollowUp, recalled: Recalled) -> str:
        """Of one machine there is no ranking, and no overview: what it is by is asked of it."""
        kinds = {spotted.mention.kind for spotted in sentence.machines}
        if kinds and kinds <= {"machine", "choice"} and not asked.changes:
            if asked.intent == RANKING and recalled.question.metric in OF_ONE_MACHINE:
                return str(recalled.question.metric)
            if asked.intent == OVERVIEW:
                return "energy"
        return asked.intent

    def _tied(
        self, start: Question, sentence: Sentence, slots: Slots, recalled: Recalled
    ) -> Question:
        """What a complete sentence takes from the answer before: with "it" the energy source and
        the time, with "and" at its beginning or "then" the time. What is asked of now ("what is it
        drawing") keeps its own."""
        refers = any(spotted.is_reference for spotted in sentence.machines)
        known = INTENTS[start.intent]
        names_time = self._follow_ups.names_its_time(sentence)
        if refers and known.takes("energy_source") and not self._whole_energy.find(sentence.texts):
            start = replace(start, sources=recalled.question.sources)
        if start.intent == COMPARISON and len(sentence.machines) + len(sentence.periods) < 2:
            start = replace(start, metric=quantity_of(recalled.question))  # one side was told
        is_past = bool(self._past.intersection(sentence.texts))
        is_of_now = known.period.kind == NOW and slots.metric in (None, start.metric)
        if (
            names_time
            or self._follow_ups.begins(sentence)
            or (refers and (is_past or not is_of_now))
        ):
            start = with_time_of(recalled, start)
        return start
