"""Spoken numbers, read by inverting what num2words says: no language's number words stand here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from num2words import num2words

from enms_core.language.tokens import Token, tokenize

NumberKind = Literal["cardinal", "ordinal", "year", "digits"]

YEARS = range(1990, 2100)
ORDINALS = range(1, 32)
_LONGEST_NUMBER = 9  # tokens: "nine thousand nine hundred and ninety nine" has seven
_MOST_DIGITS = 15  # that a float holds exactly
_DIGITS = re.compile(r"-?\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True)
class Number:
    """A number as it was said: its value, and in which form."""

    value: int | float
    kind: NumberKind


@dataclass(frozen=True)
class _Vocabulary:
    """The number words of a language; every key is normalised words joined by blanks."""

    thousands: dict[str, int]
    hundreds: dict[str, int]
    small: dict[str, int]
    ordinals: dict[str, int]
    years: dict[str, int]
    ordinal_suffixes: frozenset[str]
    decimal_words: frozenset[str]
    minus_words: frozenset[str]
    cardinal: re.Pattern[str]
    openings: frozenset[str]


class NumberReader:
    """Reads the numbers of one language out of tokens.

    `ordinal_endings` are what the language may append to an ordinal ("vierzehnte" + "n").
    """

    def __init__(self, lang: str, ordinal_endings: tuple[str, ...] = ()) -> None:
        self._words = _vocabulary(lang, ordinal_endings)

    def read(self, tokens: Sequence[Token], index: int) -> tuple[Number, int] | None:
        """The longest number that begins at `index` and the index after it, else None.

        Digits may be grouped ("1,200") or decimal ("2.5", "2,5"): a comma before exactly three
        digits groups, every other comma and every point is a decimal sign.
        """
        text = tokens[index].text
        if text[0].isdigit() or (text[0] == "-" and len(text) > 1):
            return self._read_digits(tokens, index)
        if text in self._words.minus_words and index + 1 < len(tokens):
            return self._read_negative(tokens, index)
        if text[:2] not in self._words.openings:
            return None
        return self._read_words(tokens, index)

    def canonical(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """The texts of `canonical_tokens`."""
        return tuple(token.text for token in self.canonical_tokens(tokens))

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
        value = digits_value(tokens[index].text)
        if value is None:
            return None
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if (
            following is not None
            and following.start == tokens[index].end
            and following.text in self._words.ordinal_suffixes
        ):
            return Number(value, "ordinal"), index + 2
        return Number(value, "digits"), index + 1

    def _read_negative(self, tokens: Sequence[Token], index: int) -> tuple[Number, int] | None:
        found = self.read(tokens, index + 1)
        if found is None or found[0].kind == "ordinal" or found[0].value <= 0:
            return None
        return Number(-found[0].value, found[0].kind), found[1]

    def _read_words(self, tokens: Sequence[Token], index: int) -> tuple[Number, int] | None:
        texts = [token.text for token in tokens[index : index + _LONGEST_NUMBER]]
        listed = self._listed(texts)
        composed = self._composed(texts)
        if composed and (listed is None or composed[1] > listed[1]):
            decimal = self._decimal(texts, *composed)
            return Number(decimal[0], "cardinal"), index + decimal[1]
        return (listed[0], index + listed[1]) if listed else None

    def _listed(self, texts: list[str]) -> tuple[Number, int] | None:
        """The longest ordinal or year, with its count of tokens."""
        for length in range(min(4, len(texts)), 0, -1):
            words = " ".join(texts[:length])
            if words in self._words.ordinals:
                return Number(self._words.ordinals[words], "ordinal"), length
            if words in self._words.years:
                return Number(self._words.years[words], "year"), length
        return None

    def _composed(self, texts: list[str]) -> tuple[int, int] | None:
        """The longest cardinal of thousands, hundreds and the rest, with its count of tokens."""
        match = self._words.cardinal.match(" ".join(texts))
        if match is None or not match[0]:
            return None
        value = (
            self._words.thousands.get(match["thousands"] or "", 0)
            + self._words.hundreds.get(match["hundreds"] or "", 0)
            + self._words.small.get(match["small"] or "", 0)
        )
        return value, match[0].count(" ") + 1

    def _decimal(self, texts: list[str], whole: int, length: int) -> tuple[int | float, int]:
        """`whole` with the digits spoken after a decimal word, if any."""
        if texts[length : length + 1] and texts[length] in self._words.decimal_words:
            digits = []
            for text in texts[length + 1 :]:
                digit = self._words.small.get(text, 10)
                if digit > 9:
                    break
                digits.append(str(digit))
            if digits:
                return float(f"{whole}.{''.join(digits)}"), length + 1 + len(digits)
        return whole, length


def digits_value(text: str) -> int | float | None:
    """What digits mean, grouped or decimal; None where that is not plain, or too long for a float.

    >>> digits_value("1,200"), digits_value("2,5"), digits_value("1.000.000")
    (1200, 2.5, None)
    """
    if not _DIGITS.fullmatch(text) or len(text) > _MOST_DIGITS:
        return None
    plain = text.replace(",", "") if _GROUPED.fullmatch(text) else text.replace(",", ".")
    if plain.count(".") > 1:
        return None
    return float(plain) if "." in plain else int(plain)


def _between_words(whole: str, before: str, after: str) -> str:
    """What a phrase says between two others that it begins and ends with, else nothing."""
    if whole.startswith(before) and whole.endswith(after):
        return whole[len(before) : len(whole) - len(after)].strip()
    return ""


@lru_cache(maxsize=8)
def _vocabulary(lang: str, ordinal_endings: tuple[str, ...]) -> _Vocabulary:
    said = _Speaker(lang)
    small = {said(value): value for value in range(100)}
    thousands = _round_numbers(said, 1_000, range(1_000, 11_000, 1_000))
    hundreds = _round_numbers(said, 100, range(100, 1_000, 100)) | _year_forms(
        said, (value for value in range(1_100, 10_000, 100) if value % 1_000)
    )
    ordinals = {
        said(value, "ordinal") + ending: value
        for value in ORDINALS
        for ending in ("", *ordinal_endings)
    }
    years = _year_forms(said, YEARS)
    suffixes = (said(value, "ordinal_num").lstrip("0123456789 ") for value in ORDINALS)
    return _Vocabulary(
        thousands=thousands,
        hundreds=hundreds,
        small=small,
        ordinals=ordinals,
        years=years,
        ordinal_suffixes=frozenset(suffixes) - {""},
        decimal_words=frozenset({_between_words(said(2.5), said(2), said(5))}) - {""},
        minus_words=frozenset({_between_words(said(-1), "", said(1))}) - {""},
        cardinal=_cardinal_pattern(thousands, hundreds, small, _joiner(said)),
        openings=frozenset(
            words[:2] for table in (thousands, hundreds, small, ordinals, years) for words in table
        ),
    )


@dataclass(frozen=True)
class _Speaker:
    """num2words in one language, normalised like an utterance."""

    lang: str

    def __call__(self, value: float, form: str = "cardinal") -> str:
        spoken = num2words(value, lang=self.lang, to=form)
        return " ".join(token.text for token in tokenize(str(spoken)))


def _joiner(said: _Speaker) -> str:
    """The word between hundreds and the rest ("and"), if the language has one."""
    return _between_words(said(101), said(100), said(1))


def _round_numbers(said: _Speaker, unit: int, values: range) -> dict[str, int]:
    """Hundreds or thousands: alone, inside a longer number ("deux cent un"), and without one."""
    tail = f" {_joiner(said)} {said(1)}".replace("  ", " ")
    words = {said(value): value for value in values}
    words |= {_between_words(said(value + 1), "", tail): value for value in values}
    words |= {_between_words(said(unit), f"{said(1)} ", ""): unit}
    return {text: value for text, value in words.items() if text}


def _year_forms(said: _Speaker, values: Iterable[int]) -> dict[str, int]:
    """Numbers that sound otherwise as years: "twenty eighteen", "twelve hundred"."""
    forms = ((said(value, "year"), value) for value in values)
    return {text: value for text, value in forms if text != said(value)}


def _cardinal_pattern(
    thousands: dict[str, int], hundreds: dict[str, int], small: dict[str, int], joiner: str
) -> re.Pattern[str]:
    """Thousands, hundreds and a rest, written as one word or several, ending where a word ends."""
    link = rf" ?(?:{re.escape(joiner)} ?)?" if joiner else " ?"

    def any_of(table: dict[str, int]) -> str:
        return "|".join(re.escape(words) for words in sorted(table, key=len, reverse=True))

    # A link needs a word after it; a number that stops here ends where a word ends.
    after = rf"(?:{link}(?=\w)|(?= |$))"
    return re.compile(
        rf"(?:(?P<thousands>{any_of(thousands)}){after})?"
        rf"(?:(?P<hundreds>{any_of(hundreds)}){after})?"
        rf"(?P<small>{any_of(small)})?(?<! )(?= |$)"
    )
