"""Tags words with the classes that the period grammar is written in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from enms_core.language.number_words import YEARS
from enms_core.language.numbers import Number, NumberReader
from enms_core.language.period_classes import OF_ONE_UNIT, word_classes
from enms_core.language.tokens import Token, entry_words, spelled_out

# Values are whatever the grammar's builders expect of that class: a number, a name, or nothing.
Tag = tuple[Any, int]  # value, index after the last token
Tags = dict[str, list[Tag]]

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WRITTEN_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})[./](\d{4})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})")
# Words after which one that names a day and a part of a day is the part: "heute Morgen".
_BEFORE_A_PART = frozenset({"article", "this", "day_word", "weekday"})


class PeriodLexicon:
    """Tags tokens with the classes of the period grammar."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._numbers = numbers
        self._entries: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
        # Words for the present that are a unit behind a number: "zwanzig Grad".
        self._units = frozenset(chain(*map(_texts, words.get("period_now_or_unit", ()))))
        self._percent = frozenset(chain(*map(_texts, words.get("progress_percent", ()))))
        ambiguous = {_texts(entry) for entry in words.get("period_ambiguous", ())}
        plural = {_texts(entry) for entry in words.get("period_plural", ())}
        for name, classes in word_classes().items():
            for texts in (_texts(entry) for entry in words.get(name, ())):
                for group, value in classes:
                    if group not in OF_ONE_UNIT or texts not in plural:
                        self._add(texts, group, value)
                    if group in ("month", "weekday") and texts not in ambiguous:
                        self._add(texts, f"sure_{group}", value)

    def _add(self, texts: tuple[str, ...], group: str, value: Any) -> None:
        self._entries.setdefault(texts[0], []).append((texts[1:], group, value))

    def tags(self, tokens: Sequence[Token]) -> list[Tags]:
        """For each token the classes of what begins there; the longest first within a class."""
        texts = tuple(spelled_out(token.text) for token in tokens)
        tagged: list[Tags] = []
        for index, text in enumerate(texts):
            tags: Tags = {}
            for rest, group, value in self._entries.get(text, ()):
                end = index + 1 + len(rest)
                if texts[index + 1 : end] == rest:
                    tags.setdefault(group, []).append((value, end))
            for ends in tags.values():
                ends.sort(key=lambda tag: -tag[1])
            self._tag_numbers(tokens, index, tags)
            _tell_day_from_part(tags, tagged[-1] if tagged else {})
            if text in self._units and tagged and not _NUMBERS.keys().isdisjoint(tagged[-1]):
                tags.pop("now", None)
            tagged.append(tags)
        return tagged

    def _tag_numbers(self, tokens: Sequence[Token], index: int, tags: Tags) -> None:
        found = self._numbers.read(tokens, index)
        behind = [token.text for token in tokens[found[1] : found[1] + 1]] if found else []
        if not self._percent.isdisjoint(behind):  # "by March 31 by six percent"
            return
        if found is not None:
            for group, value in self._number_classes(found[0]):
                tags.setdefault(group, []).append((value, found[1]))
        if tokens[index].text[0].isdigit():
            for group, value in self._written_classes(tokens[index].text):
                tags[group] = [(value, index + 1)]

    def _number_classes(self, number: Number) -> list[tuple[str, int | float]]:
        value = number.value
        if not isinstance(value, int):
            return [("fraction", value)] if value > 0 else []
        if number.kind == "ordinal":
            # The month as a number follows the day where dates are written so: "fuenfter elfter".
            is_month = self._numbers.dots_ordinals and value in range(1, 13)
            classes = {"ordinal": range(1, 32), "week_ordinal": range(1, 54)}
            months: list[tuple[str, int | float]] = [("month_number", value)] if is_month else []
            return months + [(name, value) for name, values in classes.items() if value in values]
        return [(group, value) for group, values in _NUMBERS.items() if value in values]

    def _written_classes(self, text: str) -> list[tuple[str, Any]]:
        """Times, and dates that can be read one way only: 1/3/2026 is not understood."""
        if dotted := _DOTTED.fullmatch(text):
            first, second = int(dotted[1]), int(dotted[2])
            is_date = self._numbers.dots_ordinals and 1 <= first <= 31 and 1 <= second <= 12
            return [
                *([("dotted_date", (first, second))] if is_date else []),
                *([("dotted_time", first * 60 + second)] if _is_time(first, second) else []),
            ]
        if time := _TIME.fullmatch(text):
            hour, minute = int(time[1]), int(time[2])
            return [("time", hour * 60 + minute)] if _is_time(hour, minute) else []
        if iso := _ISO_DATE.fullmatch(text):
            return [("written_date", (int(iso[1]), int(iso[2]), int(iso[3])))]
        return _written_date(text)


_NUMBERS = {
    "count": range(1, 10_000),
    "index": range(1, 54),
    "day_number": range(1, 32),
    "hour": range(25),
    "minute": range(60),
    "year_number": YEARS,
}


def _texts(entry: str) -> tuple[str, ...]:
    return tuple(map(spelled_out, entry_words(entry)))


def _tell_day_from_part(tags: Tags, before: Tags) -> None:
    """A word can name a day and a part of one ("morgen"): what stands before it tells which."""
    if "day_word" in tags and "part" in tags:
        del tags["part" if _BEFORE_A_PART.isdisjoint(before) else "day_word"]


def _is_time(hour: int, minute: int) -> bool:
    return minute < 60 and hour * 60 + minute <= 24 * 60


def _written_date(text: str) -> list[tuple[str, Any]]:
    written = _WRITTEN_DATE.fullmatch(text)
    if written is None:
        return []
    first, second, year = int(written[1]), int(written[3]), int(written[4])
    if written[2] == "." or first > 12 or first == second:
        return [("written_date", (year, second, first))]
    return [("written_date", (year, first, second))] if second > 12 else []
