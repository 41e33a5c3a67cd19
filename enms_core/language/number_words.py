"""The number words of a language, by inverting what num2words says: none stand here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from enms_core.language.spoken_numbers import NumberForm, SpokenNumbers
from enms_core.language.tokens import spelled_out, words_of

YEARS = range(1990, 2100)
ORDINALS = range(1, 54)  # days of a month, weeks of a year
OPENING = 3  # letters by which a word is told from number words
BELOW_HUNDRED = range(1, 100)
HUNDREDS = range(100, 1_000, 100)
# Words that multiply what stands before them: thousand, million, billion.
MULTIPLIERS = (1_000_000_000, 1_000_000, 1_000)


@dataclass(frozen=True)
class NumberWords:
    """Every key is normalised words joined by blanks. multipliers: "thousand", "Millionen"."""

    small: Mapping[str, int]
    ordinals: Mapping[str, int]
    years: Mapping[str, int]
    multipliers: Mapping[str, int]
    ordinal_suffixes: frozenset[str]
    dots_ordinals: bool
    decimal_words: frozenset[str]
    minus_words: frozenset[str]
    openings: frozenset[str]
    cardinal: Cardinal


@dataclass(frozen=True)
class Cardinal:
    """Reads whole numbers: for each multiplier what is counted of it, then hundreds and the rest.

    Before a multiplier numbers may sound otherwise ("ein" of eintausend), so each has its words.
    """

    pattern: re.Pattern[str]
    values: Mapping[str, int]

    def read(self, texts: Iterable[str]) -> tuple[int, int] | None:
        """The longest number that the words begin with, and how many words it has."""
        match = self.pattern.match(" ".join(texts))
        if match is None or not match[0]:
            return None
        value = sum(self._counted(match, each) for each in MULTIPLIERS)
        return value + self._below_thousand(match, 1), match[0].count(" ") + 1

    def _counted(self, match: re.Match[str], multiplier: int) -> int:
        if match[f"word_{multiplier}"] is None:
            return 0
        return (self._below_thousand(match, multiplier) or 1) * multiplier

    def _below_thousand(self, match: re.Match[str], multiplier: int) -> int:
        hundreds, small = match[f"hundreds_{multiplier}"], match[f"small_{multiplier}"]
        return self.values.get(hundreds or "", 0) + self.values.get(small or "", 0)


@lru_cache(maxsize=8)
def number_words(spoken: SpokenNumbers, ordinal_endings: tuple[str, ...]) -> NumberWords:
    """The words of a language; `ordinal_endings` may follow an ordinal."""
    said = _Speaker(spoken)
    small = {said(value): value for value in range(100)}
    words_of = {each: _multiplier_words(said, each) for each in MULTIPLIERS}
    ordinals = {
        said(value, "ordinal") + ending: value
        for value in ORDINALS
        for ending in ("", *ordinal_endings)
    }
    years = _year_forms(said, YEARS)
    suffixes = (said(value, "ordinal_num").lstrip("0123456789 ") for value in ORDINALS)
    cardinal = _cardinal(said, small, words_of)
    multipliers = {word: each for each, words in words_of.items() for word in words}
    tables = (cardinal.values, ordinals, years, multipliers)
    return NumberWords(
        small=small,
        ordinals=ordinals,
        years=years,
        multipliers=multipliers,
        ordinal_suffixes=frozenset(suffixes) - {""},
        dots_ordinals=spoken(1, "ordinal_num").endswith("."),
        decimal_words=frozenset({_between(said(2.5), said(2), said(5))}) - {""},
        minus_words=frozenset({_between(said(-1), "", said(1))}) - {""},
        openings=frozenset(words[:OPENING] for table in tables for words in table),
        cardinal=cardinal,
    )


@dataclass(frozen=True)
class _Speaker:
    """Numbers of one language, normalised like an utterance."""

    spoken: SpokenNumbers

    def __call__(self, value: float, form: NumberForm = "cardinal") -> str:
        return " ".join(map(spelled_out, words_of(self.spoken(value, form))))


def _between(whole: str, before: str, after: str) -> str:
    """What a phrase says between two others that it begins and ends with, else nothing."""
    if whole.startswith(before) and whole.endswith(after):
        return whole[len(before) : len(whole) - len(after)].strip()
    return ""


def _multiplier_words(said: _Speaker, multiplier: int) -> tuple[str, ...]:
    """The words for one and for several of them: "million", "Millionen"."""
    several = _between(said(2 * multiplier), said(2), "")
    single = said(multiplier)
    one = several if single.endswith(several) else single.rpartition(" ")[2]
    return tuple(dict.fromkeys(word for word in (several, one) if word))


def _cardinal(
    said: _Speaker, small: Mapping[str, int], words_of: Mapping[int, tuple[str, ...]]
) -> Cardinal:
    hundreds = _hundreds(said)
    joiner = _between(said(101), said(100), said(1))
    link = rf" ?(?:{re.escape(joiner)} ?)?" if joiner else " ?"
    # A link needs a word after it; a number that stops here ends where a word ends.
    after = rf"(?:{link}(?=\w)|(?= |$))"
    tables, pattern = {**small, **hundreds}, ""
    for multiplier, words in words_of.items():
        counts = _counts_before(said, multiplier, words)
        tables = {**counts, **tables}
        counted = _below_thousand(multiplier, {**counts, **hundreds}, {**counts, **small}, after)
        pattern += rf"(?:{counted} ?(?P<word_{multiplier}>{_any_of(words)}){after})?"
    rest = _below_thousand(1, hundreds, small, after)
    return Cardinal(re.compile(rf"{pattern}{rest}(?<! )(?= |$)"), tables)


def _below_thousand(
    multiplier: int, hundreds: Mapping[str, int], small: Mapping[str, int], after: str
) -> str:
    """Hundreds and a rest, written as one word or several."""
    hundred = _any_of(words for words, value in hundreds.items() if value >= 100)
    rest = _any_of(words for words, value in small.items() if value < 100)
    return rf"(?:(?P<hundreds_{multiplier}>{hundred}){after})?(?P<small_{multiplier}>{rest})?"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _counts_before(said: _Speaker, multiplier: int, words: Iterable[str]) -> dict[str, int]:
    """Numbers as they sound before a multiplier: "ein" of eintausend, "eine" of a million."""
    counts = {
        _between(said(value * multiplier), "", word): value
        for value in (*BELOW_HUNDRED, *HUNDREDS)
        for word in words
    }
    return {text: value for text, value in counts.items() if text}


def _hundreds(said: _Speaker) -> dict[str, int]:
    """Alone, inside a longer number ("deux cent un"), without a one, and "twelve hundred"."""
    joiner = _between(said(101), said(100), said(1))
    tail = f" {joiner} {said(1)}".replace("  ", " ")
    words = {said(value): value for value in HUNDREDS}
    words |= {_between(said(value + 1), "", tail): value for value in HUNDREDS}
    for one in (said(1), _between(said(1_000), "", _multiplier_words(said, 1_000)[0])):
        words |= {_between(said(100), one, ""): 100} if one else {}
    words |= _year_forms(said, (value for value in range(1_100, 10_000, 100) if value % 1_000))
    return {text: value for text, value in words.items() if text}


def _year_forms(said: _Speaker, values: Iterable[int]) -> dict[str, int]:
    """Numbers that sound otherwise as years: "twenty eighteen", "twelve hundred"."""
    forms = ((said(value, "year"), value) for value in values)
    return {text: value for text, value in forms if text != said(value)}
