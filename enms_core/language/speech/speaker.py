"""From an answer to dialogs: which sentences, in which order, with which words in their slots.

Sentences stand in the dialog files; the modules beside this one only choose among them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from enms_core.domain.answer import Answer, NoReadings, NotBegun, SourceNotUsed
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.energy import EnergyAnswer
from enms_core.domain.question import Question, Understanding
from enms_core.language.model import LanguageModel
from enms_core.language.render import Dialog, render
from enms_core.language.speech.asking_back import say_not_answered
from enms_core.language.speech.energy import say_energy
from enms_core.language.speech.refusals import (
    say_no_readings,
    say_not_begun,
    say_source_not_used,
)
from enms_core.language.speech.voice import Voice

# Kind of answer → how it is said.
SAYINGS: Mapping[type[Answer], Callable[[Any, Voice], list[Dialog]]] = {
    EnergyAnswer: say_energy,
    NoReadings: say_no_readings,
    NotBegun: say_not_begun,
    SourceNotUsed: say_source_not_used,
}


class Speaker:
    """Words an answer about one catalogue in one language."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        self._voice = Voice(model.files, catalogue)

    def say(self, answer: Answer) -> list[Dialog]:
        """The dialogs of an answer, in the order in which they are spoken."""
        return SAYINGS[type(answer)](answer, self._voice)

    def say_not_answered(self, understanding: Understanding) -> list[Dialog]:
        """The one sentence for an utterance that no service answers."""
        return say_not_answered(understanding, self._voice)

    def text(self, dialogs: Sequence[Dialog], variant: int = 0) -> str:
        """The dialogs as one spoken text."""
        return render(dialogs, self._voice.files, variant)

    def title(self, question: Question) -> str:
        """What a card is about: the machines as they are said."""
        return self._voice.scope(question.scope)
