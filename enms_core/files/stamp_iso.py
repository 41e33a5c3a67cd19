"""ISO 8601, extended and basic, with or without offset; wider than Python 3.10 reads it."""

from __future__ import annotations

import re
from datetime import date

from enms_core.files.stamp_form import DAY_US, Form, TimeOfDay, date_us

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
