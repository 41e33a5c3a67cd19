"""Lengths of time as people write them: "15 min", "2h", "1 day"."""

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
