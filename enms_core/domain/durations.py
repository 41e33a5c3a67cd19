"""Lengths of time as people write them, read and written: "15 min", "2h", "1 day"."""

from __future__ import annotations

import re
from datetime import timedelta

WRITTEN = re.compile(r"\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[a-z]+)\s*", re.IGNORECASE)
SECONDS = {
    ("s", "sec", "second", "seconds"): 1,
    ("min", "minute", "minutes"): 60,
    ("h", "hour", "hours"): 3_600,
    ("d", "day", "days"): 86_400,
}
NAMES = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
SECONDS_PER_UNIT = {word: seconds for words, seconds in SECONDS.items() for word in words}


def duration(text: str) -> timedelta:
    """The length of time that a text tells; ValueError where it tells none or nothing.

    >>> duration("15 min")
    datetime.timedelta(seconds=900)
    """
    found = WRITTEN.fullmatch(text)
    seconds = SECONDS_PER_UNIT.get(found["unit"].lower()) if found else None
    if found is None or seconds is None:
        raise ValueError(f"{text!r} is no length of time such as '15 min', '2 h' or '1 day'")
    length = timedelta(seconds=float(found["number"]) * seconds)
    if not length:
        raise ValueError("a length of time cannot be zero")
    return length


def in_units(length: timedelta) -> tuple[float, str]:
    """A length as a number of the largest unit that it is a whole number of, else of seconds.

    >>> in_units(timedelta(minutes=90)), in_units(timedelta(seconds=1.5))
    ((90.0, 'minute'), (1.5, 'second'))
    """
    seconds = length.total_seconds()
    for unit_s, name in NAMES:
        if seconds >= unit_s and seconds % unit_s == 0:
            return seconds / unit_s, name
    return seconds, "second"


def in_words(length: timedelta) -> str:
    """A length in the largest unit that it is a whole number of.

    >>> in_words(timedelta(minutes=15)), in_words(timedelta(hours=1)), in_words(timedelta(days=7))
    ('15 minutes', '1 hour', '7 days')
    """
    number, name = in_units(length)
    return f"{number:g} {name}{'' if number == 1 else 's'}"
