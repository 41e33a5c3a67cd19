"""Everything about one language that does not depend on the database."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from enms_core.domain.catalogue import Catalogue
from enms_core.language.classify import UNKNOWN_WORD, IntentClassifier
from enms_core.language.files import LanguageFiles, load_language
from enms_core.language.machines import MachineIndex
from enms_core.language.numbers import NumberReader
from enms_core.language.periods import PeriodReader
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import (
    HORIZON,
    MACHINE,
    NUMBER,
    PERIOD,
    SOURCE,
    Spotter,
)
from enms_core.language.tokens import tokenize

SOURCE_WORDS = "source_"
FOREIGN_SOURCES = "foreign_source"
SLOT = re.compile(r"\{(\w+)\}")

# What stands for a template's slot when the classifier learns it; other slots are unknown words.
MASK_OF_SLOT = {
    "machine": MACHINE,
    "other_machine": MACHINE,
    "energy_source": SOURCE,
    "period": PERIOD,
    "compared_to": PERIOD,
    "horizon": HORIZON,
    "count": NUMBER,
}
# How many examples of the other slots (from <slot>.entity) each template is learned with.
EXAMPLES = 3


class LanguageModel:
    """Readers and the fitted classifier of one language."""

    def __init__(self, files: LanguageFiles) -> None:
        self.files = files
        self.numbers = NumberReader(files.lang, files.vocabulary.get("number_ordinal_ending", ()))
        self.periods = PeriodReader(files.vocabulary, self.numbers)

    @cached_property
    def classifier(self) -> IntentClassifier:
        """Fitted on first use: whoever only speaks needs none."""
        spotter = self.spotter(Catalogue())
        learned = [
            (tuple(word.text for word in spotter.read(tokenize(text)).masked), intent)
            for intent, templates in sorted(self.files.intents.items())
            for position, template in enumerate(templates)
            for text in self._filled(template, position)
        ]
        return IntentClassifier(list(dict.fromkeys(learned)))

    def _filled(self, template: str, position: int) -> list[str]:
        """A template with masks and examples in its slots, another choice for each template."""
        for slot, mask in MASK_OF_SLOT.items():
            template = template.replace(f"{{{slot}}}", f" {mask} ")
        turns = range(EXAMPLES if SLOT.search(template) else 1)
        filled = [self._with_examples(template, position * EXAMPLES + turn) for turn in turns]
        return [*filled, *(text for each in filled for text in _with_period_last(each))]

    def _with_examples(self, template: str, choice: int) -> str:
        def example(match: re.Match[str]) -> str:
            examples = self.files.entities.get(match[1], (UNKNOWN_WORD,))
            return examples[choice % len(examples)]

        return SLOT.sub(example, template)

    def spotter(self, catalogue: Catalogue, known_words: frozenset[str] = frozenset()) -> Spotter:
        """Spotter for the names of a catalogue."""
        sources = self._source_phrases(catalogue)
        source_words = frozenset(
            word for phrases in sources.values() for phrase in phrases for word in phrase.split()
        )
        vocabulary = self.files.vocabulary
        return Spotter(
            self.periods,
            self.numbers,
            MachineIndex(catalogue, vocabulary, self.numbers, known_words, source_words),
            PhraseTable(sources),
            PhraseTable({"unit": vocabulary["energy_unit"]}),
            [source.name for source in catalogue.sources],
        )

    def _source_phrases(self, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
        """Phrases per carrier: its name in the database, its synonyms, and carriers not there."""
        vocabulary = self.files.vocabulary
        named = {
            name.removeprefix(SOURCE_WORDS): phrases
            for name, phrases in vocabulary.items()
            if name.startswith(SOURCE_WORDS)
        }
        own = {source.name: (source.name.replace("_", " "),) for source in catalogue.sources}
        foreign = {phrase: (phrase,) for phrase in vocabulary[FOREIGN_SOURCES]}
        keys = dict.fromkeys([*own, *named, *foreign])
        return {
            key: (*own.get(key, ()), *named.get(key, ()), *foreign.get(key, ())) for key in keys
        }


@lru_cache(maxsize=8)
def language_model(lang: str) -> LanguageModel:
    """The model of a language, one per process."""
    return LanguageModel(load_language(lang))


def _with_period_last(text: str) -> list[str]:
    """A sentence that begins with its period, with the period at its end.

    OVOS forbids two slots side by side, so "what did {machine} use {period}" is written as
    "{period} what did {machine} use"; people say both.
    """
    first, _, rest = text.strip().partition(" ")
    return [f"{rest} {first}"] if first in (PERIOD, HORIZON) else []
