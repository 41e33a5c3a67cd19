"""Results that are asked for again and again, as the same words are said again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def remembered(seen: dict[K, V], key: K, find: Callable[[K], V], most: int) -> V:
    """What was found for a key before, else what is found now; `seen` never holds more than `most`.

    No cache of a bound method: that would keep the readers of catalogues long gone in a cycle.
    """
    if key not in seen:
        if len(seen) >= most:
            seen.clear()
        seen[key] = find(key)
    return seen[key]
