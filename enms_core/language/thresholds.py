"""Bounds in a sentence: "more than fifty kilowatts", "under 100 kWh", "less than five percent"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.domain.question import Comparison, Threshold
from enms_core.domain.units import KWH_PER_UNIT
from enms_core.language.files import LanguageFiles
from enms_core.language.numbers import NumberReader, digits_value
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import UNIT
from enms_core.language.tokens import Token, tokenize

OPERATORS: Mapping[str, Comparison] = {
    "threshold_above": ">",
    "threshold_at_least": ">=",
    "threshold_below": "<",
    "threshold_at_most": "<=",
}
POWER_UNITS = frozenset({"W", "kW", "MW", "GW"})
MASS_UNITS = frozenset({"g", "kg", "t"})
LONGEST_UNIT = 5
CO2E = "CO2e"


@dataclass(frozen=True)
class SpottedThreshold:
    """A bound and the words first..last (exclusive) that say it. quantity: what its unit measures,
    None where the unit does not tell."""

    threshold: Threshold
    quantity: str | None
    first: int
    last: int


class ThresholdReader:
    """Reads bounds with the units and currencies of one language."""

    def __init__(self, files: LanguageFiles, numbers: NumberReader) -> None:
        vocabulary = files.vocabulary
        self._operators = PhraseTable({name: vocabulary[name] for name in OPERATORS}, numbers)
        self._currencies = _spoken(files.values.get("currencies", {}), forms=2)
        # Of carbon dioxide a mass is said: what it is of stands behind the unit.
        simple = {unit: said for unit, said in files.values["units"].items() if CO2E not in unit}
        units = _spoken(simple)
        self._units = {**self._currencies, **units, **_spoken(files.values["unit_symbols"])}
        self._carbon = PhraseTable({"carbon": vocabulary["metric_carbon"]}, numbers)
        self._of = frozenset(vocabulary["period_of"])
        self._articles = tuple([article] for article in vocabulary["article"])

    def find(self, words: Sequence[Token], text: str) -> SpottedThreshold | None:
        """The first bound of a sentence, with its unit as it is stored ("kWh")."""
        texts = [word.text for word in words]
        for match in self._operators.find(texts):
            # "A hundred" has an article before the number.
            first = match.last + (texts[match.last : match.last + 1] in self._articles)
            value = digits_value(texts[first]) if first < len(words) else None
            unit_at = first + 1
            if value is None and first > match.last:  # "a ton" is one
                value, unit_at = 1, first
            if value is not None:
                found = self._unit(words, unit_at, text)
                if found is not None:
                    unit, last = found
                    bound = Threshold(float(value), unit, OPERATORS[match.concept])
                    quantity, last = self._quantity(unit, texts, last)
                    return SpottedThreshold(bound, quantity, match.first, last)
        return None

    def energy_unit(self, words: Sequence[Token], text: str) -> str | None:
        """The unit of energy that a sentence names beside no bound, as it is stored."""
        said = (text[word.start : word.end] for word in words if word.text == UNIT)
        return next((unit for each in said if (unit := self._units.get(_joined(each)))), None)

    def _unit(self, words: Sequence[Token], first: int, text: str) -> tuple[str, int] | None:
        """The unit that begins at a word, and the word after it; the longest wins."""
        for last in range(min(len(words), first + LONGEST_UNIT), first, -1):
            said = text[words[first].start : words[last - 1].end]
            unit = self._units.get(_joined(said))
            if unit is not None:
                return unit, last
        return None

    def _quantity(self, unit: str, texts: Sequence[str], last: int) -> tuple[str | None, int]:
        """What is measured in a unit; "of CO2" behind it belongs to it."""
        if unit in self._currencies.values():
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


def _spoken(values: Mapping[str, str], forms: int | None = None) -> dict[str, str]:
    """Words run together → the unit they mean; the unit's own letters mean it too. forms: how many
    of the words stand for the whole unit."""
    found: dict[str, str] = {}
    for unit, spoken in values.items():
        for word in (unit, *spoken.split("|")[:forms]):
            found.setdefault(_joined(word), unit)
    return found


def _joined(said: str) -> str:
    return "".join(token.text for token in tokenize(said))
