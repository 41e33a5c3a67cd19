"""Everything about one language that does not depend on the database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

from platformdirs import user_cache_path

from enms_core.domain.catalogue import Catalogue
from enms_core.language.classify import OTHER, Fitted, IntentClassifier
from enms_core.language.compounds import compound_splitter, single_words
from enms_core.language.concepts import Thesaurus
from enms_core.language.files import LanguageFiles, load_language
from enms_core.language.fitted_file import content_key, kept
from enms_core.language.machines import MachineIndex
from enms_core.language.masked_lists import FOREIGN_SOURCES, SOURCE_WORDS, masked_lists
from enms_core.language.numbers import POINT, NumberReader
from enms_core.language.periods import PeriodReader
from enms_core.language.phrases import PhraseTable
from enms_core.language.quantities import amount_words
from enms_core.language.required_lists import REQUIRED
from enms_core.language.sentence import (
    HORIZON,
    MACHINE,
    NO_SOURCE,
    NUMBER,
    PERIOD,
    SOURCE,
    Spotter,
)
from enms_core.language.spelling import Speller
from enms_core.language.spoken_numbers import spoken_numbers
from enms_core.language.tokens import tokenize, words_in, words_of
from enms_core.language.wording import UNKNOWN_WORD, WordingReader

SLOT = re.compile(r"\{(\w+)\}")
# Lists of words of names: towards these `NameReader` corrects, by stricter rules.
NAMES = ("name_", "machine_noun")
OF_NAMES = (*NAMES, "heard_", "sound_")

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
# Lists of words that belong to other skills, or name things that we may not have.
NOT_OURS = (*OF_NAMES, "not_ours", "word_foreign_", "foreign_", "machine_home")
# How many examples of the other slots (from <slot>.entity) each template is learned with.
EXAMPLES = 3


class LanguageModel:
    """Readers and the fitted classifier of one language.

    cache: a folder in which the fitted model is kept for other processes; None keeps none.
    """

    def __init__(self, files: LanguageFiles, cache: Path | None = None) -> None:
        files.demand(REQUIRED)
        self.files = files.with_lists(masked_lists(files.vocabulary))
        self._cache = cache
        self.numbers = NumberReader(
            files.lang,
            files.vocabulary["number_ordinal_ending"],
            next(iter(files.vocabulary["number_decimal_sign"]), POINT),
            spoken=spoken_numbers(files.lang, files.vocabulary),
        )
        self.periods = PeriodReader(files.vocabulary, self.numbers)

    @cached_property
    def classifier(self) -> IntentClassifier:
        """Loaded or fitted on first use: whoever only speaks needs none."""
        wordings = WordingReader(self.thesaurus, self.files.vocabulary["article"])
        if self._cache is None:
            return IntentClassifier(self._fitted(wordings), wordings)
        file = self._cache / f"{self.files.lang}-{content_key(self._texts())}.npz"
        return IntentClassifier(kept(file, lambda: self._fitted(wordings)), wordings)

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """What words of the language mean."""
        return Thesaurus(self.files.vocabulary)

    @cached_property
    def words_of_ours(self) -> frozenset[str]:
        """Words that our sentences are made of, and those that mean something in them."""
        files = self.files
        ours = (texts for intent, texts in files.intents.items() if intent != OTHER)
        lists = (texts for name, texts in files.vocabulary.items() if not name.startswith(NOT_OURS))
        listed = map(words_in, (*files.entities.values(), *lists))
        return template_words(chain.from_iterable(ours)).union(*listed)

    @cached_property
    def words_of_names(self) -> frozenset[str]:
        """Words of names of machines, that we may have: "welding station"."""
        lists = self.files.vocabulary.items()
        return frozenset().union(
            *(words_in(each) for name, each in lists if name.startswith(NAMES))
        )

    @cached_property
    def speller(self) -> Speller:
        """Corrects words towards those of the language's sentences and word lists."""
        lists = (
            each for name, each in self.files.vocabulary.items() if not name.startswith(OF_NAMES)
        )
        listed = chain.from_iterable(map(words_in, lists))
        return Speller({**dict.fromkeys(listed, 1), **self.classifier.word_counts}, self.numbers)

    def _fitted(self, wordings: WordingReader) -> Fitted:
        from enms_core.language.fitting import fit  # scikit-learn only where it is needed

        spotter = self.spotter(Catalogue())
        learned = [
            (tuple(word.text for word in spotter.read(tokenize(text)).masked), intent)
            for intent, templates in sorted(self.files.intents.items())
            for position, template in enumerate(templates)
            for text in self._filled(template, position)
        ]
        return fit(list(dict.fromkeys(learned)), wordings)

    def _texts(self) -> Iterator[str]:
        """All that the fitted model depends on, names and entries."""
        for lists in (self.files.intents, self.files.vocabulary, self.files.entities):
            for name, entries in sorted(lists.items()):
                yield name
                yield from entries

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
        source_words = frozenset().union(*map(words_in, sources.values()))
        vocabulary = self.files.vocabulary
        machines = MachineIndex(catalogue, vocabulary, self.numbers, known_words, source_words)
        return Spotter(
            self.periods,
            self.numbers,
            machines,
            PhraseTable({**sources, NO_SOURCE: vocabulary[NO_SOURCE]}),
            PhraseTable({"unit": vocabulary["energy_unit"]}),
            PhraseTable({"unit": amount_words(self.files)}),
            compound_splitter(vocabulary, {*single_words(sources), *machines.name_words}),
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
    return LanguageModel(load_language(lang), user_cache_path("enms") / "models")


def template_words(templates: Iterable[str]) -> frozenset[str]:
    """The words of some templates, without their slots."""
    return frozenset(chain.from_iterable(words_of(SLOT.sub(" ", each)) for each in templates))


def _with_period_last(text: str) -> list[str]:
    """A sentence that begins with its period, with the period at its end.

    OVOS forbids two slots side by side, so "what did {machine} use {period}" is written as
    "{period} what did {machine} use"; people say both.
    """
    first, _, rest = text.strip().partition(" ")
    return [f"{rest} {first}"] if first in (PERIOD, HORIZON) else []
