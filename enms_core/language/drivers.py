"""The drivers that a model is to be trained with: "using production count and humidity"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS
from enms_core.language.features import DRIVER_WORDS, FeatureMatch, FeatureTable, KnownFeatures
from enms_core.language.model import SLOT, LanguageModel
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import SLOTS, Placed, Sentence, Span
from enms_core.language.tokens import Token, tokenize

# Intents whose sentences name drivers.
WITH_DRIVERS = [name for name, known in INTENTS.items() if known.takes("drivers")]


@dataclass(frozen=True)
class SaidDrivers:
    """names: features, in the order said. unknown: words in a driver's place that name none that
    the energy sources have. spans: where all this stands in the utterance."""

    names: tuple[str, ...] = ()
    unknown: str | None = None
    spans: tuple[Span, ...] = ()


class DriverReader:
    """Reads drivers in one language, over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        words = model.files.vocabulary
        self._numbers = model.numbers
        self._known = KnownFeatures(catalogue)
        self._table = FeatureTable(DRIVER_WORDS, words, self._known.names, model.numbers)
        self._lead = PhraseTable({"lead": words["drivers_lead"]}, model.numbers)
        self._joining = PhraseTable({"and": words["drivers_and"]}, model.numbers)
        self._small = frozenset((*words["article"], *words["drivers_small"]))
        self._except_words = frozenset(words["except"])
        self._uses = frozenset((*words["metric_energy"], *words["energy_word"]))
        asking = (
            SLOT.sub(" ", text) for name in WITH_DRIVERS for text in model.files.intents[name]
        )
        self._asking = frozenset(token.text for text in asking for token in tokenize(text))

    def read(self, sentence: Sentence, text: str, is_choice: bool = False) -> SaidDrivers:
        """The drivers of a sentence. is_choice: with and without them is asked about."""
        tokens = self._numbers.canonical_tokens(tokenize(text))
        texts = [token.text for token in tokens]
        found = [
            match
            for match in self._table.find(texts)
            if self._is_driver(match, texts, tokens, sentence)
        ]
        spans = tuple(_span(match.first, match.last, tokens) for match in found)
        fitting = self._known.that_fit(sentence.without(spans))
        names = [match.of(fitting) for match in found]
        unknown = [each for each, name in zip(spans, names, strict=True) if name is None]
        unknown += [] if is_choice else self._left_out(found, texts, tokens)
        unknown += self._unknown_words(found, texts, tokens, sentence)
        return SaidDrivers(
            tuple(dict.fromkeys(name for name in names if name is not None)),
            text[unknown[0][0] : unknown[0][1]] if unknown else None,
            spans,
        )

    def _is_driver(
        self, match: FeatureMatch, texts: list[str], tokens: Sequence[Token], sentence: Sentence
    ) -> bool:
        """What names an energy source or a machine as well is a driver only in a list of drivers,
        beside a source that it drives."""
        start, end = span = _span(match.first, match.last, tokens)
        named: list[Placed] = [*sentence.carriers, *sentence.machines]
        if not any(each.start < end and start < each.end for each in named):
            return True
        if self._says_more(match, texts):
            return self._is_joined(match, texts)
        others = sentence.without([span]).sources
        return self._is_listed(match, texts) and bool(match.of(self._known.of_sources(others)))

    def _is_joined(self, match: FeatureMatch, texts: list[str]) -> bool:
        """Whether it is listed, or stands behind a word that joins: "a model with gas pressure"."""
        joining = {each.last for each in self._joining.find(texts)}
        return match.first in joining or self._is_listed(match, texts)

    def _says_more(self, match: FeatureMatch, texts: list[str]) -> bool:
        """Whether it is no carrier's word alone, nor its use: "gas pressure"."""
        said = texts[match.first : match.last]
        return len(said) > 1 and self._uses.isdisjoint(said)

    def _is_listed(self, match: FeatureMatch, texts: list[str]) -> bool:
        """Whether words stand behind a lead, or are joined to a driver before or after them."""
        leads = {lead.last for lead in self._lead.find(texts)}
        joining = self._joining.find(texts)
        drivers = self._table.find(texts)
        joined = {each.last for each in joining if each.first in {d.last for d in drivers}}
        first = match.first
        while first not in leads | joined and first and texts[first - 1] in self._small:
            first -= 1
        followed = {each.first for each in joining if each.last in {d.first for d in drivers}}
        return first in leads | joined or match.last in followed

    def _left_out(
        self, found: Sequence[FeatureMatch], texts: list[str], tokens: Sequence[Token]
    ) -> list[Span]:
        """Drivers that are not to be used: what is used instead is not said."""
        return [
            _span(match.first - 1, match.last, tokens)
            for match in found
            if match.first and texts[match.first - 1] in self._except_words
        ]

    def _unknown_words(
        self,
        found: Sequence[FeatureMatch],
        texts: list[str],
        tokens: Sequence[Token],
        sentence: Sentence,
    ) -> list[Span]:
        """What stands in a list of drivers and is no word with which models are asked for."""
        ends = {match.last for match in found}
        joined = [match.last for match in self._joining.find(texts) if match.first in ends]
        begins = [*(match.last for match in self._lead.find(texts)), *joined]
        stops = {i for match in found for i in range(match.first, match.last)}
        stops |= {i for match in self._joining.find(texts) for i in range(match.first, match.last)}
        named = [(word.start, word.end) for word in sentence.words if word.text in SLOTS]
        stops |= {i for i, token in enumerate(tokens) if _within(token, named)}
        runs = [self._run(first, texts, stops) for first in sorted(begins)]
        return [
            _span(first, last, tokens)
            for first, last in runs
            if first < last and texts[first] not in self._asking
        ]

    def _run(self, first: int, texts: list[str], stops: Collection[int]) -> tuple[int, int]:
        while first < len(texts) and texts[first] in self._small:
            first += 1
        last = first
        while last < len(texts) and last not in stops and texts[last] not in self._small:
            last += 1
        return first, last


def _span(first: int, last: int, tokens: Sequence[Token]) -> Span:
    return tokens[first].start, tokens[last - 1].end


def _within(token: Token, spans: Collection[Span]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)
