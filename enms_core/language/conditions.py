"""The values that drivers shall have: "five hundred units at twenty five degrees and seven bar"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enms_core.domain.catalogue import Catalogue
from enms_core.language.features import (
    CONDITION_WORDS,
    DRIVER_WORDS,
    FeatureMatch,
    FeatureTable,
    KnownFeatures,
)
from enms_core.language.model import LanguageModel
from enms_core.language.phrases import PhraseTable
from enms_core.language.quantities import Amount, AmountReader
from enms_core.language.sentence import MACHINE, PERIOD, Sentence, Span
from enms_core.language.tokens import Token, tokenize

MOST_LINKS = 3
MEASURES = "conditions_unit_"
# Units that are another's multiple; every other unit is as its list is called, and the name of a
# feature ends in it.
MULTIPLES = {
    "t": ("kg", 1000.0),
    "mbar": ("bar", 0.001),
    "mwh": ("kwh", 1000.0),
    "km_h": ("m_s", 1 / 3.6),
}
UNITS = ("kg", "bar", "kwh", "m_s", "percent", "c", "hours", "count")
BELOW_ZERO = "c"  # the only unit with values below zero


@dataclass(frozen=True)
class SaidConditions:
    """values: feature and value, in the order said. unknown: a value of something that is no driver
    of what is asked about, or one that it cannot have. spans: where all this stands in the
    utterance."""

    values: tuple[tuple[str, float], ...] = ()
    unknown: str | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class _Condition:
    """An amount and the features that it may be of, in words first..last (exclusive)."""

    value: float
    meant: FeatureMatch
    first: int
    last: int
    measure: str | None = None  # the unit said that does not tell of which feature the value is
    unit: FeatureMatch | None = None

    def value_of(self, feature: str) -> float | None:
        """The value in the unit of a feature; None where the unit said is another one."""
        own = unit_of(feature)
        said, factor = MULTIPLES.get(self.measure or "", (self.measure, 1.0))
        fits = said is None or (own == said if own or factor != 1 else said in UNITS)
        if self.unit is not None and own is not None and feature not in self.unit.features:
            fits &= own in map(unit_of, self.unit.features)
        value = self.value * factor
        return value if fits and (value >= 0 or own == BELOW_ZERO) else None


class ConditionReader:
    """Reads conditions in one language, over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        words, numbers = model.files.vocabulary, model.numbers
        self._numbers = numbers
        self._known = KnownFeatures(catalogue)
        self._amounts = AmountReader(words, numbers)
        self._drivers = FeatureTable(DRIVER_WORDS, words, self._known.names, numbers)
        self._units = FeatureTable(CONDITION_WORDS, words, (), numbers)
        self._measures = PhraseTable(
            {
                name.removeprefix(MEASURES): phrases
                for name, phrases in words.items()
                if name.startswith(MEASURES)
            },
            numbers,
        )
        self._fillers = frozenset(words["drivers_filler"])
        self._links = frozenset((*words["article"], *words["conditions_link"]))

    def read(self, sentence: Sentence, text: str) -> SaidConditions:
        """The conditions of a sentence; an amount in a machine's name or in a time is none."""
        heard = self._numbers.canonical_tokens(tokenize(text))
        tokens = [token for token in heard if token.text not in self._fillers]
        said = [
            each
            for each in self._conditions([token.text for token in tokens])
            if not _is_named(_span(each, tokens), sentence)
        ]
        spans = tuple(_span(each, tokens) for each in said)
        fitting = self._known.that_fit(sentence.without(spans))
        values: dict[str, float] = {}
        unknown = None
        for each, (start, end) in zip(said, spans, strict=True):
            name = each.meant.of(fitting)
            value = each.value_of(name) if name is not None else None
            if name is not None and value is not None:
                values[name] = value
            else:
                unknown = unknown or text[start:end]
        return SaidConditions(tuple(values.items()), unknown, spans)

    def _conditions(self, texts: list[str]) -> Iterable[_Condition]:
        position = free = 0
        while position < len(texts):
            amount = self._amounts.at(texts, position)
            found = self._of(texts, amount, free) if amount is not None else None
            if found is not None:
                yield found
                free = found.last
            position = found.last if found is not None else position + 1

    def _of(self, texts: list[str], amount: Amount, free: int) -> _Condition | None:
        """What an amount is of: a driver named before it or behind it, else what its unit means.
        Words before `free` belong to another amount."""
        measure, after = self._measure(texts, amount.last)
        unit = self._units.at(texts, amount.last)
        last = max(after, unit.last if unit is not None else 0)
        before = self._named_before(texts, amount.first, free)
        if before is not None:
            return _Condition(amount.value, before, before.first, last, measure, unit)
        bare = self._drivers.at(texts, amount.last)  # "ten degree days" are no degrees
        if bare is not None and bare.last > last:
            return _Condition(amount.value, bare, amount.first, bare.last)
        named = self._named_from(texts, after)
        if named is not None and (unit is None or named.last > unit.last):
            return _Condition(amount.value, named, amount.first, named.last, measure)
        if unit is not None:
            return _Condition(amount.value, unit, amount.first, last, measure)
        return None

    def _measure(self, texts: list[str], first: int) -> tuple[str | None, int]:
        """The unit that begins at a word, and where it ends; of "degrees Fahrenheit" the latter."""
        measure, last = None, first
        while (match := self._measures.at(texts, last)) is not None:
            measure, last = match.concept, match.last
        return measure, last

    def _named_from(self, texts: list[str], first: int) -> FeatureMatch | None:
        while first < len(texts) and texts[first] in self._links:
            first += 1
        return self._drivers.at(texts, first)

    def _named_before(self, texts: list[str], last: int, free: int) -> FeatureMatch | None:
        ends = {match.last: match for match in self._drivers.find(texts[:last])}
        for end in range(last, max(last - MOST_LINKS - 1, free), -1):
            if end in ends and ends[end].first >= free:
                return ends[end]
            if texts[end - 1] not in self._links:
                return None
        return None


def unit_of(feature: str) -> str | None:
    """The unit that the name of a feature ends in."""
    return next((unit for unit in UNITS if feature.endswith(f"_{unit}")), None)


def _span(each: _Condition, tokens: Sequence[Token]) -> Span:
    return tokens[each.first].start, tokens[each.last - 1].end


def _is_named(span: Span, sentence: Sentence) -> bool:
    """Whether it is a part of a machine's name, or of a time."""
    start, end = span
    return any(
        word.text in (MACHINE, PERIOD) and word.start <= start and end <= word.end
        for word in sentence.words
    )
