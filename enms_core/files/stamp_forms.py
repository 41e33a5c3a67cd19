"""Ways of writing times: how a text is cut, and how its parts are read; ISO 8601 and epochs.

ISO 8601 is read extended and basic, with or without offset; wider than Python 3.10 reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

DAY_US = 86_400_000_000
_1970 = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class TimeOfDay:
    """Microseconds since midnight, and the offset from UTC where one is written."""

    wall_us: int
    offset_us: int | None = None


@dataclass(frozen=True)
class Form:
    """How one way of writing is read.

    cut: text to date and time of day, either may be empty. date_us: microseconds from 1970 to the
    date's midnight. Both readers give None for a text that is none.
    """

    cut: Callable[[str], tuple[str, str]]
    date_us: Callable[[str], int | None]
    time_of_day: Callable[[str], TimeOfDay | None]


def whole(read: Callable[[str], TimeOfDay | None]) -> Form:
    """A form that is not cut: all of the text is the time, counted from 1970."""
    return Form(lambda text: ("", text.strip()), lambda text: 0, read)


def date_us(day: date) -> int:
    """Microseconds from 1970 to the midnight with which a day begins."""
    return (day.toordinal() - _1970) * DAY_US


_NUMBER = re.compile(r"\d{1,13}(\.\d{1,9})?", re.ASCII)


def epoch_form(unit_us: int) -> Form:
    """Times that are counted from 1970 in UTC, in a unit of so many microseconds."""

    def read(text: str) -> TimeOfDay | None:
        """Only plain digits: "1.5174E+12", as spreadsheets write it, has lost its hour."""
        match = _NUMBER.fullmatch(text)
        if match is None:
            return None
        wall_us = round(float(text) * unit_us) if match[1] else int(text) * unit_us
        return TimeOfDay(wall_us, 0)

    return whole(read)


_DATE = re.compile(r"(\d{4})(-?)(\d\d)\2(\d\d)", re.ASCII)
_TIME = re.compile(
    r"[T ]\s*(?P<hour>\d{1,2}(?=:)|\d\d)(?P<mark>:?)(?P<minute>[0-5]\d)"
    r"(?:(?P=mark)(?P<second>[0-5]\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<zone>Z|UTC|GMT|(?P<sign>[+-])(?P<hours>[01]\d)(?::?(?P<minutes>[0-5]\d))?))?",
    re.ASCII | re.IGNORECASE,
)


def _cut(text: str) -> tuple[str, str]:
    text = text.strip()
    width = 10 if text[4:5] == "-" else 8
    return text[:width], text[width:]


def _read_date(text: str) -> int | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date_us(date(int(match[1]), int(match[3]), int(match[4])))
    except ValueError:
        return None


def _read_clock(text: str) -> TimeOfDay | None:
    """Nothing after the date is midnight; 24:00 is the next one."""
    if not text:
        return TimeOfDay(0)
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    fraction_us = int((match["fraction"] or "").ljust(6, "0")[:6])
    wall_us = ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction_us
    return None if wall_us > DAY_US else TimeOfDay(wall_us, _offset_us(match))


def _offset_us(match: re.Match[str]) -> int | None:
    if match["zone"] is None:
        return None
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    return (-1 if match["sign"] == "-" else 1) * minutes * 60_000_000


ISO_FORM = Form(_cut, _read_date, _read_clock)
