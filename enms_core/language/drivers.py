"""The drivers that a model is to be trained with: "using production count and humidity"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS
from enms_core.language.features import DRIVER_WORDS, FeatureMatch, FeatureTable, KnownFeatures
from enms_core.language.model import LanguageModel, template_words
from enms_core.language.phrases import PhraseTable, behind, covered
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
        without = (*words["except"], *words["drivers_without"])
        self._without = PhraseTable({"without": without}, model.numbers)
        self._with = PhraseTable({"with": words["drivers_with"]}, model.numbers)
        self._every = PhraseTable({"every": words["drivers_every"]}, model.numbers)
        self._before = PhraseTable(
            {"before": (*words["drivers_before"], *words["drivers_with"])}, model.numbers
        )
        narrowing = (*words["unhandled_baseline_train"], *words["drivers_without"])
        self._narrowing = PhraseTable({"narrowing": narrowing}, model.numbers)
        self._fillers = frozenset(words["drivers_filler"])
        self._uses = frozenset(words["metric_energy"])
        asking = (model.files.intents[name] for name in WITH_DRIVERS)
        self._asking = template_words(chain.from_iterable(asking))

    def read(self, sentence: Sentence, text: str, is_choice: bool = False) -> SaidDrivers:
        """The drivers of a sentence. is_choice: with and without them is asked about."""
        heard = self._numbers.canonical_tokens(tokenize(text))
        tokens = [token for token in heard if token.text not in self._fillers]
        texts = [token.text for token in tokens]
        found = [
            match
            for match in self._table.find(texts)
            if self._is_driver(match, texts, tokens, sentence)
        ]
        spans = tuple(_span(match.first, match.last, tokens) for match in found)
        fitting = self._known.that_fit(sentence.without(spans))
        unknown = [
            each for each, match in zip(spans, found, strict=True) if match.of(fitting) is None
        ]
        left_out = {} if is_choice else self._left_out(found, texts)
        used = [match for match in found if match not in left_out]
        every, said_every = self._all_of(texts, tokens, sentence)
        unknown += said_every if not every else []
        if not (used or said_every):  # what is used instead is not said
            used = found
            unknown += [_span(first, last, tokens) for first, last in left_out.values()]
        unknown += self._unknown_words(found, texts, tokens, sentence)
        unwanted = {match.of(fitting) for match in left_out}
        names = [name for match in used if (name := match.of(fitting)) is not None]
        names += [name for name in every if name not in unwanted]
        marks = [_span(first, last, tokens) for first, last in left_out.values()]
        return SaidDrivers(
            tuple(dict.fromkeys(names)),
            text[unknown[0][0] : unknown[0][1]] if unknown else None,
            (*spans, *said_every, *marks),
        )

    def _all_of(
        self, texts: list[str], tokens: Sequence[Token], sentence: Sentence
    ) -> tuple[tuple[str, ...], list[Span]]:
        """All drivers, where they are asked for of one energy source, and the words for it. "All"
        alone may be machines."""
        leads = {match.last for table in (self._lead, self._before) for match in table.find(texts)}
        said = [
            _span(match.first, match.last, tokens)
            for match in self._every.find(texts)
            if match.last - match.first > 1 or match.first in leads
        ]
        return self._known.of_one_source(sentence.without(said)) if said else (), said

    def _is_driver(
        self, match: FeatureMatch, texts: list[str], tokens: Sequence[Token], sentence: Sentence
    ) -> bool:
        """What names an energy source or a machine as well is a driver only in a list of drivers,
        beside a source that it drives."""
        span = _span(match.first, match.last, tokens)
        named: list[Placed] = [*sentence.carriers, *sentence.machines]
        if not any(_overlaps(each, span) for each in named):
            return True
        if self._says_more(match, texts, sentence, span):
            return self._is_behind(self._joining, match, texts) or self._is_listed(match, texts)
        others = sentence.without([span]).sources
        is_meant = self._is_behind(self._with, match, texts) or self._is_listed(match, texts)
        return is_meant and bool(match.of(self._known.of_sources(others)))

    def _is_behind(self, table: PhraseTable, match: FeatureMatch, texts: list[str]) -> bool:
        """Whether it stands behind a word of a list: "a model with the gas pressure"."""
        return match.first in {behind(texts, each.last, self._small) for each in table.find(texts)}

    def _says_more(
        self, match: FeatureMatch, texts: list[str], sentence: Sentence, span: Span
    ) -> bool:
        """Whether it is no carrier's word alone, nor its use: "gas pressure", "Dampfmenge"."""
        said = texts[match.first : match.last]
        if len(said) == 1:  # a compound is told from its parts
            said = [word.text for word in sentence.words if _overlaps(word, span)]
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
        self, found: Sequence[FeatureMatch], texts: list[str]
    ) -> dict[FeatureMatch, tuple[int, int]]:
        """Drivers that are not to be used, with the words that say so: "not throughput"."""
        begins = {
            behind(texts, match.last, self._small): match.first
            for match in self._without.find(texts)
        }
        joined = {match.first: match.last for match in self._joining.find(texts)}
        left_out: dict[FeatureMatch, tuple[int, int]] = {}
        for match in found:
            if match.first in begins:
                first = begins[match.first]
                left_out[match] = first, match.last
                after = joined.get(match.last)
                if after is not None:  # "not throughput or temperature"
                    begins[behind(texts, after, self._small)] = first
        return left_out

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
        leads = [*self._lead.find(texts), *self._before.find(texts)]
        begins = {*(match.last for match in leads), *joined, *ends}
        stops = {i for match in found for i in range(match.first, match.last)}
        for table in (self._joining, self._every, self._narrowing):
            stops |= covered(table.find(texts))
        named = [(word.start, word.end) for word in sentence.words if word.text in SLOTS]
        stops |= {i for i, token in enumerate(tokens) if _within(token, named)}
        runs = [self._run(first, texts, stops) for first in sorted(begins)]
        return [
            _span(first, last, tokens)
            for first, last in runs
            if first < last and texts[first] not in self._asking
        ]

    def _run(self, first: int, texts: list[str], stops: Collection[int]) -> tuple[int, int]:
        first = last = behind(texts, first, self._small)
        while last < len(texts) and last not in stops and texts[last] not in self._small:
            last += 1
        return first, last


def _span(first: int, last: int, tokens: Sequence[Token]) -> Span:
    return tokens[first].start, tokens[last - 1].end


def _overlaps(placed: Placed, span: Span) -> bool:
    start, end = span
    return placed.start < end and start < placed.end


def _within(token: Token, spans: Collection[Span]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)
