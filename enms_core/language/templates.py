"""Expansion of OVOS sentence templates: `(a|b)` alternatives, `[a]` optional, {slots} untouched."""

from __future__ import annotations

import re
from itertools import product

_PARTS = re.compile(r"[()\[\]|]|[^()\[\]|]+")
_CLOSING = {"(": ")", "[": "]"}
_PLAIN = re.compile(r"[^()\[\]|]*")


class TemplateSyntax(ValueError):
    """A bracket of the template is not closed, or not opened."""

    def __init__(self, template: str) -> None:
        super().__init__(f"unbalanced brackets: {template!r}")


def expand(template: str) -> list[str]:
    """All sentences of a template in the order of its alternatives, each once, blanks tidied."""
    if _PLAIN.fullmatch(template):
        return [" ".join(template.split())] if template.strip() else []
    parts = _PARTS.findall(template)
    sentences, position = _alternatives(parts, 0)
    if position != len(parts):
        raise TemplateSyntax(template)
    tidy = (" ".join(sentence.split()) for sentence in sentences)
    return [sentence for sentence in dict.fromkeys(tidy) if sentence]


def _alternatives(parts: list[str], position: int) -> tuple[list[str], int]:
    """Texts from `position` to the bracket that closes this level, and where that bracket is."""
    choices: list[str] = []
    pieces: list[list[str]] = []
    while position < len(parts) and parts[position] not in (")", "]"):
        part = parts[position]
        if part == "|":
            choices += _joined(pieces)
            pieces = []
        elif part in _CLOSING:
            inner, position = _alternatives(parts, position + 1)
            if parts[position : position + 1] != [_CLOSING[part]]:
                raise TemplateSyntax("".join(parts))
            pieces.append([*inner, ""] if part == "[" else inner)
        else:
            pieces.append([part])
        position += 1
    return choices + _joined(pieces), position


def _joined(pieces: list[list[str]]) -> list[str]:
    return ["".join(choice) for choice in product(*pieces)]
