"""What a question cannot do without: taken from the conversation, else asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import EXPLAINING, INTENTS, TRAINING
from enms_core.domain.question import Need, Question, Recalled, Scope, Understanding
from enms_core.language.questions import recalled_parts, recalled_scope, with_time_of
from enms_core.language.sentence import Sentence
from enms_core.language.topics import TopicReader

OF_TOPICS = frozenset({EXPLAINING, "help"})
ROOT_CAUSE = "root_cause"


class Needs:
    """Fills the needs of questions about one catalogue in one language."""

    def __init__(self, catalogue: Catalogue, topics: TopicReader, everything: Scope) -> None:
        self._catalogue = catalogue
        self._topics = topics
        self._everything = everything

    def filled(
        self,
        sentence: Sentence,
        text: str,
        share: float,
        question: Question,
        recalled: Recalled | None,
    ) -> Understanding:
        """The question with what its intent needs, or what is asked back."""
        if question.intent in OF_TOPICS:
            return self._with_topic(sentence, text, share, question)
        if recalled is not None:
            question = _from_before(question, recalled)
        return self.asked(share, question)

    def asked(self, share: float, question: Question) -> Understanding:
        """The first that a question still needs, asked back; after each reply this tells what to
        ask next. What leaves no choice is taken."""
        if question.intent == TRAINING and _names_several(question.scope):
            # Its service tells with which one to begin.
            return Understanding("answered", share, question)
        for need in INTENTS[question.intent].needs:
            if need == "energy_source" and not question.sources:
                sources = self._driven(self._sources_of(question.scope), question.drivers)
                if len(sources) > 1:
                    return Understanding(
                        "clarify", share, question, source_choices=sources, need=need
                    )
                question = replace(question, sources=sources)
            elif need == "machine" and not _names_machines(question.scope):
                choices = self._machines_with(question.sources)
                if choices:
                    nobody = replace(question, scope=Scope("machines", ()))
                    return Understanding("clarify", share, nobody, choices=choices, need=need)
            elif _LACKS[need](question):
                return Understanding("clarify", share, question, need=need)
        return Understanding("answered", share, question)

    def _machines_with(self, sources: Sequence[str]) -> tuple[UUID, ...]:
        """The machines that may be meant: those that use what is named, else all."""
        found = tuple(
            id_
            for id_ in self._everything.machine_ids
            if set(sources) <= {source.name for source in self._catalogue.sources_of(id_)}
        )
        return found or self._everything.machine_ids

    def _sources_of(self, scope: Scope) -> tuple[str, ...]:
        """The energy sources that may be meant: those of the machines named, else all."""
        if not scope.is_said:
            return tuple(source.name for source in self._catalogue.sources)
        found = (self._catalogue.sources_of(id_) for id_ in scope.machine_ids)
        return tuple(dict.fromkeys(source.name for sources in found for source in sources))

    def _driven(self, sources: Sequence[str], drivers: Sequence[str]) -> tuple[str, ...]:
        """The energy sources that have all the drivers named; where none has, any of them."""
        ids = {each.name: each.id for each in self._catalogue.sources}
        known = {(each.energy_source_id, each.name) for each in self._catalogue.drivers}
        driven = (name for name in sources if {(ids[name], each) for each in drivers} <= known)
        return tuple(driven) or tuple(sources)

    def _with_topic(
        self, sentence: Sentence, text: str, share: float, question: Question
    ) -> Understanding:
        if question.intent == EXPLAINING:
            topic = self._topics.term(text)
            if topic is None:
                unknown = self._topics.unknown_term(sentence, text)
                return Understanding("clarify", share, question, need="term", unknown=unknown)
            return Understanding("answered", share, replace(question, topic=topic))
        topic = self._topics.subject(text)
        unknown_subject = self._topics.unknown_subject(sentence, text)
        if topic is None and unknown_subject is not None:
            return Understanding(
                "clarify", share, question, need="help_topic", unknown=unknown_subject
            )
        return Understanding("answered", share, replace(question, topic=topic))


def _is_comparable(question: Question) -> bool:
    return question.compared_to is not None or len(question.parts) > 1 or len(question.sources) > 1


def _names_several(scope: Scope) -> bool:
    return scope.is_said and len(scope.machine_ids) > 1


def _names_machines(scope: Scope) -> bool:
    """Whether machines are named; nobody is where they were asked for."""
    return scope.is_said and bool(scope.machine_ids)


# Whether a question lacks what it needs and offers nothing to choose among.
_LACKS: Mapping[Need, Callable[[Question], bool]] = {
    "machine": lambda question: False,  # there is none to choose
    "energy_source": lambda question: False,
    "comparison": lambda question: not _is_comparable(question),
    "threshold": lambda question: question.threshold is None,
    "plan": lambda question: question.plan is None,
}


def _from_before(question: Question, recalled: Recalled) -> Question:
    """What a question needs and does not say, from the answer before."""
    last, needs = recalled.question, INTENTS[question.intent].needs
    if "machine" in needs and not question.scope.is_said:
        question = _of_same_machines(question, recalled)
    if "energy_source" in needs and not question.sources:
        question = replace(question, sources=last.sources)
    if "plan" in needs and question.plan is None:
        question = replace(question, plan=last.plan)
    if "comparison" in needs and not _is_comparable(question):
        question = _beside(question, recalled)
    return question


def _of_same_machines(question: Question, recalled: Recalled) -> Question:
    """A question about the machines of the answer before, and their energy source."""
    known = recalled_scope(recalled)
    if not _names_machines(known):
        return question
    takes_source = INTENTS[question.intent].takes("energy_source")
    sources = question.sources or (recalled.question.sources if takes_source else ())
    if question.intent == ROOT_CAUSE and not question.period_said:
        question = with_time_of(recalled, question)  # "why was it so high": what was told
    return replace(question, scope=known, sources=sources)


def _beside(question: Question, recalled: Recalled) -> Question:
    """A comparison of which one thing is said, with the answer before as the other."""
    last = recalled.question
    if question.parts and not question.period_said:
        parts = recalled_parts(recalled)
        others = tuple(part for part in parts if part not in question.parts)
        if len(parts) == 1 and others:
            together = dict.fromkeys(
                id_ for part in (*parts, *question.parts) for id_ in part.machine_ids
            )
            scope = Scope("machines", tuple(together))
            both = replace(question, scope=scope, parts=(*parts, *question.parts))
            return with_time_of(recalled, both)
    if not question.parts and question.period_said and question.period != last.period:
        return replace(
            question,
            scope=recalled_scope(recalled),
            sources=question.sources or last.sources,
            period=last.period,
            compared_to=question.period,
        )
    if not question.parts and not question.period_said:
        return with_time_of(
            recalled,
            replace(question, scope=recalled_scope(recalled), parts=recalled_parts(recalled)),
        )
    return question
