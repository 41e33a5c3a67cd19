"""Reading the reply to a question that we asked back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.question import OpenQuestion, Question, Scope, Understanding
from enms_core.language.model import LanguageModel
from enms_core.language.names import name_tokens
from enms_core.language.numbers import NumberKind
from enms_core.language.periods import said_periods
from enms_core.language.phrases import PhraseTable
from enms_core.language.scope import ScopeReader
from enms_core.language.sentence import Sentence
from enms_core.language.tokens import Token
from enms_core.language.words import LONGEST_LIST

# A reply is short. More words than this beside the choice make it a question of its own.
MOST_OTHER_WORDS = 4
OF_TOPICS = ("explain_term", "help")

Choice = TypeVar("Choice")


class ReplyReader:
    """Reads what was meant of what we offered, or that the person gives up."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        words = model.files.vocabulary
        self._numbers = model.numbers
        self._catalogue = catalogue
        self._scopes = ScopeReader(catalogue, words)
        self._last = frozenset(words["choice_last"])
        self._all = PhraseTable({"all": words["choice_all"]})
        self._rest = PhraseTable({"rest": (*words["in_full"], *words["in_full_alone"])})
        self._cancel = PhraseTable({"cancel": words["cancel"]})
        self._comparing = PhraseTable({"comparing": words["comparing"]}, model.numbers)

    def read(
        self, tokens: Sequence[Token], sentence: Sentence, asked: OpenQuestion
    ) -> Understanding | None:
        """The open question completed, cancelled, asked again, or None when this is no reply."""
        words = [token.text for token in tokens]
        if self._cancel.find(words) and len(words) <= MOST_OTHER_WORDS + 1:
            return Understanding("cancelled", 1.0)
        if asked.question.intent in OF_TOPICS:  # a machine says nothing about them
            return None
        if len(sentence.masked) > MOST_OTHER_WORDS + 1 or self._compares(sentence):
            return None
        if not self._wants_all(words, asked):  # that list was of the choices
            asked = replace(asked, question=replace(asked.question, in_full=False))
        if asked.need == "comparison":
            return self._compared(sentence, asked.question)
        if asked.source_choices:
            return self._of_source(tokens, sentence, asked)
        return self._of_machine(tokens, sentence, asked)

    def _of_machine(
        self, tokens: Sequence[Token], sentence: Sentence, asked: OpenQuestion
    ) -> Understanding | None:
        words = [token.text for token in tokens]
        if asked.need == "machine" and sentence.machines:
            return self._any_machine(sentence, asked)
        if self._wants_all(words, asked):
            return _again(asked)
        named = self._named(sentence, asked)
        chosen = (
            named
            or self._everyone(words, asked)
            or self._counted(tokens, sentence, asked.choices, ("ordinal",))
            or self._like(words, asked)
            or self._counted(tokens, sentence, asked.choices, ("cardinal", "digits"))
        )
        if not chosen:
            return None
        question = _completed(asked, chosen)
        said = said_periods(sentence.periods)
        if named and said:  # beside an ordinal there is none: "the first" is no day here
            question = replace(question, period=said[0], period_said=True)
        return _next(asked, question)

    def _compares(self, sentence: Sentence) -> bool:
        """Whether it is a comparison of its own."""
        return len(sentence.machines) > 1 and bool(self._comparing.find(sentence.texts))

    def _wants_all(self, words: Sequence[str], asked: OpenQuestion) -> bool:
        """Whether it is the choices that were not told that are asked for."""
        is_begun = len(asked.choices) > LONGEST_LIST
        return is_begun and bool(self._rest.find(words)) and not self._all.find(words)

    def _any_machine(self, sentence: Sentence, asked: OpenQuestion) -> Understanding | None:
        """Where no machine was named at all, any may be, or several, or everything."""
        if any(spotted.mention.kind == "unknown" for spotted in sentence.machines):
            return None
        meant = self._scopes.read(sentence)
        question = replace(asked.question, scope=meant.scope)
        said = said_periods(sentence.periods)
        if said:
            question = replace(question, period=said[0], period_said=True)
        if meant.choices:
            return Understanding("clarify", 1.0, question, meant.choices, later=meant.later)
        return Understanding("answered", 1.0, question)

    def _of_source(
        self, tokens: Sequence[Token], sentence: Sentence, asked: OpenQuestion
    ) -> Understanding | None:
        words = [token.text for token in tokens]
        named = tuple(name for name in asked.source_choices if name in sentence.sources)
        chosen = (
            named
            or (asked.source_choices if self._all.find(words) else ())
            or self._counted(tokens, sentence, asked.source_choices, ("ordinal",))
            or self._counted(tokens, sentence, asked.source_choices, ("cardinal", "digits"))
        )
        if not chosen:
            return None
        return Understanding("answered", 1.0, replace(asked.question, sources=chosen))

    def _compared(self, sentence: Sentence, question: Question) -> Understanding | None:
        """The other thing to compare: machines beside the one named, or a time."""
        meant, said = self._scopes.read(sentence), said_periods(sentence.periods)
        if meant.choices or sentence.foreign_sources or not (meant.parts or said):
            return None
        parts = (*question.parts, *(part for part in meant.parts if part not in question.parts))
        ids = dict.fromkeys(id_ for part in parts for id_ in part.machine_ids)
        if meant.parts:
            question = replace(question, parts=parts, scope=Scope("machines", tuple(ids)))
        if len(said) > 1:
            question = replace(question, period=said[0], period_said=True, compared_to=said[1])
        elif said and not meant.parts:
            question = replace(question, compared_to=said[0])
        elif said:
            question = replace(question, period=said[0], period_said=True)
        if question.compared_to is None and len(parts) < 2:
            return Understanding("clarify", 1.0, question, need="comparison")
        return Understanding("answered", 1.0, question)

    def _named(self, sentence: Sentence, asked: OpenQuestion) -> tuple[UUID, ...]:
        named = {id_ for spotted in sentence.machines for id_ in spotted.mention.machine_ids}
        return _only([choice for choice in asked.choices if choice in named])

    def _everyone(self, words: Sequence[str], asked: OpenQuestion) -> tuple[UUID, ...]:
        return asked.choices if self._all.find(words) else ()

    def _counted(
        self,
        tokens: Sequence[Token],
        sentence: Sentence,
        choices: Sequence[Choice],
        kinds: Sequence[NumberKind],
    ) -> tuple[Choice, ...]:
        """By the order in which the choices were offered: "the second one", "number two"."""
        found = [self._numbers.read(tokens, index) for index in range(len(tokens))]
        said = [each[0] for each in found if each is not None]
        if any(number.kind == "ordinal" for number in said):  # "one" is no number beside it
            said = [number for number in said if number.kind == "ordinal"]
        places = [int(number.value) for number in said if number.kind in kinds]
        if self._last.intersection(sentence.texts):  # "last week" is a time
            places = [len(choices)]
        if len(places) != 1 or not 1 <= places[0] <= len(choices):
            return ()
        return (choices[places[0] - 1],)

    def _like(self, words: Sequence[str], asked: OpenQuestion) -> tuple[UUID, ...]:
        """By a word that only one of the choices has: "the European one"."""
        fitting = [choice for choice in asked.choices if self._words_of(choice) & set(words)]
        return _only(fitting)

    def _words_of(self, machine_id: UUID) -> set[str]:
        machine = self._catalogue.machine(machine_id)
        factory = self._catalogue.factory(machine.factory_id)
        names = (machine.name, *machine.aliases, factory.name)
        return {word for name in names for word in name_tokens(name, self._numbers)}


