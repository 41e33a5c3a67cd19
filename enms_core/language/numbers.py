"""Spoken numbers, read by inverting what num2words says: no language's number words stand here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from enms_core.language.number_words import OPENING, number_words
from enms_core.language.spoken_numbers import SpokenNumbers
from enms_core.language.tokens import Token, entry_words, spelled_out, tokenize

NumberKind = Literal["cardinal", "ordinal", "year", "digits"]

POINT = "."
_LONGEST_NUMBER = 20  # tokens: "four hundred and fifty three million two hundred and thirty ..."
_MOST_DIGITS = 15  # that a float holds exactly
_DIGITS = re.compile(r"-?\d+(?:[.,]\d+)*")
_CANONICAL = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Number:
    """A number as it was said: its value, and in which form."""

    value: int | float
    kind: NumberKind


class NumberReader:
    """Reads the numbers of one language out of tokens.

    `ordinal_endings` are what the language may append to an ordinal ("vierzehnte" + "n");
    `decimal_sign` is its own in digits, a point or a comma. `spoken` says its numbers.
    """

    def __init__(
        self,
        lang: str,
        ordinal_endings: tuple[str, ...] = (),
        decimal_sign: str = POINT,
        spoken: SpokenNumbers | None = None,
    ) -> None:
        self._words = number_words(spoken or SpokenNumbers(lang), ordinal_endings)
        self._decimal_sign = decimal_sign
        self._entries: dict[str, tuple[str, ...]] = {}

    @property
    def dots_ordinals(self) -> bool:
        """Whether the language writes an ordinal as digits with a point: "5." is the fifth."""
        return self._words.dots_ordinals

    @property
    def single_words(self) -> frozenset[str]:
        """Cardinals below a hundred that are one word."""
        return frozenset(words for words in self._words.small if " " not in words)

    def read(self, tokens: Sequence[Token], index: int) -> tuple[Number, int] | None:
        """The longest number that begins at `index` and the index after it, else None.

        Digits may be grouped ("1,200") or decimal ("2.5", "2,5"): the sign that is not the
        language's decimal sign groups before exactly three digits; every other one is decimal.
        """
        text = tokens[index].text
        if not self._may_begin(text):
            return None
        if text[0].isdigit() or (text[0] == "-" and len(text) > 1):
            return self._read_digits(tokens, index)
        if text in self._words.minus_words and index + 1 < len(tokens):
            return self._read_negative(tokens, index)
        return self._read_words(tokens, index)

    def _may_begin(self, text: str) -> bool:
        """Whether a number may begin with a word: few words go on to be read."""
        if text[0].isdigit() or text[0] == "-" or text in self._words.minus_words:
            return True
        opening = spelled_out(text)[:OPENING]
        return opening in self._words.openings or opening[:2] in self._words.openings

    def canonical(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """The texts of `canonical_tokens`."""
        return tuple(token.text for token in self.canonical_tokens(tokens))

    def entry_words(self, entry: str) -> tuple[str, ...]:
        """The words of an entry of a word list, with its number words as digits. Kept, as those of
        `tokens.entry_words` are."""
        words = entry_words(entry)
        if not any(map(self._may_begin, words)):
            return words
        if entry not in self._entries:
            self._entries[entry] = self.canonical(tokenize(entry))
        return self._entries[entry]

    def canonical_tokens(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The tokens with cardinals, decimals and years as digits; ordinals stay words."""
        canonical: list[Token] = []
        index = 0
        while index < len(tokens):
            found = self.read(tokens, index)
            if found and found[0].kind != "ordinal":
                number, last = found
                span = (tokens[index].start, tokens[last - 1].end)
                canonical.append(Token(str(number.value), *span))
                index = last
            else:
                canonical.append(tokens[index])
                index += 1
        return tuple(canonical)

    def _read_digits(self, tokens: Sequence[Token], index: int) -> tuple[Number, int] | None:
        value = digits_value(tokens[index].text, self._decimal_sign)
        if value is None:
            return None
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if (
            following is not None
            and following.start == tokens[index].end
            and following.text in self._words.ordinal_suffixes
        ):
            return Number(value, "ordinal"), index + 2
        return self._multiplied(Number(value, "digits"), tokens, index + 1)

    def _read_negative(self, tokens: Sequence[Token], index: int) -> tuple[Number, int] | None:
        found = self.read(tokens, index + 1)
        if found is None or found[0].kind == "ordinal" or found[0].value <= 0:
            return None
        return Number(-found[0].value, found[0].kind), found[1]

    def _read_words(self, tokens: Sequence[Token], index: int) -> tuple[Number, int] | None:
        following = tokens[index : index + _LONGEST_NUMBER]
        texts = [spelled_out(token.text) for token in following]
        listed = self._listed(texts)
        composed = self._words.cardinal.read(texts)
        if composed and (listed is None or composed[1] > listed[1]):
            value, length = self._decimal(texts, *composed)
            return self._multiplied(Number(value, "cardinal"), tokens, index + length)
        return (listed[0], index + listed[1]) if listed else None

    def _multiplied(
        self, number: Number, tokens: Sequence[Token], index: int
    ) -> tuple[Number, int]:
        """A number in digits, or with decimals, may be of thousands or millions."""
        following = tokens[index].text if index < len(tokens) else ""
        if following not in self._words.multipliers:
            return number, index
        value = round(number.value * self._words.multipliers[following], 6)
        return Number(int(value) if value == int(value) else value, number.kind), index + 1

    def _listed(self, texts: list[str]) -> tuple[Number, int] | None:
        """The longest ordinal or year, with its count of tokens."""
        for length in range(min(4, len(texts)), 0, -1):
            words = " ".join(texts[:length])
            if words in self._words.ordinals:
                return Number(self._words.ordinals[words], "ordinal"), length
            if words in self._words.years:
                return Number(self._words.years[words], "year"), length
        return None

    def _decimal(self, texts: list[str], whole: int, length: int) -> tuple[int | float, int]:
        """`whole` with what is spoken after a decimal word, if any: digits one by one, or a number
        of two digits."""
        if texts[length : length + 1] and texts[length] in self._words.decimal_words:
            decimals, last = self._decimals(texts, length + 1)
            if decimals:
                return float(f"{whole}.{decimals}"), last
        return whole, length

    def _decimals(self, texts: list[str], first: int) -> tuple[str, int]:
        for last in (first + 2, first + 1):
            value = self._words.small.get(" ".join(texts[first:last]), 0)
            if value > 9:
                return str(value), min(last, len(texts))
        digits = ""
        for text in texts[first:]:
            digit = self._words.small.get(text, 10)
            if digit > 9:
                break
            digits += str(digit)
        return digits, first + len(digits)


def digits_value(text: str, decimal_sign: str = POINT) -> int | float | None:
    """What digits mean, grouped or decimal; None where that is not plain, or too long for a float.

    >>> digits_value("1,200"), digits_value("2,5"), digits_value("1.000.000")
    (1200, 2.5, None)
    >>> digits_value("1.200", ","), digits_value("2.5", ","), digits_value("1.200,5", ",")
    (1200, 2.5, 1200.5)
    """
    if not _DIGITS.fullmatch(text) or len(text) > _MOST_DIGITS:
        return None
    grouping = "." if decimal_sign == "," else ","
    if re.fullmatch(rf"-?\d{{1,3}}(?:[{grouping}]\d{{3}})+(?:[{decimal_sign}]\d+)?", text):
        text = text.replace(grouping, "")
    return canonical_value(text.replace(",", POINT))


def canonical_value(text: str) -> int | float | None:
    """What a word of `NumberReader.canonical` says, where it is a number."""
    if not _CANONICAL.fullmatch(text) or len(text) > _MOST_DIGITS:
        return None
    return float(text) if POINT in text else int(text)
