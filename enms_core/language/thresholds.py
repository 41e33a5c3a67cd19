"""Bounds and changes: "more than fifty kilowatts", "50 kilowatts or more", "five percent less"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from enms_core.domain.question import Comparison, Side, Threshold
from enms_core.domain.units import KWH_PER_UNIT
from enms_core.language.files import LanguageFiles
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseMatch, PhraseTable, behind, covered
from enms_core.language.quantities import Quantity, QuantityReader
from enms_core.language.sentence import PERIOD, UNIT
from enms_core.language.tokens import Token

# The words for a bound stand before its amount; in the lists with AFTER behind it.
OPERATORS: Mapping[str, Comparison] = {
    "threshold_above": ">",
    "threshold_at_least": ">=",
    "threshold_below": "<",
    "threshold_at_most": "<=",
}
AFTER = "_after"
# Behind the amount they tell the side of what was expected too: "fünf Prozent über dem Soll".
NAMES_SIDE = frozenset({"threshold_above", "threshold_below"})
CHANGES: Mapping[str, Comparison] = {"threshold_less": "less", "threshold_more": "more"}
SIDES: Mapping[str, Side] = {"deviation_above": "above", "deviation_below": "below"}
LESS: Comparison = "less"
POWER_UNITS = frozenset({"W", "kW", "MW", "GW"})
MASS_UNITS = frozenset({"g", "kg", "t"})
PERCENT = "%"


@dataclass(frozen=True)
class SpottedThreshold:
    """A bound and the positions of the words that say it. quantity: what its unit measures, None
    where the unit does not tell. apart: positions of words that tell no side of a deviation."""

    threshold: Threshold
    quantity: str | None
    taken: frozenset[int]
    apart: frozenset[int] = frozenset()


class ThresholdReader:
    """Reads bounds with the units and currencies of one language."""

    def __init__(self, files: LanguageFiles, numbers: NumberReader) -> None:
        words = files.vocabulary
        self._quantities = QuantityReader(files, numbers)
        self._operators = _table(words, OPERATORS, numbers)
        self._operators_after = _table(words, (f"{name}{AFTER}" for name in OPERATORS), numbers)
        self._changes = _table(words, CHANGES, numbers)
        self._until = _table(words, ["threshold_to"], numbers)
        self._by_so_much = _table(words, ["threshold_by_so_much"], numbers)
        self._carbon = PhraseTable({"carbon": words["metric_carbon"]}, numbers)
        self._of = frozenset(words["period_of"])
        self._sides = _table(words, SIDES, numbers)
        self._articles = frozenset(words["article"])
        self._saving = PhraseTable({"saving": words.get("threshold_saving", ())}, numbers)

    def find(self, words: Sequence[Token], text: str) -> SpottedThreshold | None:
        """The first bound of a sentence, with its unit as it is stored ("kWh")."""
        texts = [word.text for word in words]
        for match in self._operators.find(texts):
            quantity = self._quantities.at(words, match.last, text)
            if quantity is not None:
                spotted = self._spotted(quantity, OPERATORS[match.concept], texts, [match])
                return replace(spotted, apart=covered([match]))
        for quantity in self._quantities.find(words, text):
            after = self._operators_after.at(texts, quantity.last)
            if after is not None:
                name = after.concept.removesuffix(AFTER)
                spotted = self._spotted(quantity, OPERATORS[name], texts, [after])
                return spotted if name in NAMES_SIDE else replace(spotted, apart=covered([after]))
        return None

    def deviation(self, words: Sequence[Token], text: str) -> SpottedThreshold | None:
        """The bound of a deviation, with the side that it lies on: "more than five percent below
        the baseline". An amount beside a side is one to be reached: "five percent above"."""
        texts = [word.text for word in words]
        bound = self.find(words, text)
        sides = self._sides_in(texts, bound.apart if bound is not None else frozenset[int]())
        side = next(iter(sides)) if len(sides) == 1 else None
        if bound is None:
            quantities = self._quantities.find(words, text)
            if side is None or len(quantities) != 1:
                return None
            bound = self._spotted(quantities[0], ">=", texts)
        return replace(bound, threshold=replace(bound.threshold, side=side))

    def _sides_in(self, texts: Sequence[str], without: frozenset[int]) -> set[Side]:
        """The sides that are named; "over the last week" names none."""
        return {
            SIDES[match.concept]
            for match in self._sides.find(texts)
            if match.first not in without and not self._leads_to_time(texts, match.last)
        }

    def _leads_to_time(self, texts: Sequence[str], first: int) -> bool:
        return texts[behind(texts, first, self._articles) :][:1] == [PERIOD]

    def aim(self, words: Sequence[Token], text: str) -> SpottedThreshold | None:
        """What a target is: a change ("ten percent less", "reduce by 500 kilowatt hours"), else a
        bound. A share that is said alone is to be saved, an amount alone not to be exceeded."""
        texts = [word.text for word in words]
        bound = self.find(words, text)
        quantities = self._quantities.find(words, text)
        if not quantities:
            return bound
        of_bound = bound.taken if bound is not None else frozenset[int]()
        changes = [each for each in self._changes.find(texts) if each.first not in of_bound]
        aimed = quantities[-1] if bound is None else _within(quantities, of_bound)
        if aimed is None or (bound is not None and not changes):
            return bound
        if aimed.value < 0:  # "minus ten percent"
            return self._spotted(replace(aimed, value=-aimed.value), LESS, texts, changes, of_bound)
        level = [each for each in self._until.find(texts) if each.last == aimed.first]
        if level and aimed.unit == PERCENT and self._saving.find(texts[: aimed.first]):
            return self._spotted(aimed, LESS, texts, [*level, *changes])
        if level and self._by_so_much.at(texts, aimed.last) is None:
            return self._spotted(aimed, "<=", texts, [*level, *changes])
        if changes:
            return self._spotted(aimed, CHANGES[changes[0].concept], texts, changes, of_bound)
        return self._spotted(aimed, LESS if aimed.unit == PERCENT else "<=", texts)

    def energy_unit(self, words: Sequence[Token], text: str) -> str | None:
        """The unit of energy that a sentence names beside no bound, as it is stored."""
        said = (text[word.start : word.end] for word in words if word.text == UNIT)
        return next((unit for each in said if (unit := self._quantities.unit(each))), None)

    def _spotted(
        self,
        quantity: Quantity,
        operator: Comparison,
        texts: Sequence[str],
        matches: Iterable[PhraseMatch] = (),
        taken: frozenset[int] = frozenset(),
    ) -> SpottedThreshold:
        measured, last = self._measured(quantity.unit, texts, quantity.last)
        said = frozenset(range(quantity.first, last)) | covered(matches) | taken
        is_carbon = measured == "carbon"
        bound = Threshold(quantity.value, quantity.unit, operator, of_carbon=is_carbon)
        return SpottedThreshold(bound, measured, said)

    def _measured(self, unit: str, texts: Sequence[str], last: int) -> tuple[str | None, int]:
        """What is measured in a unit; "of CO2" behind it belongs to it."""
        if unit in self._quantities.currencies:
            return "cost", last
        if unit in POWER_UNITS:
            return "power", last
        if unit in KWH_PER_UNIT:
            return "energy", last
        if unit in MASS_UNITS:
            start = last + 1 if texts[last : last + 1] and texts[last] in self._of else last
            match = self._carbon.at(texts, start)
            if match is not None:
                return "carbon", match.last
        return None, last


def _table(
    words: Mapping[str, tuple[str, ...]], names: Iterable[str], numbers: NumberReader
) -> PhraseTable:
    return PhraseTable({name: words[name] for name in names}, numbers)


def _within(quantities: Sequence[Quantity], taken: frozenset[int]) -> Quantity | None:
    return next((each for each in quantities if each.last - 1 in taken), None)
