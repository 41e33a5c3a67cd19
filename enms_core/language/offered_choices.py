"""Which of the choices that we offered a reply means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from enms_core.domain.question import OpenQuestion
from enms_core.language.choosing import Choice, ChoiceReader, Chosen
from enms_core.language.heard import Heard
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import SLOTS, Sentence
from enms_core.language.words import LONGEST_LIST


class OfferedReader:
    """Reads it by name, number, kind, or "all of them"."""

    def __init__(self, choices: ChoiceReader, words: Mapping[str, tuple[str, ...]]) -> None:
        self._choices = choices
        self._rest = PhraseTable({"rest": (*words["in_full"], *words["in_full_alone"])})

    def meant(self, heard: Heard, asked: OpenQuestion) -> tuple[UUID, ...]:
        """The machines that some words mean, by name or otherwise."""
        named = machines_named(heard.sentence, asked.choices)
        chosen = None if named or not heard.tokens else self.machine(heard, asked.choices)
        return chosen.choices if chosen is not None else named

    def wants_all(self, heard: Heard, asked: OpenQuestion) -> bool:
        """Whether it is the choices that were not told that are asked for, and nothing else: "which
        ones used more yesterday" is a question of its own."""
        is_begun = len(asked.choices) > LONGEST_LIST and SLOTS.isdisjoint(heard.sentence.texts)
        rest = self._rest.find(heard.texts) if is_begun else []
        return bool(rest) and not self._choices.all_of(heard.texts, ())

    def machine(self, heard: Heard, choices: Sequence[UUID]) -> Chosen[UUID] | None:
        """The machines that a reply means without their names."""
        return self.choice(heard, choices, self._choices.alike(heard.tokens, choices))

    def choice(
        self, heard: Heard, choices: Sequence[Choice], alike: Chosen[Choice] | None = None
    ) -> Chosen[Choice] | None:
        """The choices that a reply means by their place. alike: by what they are."""
        if not choices:
            return None
        tokens, periods = heard.tokens, heard.sentence.periods
        return (
            self._choices.all_of(heard.texts, choices)
            or self._choices.ordered(tokens, periods, choices, ("ordinal",))
            or alike
            or self._choices.ordered(tokens, periods, choices, ("cardinal", "digits"))
        )


def machines_named(sentence: Sentence, choices: Sequence[UUID]) -> tuple[UUID, ...]:
    """The one of the choices that is named, or all of them."""
    named = {id_ for spotted in sentence.machines for id_ in spotted.mention.machine_ids}
    found = tuple(choice for choice in choices if choice in named)
    return found if len(found) == 1 or found == tuple(choices) else ()