def _completed(asked: OpenQuestion, chosen: tuple[UUID, ...]) -> Question:
    """The question with the choice in its place: in the scope, or left out of it, and in the part
    of a comparison that was open."""
    question, scope_ids = asked.question, asked.question.scope.machine_ids
    completed = (
        Scope("machines", chosen) if set(part.machine_ids) == set(asked.choices) else part
        for part in question.parts
    )
    parts = tuple(dict.fromkeys(completed))
    known = tuple(id_ for id_ in scope_ids if id_ not in chosen)
    if asked.need == "machine" and chosen == asked.choices:
        return replace(question, scope=Scope("all", chosen))
    # A choice among machines that are all in the question is about which to leave out.
    if set(asked.choices) <= set(scope_ids):
        return replace(question, scope=Scope("group", known), parts=parts)
    return replace(question, scope=Scope("machines", (*known, *chosen)), parts=parts)


def _next(asked: OpenQuestion, question: Question) -> Understanding:
    """What the same sentence left open beside this choice is asked next."""
    if asked.later:
        return Understanding("clarify", 1.0, question, asked.later[0], later=asked.later[1:])
    return Understanding("answered", 1.0, question)


def _again(asked: OpenQuestion) -> Understanding:
    """The same question back, with all that may be answered."""
    question = replace(asked.question, in_full=True)
    return Understanding("clarify", 1.0, question, asked.choices, need=asked.need)


def _only(found: Sequence[UUID]) -> tuple[UUID, ...]:
    return tuple(found) if len(found) == 1 else ()
