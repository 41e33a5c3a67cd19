"""The features of energy sources that a sentence names: drivers of a model, and the values that
they shall have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from enms_core.domain.catalogue import Catalogue
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import Sentence

DRIVER_WORDS = "driver_"
CONDITION_WORDS = "condition_"
_BETWEEN = " "


@dataclass(frozen=True)
class FeatureMatch:
    """Words first..last (exclusive) that name one of some features: "pressure" is another one of
    gas than of compressed air."""

    first: int
    last: int
    features: tuple[str, ...]

    def of(self, known: Collection[str]) -> str | None:
        """The feature that is meant where only some are known."""
        return next((name for name in self.features if name in known), None)


class FeatureTable:
    """The words for features: lists of one prefix, or the names in a database with blanks."""

    def __init__(
        self,
        prefix: str,
        words: Mapping[str, tuple[str, ...]],
        names: Iterable[str],
        numbers: NumberReader,
    ) -> None:
        features: dict[str, list[str]] = {}
        for list_name, phrases in sorted(words.items()):
            if list_name.startswith(prefix):
                for phrase in phrases:
                    features.setdefault(phrase, []).append(list_name.removeprefix(prefix))
        for name in names:
            features.setdefault(name.replace("_", " "), []).append(name)
        phrases_of: dict[str, list[str]] = {}
        for phrase, meant in features.items():
            phrases_of.setdefault(_BETWEEN.join(dict.fromkeys(meant)), []).append(phrase)
        self._table = PhraseTable(phrases_of, numbers)

    def find(self, texts: list[str]) -> list[FeatureMatch]:
        return [
            FeatureMatch(match.first, match.last, tuple(match.concept.split(_BETWEEN)))
            for match in self._table.find(texts)
        ]

    def at(self, texts: list[str], first: int) -> FeatureMatch | None:
        match = self._table.at(texts, first)
        if match is None:
            return None
        return FeatureMatch(match.first, match.last, tuple(match.concept.split(_BETWEEN)))


class KnownFeatures:
    """Which features the energy sources of a catalogue have."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._of_source = {
            source.name: tuple(
                driver.name for driver in catalogue.drivers if driver.energy_source_id == source.id
            )
            for source in catalogue.sources
        }
        refused = (driver.name for driver in catalogue.refused_drivers)
        self.names = tuple(
            dict.fromkeys([*(n for names in self._of_source.values() for n in names), *refused])
        )

    @property
    def every_source(self) -> tuple[str, ...]:
        return tuple(self._of_source)

    def of_sources(self, sources: Iterable[str]) -> tuple[str, ...]:
        """The drivers of some sources."""
        names = (name for source in sources for name in self._of_source.get(source, ()))
        return tuple(dict.fromkeys(names))

    def that_fit(self, sentence: Sentence) -> tuple[str, ...]:
        """The drivers of the sources that a sentence is about: those named, else those of the
        machines named, else all."""
        return self.of_sources(self._sources_named(sentence) or self._of_source)

    def of_one_source(self, sentence: Sentence) -> tuple[str, ...]:
        """All drivers of the source that a sentence is about; none where it may be another."""
        sources = self._sources_named(sentence)
        return self.of_sources(sources) if len(set(sources)) == 1 else ()

    def _sources_named(self, sentence: Sentence) -> Sequence[str]:
        ids = [id_ for each in sentence.machines for id_ in each.mention.machine_ids]
        of_machines = [source.name for id_ in ids for source in self._catalogue.sources_of(id_)]
        return sentence.sources or of_machines
