"""What a question cannot do without: taken from the conversation, else asked for."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS
from enms_core.domain.question import Question, Recalled, Scope, Understanding
from enms_core.language.questions import recalled_parts, recalled_scope, with_time_of
from enms_core.language.sentence import Sentence
from enms_core.language.topics import TopicReader


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
        needs = INTENTS[question.intent].needs
        if "machine" in needs and not question.scope.is_said:
            return self._with_machine(share, question, recalled)
        if "energy_source" in needs and not question.sources:
            return self._with_source(share, question, recalled)
        if "comparison" in needs:
            return self._with_another(share, question, recalled)
        if question.intent in ("explain_term", "help"):
            return self._with_topic(sentence, text, share, question)
        return Understanding("answered", share, question)

    def _with_machine(
        self, share: float, question: Question, recalled: Recalled | None
    ) -> Understanding:
        known = recalled_scope(recalled) if recalled is not None else None
        if known is not None and known.is_said and known.machine_ids:
            return Understanding("answered", share, replace(question, scope=known))
        choices = self._everything.machine_ids
        if not choices:
            return Understanding("answered", share, question)
        nothing = replace(question, scope=Scope("machines", ()))
        return Understanding("clarify", share, nothing, choices=choices, need="machine")

    def _with_source(
        self, share: float, question: Question, recalled: Recalled | None
    ) -> Understanding:
        if recalled is not None and recalled.question.sources:
            sources = recalled.question.sources
            return Understanding("answered", share, replace(question, sources=sources))
        choices = self._sources_of(question.scope)
        if len(choices) < 2:
            return Understanding("answered", share, replace(question, sources=choices))
        return Understanding(
            "clarify", share, question, source_choices=choices, need="energy_source"
        )

    def _sources_of(self, scope: Scope) -> tuple[str, ...]:
        """The energy sources that may be meant: those of the machines named, else all."""
        if not scope.is_said:
            return tuple(source.name for source in self._catalogue.sources)
        found = (self._catalogue.sources_of(id_) for id_ in scope.machine_ids)
        return tuple(dict.fromkeys(source.name for sources in found for source in sources))

    def _with_another(
        self, share: float, question: Question, recalled: Recalled | None
    ) -> Understanding:
        """Two things to compare: where one is said, the other is what was told before."""
        if recalled is not None and not _is_comparable(question):
            question = _beside(question, recalled)
        if _is_comparable(question):
            return Understanding("answered", share, question)
        return Understanding("clarify", share, question, need="comparison")

    def _with_topic(
        self, sentence: Sentence, text: str, share: float, question: Question
    ) -> Understanding:
        if question.intent == "explain_term":
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
    return question.compared_to is not None or len(question.parts) > 1


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
