"""What was said and not understood, short enough to be said back."""

from __future__ import annotations

MOST_CHARACTERS = 60


def said_back(text: str) -> str:
    """The first words, whole where there is more than one: enough to know what is meant.

    >>> said_back("the fourth " * 100)
    'the fourth the fourth the fourth the fourth the fourth the'
    """
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:MOST_CHARACTERS].rsplit(maxsplit=1)[0]
