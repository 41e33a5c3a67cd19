"""Reading the reply to a question that we asked back, or to a name that we did not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.question import (
    ASKED_BY_SERVICE,
    OpenQuestion,
    Question,
    Understanding,
)
from enms_core.language.choosing import Choice, ChoiceReader, Chosen
from enms_core.language.compared_replies import compared
from enms_core.language.completing import Completer
from enms_core.language.follow_ups import FollowUpReader
from enms_core.language.heard import Heard
from enms_core.language.model import LanguageModel
from enms_core.language.offered_choices import OfferedReader, machines_named
from enms_core.language.open_questions import (
    MOST_WORDS,
    TakenReply,
    again,
    completed,
    lacks_machine,
    lacks_source,
    named_anew,
)
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.questions import applied
from enms_core.language.scope import Meant, ScopeReader
from enms_core.language.sentence import HORIZON, MACHINE, PERIOD, SOURCE, UNIT
from enms_core.language.service_replies import ServiceReplyReader
from enms_core.language.slots import SlotReader, Slots
from enms_core.language.topics import TopicReader
from enms_core.language.unknown_machine import unknown_name

NAMED = frozenset({MACHINE, PERIOD, HORIZON, SOURCE, UNIT})
OF_TOPICS = frozenset({"term", "help_topic"})
PLAN = "plan"


class ReplyReader:
    """Reads what was meant of what we offered, or that the person gives up."""

    def __init__(
        self,
        model: LanguageModel,
        catalogue: Catalogue,
        slots: SlotReader,
        choices: ChoiceReader,
        follow_ups: FollowUpReader,
        topics: TopicReader,
        completer: Completer,
    ) -> None:
        words = model.files.vocabulary
        self._slots = slots
        self._choices = choices
        self._follow_ups = follow_ups
        self._topics = topics
        self._completer = completer
        self._scopes = ScopeReader(catalogue, words)
        self._to_services = ServiceReplyReader(model, catalogue, slots)
        self._offered = OfferedReader(choices, words)
        self._cancel = PhraseTable({"cancel": words["cancel"]})
        self._unclear = PhraseTable({"unclear": words["choice_unclear"]})
        lists = ("follow_up_small", "choice_small", "choice_of")
        small = {"small": [phrase for name in lists for phrase in words.get(name, ())]}
        self._small = PhraseTable(small)
        self._small_beside_numbers = PhraseTable(small, model.numbers)
        self._comparing = PhraseTable({"comparing": words["comparing"]}, model.numbers)

    def read(self, heard: Heard, asked: OpenQuestion) -> TakenReply | None:
        """The open question completed, cancelled, asked again, or None when this is no reply."""
        if self._is_all(self._cancel, heard.texts) and not self._agrees(heard, asked):
            return TakenReply(Understanding("cancelled", 1.0))
        if asked.need in ASKED_BY_SERVICE:
            return self._to_services.read(heard, asked)
        if self._is_all(self._unclear, heard.texts):
            return TakenReply(again(asked, asked.question))
        if asked.need in OF_TOPICS:
            return self._of_topic(heard, asked)
        if len(heard.sentence.machines) > 1 and self._comparing.find(heard.sentence.texts):
            return None  # a comparison of its own
        if self._offered.wants_all(heard, asked):
            return TakenReply(again(asked, replace(asked.question, in_full=True)))
        # That list was of the choices.
        asked = replace(asked, question=replace(asked.question, in_full=False))
        if asked.need == "comparison":
            return compared(heard.sentence, self._scopes.read(heard.sentence), asked)
        if asked.need == PLAN:
            return self._of_plan(heard, asked)
        if lacks_source(asked):
            return self._of_sources(heard, asked)
        return self._of_machines(heard, asked)

    def is_to_us(self, heard: Heard, asked: OpenQuestion) -> bool:
        """Whether words that are no reply may be meant for what a service asked."""
        return self._to_services.is_to_us(heard, asked)

    def asks_in_return(self, heard: Heard) -> bool:
        """Whether something is asked in return, which changes nothing of what is asked."""
        return self._to_services.asks_in_return(heard)

    def _agrees(self, heard: Heard, asked: OpenQuestion) -> bool:
        """Whether words to give up are a yes here: "passt schon"."""
        return asked.need in ASKED_BY_SERVICE and self._to_services.agrees(heard.texts)

    def chosen(self, heard: Heard, asked: OpenQuestion) -> tuple[UUID, ...]:
        """The choices that some words mean."""
        return self._offered.meant(heard, asked)

    def left(self, asked: OpenQuestion) -> Understanding:
        """What becomes of a question when some choices were ruled out: the last one is meant."""
        if len(asked.choices) != 1:
            return again(asked, asked.question)
        return self._next(asked, completed(asked, asked.choices))

    def _is_all(self, table: PhraseTable, texts: Sequence[str]) -> bool:
        """Whether there is a phrase of a list, and nothing beside it but small words."""
        found = table.find(texts)
        said = covered([*found, *self._small.find(texts)])
        return bool(found) and len(said) == len(texts)

    def _of_topic(self, heard: Heard, asked: OpenQuestion) -> TakenReply | None:
        """A term or a subject of help, instead of the one that we have not."""
        topic = (
            self._topics.term(heard.text)
            if asked.need == "term"
            else self._topics.subject(heard.text)
        )
        if topic is None or len(heard.texts) > MOST_WORDS:
            return None
        question = replace(asked.question, topic=topic)
        return TakenReply(Understanding("answered", 1.0, question), is_whole=False)

    def _of_plan(self, heard: Heard, asked: OpenQuestion) -> TakenReply | None:
        """A plan by its own words, where they are no question."""
        if len(heard.texts) > MOST_WORDS or self._follow_ups.begins(heard.sentence):
            return None
        slots = self._slots.read(heard.sentence, asked.question.intent, heard.text)
        question = applied(asked.question, heard.sentence, Meant(asked.question.scope), slots)
        if question.plan is None:
            question = replace(question, plan=heard.text.strip())
        return TakenReply(self._next(asked, question), is_whole=False)

    def _of_sources(self, heard: Heard, asked: OpenQuestion) -> TakenReply | None:
        """One of the energy sources that we offered, or another for one that we do not know."""
        sentence, offered = heard.sentence, asked.source_choices
        if sentence.foreign_sources:
            (unknown, *_) = sentence.foreign_sources
            answer = Understanding("unknown_source", 1.0, asked.question, unknown=unknown)
            return TakenReply(answer, self._is_whole(heard, asked.question, None))
        named = [name for name in sentence.sources if not offered or name in offered]
        chosen = None if sentence.sources else self._offered.choice(heard, offered)
        if not named and chosen is None:
            return self._unresolved(heard, asked)
        sources = chosen.choices if chosen is not None else tuple(named)
        question = replace(asked.question, sources=sources)
        return self._resolved(heard, asked, question, chosen)

    def _of_machines(self, heard: Heard, asked: OpenQuestion) -> TakenReply | None:
        unknown = unknown_name(heard.text, heard.sentence)
        if unknown is not None:
            answer = Understanding(
                "unknown_machine", 1.0, asked.question, unknown=unknown, rest=asked.rest
            )
            return TakenReply(answer, self._is_whole(heard, asked.question, None))
        is_open = asked.need == "machine"
        named = () if is_open else machines_named(heard.sentence, asked.choices)
        if named:
            return self._resolved(heard, asked, completed(asked, named), None)
        if heard.sentence.machines:
            return self._any_machine(heard, asked)
        chosen = self._offered.machine(heard, asked.choices)
        if chosen is None:
            return self._unresolved(heard, asked)
        return self._resolved(heard, asked, completed(asked, chosen.choices), chosen)

    def _any_machine(self, heard: Heard, asked: OpenQuestion) -> TakenReply | None:
        """Machines beside those offered, several of them, or everything."""
        meant = self._scopes.read(heard.sentence)
        if meant.choices:
            answer = Understanding(
                "clarify", 1.0, asked.question, meant.choices, later=meant.later, rest=asked.rest
            )
            return TakenReply(answer, self._is_whole(heard, asked.question, None))
        return self._resolved(heard, asked, named_anew(asked, meant), None)

    def _resolved(
        self, heard: Heard, asked: OpenQuestion, question: Question, chosen: Chosen[Choice] | None
    ) -> TakenReply | None:
        """What we asked is said, and whatever else the reply says."""
        is_whole = self._is_whole(heard, question, chosen)
        if not is_whole and len(heard.texts) > MOST_WORDS:
            return None
        return TakenReply(self._next(asked, self._filled(heard, question, chosen)), is_whole)

    def _next(self, asked: OpenQuestion, question: Question) -> Understanding:
        """What the same sentence left open beside this choice is asked next."""
        if asked.later:
            later = asked.later[1:]
            answer = Understanding("clarify", 1.0, question, asked.later[0], later=later)
        else:
            answer = self._completer.resumed(question)
        return replace(answer, rest=asked.rest)

    def _unresolved(self, heard: Heard, asked: OpenQuestion) -> TakenReply | None:
        """What we asked is not said. What else is said is kept, and it is asked again; nothing was
        asked where words were not understood, and other words for them do."""
        offers = bool(asked.choices or asked.source_choices)
        is_choice = self._choices.ends_in_noun(heard.texts)
        if is_choice and not offers:
            return None
        if offers and self._choices.counts(heard.tokens, heard.sentence.periods):
            return TakenReply(again(asked, asked.question), is_whole=False)
        slots = self._slots.read(heard.sentence, asked.question.intent, heard.text)
        if slots.details.plan is not None and self._follow_ups.asks(heard.sentence):
            return None  # no title, but a question of its own
        says_slot = bool(slots.taken) or not NAMED.isdisjoint(heard.sentence.texts)
        is_tied = self._follow_ups.begins(heard.sentence) and not heard.corrects
        if says_slot and not is_tied and self._is_whole(heard, asked.question, None):
            question = self._filled(heard, asked.question, None)
            if lacks_machine(asked) or lacks_source(asked):
                return TakenReply(again(asked, question))
            return TakenReply(self._next(asked, question))
        if is_choice and len(heard.texts) <= MOST_WORDS:
            return TakenReply(again(asked, asked.question), is_whole=False)
        return None

    def _is_whole(self, heard: Heard, question: Question, chosen: Chosen[Choice] | None) -> bool:
        """Whether every word is understood: of the choice, of a slot, or small."""
        texts = heard.sentence.texts
        slots = self._slots.read(heard.sentence, question.intent, heard.text)
        small = covered(self._small_beside_numbers.find(texts))
        marks = self._follow_ups.marks(heard.sentence)
        said = heard.positions(chosen) | slots.taken | small | marks
        return all(index in said or word in NAMED for index, word in enumerate(texts))

    def _filled(self, heard: Heard, question: Question, chosen: Chosen[Choice] | None) -> Question:
        """The question with the slots that a reply says beside the machines."""
        heard = heard.without_time_in(chosen)
        slots: Slots = self._slots.read(heard.sentence, question.intent, heard.text)
        if slots.count == 1:
            slots = replace(slots, count=None)  # "the European one, please" counts nothing
        beside = Meant(replace(question.scope, is_said=False))
        return replace(applied(question, heard.sentence, beside, slots), scope=question.scope)
