"""Numbers as words: as num2words says them, or by a language's own list where it knows none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from num2words import CONVERTER_CLASSES, num2words

from enms_core.domain.errors import LanguageIncomplete

# The word list for that: "20 dudek", "point komo", "minus minus", "ordinal {number}a".
NUMBERS = "number_word"
PLACE = "{number}"
MULTIPLIED = 100  # from here on a word counts: "two hundred"; below it adds: "twenty one"

NumberForm = Literal["cardinal", "ordinal", "ordinal_num", "year"]
Spoken = int | float | Decimal


@dataclass(frozen=True)
class SpokenNumbers:
    """The numbers of one language. own: the entries of its own list, if it has one."""

    lang: str
    own: tuple[str, ...] = ()

    def __call__(self, value: Spoken, form: NumberForm = "cardinal") -> str:
        if not self.own:
            return self._by_num2words(value, form)
        listed = dict(entry.split(" ", 1) for entry in self.own)
        if form == "cardinal":
            return _cardinal(value, listed)
        if form == "year":
            return _whole(int(value), listed)
        number = str(value) if form == "ordinal_num" else _whole(int(value), listed)
        return listed.get("ordinal", PLACE).replace(PLACE, number)

    def _by_num2words(self, value: Spoken, form: NumberForm) -> str:
        """num2words leaves out the sign of what has no whole part: it is said before it here."""
        words = str(num2words(value, lang=self.lang, to=form))
        if form != "cardinal" or not -1 < value < 0:
            return words
        one = str(num2words(1, lang=self.lang))
        sign = str(num2words(-1, lang=self.lang)).removesuffix(one)
        return words if words.startswith(sign) else f"{sign}{words}"


def spoken_numbers(lang: str, words: Mapping[str, tuple[str, ...]]) -> SpokenNumbers:
    """The numbers of a language: by num2words, unless its word lists have one for them."""
    own = words.get(NUMBERS, ())
    if not own and lang[:2] not in CONVERTER_CLASSES:
        raise LanguageIncomplete(lang, f"{NUMBERS}.voc")
    return SpokenNumbers(lang, own)


def _cardinal(value: Spoken, listed: Mapping[str, str]) -> str:
    """A number with its sign and the digits behind its point."""
    sign = [listed["minus"]] if value < 0 else []
    whole, _, digits = f"{abs(Decimal(str(value))):f}".partition(".")
    behind = [listed["point"], *(listed[digit] for digit in digits)] if digits.strip("0") else []
    return " ".join([*sign, _whole(int(whole), listed), *behind])


def _whole(value: int, listed: Mapping[str, str]) -> str:
    """A whole number by the greatest word that goes into it: 2,130 is "two thousand one hundred
    thirty" in a language that lists 2, 1000, 1, 100 and 30."""
    if str(value) in listed:
        return listed[str(value)]
    greatest = max(int(key) for key in listed if key.isdigit() and 0 < int(key) <= value)
    count, rest = divmod(value, greatest) if greatest >= MULTIPLIED else (1, value - greatest)
    counted = [_whole(count, listed)] if count > 1 else []
    remaining = [_whole(rest, listed)] if rest else []
    return " ".join([*counted, listed[str(greatest)], *remaining])
