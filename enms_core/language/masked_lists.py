"""Word lists as sentences are when they are searched: with slots for carriers and units of energy.

"electricity per piece" stands in a list, but a sentence has a slot there; so the entry gets one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enms_core.language.compounds import CompoundSplitter, compound_splitter, single_words
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import NO_SOURCE, SOURCE, UNIT
from enms_core.language.tokens import entry_words, tokenize

FOREIGN_SOURCES = "foreign_source"
SOURCE_WORDS = "source_"
UNITS = "energy_unit"
# Lists that are searched for in the utterance itself, those that say what is masked, and those that
# refuse or ask back: there another carrier must not do as well.
AS_SAID = (
    SOURCE_WORDS,
    FOREIGN_SOURCES,
    NO_SOURCE,
    UNITS,
    *("term_", "help_topic_", "word_", "compound_", "driver", "condition", "machine_", "name_"),
    *(
        "not_ours",
        "unhandled",
        "period_",
        "unit_",
        "month_",
        "weekday_",
        "daypart_",
        "clock_",
        "number_",
    ),
)


def masked_lists(words: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The lists that change, with their entries masked; one that names nothing beside is left out,
    as a slot alone means whatever it stands for."""
    masker = _masker(words)
    found = {
        name: tuple(dict.fromkeys(map(masker.masked, entries)))
        for name, entries in words.items()
        if not name.startswith(AS_SAID) and any(map(masker.concerns, entries))
    }
    return {
        name: tuple(entry for entry in entries if entry not in (SOURCE, UNIT))
        for name, entries in found.items()
    }


@dataclass(frozen=True)
class _Masker:
    """beginning: what a word begins with that may be masked; other entries are passed over."""

    slots: PhraseTable
    compounds: CompoundSplitter
    beginning: re.Pattern[str]

    def concerns(self, entry: str) -> bool:
        return self.beginning.search(entry.lower()) is not None

    def masked(self, entry: str) -> str:
        if not self.concerns(entry):
            return entry
        tokens = self.compounds.split(tokenize(entry))
        for match in reversed(self.slots.find([token.text for token in tokens])):
            start, end = tokens[match.first].start, tokens[match.last - 1].end
            if match.concept != NO_SOURCE:
                entry = f"{entry[:start]} {match.concept} {entry[end:]}"
        return " ".join(entry.split())


def _masker(words: Mapping[str, tuple[str, ...]]) -> _Masker:
    sources = {name: words[name] for name in words if name.startswith(SOURCE_WORDS)}
    sources[FOREIGN_SOURCES] = words[FOREIGN_SOURCES]
    phrases = {SOURCE: _all_of(sources.values()), UNIT: words[UNITS]}
    compounds = compound_splitter(words, single_words(sources))
    opening = {entry_words(phrase)[0] for phrase in _all_of(phrases.values())}
    opening = {word for word in opening if len(word) > 1}  # a unit's letters are not spelled here
    before, words_of = (
        "|".join(map(re.escape, sorted(each))) for each in (compounds.firsts, opening)
    )
    end = "" if compounds.heads else r"\b"
    return _Masker(
        PhraseTable({**phrases, NO_SOURCE: words[NO_SOURCE]}),
        compounds,
        re.compile(rf"\b(?:{before})?(?:{words_of}){end}"),
    )


def _all_of(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(entry for entries in lists for entry in entries)
