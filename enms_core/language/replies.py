"""Reading the reply to a question that we asked back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.question import OpenQuestion, Scope, Understanding
from enms_core.language.model import LanguageModel
from enms_core.language.names import name_tokens
from enms_core.language.numbers import NumberKind
from enms_core.language.periods import said_periods
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import Sentence
from enms_core.language.tokens import Token

# A reply is short. More words than this beside the choice make it a question of its own.
MOST_OTHER_WORDS = 4


class ReplyReader:
    """Reads which of the offered machines was meant, or that the person gives up."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        self._numbers = model.numbers
        self._catalogue = catalogue
        self._last = frozenset(model.files.vocabulary["choice_last"])
        self._cancel = PhraseTable({"cancel": model.files.vocabulary["cancel"]})

    def read(
        self, tokens: Sequence[Token], sentence: Sentence, asked: OpenQuestion
    ) -> Understanding | None:
        """The open question completed, cancelled, or None when this is not a reply to it."""
        words = [token.text for token in tokens]
        if self._cancel.find(words) and len(words) <= MOST_OTHER_WORDS + 1:
            return Understanding("cancelled", 1.0)
        if len(sentence.masked) > MOST_OTHER_WORDS + 1:
            return None
        named = self._named(sentence, asked)
        chosen = (
            named
            or self._counted(tokens, asked, ("ordinal",))
            or self._like(words, asked)
            or self._counted(tokens, asked, ("cardinal", "digits"))
        )
        if chosen is None:
            return None
        question = replace(asked.question, scope=self._completed(asked, chosen))
        said = said_periods(sentence.periods)
        if named and said:  # beside an ordinal there is none: "the first" is no day here
            question = replace(question, period=said[0], period_said=True)
        return Understanding("answered", 1.0, question)

    def _completed(self, asked: OpenQuestion, chosen: UUID) -> Scope:
        """A choice among machines that are all in the question is about which to leave out."""
        scope_ids = asked.question.scope.machine_ids
        known = tuple(id_ for id_ in scope_ids if id_ != chosen)
        if set(asked.choices) <= set(scope_ids):
            return Scope("group", known)
        return Scope("machines", (*known, chosen))

    def _named(self, sentence: Sentence, asked: OpenQuestion) -> UUID | None:
        named = {id_ for spotted in sentence.machines for id_ in spotted.mention.machine_ids}
        return _only([choice for choice in asked.choices if choice in named])

    def _counted(
        self, tokens: Sequence[Token], asked: OpenQuestion, kinds: Sequence[NumberKind]
    ) -> UUID | None:
        """By the order in which the choices were offered: "the second one", "number two"."""
        found = [self._numbers.read(tokens, index) for index in range(len(tokens))]
        said = [each[0] for each in found if each is not None]
        if any(number.kind == "ordinal" for number in said):  # "one" is no number beside it
            said = [number for number in said if number.kind == "ordinal"]
        places = [int(number.value) for number in said if number.kind in kinds]
        if any(token.text in self._last for token in tokens):
            places = [len(asked.choices)]
        if len(places) != 1 or not 1 <= places[0] <= len(asked.choices):
            return None
        return asked.choices[places[0] - 1]

    def _like(self, words: Sequence[str], asked: OpenQuestion) -> UUID | None:
        """By a word that only one of the choices has: "the European one"."""
        fitting = [choice for choice in asked.choices if self._words_of(choice) & set(words)]
        return _only(fitting)

    def _words_of(self, machine_id: UUID) -> set[str]:
        machine = self._catalogue.machine(machine_id)
        factory = self._catalogue.factory(machine.factory_id)
        names = (machine.name, *machine.aliases, factory.name)
        return {word for name in names for word in name_tokens(name, self._numbers)}


def _only(found: Sequence[UUID]) -> UUID | None:
    return found[0] if len(found) == 1 else None
