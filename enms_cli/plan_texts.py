"""Texts of action plans: as they are typed, and as they fit on a line."""

from __future__ import annotations

import unicodedata
from datetime import date

# Letters of a text that is typed, and of one in a column.
LONGEST, WIDEST = 500, 60

# Characters that turn the direction in which a terminal writes.
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def typed(text: str | None, name: str) -> str | None:
    """A text as it is kept; name: of the argument. Raises ValueError for one that says nothing, is
    too long, or would do something to a terminal."""
    if text is None:
        return None
    words = " ".join(text.split())
    if not words:
        raise ValueError(f"{name} is empty")
    if len(words) > LONGEST:
        raise ValueError(f"{name} has {len(words):,} letters; it can have {LONGEST}")
    if not all(map(_is_letter, words)):
        raise ValueError(f"{name} has characters that are no text: {words!r}")
    return words


def _is_letter(character: str) -> bool:
    """No control character, no half of one, and none that turns the direction of a line."""
    is_control = unicodedata.category(character) in ("Cc", "Cs")
    return not is_control and unicodedata.bidirectional(character) not in TURNING


def on_a_line(text: str) -> str:
    """A text of others, without what would do something to a terminal."""
    return "".join(filter(_is_letter, " ".join(text.split())))


def short(text: str) -> str:
    """The same on part of a line."""
    line = on_a_line(text)
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


def day_of(text: str | None) -> date | None:
    """A day as it is typed. Raises ValueError for what is none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no day; write it like 2026-12-31") from error
