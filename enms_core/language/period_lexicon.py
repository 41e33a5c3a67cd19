"""Classes of the words that periods are made of, from the word lists of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from enms_core.language.numbers import YEARS, Number, NumberReader
from enms_core.language.tokens import Token, tokenize

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = ("morning", "afternoon", "evening", "night")
SHIFTS = ("early_shift", "late_shift", "night_shift")
SHORT_UNITS = ("minute", "hour", "day")
LONG_UNITS = ("shift", "week", "month", "quarter", "year")

# Values are whatever the grammar's builders expect of that class: a number, a name, or nothing.
Tag = tuple[Any, int]  # value, index after the last token
Tags = dict[str, list[Tag]]

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WRITTEN_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})[./](\d{4})")
# Word lists whose words have no value: the class says it all.
_MARKERS = (
    "now",
    "this",
    "last",
    "previous",
    "past",
    "next",
    "ago",
    "ahead",
    "so_far",
    "to_date",
    "not",
    "since",
    "from",
    "to",
    "between",
    "and",
    "until",
    "rest",
    "of",
    "preposition",
    "article",
    "single",
    "week_number",
    "quarter_number",
    "half",
    "start",
    "half_number",
    "weekend",
    "overnight",
    "tonight",
    "before_last",
    "after_next",
)


def _classes() -> dict[str, tuple[tuple[str, Any], ...]]:
    """Word list name -> the classes of its words, each with its value."""
    classes: dict[str, tuple[tuple[str, Any], ...]] = {
        "period_day_before_yesterday": (("day_word", -2),),
        "period_yesterday": (("day_word", -1),),
        "period_today": (("day_word", 0),),
        "period_tomorrow": (("day_word", 1),),
        "period_day_after_tomorrow": (("day_word", 2),),
        "period_couple": (("count", 2),),
        "clock_am": (("meridiem", 0),),
        "clock_pm": (("meridiem", 12),),
        "clock_oclock": (("oclock", None),),
        "clock_at": (("at", None),),
        "clock_noon": (("fixed_time", 12 * 60),),
        "clock_midnight": (("fixed_time", 0),),
    }
    classes |= {f"period_{marker}": ((marker, None),) for marker in _MARKERS}
    for lasting, units in (("short_unit", SHORT_UNITS), ("long_unit", LONG_UNITS)):
        for unit in units:
            classes[f"unit_{unit}"] = (("unit", unit), (lasting, unit), (f"unit_{unit}", None))
    classes |= {f"month_{name}": (("month", i),) for i, name in enumerate(MONTHS, start=1)}
    classes |= {f"weekday_{name}": (("weekday", i),) for i, name in enumerate(WEEKDAYS)}
    classes |= {f"daypart_{name}": (("part", name),) for name in PARTS}
    classes |= {f"daypart_{name}": (("part", name), ("shift", name)) for name in SHIFTS}
    return classes


class PeriodLexicon:
    """Tags tokens with the classes of the period grammar."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._numbers = numbers
        self._entries: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
        ambiguous = {_texts(entry) for entry in words.get("period_ambiguous", ())}
        for name, classes in _classes().items():
            for texts in (_texts(entry) for entry in words.get(name, ())):
                for group, value in classes:
                    self._add(texts, group, value)
                    if group == "month" and texts not in ambiguous:
                        self._add(texts, "sure_month", value)

    def _add(self, texts: tuple[str, ...], group: str, value: Any) -> None:
        self._entries.setdefault(texts[0], []).append((texts[1:], group, value))

    def tags(self, tokens: Sequence[Token]) -> list[Tags]:
        """For each token the classes of what begins there; the longest first within a class."""
        texts = tuple(token.text for token in tokens)
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
            tagged.append(tags)
        return tagged

    def _tag_numbers(self, tokens: Sequence[Token], index: int, tags: Tags) -> None:
        found = self._numbers.read(tokens, index)
        if found is not None:
            for group, value in _number_classes(found[0]):
                tags.setdefault(group, []).append((value, found[1]))
        elif tokens[index].text[0].isdigit():
            for group, value in _written_classes(tokens[index].text):
                tags[group] = [(value, index + 1)]


def _texts(entry: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(entry))


def _number_classes(number: Number) -> list[tuple[str, int]]:
    value = number.value
    if not isinstance(value, int):
        return []
    if number.kind == "ordinal":
        return [("ordinal", value)] if 1 <= value <= 31 else []
    ranges = {
        "count": range(1, 10_000),
        "index": range(1, 54),
        "day_number": range(1, 32),
        "hour": range(25),
        "minute": range(60),
        "year_number": YEARS,
    }
    return [(group, value) for group, values in ranges.items() if value in values]


def _written_classes(text: str) -> list[tuple[str, Any]]:
    """Times, and dates that can be read one way only: 1/3/2026 is not understood."""
    if time := _TIME.fullmatch(text):
        minutes = int(time[1]) * 60 + int(time[2])
        return [("time", minutes)] if minutes <= 24 * 60 and int(time[2]) < 60 else []
    if iso := _ISO_DATE.fullmatch(text):
        return [("written_date", (int(iso[1]), int(iso[2]), int(iso[3])))]
    if written := _WRITTEN_DATE.fullmatch(text):
        first, second, year = int(written[1]), int(written[3]), int(written[4])
        if written[2] == "." or first > 12 or first == second:
            return [("written_date", (year, second, first))]
        return [("written_date", (year, first, second))] if second > 12 else []
    return []
