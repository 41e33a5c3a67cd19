"""What a sentence says beside machines, energy sources and times: the aspect, how many, in which
order, beyond which bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import COMPARISON, ENERGY, INTENTS, RANKING
from enms_core.domain.question import Order, Step, Threshold
from enms_core.language.details import DetailReader, Details
from enms_core.language.metrics import STEPS, MetricReader
from enms_core.language.model import LanguageModel
from enms_core.language.numbers import canonical_value
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.sentence import UNIT, Sentence
from enms_core.language.thresholds import SpottedThreshold, ThresholdReader
from enms_core.language.tokens import Token, tokenize

ORDERS: Mapping[str, Order] = {"highest": "highest", "lowest": "lowest"}
OF_VERSIONS = frozenset({"baseline_activate", "baseline_explain"})
OF_AIMS = frozenset({"target_set", "opportunities"})  # what is to be saved, or reached
OF_DEVIATIONS = frozenset({"performance", "root_cause"})
BoundReader = Callable[[Sequence[Token], str], SpottedThreshold | None]
MOST_COUNTED = 1_000  # of more than anybody can hear, we ask back what is meant


@dataclass(frozen=True)
class Slots:
    """metric: None where none was said. unit: of energy, as it is stored ("kWh"). taken: positions
    of the words that said all this."""

    metric: str | None = None
    step: Step | None = None
    count: int | None = None
    order: Order | None = None
    threshold: Threshold | None = None
    in_full: bool = False
    of_equation: bool = False
    of_training: bool = False
    unit: str | None = None
    details: Details = field(default_factory=Details)
    taken: frozenset[int] = field(default=frozenset())


OF_MODEL, EQUATION = "baseline_explain", "equation"


class SlotReader:
    """Reads the slots of one language for any intent, over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        words, numbers = model.files.vocabulary, model.numbers
        self._numbers = numbers
        self.metrics = MetricReader(words, numbers, model.thesaurus)
        self._orders = PhraseTable({order: words[f"order_{order}"] for order in ORDERS}, numbers)
        self._counts = PhraseTable({"one": words["ranking_one"]}, numbers)
        self._which = frozenset(words["which"])
        self._lists = PhraseTable({"all": words["ranking_all"]}, numbers)
        self._in_full = PhraseTable({"in_full": words["in_full"]}, numbers)
        self._no_numbers = PhraseTable({"one": words["number_not"]}, numbers)
        self._before_no_number = frozenset(words["number_behind"])
        self._versions = PhraseTable({"version": words["version_noun"]}, numbers)
        self._training = PhraseTable({"training": words["model_training"]}, numbers)
        self._comparing = PhraseTable({"comparing": words["comparing"]}, numbers)
        self._small = PhraseTable({"small": words["comparing_small"]}, numbers)
        self._thresholds = ThresholdReader(model.files, numbers)
        self._details = DetailReader(model, catalogue)

    def names_bound(self, sentence: Sentence, text: str) -> bool:
        """Whether an amount is named as a bound of something."""
        return self._thresholds.deviation(sentence.words, text) is not None

    def read(self, sentence: Sentence, intent: str, text: str, by_meaning: bool = False) -> Slots:
        """The slots of a sentence that is taken for an intent. by_meaning: of a question of its
        own, whose aspect may be told in words of no list."""
        said = self.metrics.read(sentence.texts, intent, by_meaning)
        no_numbers = self._no_numbers.find(sentence.texts)
        in_full = self._in_full.find(sentence.texts)
        as_said = self._numbers.canonical(tokenize(text))
        slots = Slots(
            metric=said.metric,
            step=said.step,
            # "All" may be a part of what is named: "list all compressors".
            in_full=bool(self._in_full.find(as_said)),
            of_equation=intent == OF_MODEL and self.metrics.means(sentence.texts, EQUATION),
            of_training=intent == OF_MODEL and bool(self._training.find(as_said)),
            unit=self._thresholds.energy_unit(sentence.words, text) if intent == ENERGY else None,
            taken=said.taken | covered([*no_numbers, *in_full]) | self._of_names(sentence),
        )
        if UNIT in sentence.texts and said.metric is None and ENERGY in INTENTS[intent].metrics:
            slots = replace(slots, metric=ENERGY)
        details = self._details.read(sentence, text, intent)
        slots = replace(slots, details=details, taken=slots.taken | details.taken)
        if intent == RANKING:
            return self._ranked(sentence, text, slots)
        if intent == COMPARISON:
            return self._compared(sentence, slots)
        if INTENTS[intent].takes("threshold"):
            slots = self._bounded(sentence, text, slots, intent)
        if intent in OF_VERSIONS:
            return self._numbered(sentence, slots)
        if INTENTS[intent].takes("count"):
            count, of_count = self._count(sentence, slots.taken)
            return replace(slots, count=count, taken=slots.taken | of_count)
        if said.metric in STEPS:  # the most and the least are told of any series
            slots = replace(slots, taken=slots.taken | covered(self._orders.find(sentence.texts)))
        return slots

    def _of_names(self, sentence: Sentence) -> frozenset[int]:
        """Numbers that only name something: "clause six point three"."""
        taken: set[int] = set()
        for index, word in enumerate(sentence.texts[1:], start=1):
            is_behind = index - 1 in taken or sentence.texts[index - 1] in self._before_no_number
            if is_behind and canonical_value(word) is not None:
                taken.add(index)
        return frozenset(taken)

    def _compared(self, sentence: Sentence, slots: Slots) -> Slots:
        tables = (self._orders, self._comparing, self._small)
        words = [match for table in tables for match in table.find(sentence.texts)]
        return replace(slots, step=None, taken=slots.taken | covered(words))

    def _bounded(self, sentence: Sentence, text: str, slots: Slots, intent: str) -> Slots:
        """A bound of the figure that is asked for, or what a target is."""
        bound = self._bound_reader(intent)(sentence.words, text)
        if bound is None:
            return slots
        is_of_figure = slots.metric is None and bound.quantity in INTENTS[intent].metrics
        return replace(
            slots,
            metric=bound.quantity if is_of_figure else slots.metric,
            threshold=bound.threshold,
            taken=slots.taken | bound.taken,
        )

    def _bound_reader(self, intent: str) -> BoundReader:
        if intent in OF_AIMS:
            return self._thresholds.aim
        is_deviation = intent in OF_DEVIATIONS
        return self._thresholds.deviation if is_deviation else self._thresholds.find

    def _numbered(self, sentence: Sentence, slots: Slots) -> Slots:
        """A version: "version four", "the second one"."""
        for noun in self._versions.find(sentence.texts):
            value = canonical_value(" ".join(sentence.texts[noun.last : noun.last + 1]))
            if isinstance(value, int) and value > 0:
                said = frozenset({noun.last})
                return replace(slots, count=value, taken=slots.taken | said)
        count, of_count = self._count(sentence, slots.taken)
        for index in range(len(sentence.words)):
            found = self._numbers.read(sentence.words, index) if count is None else None
            if found is not None and found[0].kind == "ordinal":
                count, of_count = int(found[0].value), frozenset(range(index, found[1]))
        return replace(slots, count=count, taken=slots.taken | of_count)

    def _ranked(self, sentence: Sentence, text: str, slots: Slots) -> Slots:
        bound = self._thresholds.find(sentence.words, text)
        of_bound = bound.taken if bound else frozenset[int]()
        orders = [m for m in self._orders.find(sentence.texts) if m.first not in of_bound]
        count, of_count = self._count(sentence, slots.taken | of_bound)
        single = self._single(sentence)
        lists = self._lists.find(sentence.texts)
        return replace(
            slots,
            metric=(bound.quantity if bound else None) or slots.metric,
            count=count or (1 if single and bound is None and not lists else None),
            order=ORDERS[orders[0].concept] if orders else None,
            threshold=bound.threshold if bound else None,
            in_full=slots.in_full or (bool(lists) and count is None),
            taken=slots.taken | of_bound | of_count | single | covered([*orders, *lists]),
        )

    def _count(
        self, sentence: Sentence, taken: frozenset[int]
    ) -> tuple[int | None, frozenset[int]]:
        """How many are asked for: a number that says nothing else."""
        numbers = [
            index
            for index, word in enumerate(sentence.texts)
            if word.isdigit() and index not in taken
        ]
        count = canonical_value(sentence.texts[numbers[0]]) if len(numbers) == 1 else None
        if isinstance(count, int) and 0 < count <= MOST_COUNTED:
            return count, frozenset(numbers)
        return None, frozenset()

    def _single(self, sentence: Sentence) -> frozenset[int]:
        """The words that ask for one: "which machine", "which compressor"."""
        return covered(self._counts.find(sentence.texts)) | sentence.single_kinds(self._which)
