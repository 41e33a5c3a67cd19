"""What is wrong with a mapping, in one sentence with its place."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic_core import ErrorDetails

UNKNOWN_KEY = "unknown_key"
# pydantic's kinds of fault that have a plainer sentence here; the others are told in its words.
SENTENCES = {
    "missing": "is missing",
    "literal_error": "must be {expected}, not {input!r}",
    "string_type": "must be one text",
    "string_too_short": "cannot be empty",
    "string_too_long": "must be one character",
    "int_parsing": "must be a whole number, not {input!r}",
    "int_type": "must be a whole number",
    "bool_parsing": "must be true or false, not {input!r}",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "too_short": "cannot be empty",
    "dict_type": "must be keys with values",
    "model_type": "must be keys with values",
    "greater_than_equal": "must be {ge} or more, not {input}",
    "less_than_equal": "must be {le} or less, not {input}",
    "value_error": "{error}",
    UNKNOWN_KEY: "is no key here; there are {known}",
}


def place_of(fault: ErrorDetails) -> tuple[str | int, ...]:
    """Where a fault is: keys, and places in lists from 0."""
    key = (fault["ctx"]["key"],) if fault["type"] == UNKNOWN_KEY else ()
    return (*fault["loc"], *key)


def sentence(fault: ErrorDetails) -> str:
    """The fault with the keys that lead to it; the line tells which of a list it is."""
    told = {**fault.get("ctx", {}), "input": fault["input"]}
    what = SENTENCES.get(fault["type"], f"is wrong: {fault['msg']}").format(**told)
    return f"{_keys(place_of(fault))} {what}"


def _keys(place: Iterable[str | int]) -> str:
    return ".".join(part for part in place if isinstance(part, str)) or "the mapping"
