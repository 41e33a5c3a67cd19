"""Amounts with a unit: "fifty kilowatts", "half a megawatt hour", "two and a half tons"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.language.files import LanguageFiles
from enms_core.language.numbers import NumberReader, canonical_value
from enms_core.language.phrases import PhraseTable
from enms_core.language.templates import expand
from enms_core.language.tokens import Token, tokenize, words_of

CO2E = "CO2e"
UNIT_LISTS = ("units", "unit_symbols", "currencies")
UNITS_OF_DRIVERS = ("condition_outdoor_temp_c", "condition_pressure_bar")
HOUR = "h"
LONGEST_UNIT = 5
# Words for parts and for several; each list is optional.
DOZEN = "number_dozen"
PARTS: Mapping[str, float] = {
    "number_half": 0.5,
    "number_quarter": 0.25,
    "number_three_quarters": 0.75,
    "number_one_and_a_half": 1.5,
    DOZEN: 12,
}
AND_A_HALF = "number_and_a_half"
HALF_ENDING = "number_half_ending"


@dataclass(frozen=True)
class Amount:
    """A bare number in words first..last (exclusive) of a sentence."""

    value: float
    first: int
    last: int


@dataclass(frozen=True)
class Quantity:
    """An amount and its unit as it is stored ("kWh"), in words first..last (exclusive)."""

    value: float
    unit: str
    first: int
    last: int


class AmountReader:
    """Reads amounts in one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._numbers = numbers
        self._parts = PhraseTable({name: words[name] for name in PARTS}, numbers)
        self._and_a_half = PhraseTable({AND_A_HALF: words[AND_A_HALF]}, numbers)
        self._half_endings = words[HALF_ENDING]
        self._before = frozenset((*words["article"], *words["number_about"]))

    def at(self, texts: Sequence[str], first: int) -> Amount | None:
        """The amount that begins at a word, an article before it included."""
        start = first
        while start < len(texts) and texts[start] in self._before:
            start += 1
        found = self._bare(texts, start)
        return Amount(found.value, first, found.last) if found is not None else None

    def skipped(self, texts: Sequence[str], first: int) -> int | None:
        """The word after an article: "a ton" is one."""
        is_before = first < len(texts) and texts[first] in self._before
        return first + 1 if is_before else None

    def _bare(self, texts: Sequence[str], first: int) -> Amount | None:
        part = self._parts.at(texts, first)
        if part is not None:
            found = Amount(PARTS[part.concept], first, part.last)
            times = self._number(texts, part.last) or self._dozen(texts, part.last)
            return found if times is None else Amount(found.value * times.value, first, times.last)
        number = self._number(texts, first)
        if number is None:
            return None
        half = self._and_a_half.at(texts, number.last)
        if half is not None:
            return Amount(number.value + 0.5, first, half.last)
        dozen = self._dozen(texts, number.last)
        return number if dozen is None else Amount(number.value * dozen.value, first, dozen.last)

    def _dozen(self, texts: Sequence[str], first: int) -> Amount | None:
        match = self._parts.at(texts, first)
        if match is None or match.concept != DOZEN:
            return None
        return Amount(PARTS[DOZEN], first, match.last)

    def _number(self, texts: Sequence[str], first: int) -> Amount | None:
        if first >= len(texts):
            return None
        value = canonical_value(texts[first])
        if value is None:
            value = self._and_half(texts[first])
        return Amount(float(value), first, first + 1) if value is not None else None

    def _and_half(self, word: str) -> float | None:
        """A number that is written together with a half: "zweieinhalb"."""
        for ending in self._half_endings:
            if word.endswith(ending) and word != ending:
                whole = canonical_value(
                    " ".join(self._numbers.canonical(tokenize(word.removesuffix(ending))))
                )
                return None if whole is None else whole + 0.5
        return None


class QuantityReader:
    """Reads amounts with the units and currencies of one language."""

    def __init__(self, files: LanguageFiles, numbers: NumberReader) -> None:
        self._amounts = AmountReader(files.vocabulary, numbers)
        currencies = _spoken(files.values.get("currencies", {}), forms=2)
        # Of carbon dioxide a mass is said: what it is of stands behind the unit.
        simple = {unit: said for unit, said in files.values["units"].items() if CO2E not in unit}
        further = _spoken(files.values["unit_symbols"])
        self._units = {**currencies, **_spoken(simple), **further}
        self.currencies = frozenset(currencies.values())

    def at(self, words: Sequence[Token], first: int, text: str) -> Quantity | None:
        """The quantity that begins at a word. Units are read from the utterance itself."""
        texts = [word.text for word in words]
        amount = self._amounts.at(texts, first)
        if amount is not None:
            return self._of_unit(amount, words, text)
        unit_at = self._amounts.skipped(texts, first)
        return self._of_unit(Amount(1.0, first, unit_at), words, text) if unit_at else None

    def find(self, words: Sequence[Token], text: str) -> list[Quantity]:
        """The quantities with a number of their own, from left to right."""
        found: list[Quantity] = []
        position = 0
        texts = [word.text for word in words]
        while position < len(words):
            amount = self._amounts.at(texts, position)
            quantity = self._of_unit(amount, words, text) if amount is not None else None
            if quantity is not None:
                found.append(quantity)
            position = quantity.last if quantity is not None else position + 1
        return found

    def unit(self, said: str) -> str | None:
        """The unit that words name."""
        return self._units.get(_joined(said))

    def _of_unit(self, amount: Amount, words: Sequence[Token], text: str) -> Quantity | None:
        """An amount with the unit behind it; the longest wins."""
        for last in range(min(len(words), amount.last + LONGEST_UNIT), amount.last, -1):
            unit = self.unit(text[words[amount.last].start : words[last - 1].end])
            if unit is not None:
                return Quantity(amount.value, unit, amount.first, last)
        return None


def amount_words(files: LanguageFiles) -> list[str]:
    """Words for units of amounts, of which an hour is none: it tells a time."""
    spoken = (
        word
        for name in UNIT_LISTS
        for unit, said in files.values.get(name, {}).items()
        if unit != HOUR
        for word in (unit, *(word for form in said.split("|") for word in expand(form)))
    )
    return [*spoken, *(phrase for name in UNITS_OF_DRIVERS for phrase in files.vocabulary[name])]


def _spoken(values: Mapping[str, str], forms: int | None = None) -> dict[str, str]:
    """Words run together → the unit they mean; the unit's own letters mean it too. forms: how many
    of the words stand for the whole unit."""
    found: dict[str, str] = {}
    for unit, spoken in values.items():
        said = (word for form in spoken.split("|")[:forms] for word in expand(form))
        for word in (unit, *said):
            found.setdefault(_joined(word), unit)
    return found


def _joined(said: str) -> str:
    return "".join(words_of(said))
