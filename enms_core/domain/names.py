"""Names of the registers as people write them."""

from __future__ import annotations


def folded(name: str) -> str:
    """Letters alike in both cases, underscores as spaces.

    >>> folded("Natural_Gas ")
    'natural gas'
    """
    return " ".join(name.replace("_", " ").casefold().split())


def are_alike(one: str, other: str) -> bool:
    """Whether two names are the same but for that."""
    return folded(one) == folded(other)
