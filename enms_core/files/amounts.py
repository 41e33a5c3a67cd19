"""Texts of numbers as numbers: decimal comma or point, thousands separators, nothing at all.

A text that is no number in the file's way of writing is bad; it is never read in another way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isfinite, nan
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.imports import Decimal

POINT: Decimal = "."
COMMA: Decimal = ","
SIGNS = (POINT, COMMA)
# Ways of writing that there is no value, in lower case.
EMPTY = frozenset({"", "nan", "null", "none", "na", "n/a", "#n/a", "-", "--"})
# Between the texts where they are worked on as one; no text of a table holds it.
BETWEEN = "\x1f"
# Separators of thousands beside the sign that is not the decimal one: spaces, narrow and not to be
# broken, and apostrophes.
SPACES = " \u00a0\u2009\u202f'\u2019"
# So much of the evidence may speak for the other sign: a damaged cell or two.
MOST_STRAY_SHARE = 0.05


@dataclass(frozen=True)
class Amounts:
    """values: NaN where a text is empty or bad. bad: texts that are neither empty nor numbers."""

    values: NDArray[np.float64]
    bad: NDArray[np.bool_]


def amounts(
    texts: Sequence[str], decimal: Decimal, groups_thousands: Callable[[], bool] | None = None
) -> Amounts:
    """The numbers of a column. What may be a thousand or a number with three decimals is bad where
    the column does not show which.

    groups_thousands: whether the whole column shows that it is a thousand, asked where there is
    such a number; None: these texts are all of it.

    >>> amounts(["1.002,6", "", "1.23"], ",")
    Amounts(values=array([1002.6,    nan,    nan]), bad=array([False, False,  True]))
    """
    plain = _plain(texts, decimal)
    if plain is not None:
        return Amounts(plain, np.zeros(len(texts), dtype=np.bool_))
    stripped = [text.strip() for text in texts]
    values = [_number(text, decimal) for text in stripped]
    unsure = [at for at, text in enumerate(stripped) if _is_unsure(text, decimal)]
    if unsure and not (groups_thousands or partial(_grouped, texts, decimal))():
        for at in unsure:
            values[at] = None
    bad = np.fromiter((value is None for value in values), dtype=np.bool_, count=len(values))
    return Amounts(np.array([nan if v is None else v for v in values], dtype=np.float64), bad)


def _plain(texts: Sequence[str], decimal: Decimal) -> NDArray[np.float64] | None:
    """Texts of plain numbers only, in one go; None where one is otherwise. `float` knows digits of
    other scripts and 1_000 too, which are no numbers here."""
    joined = BETWEEN.join(texts)
    if not joined.isascii() or "_" in joined:
        return None
    if decimal == ",":
        if "." in joined:
            return None
        texts, count = joined.replace(",", ".").split(BETWEEN), len(texts)
        if len(texts) != count:
            return None
    try:
        values = np.fromiter(map(float, texts), dtype=np.float64, count=len(texts))
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None


def _number(text: str, decimal: Decimal) -> float | None:
    """One text's number: NaN where it is empty, None where it is none."""
    if NUMBERS[decimal].fullmatch(text):
        value = float(text.translate(AS_POINT[decimal]))
        return value if isfinite(value) else None
    return nan if text.lower() in EMPTY else None


def _numbers(decimal: Decimal) -> re.Pattern[str]:
    """Numbers as a file with this decimal sign writes them. Thousands are groups of three, with
    one separator all through; such a number begins with no zero and has no exponent."""
    point = re.escape(decimal)
    separators = re.escape((COMMA if decimal == POINT else POINT) + SPACES)
    grouped = rf"[1-9][0-9]{{0,2}}([{separators}])[0-9]{{3}}(?:\1[0-9]{{3}})*(?:{point}[0-9]*)?"
    plain = rf"(?:[0-9]+(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+-]?[0-9]+)?"
    return re.compile(rf"[+-]?(?:{grouped}|{plain})")


NUMBERS: Mapping[Decimal, re.Pattern[str]] = {sign: _numbers(sign) for sign in SIGNS}
AS_POINT: Mapping[Decimal, Mapping[int, str | None]] = {
    POINT: {ord(each): None for each in SPACES + COMMA},
    COMMA: {**{ord(each): None for each in SPACES + POINT}, ord(COMMA): POINT},
}
UNGROUPED = re.compile(r"[+-]?[0-9]{4,}")
# A thousand, or a number with three decimals.
AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


class Thousands:
    """Whether "1.234" can be a thousand in a column with decimal commas, told by all its texts:
    where another number has groups and decimals, or decimals are rare. Among "1,233" and "1,235"
    it is a damaged comma."""

    def __init__(self, decimal: Decimal) -> None:
        self._decimal: Decimal = decimal
        self._other = COMMA if decimal == POINT else POINT
        self._unsure = self._with_decimals = 0
        self._is_shown = False

    def add(self, texts: Iterable[str]) -> None:
        """Some texts of the column."""
        for text in texts:
            if self._other not in text:
                self._with_decimals += self._decimal in text
            elif _is_unsure(stripped := text.strip(), self._decimal):
                self._unsure += 1
            else:
                self._with_decimals += self._decimal in text
                self._is_shown |= NUMBERS[self._decimal].fullmatch(stripped) is not None

    def are_grouped(self) -> bool:
        return self._is_shown or self._unsure >= self._with_decimals


def _is_unsure(text: str, decimal: Decimal) -> bool:
    return decimal not in text and AMBIGUOUS.fullmatch(text) is not None


def _grouped(texts: Iterable[str], decimal: Decimal) -> bool:
    thousands = Thousands(decimal)
    thousands.add(texts)
    return thousands.are_grouped()


def found_decimal(samples: Iterable[str]) -> Decimal | None:
    """The decimal sign of some numbers; None where they are ambiguous ("1.234" may be a thousand),
    or speak for both. Numbers without any sign leave it at the point.

    >>> found_decimal(["1.002,6", "3"]), found_decimal(["1.234", "2.345"])
    (',', None)
    """
    texts = [text.strip() for text in samples]
    signed = [text for text in texts if POINT in text or COMMA in text]
    votes = Counter(map(_vote, signed))
    clear = votes[POINT] + votes[COMMA]
    if clear:
        likely = POINT if votes[POINT] >= votes[COMMA] else COMMA
        return likely if votes[likely] >= (1 - MOST_STRAY_SHARE) * clear else None
    if not votes[None]:
        return POINT
    # Where thousands are written without a separator, the sign in "1.234" separates none.
    signs = {sign for sign in SIGNS if any(sign in text for text in signed)}
    return signs.pop() if len(signs) == 1 and any(map(UNGROUPED.fullmatch, texts)) else None


def _vote(text: str) -> Decimal | Literal[""] | None:
    """The only sign with which a text is a number; None where both do, "" where none does."""
    fitting = [sign for sign in SIGNS if NUMBERS[sign].fullmatch(text)]
    if not fitting:
        return ""
    return fitting[0] if len(fitting) == 1 else None
