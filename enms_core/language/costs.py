"""What a measure costs, as a person tells: "it costs five hundred euros"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from enms_core.domain.tariff import Money
from enms_core.language.model import LanguageModel
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.quantities import QuantityReader
from enms_core.language.sentence import Sentence


@dataclass(frozen=True)
class SaidCost:
    """is_framed: words say that it is a cost, and not only an amount. taken: positions of the words
    that say it."""

    cost: Money
    is_framed: bool
    taken: frozenset[int]


class CostReader:
    """Reads it in one language."""

    def __init__(self, model: LanguageModel) -> None:
        words = model.files.vocabulary
        self._quantities = QuantityReader(model.files, model.numbers)
        self._frame = PhraseTable({"cost": words.get("cost_told", ())}, model.numbers)

    def read(self, sentence: Sentence, text: str) -> SaidCost | None:
        """The only amount of money that is told; None of several, and of none above zero."""
        found = [
            each
            for each in self._quantities.find(sentence.words, text)
            if each.unit in self._quantities.currencies
        ]
        if len(found) != 1 or found[0].value <= 0.0:
            return None
        (amount,) = found
        frame = self._frame.find(sentence.texts)
        taken = frozenset(range(amount.first, amount.last)) | covered(frame)
        return SaidCost(Money(Decimal(repr(amount.value)), amount.unit), bool(frame), taken)
